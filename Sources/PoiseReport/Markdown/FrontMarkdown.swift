import PoiseCore

/// The tables of one load as Markdown.
enum FrontMarkdown {
    /// The members of the front from slow and right to fast and less right.
    static func front(_ view: FrontView) -> [String] {
        let front = view.front
        guard !front.isEmpty else { return [] }
        let speed = NumberColumn.plain(front.map(\.point.decodeTPS), unit: "tok/s")
        return MarkdownLiteral.table(
            [["candidate", "right %", "95%", "n", "tok/s", "95%", "on the front"]]
                + front.map { candidate in
                    let point = candidate.point
                    return [
                        MarkdownLiteral.text(candidate.id), Numbers.percent(point.accuracy),
                        Numbers.percentRange(point.accuracyLow, point.accuracyHigh), Numbers.count(point.n),
                        speed.text(point.decodeTPS), speed.range(point.decodeTPSLow, point.decodeTPSHigh),
                        point.frontProbability.map { "\(Numbers.probability($0)) of resamples" } ?? Numbers.undefined,
                    ]
                })
    }

    /// Every candidate, the members of the front in heavy type.
    static func candidates(_ content: ReportContent, _ view: FrontView) -> [String] {
        let points = view.candidates.map(\.point)
        let speed = NumberColumn.plain(points.map(\.decodeTPS), unit: "tok/s")
        let first = NumberColumn.times(points.map(\.ttft))
        let latency = NumberColumn.times(points.map(\.latency))
        let correct = NumberColumn.times(points.map(\.timeToCorrect))
        return MarkdownLiteral.table(
            [
                [
                    "candidate", "right %", "95%", "n", "tok/s", "95%", "TTFT, \(first.unit)",
                    "latency, \(latency.unit)", "to correct, \(correct.unit)", "memory", "on the front",
                ]
            ]
                + view.candidates.map { candidate in
                    let point = candidate.point
                    let name = MarkdownLiteral.text(candidate.id)
                    return [
                        point.onFront ? "**\(name)**" : name, Numbers.percent(point.accuracy),
                        Numbers.percentRange(point.accuracyLow, point.accuracyHigh), Numbers.count(point.n),
                        speed.text(point.decodeTPS), speed.range(point.decodeTPSLow, point.decodeTPSHigh),
                        first.text(point.ttft), latency.text(point.latency), correct.text(point.timeToCorrect),
                        Numbers.bytes(content.engines[candidate.id]?.peakMemory),
                        Numbers.probability(point.frontProbability),
                    ]
                }) + ["", "Times are medians over trials; intervals are 95%; the members of the front are heavy."]
    }

    /// Tasks in rows; nothing where there is one.
    static func tasks(_ content: ReportContent, _ view: FrontView) -> [String] {
        let names = content.tasks.map(\.name)
        guard names.count > 1 else { return [] }
        var shares: [String: [String: TaskAccuracy]] = [:]
        for share in content.taskAccuracies where share.load == view.load {
            shares[share.task, default: [:]][share.candidate] = share
        }
        return MarkdownLiteral.table(
            [["task", "n"] + view.candidates.map { MarkdownLiteral.text($0.id) }]
                + names.map { name in
                    let own = view.candidates.map { shares[name]?[$0.id] }
                    let most = own.compactMap { $0?.n }.max() ?? 0
                    return [MarkdownLiteral.text(name), Numbers.count(most)]
                        + own.map { share in
                            guard let share, share.n > 0 else { return Numbers.undefined }
                            return Numbers.percent(share.correct / Double(share.n))
                        }
                }) + ["", "Right answers in percent of the task’s scored samples."]
    }
}
