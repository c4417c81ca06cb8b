import PoiseCore

/// A random part of a task's samples that a seed decides.
enum SampleSubset {
    /// At most `limit` samples, in the order of the dataset; other tasks have no say in which ones.
    static func of(_ task: EvaluationTask, limit: Int, seed: UInt64) -> EvaluationTask {
        guard task.samples.count > limit else { return task }
        var generator = SeededGenerator(seed: seed, stream: stream(of: task.name))
        let kept = Set(generator.shuffled(Array(task.samples.indices)).prefix(limit))
        return task.with(samples: task.samples.enumerated().filter { kept.contains($0.offset) }.map(\.element))
    }

    /// The same number for a name on every machine; Swift's own hashes differ from run to run.
    private static func stream(of name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
