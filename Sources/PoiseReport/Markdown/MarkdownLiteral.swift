/// Text of others inside Markdown that goes to a pull request: shown as it is, whatever it holds.
enum MarkdownLiteral {
    /// What could begin a markup, a mention, a cell or a tag becomes an entity; line breaks become spaces.
    static func text(_ text: String) -> String {
        unlinked(escaped(text, "&<>|*`[]\\~"))
    }

    /// Escaped text in which GitHub finds no address, formula or emoji: it looks for them beside all markup.
    ///
    /// An entity alone is read as what it stands for once the page is made, so that a comment parts `:` from what follows.
    static func unlinked(_ escaped: String) -> String {
        let scalars = Array(escaped.unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : " "
            let isHost = index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
            switch scalar {
            case ":" where next != " ": result += "&#58;<!-- -->"
            case "$": result += "&#36;<!-- -->"
            case "." where isHost: result += "&#46;<!-- -->"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// What a model said, in the type of code; also free of mentions, references and emphasis.
    static func code(_ text: String, columns: Int = 120) -> String {
        "<code>" + escaped(TerminalText.cut(text, to: columns), "&<>|*`[]\\~_@#!:$") + "</code>"
    }

    private static func escaped(_ text: String, _ special: String) -> String {
        TerminalText.printable(text.split(whereSeparator: \.isNewline).joined(separator: " ")).unicodeScalars
            .map { special.unicodeScalars.contains($0) ? "&#\($0.value);" : String($0) }
            .joined()
    }

    /// Rows with a line of rules under the first one; the first column left, the others right.
    static func table(_ rows: [[String]]) -> [String] {
        guard let head = rows.first else { return [] }
        let rule = head.indices.map { $0 == 0 ? "---" : "---:" }
        return ([head, rule] + rows.dropFirst()).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    /// A part that is closed until somebody opens it.
    static func details(_ summary: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["<details><summary>\(summary)</summary>", ""] + lines + ["", "</details>"]
    }
}
