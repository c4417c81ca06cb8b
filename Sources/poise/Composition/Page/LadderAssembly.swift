import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// The quantization ladders of the page.
enum LadderAssembly {
    /// Of each model with several quantizations in one run, against the baseline or the most precise one of them.
    ///
    /// - Parameter runs: of one machine.
    static func ladders(
        of runs: [MeasuredRun], _ evidence: PageEvidence, in store: RunStore
    ) async throws -> [Ladder] {
        var ladders: [Ladder] = []
        for run in runs {
            let models = ComparisonAssembly.laddered(run.plan)
            guard !models.isEmpty else { continue }
            let own = evidence.measured.filter { $0.run == run.record.id }
            let measured = Dictionary(grouping: own, by: \.candidate)
            let facts = try await ComparisonAssembly.LadderFacts(of: run.record, in: store)
            for model in models {
                let candidates = run.plan.candidates.filter { $0.model == model }
                let margin = margin(of: run.plan.gate)
                // A model of which nothing, or nothing at a common load, was measured has no ladder.
                let ladder = try? ComparisonAssembly.ladder(
                    of: candidates, measured, in: run.record, baseline: run.plan.baseline, facts, margin: margin,
                    load: nil, resamples: evidence.ladderResamples)
                if let ladder, ladder.rungs.contains(where: { $0.n > 0 }) { ladders.append(ladder) }
            }
        }
        return ladders
    }

    /// The loss that the suite's own rules accept over all tasks, as a share; nil where none of them says.
    static func margin(of rules: [GateRule]) -> Double? {
        rules.lazy.compactMap { rule in
            guard rule.quantity == .accuracy, rule.task == nil, rule.load == nil,
                case .nonInferior(let margin) = rule.limit
            else { return nil }
            return margin
        }.first
    }
}
