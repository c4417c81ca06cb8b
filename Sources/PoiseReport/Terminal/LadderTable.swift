package import PoiseCore

/// Ladders of quantizations on a terminal, one table each.
package enum LadderTable {
    /// - Parameters:
    ///   - width: columns of the terminal; the least useful columns of a table are left out until it fits.
    ///   - color: whether ANSI styles may be used.
    package static func text(_ ladders: [Ladder], width: Int, color: Bool = false) -> String {
        let width = max(40, width)
        return ladders.map { ladder in
            let words = LadderWords(ladder: ladder)
            func wrapped(_ text: String, _ style: TerminalText.Style? = nil) -> [String] {
                TerminalText.wrapped(TerminalText.printable(text), to: width)
                    .map { TerminalText.styled($0, style, color: color) }
            }
            let names = ladder.rungs.map { rung in
                TerminalText.printable(words.name(rung))
            }
            let matrix = TerminalMatrix(
                labels: [TerminalColumn(head: "rung", cells: names, alignsRight: false)],
                groups: [
                    .init(
                        title: "",
                        columns: words.columns.map {
                            TerminalColumn(
                                head: $0.head, cells: $0.cells, priority: $0.priority, isQuiet: $0.isQuiet)
                        })
                ])
            let lines =
                wrapped(words.verdict, .bold) + wrapped(words.heading, .dim) + words.notes.flatMap { wrapped($0) }
                + matrix.lines(width: width, color: color)
                + wrapped(words.legend(of: matrix.heads(width: width)), .dim)
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }
}
