import PoiseCore
import PoiseReport
import PoiseStore

/// The trials of one machine's runs, read once for the recommendation, the gate and the ladders.
struct PageEvidence {
    /// Trials from which on they are not read again for the page: a million of them would take more memory than a page
    /// may.
    static let mostTrials = 200_000
    /// Trials up to which every draw is made; beyond it there are fewer in proportion.
    static let trialsAtFullDraws = 20_000

    let measured: [MeasuredCandidate]
    /// Of the recommendation and the gate.
    let resamples: Int
    /// Of the ladders, whose every rung is drawn for its speed: the page says which direction, to two digits.
    let ladderResamples: Int

    /// Nil where there are too many trials, or none.
    static func load(_ runs: [MeasuredRun], _ content: ReportContent, from store: RunStore) async throws
        -> PageEvidence?
    {
        let trials = trials(of: content)
        guard trials > 0, trials <= mostTrials else { return nil }
        var measured: [MeasuredCandidate] = []
        for run in runs { measured += try await MeasuredCandidates.load(run.record, from: store) }
        let draws = draws(over: trials)
        return PageEvidence(measured: measured, resamples: draws, ladderResamples: max(500, draws / 5))
    }

    static func trials(of content: ReportContent) -> Int {
        content.responses.values.reduce(0) { $0 + $1.responses + $1.failed }
    }

    /// How many joint resamples so many trials leave time for: whole thousands, 1,000 at least.
    static func draws(over trials: Int) -> Int {
        guard trials > trialsAtFullDraws else { return ChoiceAssembly.resamples }
        let share = Double(trialsAtFullDraws) / Double(trials)
        return max(1000, Int(Double(ChoiceAssembly.resamples) * share) / 1000 * 1000)
    }
}
