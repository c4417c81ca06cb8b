import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// How long people waited, and for how much, from stored trials.
enum WaitAssembly {
    /// Streams that are read of each candidate at each load: tens of thousands of gaps, and no more of them in a long run.
    static let streams = 400

    /// - Parameter trials: of these runs, with every number.
    static func add(
        to detail: inout PageDetail, of runs: [MeasuredRun], _ trials: TrialColumns, in store: RunStore
    ) async throws {
        let candidates = ReportAssembly.candidates(of: runs).map(\.id)
        let summary = TrialSummary(of: trials, candidates: candidates)
        detail.lengths = summary.lengths.filter { ReportAssembly.isMeant($0.candidate, at: $0.load, in: runs) }
        let waits = summary.waits + (try await gaps(of: runs, in: store))
        let order = Dictionary(uniqueKeysWithValues: candidates.enumerated().map { ($1, $0) })
        detail.waits = waits.filter { ReportAssembly.isMeant($0.candidate, at: $0.load, in: runs) }
            .enumerated().sorted { one, other in
                (order[one.element.candidate] ?? .max, one.element.load, one.offset)
                    < (order[other.element.candidate] ?? .max, other.element.load, other.offset)
            }.map(\.element)
    }

    /// Of a sample of streams that the run's seed draws, where there are more.
    private static func gaps(of runs: [MeasuredRun], in store: RunStore) async throws -> [WaitDistribution] {
        var waits: [WaitDistribution] = []
        for run in runs {
            for group in try await store.trialGroups(of: run.record.id) {
                var generator = SeededGenerator(seed: run.record.seed, stream: group.load.stream)
                let drawn = generator.sample(streams, of: group.trials)
                let gaps = try await store.gaps(of: drawn)
                let wait = WaitDistribution(
                    candidate: group.candidate, load: group.load, kind: .itl, waits: gaps.milliseconds,
                    sampledTrials: drawn.count < group.trials.count ? gaps.trials : nil, damagedTrials: gaps.damaged)
                if let wait { waits.append(wait) }
            }
        }
        return waits
    }
}
