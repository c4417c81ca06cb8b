import PoiseCore

/// How long people waited at one load, a hill for each candidate.
struct WaitView {
    /// Waits of one kind: a row for each candidate on one scale.
    struct Panel {
        let title: String
        let note: String
        /// Markup.
        let axis: String
        let rows: [Row]
    }

    struct Row {
        let colour: String
        let name: String
        /// `tiny-m`, where it begins a model's rows, or everything where it is the pick.
        let model: String
        let hasModel: Bool
        /// What only those hear who cannot see that the model's name stands above.
        let heard: String
        let quantization: String
        let isPick: Bool
        /// Markup.
        let hill: String
        let median: String
        let p99: String
    }

    let isShown: Bool
    let heading: String
    let sentences: [String]
    let panels: [Panel]
    /// Whether they stand two by two.
    let isFour: Bool
    let caption: String
    let table: WaitTable

    init(_ content: ReportContent, load: Load, at: String) {
        let view = FrontView(content, load: load)
        let waits = (content.detail?.waits ?? []).filter { $0.load == load }
        let byKind = WaitDistribution.Kind.allCases.map { kind in (kind, waits.filter { $0.kind == kind }) }
            .filter { !$0.1.isEmpty }
        let isSameFirst = Self.isSame(waits, .ttft, .ttfo)
        let drawn = byKind.filter { !(isSameFirst && $0.0 == .ttfo) }
        let pick = Self.pick(content, load: load)
        let words = WaitWords(content, load: load, waits: waits, pick: pick, hasSameFirst: isSameFirst)
        isShown = !drawn.isEmpty && !view.candidates.isEmpty
        heading = "How long people wait\(at)"
        panels = drawn.map { kind, own in
            Self.panel(kind, own, view, words: words, limit: words.limit(of: kind), pick: pick)
        }
        isFour = panels.count > 3
        sentences = words.sentences(view)
        caption = words.caption
        table = WaitTable(drawn, view, words: words)
    }

    /// The recommended candidate at a load; nil where there is none.
    static func pick(_ content: ReportContent, load: Load) -> String? {
        content.detail?.choices.first { $0.load == load }?.decision?.pick
    }

    /// Whether two kinds are one: nobody thinks before the answer.
    private static func isSame(
        _ waits: [WaitDistribution], _ one: WaitDistribution.Kind, _ other: WaitDistribution.Kind
    ) -> Bool {
        let figures = { (kind: WaitDistribution.Kind) in
            waits.filter { $0.kind == kind }.map { [$0.candidate, "\($0.n)", "\($0.median)", "\($0.counts)"] }
        }
        return figures(one) == figures(other)
    }

    private static func panel(
        _ kind: WaitDistribution.Kind, _ waits: [WaitDistribution], _ view: FrontView, words: WaitWords,
        limit: Double?, pick: String?
    ) -> Panel {
        let column = NumberColumn.times(waits.map(\.median) + waits.map(\.p99))
        let chart = WaitChart(waits, divisor: column.divisor, limit: limit)
        let own = Dictionary(waits.map { ($0.candidate, $0) }) { first, _ in first }
        var last: String?
        let rows = view.candidates.map { candidate in
            let wait = own[candidate.id]
            let point = candidate.point
            let isNamed = point.model != last || candidate.id == pick || point.quantization == nil
            last = point.model
            return Row(
                colour: MarkShape.colour(family: candidate.family), name: candidate.id,
                model: isNamed ? point.model : "",
                hasModel: isNamed, heard: isNamed ? "" : "\(point.model) at ",
                quantization: point.quantization ?? "", isPick: candidate.id == pick, hill: chart.row(wait),
                median: column.text(wait?.median), p99: wait?.p99.map(column.text) ?? "")
        }
        return Panel(
            title: words.title(of: kind), note: words.note(on: kind, limit: chart.hasLimit ? limit : nil),
            axis: chart.axis(unit: column.unit), rows: rows)
    }
}
