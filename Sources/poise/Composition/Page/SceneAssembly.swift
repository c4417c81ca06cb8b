import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Recorded responses for the player.
enum SceneAssembly {
    static func scenes(
        of runs: [MeasuredRun], _ content: ReportContent, _ detail: PageDetail, _ options: PageOptions,
        in store: RunStore
    ) async throws -> [Scene] { [] }
}
