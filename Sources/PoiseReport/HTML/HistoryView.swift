import PoiseCore

extension HTMLReport {
    /// The page of a history; the same runs give the same bytes.
    package static func page(_ content: HistoryContent) throws -> String {
        try page(HistoryView(content), template: "history")
    }
}

/// What the page of a history is filled with.
struct HistoryView {
    struct Candidate {
        let anchor: String
        let colour: String
        let glyph: String
        let name: String
        let chart: String
        let rows: [Row]
    }

    struct Row {
        let run: String
        let date: String
        let right: String
        let rightRange: String
        let points: String
        let pointsRange: String
        let isPointsSure: Bool
        let speed: String
        let speedRange: String
        let ratio: String
        let ratioRange: String
        let isRatioSure: Bool
        let gate: String
        let n: String
    }

    struct Run {
        let number: String
        let letter: String
        let date: String
        let id: String
        let status: String
        let machine: String
        let version: String
        let gate: String
        let changes: String
    }

    let sheet: SheetView
    let candidates: [Candidate]
    let hasGate: Bool
    let caption: String
    let runs: [Run]
    let method: String
    let findings: [String]
    let hasFindings: Bool
    let command: String

    /// Sure changes that stand on the page in words.
    private static let mostFindings = 12

    init(_ content: HistoryContent) {
        let words = HistoryWords(content: content)
        let chart = HistoryChart(content)
        var models: [String] = []
        for candidate in content.candidates where !models.contains(candidate.model) { models.append(candidate.model) }
        hasGate = content.runs.contains { $0.gate != nil }
        candidates = content.candidates.enumerated().map { index, candidate in
            let family = models.firstIndex(of: candidate.model) ?? 0
            return Candidate(
                anchor: "c-\(index + 1)", colour: MarkShape.colour(family: family),
                glyph: Glyph.mark(family: family, fill: 1), name: candidate.id,
                chart: chart.element(
                    candidate, family: family,
                    name:
                        "\(candidate.id): accuracy and decode speed over \(Numbers.counted(candidate.points.count, "run")). "
                        + "The table below holds the same numbers."),
                rows: Self.rows(candidate, content))
        }
        caption = Self.caption(chart, hasGate: hasGate)
        runs = content.runs.enumerated().map { index, run in
            Run(
                number: Numbers.count(index + 1), letter: chart.events[index] ?? "",
                date: Wording.dateAndTime(run.record.startedAt), id: run.record.id,
                status: run.record.status.rawValue, machine: run.record.machine.summary,
                version: run.record.poiseVersion, gate: run.gate.map(GateWords.past) ?? "",
                changes: words.changes(run))
        }
        method =
            HistoryWords.method + (RedactionWords.sentence(content.redactions).map { " \($0)" } ?? "")
        let (accuracies, speeds) = (words.accuracies, words.speeds)
        findings = Self.shown(accuracies) + Self.shown(speeds)
        hasFindings = !findings.isEmpty
        command = content.command
        let first = content.runs.first.map { Wording.date($0.record.startedAt) } ?? ""
        let last = content.runs.last.map { Wording.date($0.record.startedAt) } ?? ""
        sheet = SheetView(
            title: "\(content.suite), \(Numbers.counted(content.runs.count, "run")): Poise",
            mast: "Suite \(content.suite), \(first == last ? first : "\(first) to \(last)")",
            notices: content.isSimulated ? [Self.simulated] : [],
            kicker: "\(Numbers.counted(content.candidates.count, "candidate")) over "
                + "\(Numbers.counted(content.runs.count, "run")), \(Wording.load(content.load))",
            headline: words.headline, verdict: accuracies.suffix(3).map(\.text), facts: [],
            compared: Self.newest(content),
            sections: [
                SheetView.Section(anchor: "candidates", name: "Candidates"),
                SheetView.Section(anchor: "changes", name: "Changes"), SheetView.Section(anchor: "runs", name: "Runs"),
            ],
            footer: "Made by Poise \(content.poiseVersion) from \(Numbers.counted(content.runs.count, "run")).",
            data: HistoryJSON.document(content))
    }

    private static func newest(_ content: HistoryContent) -> String {
        guard let run = content.runs.last else { return "" }
        let gate = run.gate.map { " Its gate \($0 == .inconclusive ? "is inconclusive" : GateWords.past($0))." } ?? ""
        return "The newest run is \(run.record.id) on \(run.record.machine.summary), "
            + "\(run.record.status.rawValue).\(gate) Intervals are 95% throughout."
    }

    private static let simulated = PageView.Notice(
        title: "Simulated",
        text:
            "Some of the answers come from a simulated endpoint. No model wrote them, and their speed is that of a schedule."
    )

    private static func shown(_ findings: [HistoryWords.Finding]) -> [String] {
        let rest = findings.count - mostFindings
        return findings.suffix(mostFindings).map(\.text)
            + (rest > 0 ? ["\(Numbers.counted(rest, "earlier change")) stand in the tables."] : [])
    }

    private static func rows(_ candidate: HistoryCandidate, _ content: HistoryContent) -> [Row] {
        let speed = NumberColumn.plain(candidate.points.map(\.point.decodeTPS), unit: "tok/s")
        return candidate.points.reversed().map { entry in
            let (point, change, pace) = (entry.point, entry.step?.accuracy, entry.step?.speed)
            return Row(
                run: Numbers.count(entry.run + 1),
                date: String(content.runs[entry.run].record.startedAt.prefix(10)),
                right: Numbers.percent(point.accuracy),
                rightRange: point.accuracyLow == nil
                    ? "" : Numbers.percentRange(point.accuracyLow, point.accuracyHigh),
                points: change.map { ComparisonWords.points($0.difference) } ?? "",
                pointsRange: change?.low == nil ? "" : Numbers.percentRange(change?.low, change?.high),
                isPointsSure: (change?.outcome ?? .undecided) != .undecided, speed: speed.text(point.decodeTPS),
                speedRange: point.decodeTPSLow == nil ? "" : speed.range(point.decodeTPSLow, point.decodeTPSHigh),
                ratio: pace.map { ComparisonWords.ratio($0.ratio.value) + "×" }
                    ?? (entry.step?.isOtherMachine == true ? "other machine" : ""),
                ratioRange: pace.flatMap { ComparisonWords.interval($0.ratio) } ?? "",
                isRatioSure: (pace?.outcome ?? .undecided) != .undecided,
                gate: entry.gate?.rawValue ?? "", n: Numbers.count(point.n))
        }
    }

    private static func caption(_ chart: HistoryChart, hasGate: Bool) -> String {
        (chart.isByTime ? "Runs stand where their dates do. " : "Runs stand at equal distances, the oldest left. ")
            + "Whiskers are 95%. A large full mark surely differs from the run before; each candidate has scales of its own. "
            + (chart.events.isEmpty ? "" : "Dashed: something else changed, by its letter under Runs. ")
            + (hasGate ? "Below: the gate’s verdict (✓ passed, ✕ failed, ? inconclusive)." : "")
    }
}
