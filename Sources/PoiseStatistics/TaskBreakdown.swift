package import PoiseCore

/// Right answers by task: each sample counts once, as the mean over its epochs and rounds.
package enum TaskBreakdown {
    private struct Key: Hashable {
        let candidate: String
        let task: String
        let load: Load
    }

    /// - Parameter observations: trials that count, in any order; those of other candidates and tasks are left out.
    /// - Returns: one entry for each candidate, task and load that was observed, in the order of the lists given.
    package static func accuracies(
        of observations: [Observation], candidates: [String], tasks: [String]
    ) -> [TaskAccuracy] {
        let groups = Dictionary(grouping: observations) {
            Key(candidate: $0.candidate, task: $0.task, load: $0.load)
        }
        let loads = Set(observations.map(\.load)).sorted()
        return candidates.flatMap { candidate in
            tasks.flatMap { task in
                loads.compactMap { load in
                    groups[Key(candidate: candidate, task: task, load: load)].map { trials in
                        let column = column(of: trials)
                        return TaskAccuracy(
                            candidate: candidate, task: task, load: load, correct: column.sum, n: column.n,
                            unscored: column.unscored
                        )
                    }
                }
            }
        }
    }

    /// The same column as the front's, over the samples of one task.
    private static func column(of trials: [Observation]) -> AccuracyColumn {
        let samples = LoadTable.places(of: trials.map(\.sample))
        return AccuracyColumn(
            trials.compactMap { trial in
                samples[trial.sample].map { Measurement(of: trial, sample: $0, round: 0) }
            }, samples: samples.count
        )
    }
}
