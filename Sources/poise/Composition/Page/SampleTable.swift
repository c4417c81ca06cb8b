import PoiseCore
import PoiseReport
import PoiseStore

/// Every sample of some runs with what became of it at each candidate, in the suite's order.
struct SampleTable {
    struct Row {
        let task: String
        let sample: String
        let isPrivate: Bool
        /// By candidate; nil where it was not asked.
        let tallies: [RunStore.SampleTallies.Tally?]
        let outcomes: [Transcripts.Outcome]
        /// Whether any repeat failed or has no score.
        let hasGap: Bool
    }

    /// Those that were asked anything, in the suite's order.
    let candidates: [String]
    let rows: [Row]

    /// - Parameters:
    ///   - runs: where several asked a candidate the same, the first counts.
    ///   - candidates: in the suite's order.
    ///   - tasks: in the suite's order; samples of others are left out.
    ///   - privateTasks: those that any of the runs holds private.
    init(
        _ runs: [RunStore.SampleTallies], candidates: [String], tasks: [EvaluationTask], privateTasks: Set<String> = []
    ) {
        let asked = Set(runs.flatMap(\.candidates))
        let names = candidates.filter(asked.contains)
        let places = runs.map { run in
            Dictionary(
                run.samples.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        }
        let columns = runs.map { run in names.map { run.candidates.firstIndex(of: $0) } }
        self.candidates = names
        rows = tasks.flatMap { task in
            task.samples.compactMap { sample -> Row? in
                let name = TrialColumns.SampleName(task: task.name, sample: sample.id)
                var tallies: [RunStore.SampleTallies.Tally?] = Array(repeating: nil, count: names.count)
                for (index, run) in runs.enumerated() {
                    guard let place = places[index][name] else { continue }
                    for candidate in names.indices where tallies[candidate] == nil {
                        tallies[candidate] = columns[index][candidate].flatMap {
                            run.tally(ofCandidate: $0, sample: place)
                        }
                    }
                }
                guard tallies.contains(where: { $0 != nil }) else { return nil }
                return Row(
                    task: task.name, sample: sample.id, isPrivate: task.isPrivate || privateTasks.contains(task.name),
                    tallies: tallies,
                    outcomes: tallies.map(Self.outcome),
                    hasGap: tallies.contains { $0.map { $0.scored < $0.repeats } ?? false })
            }
        }
    }

    /// Right where the mean over its scored repeats is at least one half, as samples are counted in flips.
    static func outcome(_ tally: RunStore.SampleTallies.Tally?) -> Transcripts.Outcome {
        guard let tally else { return .notAsked }
        if tally.scored > 0 { return tally.sum / Double(tally.scored) >= 0.5 ? .right : .wrong }
        return tally.failed < tally.repeats ? .unscored : .failed
    }
}
