package import PoiseCore

/// Ladders of quantizations as GitHub's Markdown.
package enum LadderMarkdown {
    package static func text(_ ladders: [Ladder]) -> String {
        ladders.map { ladder in
            let words = LadderWords(ladder: ladder)
            let columns = words.columns
            let rows = ladder.rungs.indices.map { row in
                [
                    MarkdownLiteral.text(words.name(ladder.rungs[row]))
                ] + columns.map { $0.cells[row] }
            }
            let sections = [
                ["### \(MarkdownLiteral.text(words.verdict))"],
                words.notes.map { "- \(MarkdownLiteral.text($0))" },
                MarkdownLiteral.table([["rung"] + columns.map(\.head)] + rows),
                [
                    "<sub>\(MarkdownLiteral.text(words.heading)) \(Wording.sentence(words.legend(of: columns.map(\.head)))).</sub>"
                ],
            ]
            return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
