package import PoiseCore

/// Right answers by task: each sample counts once, as the mean over its epochs and rounds.
package enum TaskBreakdown {
    private struct Key: Hashable {
        let candidate: Int32
        let task: String
        let load: Int32
    }

    /// - Parameter observations: trials that count, in any order; those of other candidates and tasks are left out.
    /// - Returns: one entry for each candidate, task and load that was observed, in the order of the lists given.
    package static func accuracies(
        of observations: [Observation], candidates: [String], tasks: [String]
    ) -> [TaskAccuracy] {
        accuracies(of: TrialColumns(observations), candidates: candidates, tasks: tasks)
    }

    /// The same of trials in columns, of which only the scores are looked at.
    package static func accuracies(
        of trials: TrialColumns, candidates: [String], tasks: [String]
    ) -> [TaskAccuracy] {
        let cells = cells(of: trials)
        let candidatePlaces = Dictionary(
            trials.candidates.enumerated().map { ($0.element, Int32($0.offset)) },
            uniquingKeysWith: { first, _ in first })
        let loads = trials.loads.indices.sorted { trials.loads[$0] < trials.loads[$1] }
        return candidates.flatMap { candidate in
            tasks.flatMap { task in
                loads.compactMap { load -> TaskAccuracy? in
                    guard let place = candidatePlaces[candidate],
                        let cell = cells[Key(candidate: place, task: task, load: Int32(load))]
                    else { return nil }
                    let column = column(of: cell, in: trials)
                    return TaskAccuracy(
                        candidate: candidate, task: task, load: trials.loads[load], correct: column.sum, n: column.n,
                        unscored: column.unscored)
                }
            }
        }
    }

    /// The rows of each candidate, task and load.
    private static func cells(of trials: TrialColumns) -> [Key: [Int32]] {
        var cells: [Key: [Int32]] = [:]
        // Trials of one cell mostly follow each other.
        var (key, rows): (Key?, [Int32]) = (nil, [])
        for (row, place) in trials.places.enumerated() {
            let task = trials.samples[Int(place.sample)].task
            if let key, key.candidate == place.candidate, key.load == place.load, key.task == task {
                rows.append(Int32(row))
            } else {
                if let key { cells[key, default: []] += rows }
                (key, rows) = (Key(candidate: place.candidate, task: task, load: place.load), [Int32(row)])
            }
        }
        if let key { cells[key, default: []] += rows }
        return cells
    }

    /// The same column as the front's, over the samples of one task.
    private static func column(of rows: [Int32], in trials: TrialColumns) -> AccuracyColumn {
        let samples = LoadTable.places(of: rows.map { trials.places[Int($0)].sample })
        return AccuracyColumn(
            rows.compactMap { row in
                samples[trials.places[Int(row)].sample].map { sample in
                    Measurement(sample: sample, round: 0, isOpenLoop: false) { trials.value($0, at: Int(row)) }
                }
            }, samples: samples.count
        )
    }
}
