import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// What the page recommends, and the verdict of the suite's own rules.
enum DecisionAssembly {
    static func add(
        to detail: inout PageDetail, of runs: [MeasuredRun], _ content: ReportContent, in store: RunStore
    ) async throws {}
}
