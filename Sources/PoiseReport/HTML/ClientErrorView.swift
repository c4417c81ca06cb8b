import PoiseCore

/// The client's own error as the page shows it: sentences for the loads of the run, and the whole sweep as a table.
struct ClientErrorView {
    struct Row {
        let streams: String
        let ttft50: String
        let ttft99: String
        let ttftMost: String
        let chunk50: String
        let chunk99: String
        let chunkMost: String
        let cpu: String
        let kernel: String
        let chunks: String
    }

    let sentences: [String]
    let rows: [Row]
    let hasRows: Bool
    /// Markup; empty where fewer than two loads were tried.
    let chart: String
    let hasChart: Bool

    init(_ content: ReportContent) {
        sentences = ClientErrorWords.sentences(content)
        rows = (content.calibration?.loads ?? []).map { load in
            Row(
                streams: Numbers.count(load.streams), ttft50: Self.cell(load.ttftError.p50),
                ttft99: Self.cell(load.ttftError.p99), ttftMost: Self.cell(load.ttftError.max),
                chunk50: Self.cell(load.chunkError.p50), chunk99: Self.cell(load.chunkError.p99),
                chunkMost: Self.cell(load.chunkError.max), cpu: Numbers.fixed(load.cpuPerChunk, 1),
                kernel: Numbers.percent(load.kernelShare, 0), chunks: Numbers.count(load.chunks))
        }
        hasRows = !rows.isEmpty
        let streams = Set(content.measuredLoads.compactMap { content.streams(at: $0) }).sorted()
        chart = content.calibration.map { CalibrationChart.elements($0, streams: streams) } ?? ""
        hasChart = !chart.isEmpty
    }

    private static func cell(_ milliseconds: Double) -> String { Numbers.fixed(milliseconds, 3) }
}
