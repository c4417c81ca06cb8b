import PoiseCore

/// The hills of waiting times as numbers: n, median, p90 and p99 of each kind.
struct WaitTable {
    struct Group {
        let title: String
        let unit: String
    }

    struct Row {
        let colour: String
        let glyph: String
        let name: String
        /// Four for each group.
        let cells: [Cell]
    }

    struct Cell {
        let text: String
        let isFirst: Bool
    }

    let groups: [Group]
    let rows: [Row]

    init(_ kinds: [(WaitDistribution.Kind, [WaitDistribution])], _ view: FrontView, words: WaitWords) {
        let columns = kinds.map { NumberColumn.times($0.1.map(\.median) + $0.1.map(\.p99)) }
        groups = zip(kinds, columns).map { Group(title: words.title(of: $0.0), unit: $1.unit) }
        rows = view.candidates.map { candidate in
            Row(
                colour: MarkShape.colour(family: candidate.family),
                glyph: Glyph.mark(family: candidate.family, fill: 1), name: candidate.id,
                cells: zip(kinds, columns).flatMap { kind, column in
                    let wait = kind.1.first { $0.candidate == candidate.id }
                    // What is not known of few waits stays empty: they have a median, and no tail.
                    return [
                        Cell(text: wait.map { Numbers.count($0.n) } ?? Numbers.undefined, isFirst: true),
                        Cell(text: column.text(wait?.median), isFirst: false),
                        Cell(text: wait?.p90.map(column.text) ?? "", isFirst: false),
                        Cell(text: wait?.p99.map(column.text) ?? "", isFirst: false),
                    ]
                })
        }
    }
}
