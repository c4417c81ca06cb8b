package import PoiseCore

/// Right answers by task: each sample counts once, as the mean over its epochs and rounds.
package enum TaskBreakdown {
    private struct Key: Hashable {
        let candidate: String
        let task: String
        let load: Int
    }

    /// - Returns: one entry for each candidate, task and load that was observed, in the order of the lists given.
    package static func accuracies(
        of observations: [Observation], candidates: [String], tasks: [String]
    ) -> [TaskAccuracy] {
        var scores: [Key: [String: [Double?]]] = [:]
        for trial in observations {
            let key = Key(candidate: trial.candidate, task: trial.task, load: trial.load)
            scores[key, default: [:]][trial.sample, default: []].append(trial.score)
        }
        let loads = Set(observations.map(\.load)).sorted()
        return candidates.flatMap { candidate in
            tasks.flatMap { task in
                loads.compactMap { load in
                    scores[Key(candidate: candidate, task: task, load: load)].map { samples in
                        accuracy(candidate: candidate, task: task, load: load, samples: samples)
                    }
                }
            }
        }
    }

    private static func accuracy(
        candidate: String, task: String, load: Int, samples: [String: [Double?]]
    ) -> TaskAccuracy {
        // Sorted, so that the sum is the same to the last bit in every process.
        let means = samples.sorted { $0.key < $1.key }.compactMap { _, scores -> Double? in
            let given = scores.compactMap { $0 }
            return given.isEmpty ? nil : given.reduce(0, +) / Double(given.count)
        }
        return TaskAccuracy(
            candidate: candidate, task: task, load: load, correct: means.reduce(0, +), n: means.count,
            unscored: samples.count - means.count)
    }
}
