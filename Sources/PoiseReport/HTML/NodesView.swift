import PoiseCore

/// The machines that made a run together, as a table: what each measured, and its client's own error.
struct NodesView {
    struct Row {
        let number: String
        /// Its kind; empty where all are of one.
        let kind: String
        let shards: String
        let candidates: String
        let levels: String
        let trials: String
        let ttft50: String
        let ttft99: String
        let chunk50: String
        let chunk99: String
    }

    let rows: [Row]
    let hasRows: Bool
    /// Whether speeds of several kinds stand together, because somebody said so.
    let hasKinds: Bool

    init(_ content: ReportContent) {
        let nodes = content.nodes
        let hasKinds = Set(nodes.map(\.machine.identity)).count > 1
        let streams = content.measuredLoads.compactMap { content.streams(at: $0) }.max() ?? 1
        self.hasKinds = hasKinds
        rows =
            nodes.count < 2
            ? []
            : nodes.map { node in
                let load = node.calibration?.load(nearest: streams)
                func cell(_ time: Double?) -> String { time.map { Numbers.fixed($0, 3) } ?? Numbers.undefined }
                return Row(
                    number: "\(node.number)", kind: hasKinds ? node.machine.summary : "",
                    shards: Numbers.count(node.shards.count), candidates: Numbers.count(node.candidates.count),
                    levels: Numbers.count(node.levels), trials: Numbers.count(node.trials),
                    ttft50: cell(load?.ttftError.p50), ttft99: cell(load?.ttftError.p99),
                    chunk50: cell(load?.chunkError.p50), chunk99: cell(load?.chunkError.p99))
            }
        hasRows = !rows.isEmpty
    }
}
