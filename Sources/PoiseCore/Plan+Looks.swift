extension Plan {
    /// Apart from other draws under a run's seed.
    private static let lookStream: UInt64 = 0x6C6F_6F6B_0000_0000

    /// The same plan with some of its candidates, in its order, at one of its loads or all.
    package func only(_ names: [String], at load: Load? = nil) -> Plan {
        var plan = self
        plan.loads = loads.filter { load == nil || $0 == load }
        plan.candidates = candidates.filter { names.contains($0.id) }
        return plan
    }

    /// The plan in parts that share no sample and hold all of them together: of each task a random part, by the seed.
    ///
    /// Parts are as equal as whole samples allow; where a task has fewer samples than there are parts, it is not in all of
    /// them. A part without any sample is left out.
    package func looks(_ count: Int) -> [Plan] {
        let orders = tasks.map { task in
            var generator = SeededGenerator(seed: seed, stream: Self.lookStream ^ Self.stream(of: task.name))
            return generator.shuffled(Array(task.samples.indices))
        }
        return (0..<max(1, count)).compactMap { look in
            var plan = self
            plan.tasks = zip(tasks, orders).compactMap { task, order in
                let (from, to) = (order.count * look / max(1, count), order.count * (look + 1) / max(1, count))
                guard from < to else { return nil }
                let part = Set(order[from..<to])
                return task.with(samples: task.samples.enumerated().filter { part.contains($0.offset) }.map(\.element))
            }
            return plan.tasks.isEmpty ? nil : plan
        }
    }

    /// Samples of all tasks.
    package var sampleCount: Int { tasks.reduce(0) { $0 + $1.samples.count } }

    /// The same number for a name on every machine (FNV-1a); Swift's own hashes differ from run to run.
    private static func stream(of name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
