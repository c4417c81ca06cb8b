import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// The quantization ladders of the page.
enum LadderAssembly {
    static func ladders(of runs: [MeasuredRun], _ content: ReportContent, in store: RunStore) async throws -> [Ladder] {
        []
    }
}
