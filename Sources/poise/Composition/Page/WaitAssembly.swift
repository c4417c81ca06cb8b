import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// How long people waited, from stored trials.
enum WaitAssembly {
    static func waits(
        of runs: [MeasuredRun], _ content: ReportContent, in store: RunStore
    ) async throws -> [WaitDistribution] { [] }
}
