import PoiseCore

extension HTMLReport {
    /// The page of a comparison; the same comparison gives the same bytes.
    package static func page(_ content: ComparisonContent) throws -> String {
        try page(ComparisonView(content), template: "comparison")
    }
}

/// What the page of a comparison is filled with.
struct ComparisonView {
    struct Fact {
        let name: String
        let text: String
    }

    let sheet: SheetView
    let rows: [ComparisonRowView]
    let hasSeveral: Bool
    let severalHeading: String
    let differenceAxis: String
    let method: String
    let definitions: [Fact]
    let runs: [Fact]
    let command: String

    init(_ content: ComparisonContent) {
        let comparison = content.comparison
        let words = ComparisonWords(comparison: comparison)
        let changes = comparison.rows.compactMap(\.accuracy)
        let scale = IntervalCell.differences(changes.flatMap { [$0.difference, $0.low, $0.high].compactMap(\.self) })
        rows = comparison.rows.enumerated().map { index, row in
            ComparisonRowView(row, words, index: index, scale: scale, showsAnswers: content.showsAnswers)
        }
        hasSeveral = rows.count > 1
        severalHeading = "All that was held against \(words.label(comparison.base))"
        differenceAxis = scale.axis
        method = Wording.sentence(words.method(tasks: false))
        definitions =
            Self.definitions(words)
            + (RedactionWords.sentence(content.redactions).map { [Fact(name: "privacy", text: $0)] } ?? [])
        runs = content.runs.enumerated().map { index, run in
            Fact(
                name: content.runs.count == 1 ? "run" : "run [\(index + 1)]",
                text: "\(run.id), \(run.status.rawValue); \(Wording.dateAndTime(run.startedAt)); Poise "
                    + "\(run.poiseVersion); \(run.machine.summary)")
        }
        command = content.command
        let headline = ComparisonHeadline(words: words).text
        sheet = SheetView(
            title: "\(Self.names(words)): Poise",
            mast: "Suite \(content.suite), \(content.runs.first.map { Wording.dateAndTime($0.startedAt) } ?? "")",
            notices: Self.notices(content),
            kicker: "Paired by sample, \(Wording.load(comparison.load))", headline: headline,
            verdict: rows.count <= 4 ? comparison.rows.map(words.verdict) : [],
            facts: comparison.rows.count == 1 ? Self.facts(comparison.rows[0]) : [],
            compared: words.heading
                + (content.unmeasured.isEmpty
                    ? "" : " Left out, since nothing of it was measured: \(Numbers.list(content.unmeasured)).")
                + " \(words.noise)",
            sections: (hasSeveral ? [SheetView.Section(anchor: "candidates", name: "All")] : [])
                + rows.map { SheetView.Section(anchor: $0.anchor, name: $0.name) }
                + [SheetView.Section(anchor: "methods", name: "Methods")],
            footer: "Made by Poise \(content.poiseVersion) from \(comparison.runs.count == 1 ? "run" : "runs") "
                + "\(Numbers.list(comparison.runs)).",
            data: .object([("version", .integer(1)), ("comparison", ComparisonJSON.document(comparison))]))
    }

    private static func names(_ words: ComparisonWords) -> String {
        let rows = words.comparison.rows
        let others = rows.count == 1 ? words.label(rows[0].candidate) : Numbers.counted(rows.count, "candidate")
        return "\(others) against \(words.label(words.comparison.base))"
    }

    private static func notices(_ content: ComparisonContent) -> [PageView.Notice] {
        let isSimulated = content.comparison.rows.contains { $0.differences.contains { $0.subject == .simulated } }
        let simulated = PageView.Notice(
            title: "Simulated", text: "Simulated responses say nothing about a model; see the notes of each candidate.")
        return (isSimulated ? [simulated] : [])
            + content.runs.compactMap { PageView.notice($0, isOnly: content.runs.count == 1) }
    }

    private static func facts(_ row: ComparisonRow) -> [PageFact] {
        let words = { (change: AccuracyChange) in
            PageFact(
                title: "Right answers", number: ComparisonWords.points(change.difference), unit: "points",
                lines: [
                    change.low == nil ? "no interval" : Numbers.percentRange(change.low, change.high),
                    "\(Wording.unbroken("n = " + Numbers.count(change.n))), p \(ComparisonWords.p(change.adjustedP))",
                ])
        }
        let undefined = { (title: String, reason: String) in
            PageFact(title: title, number: Numbers.undefined, unit: "", lines: [reason])
        }
        func ratio(_ title: String, _ metric: Metric) -> PageFact {
            guard let change = row.measures.first(where: { $0.metric == metric }) else {
                return undefined(title, "not comparable")
            }
            return PageFact(
                title: title, number: ComparisonWords.ratio(change.ratio.value), unit: "×",
                lines: [
                    ComparisonWords.interval(change.ratio) ?? "no interval",
                    "\(MetricWords.value(change.base, of: metric)) → \(MetricWords.value(change.candidate, of: metric))",
                ])
        }
        let flips = row.flips
        return [
            row.accuracy.map(words) ?? undefined("Right answers", "no score on both sides"),
            flips.n == 0
                ? undefined("Lost and gained", "no score on both sides")
                : PageFact(
                    title: "Lost and gained", number: "−\(Numbers.count(flips.lost)) +\(Numbers.count(flips.gained))",
                    unit: "", lines: ["of \(Numbers.counted(flips.n, "sample"))"]),
            flips.agreement.map {
                PageFact(
                    title: "Same answers", number: Numbers.percent($0.value) + "%", unit: "",
                    lines: [Numbers.percentRange($0.low, $0.high)])
            } ?? undefined("Same answers", "no answer on both sides"),
            ratio("Decode speed", .decodeTPS), ratio("First useful token", .ttfo), ratio("Whole answer", .latency),
        ]
    }

    private static func definitions(_ words: ComparisonWords) -> [Fact] {
        [
            Fact(
                name: "pairing",
                text:
                    "Only samples that both sides were asked count, matched by task, name and content; what is left out "
                    + "is said with each candidate."),
            Fact(name: "accuracy", text: words.method(tasks: false)),
            Fact(
                name: "right",
                text:
                    "A sample is right where its mean score over epochs and rounds is at least one half; it is lost or "
                    + "gained where that changes."),
            Fact(
                name: "ratios",
                text: "Candidate / base over the same samples, by \(Numbers.count(words.comparison.resamples)) paired "
                    + "resamples of the samples, seed \(words.comparison.seed); a change is sure where the whole interval "
                    + "lies on one side of 1."),
        ]
    }
}
