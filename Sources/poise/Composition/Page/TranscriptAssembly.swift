import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Samples and responses for the page.
enum TranscriptAssembly {
    static func transcripts(
        of runs: [MeasuredRun], _ content: ReportContent, _ options: PageOptions, in store: RunStore
    ) async throws -> Transcripts { Transcripts() }
}
