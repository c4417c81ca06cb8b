/// Text of others inside Markdown that goes to a pull request: shown as it is, whatever it holds.
enum MarkdownLiteral {
    /// What could begin a markup, a cell or a tag becomes an entity; line breaks become spaces.
    ///
    /// Mentions, references, links and emoji are looked for in the text after the entities were read: an invisible break
    /// stands where one would begin. Names stay readable: `model@q4_k_m` is left as it is.
    static func text(_ text: String) -> String {
        let scalars = Array(line(text).unicodeScalars)
        return scalars.indices.map { index in
            let scalar = scalars[index]
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            switch scalar {
            case "&", "<", ">", "|", "*", "`", "[", "]", "\\", "~", "!", "$": return entity(scalar)
            case "#": return entity(scalar) + (isWord(after) ? invisibleBreak : "")
            // Inside of a word it is no emphasis.
            case "_": return isWord(before) && isWord(after) ? "_" : entity(scalar)
            case "@":
                // Inside of a word it is no mention, but with a full stop after it an address.
                if isWord(before), !hasHost(scalars[(index + 1)...]) { return "@" }
                return entity(scalar) + invisibleBreak
            // `https://`, `:smile:`; and in names such as `RUN:CANDIDATE` it does no harm.
            case ":": return after == nil || after == " " ? ":" : entity(scalar) + invisibleBreak
            case ".":
                let isHost = String(String.UnicodeScalarView(scalars[max(0, index - 3)..<index])).lowercased() == "www"
                return isHost ? entity(scalar) + invisibleBreak : "."
            // At the beginning of a line it would be a list, or make a heading of the line above.
            case "-", "+", "=": return index == 0 ? entity(scalar) : String(scalar)
            default: return String(scalar)
            }
        }.joined()
    }

    private static let invisibleBreak = "&#8203;"

    private static func entity(_ scalar: Unicode.Scalar) -> String { "&#\(scalar.value);" }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
    }

    /// Whether the word that begins here has a full stop inside of it.
    private static func hasHost(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let word = rest.prefix { $0 != " " }
        return word.indices.dropLast().contains { word[$0] == "." && isWord(word[$0 + 1]) }
    }

    /// On one line, without control characters.
    private static func line(_ text: String) -> String {
        TerminalText.printable(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    }

    /// What a model said, in the type of code; also free of mentions, references and emphasis.
    static func code(_ text: String, columns: Int = 120) -> String {
        "<code>" + escaped(TerminalText.cut(text, to: columns), "&<>|*`[]\\~_@#!:$") + "</code>"
    }

    private static func escaped(_ text: String, _ special: String) -> String {
        line(text).unicodeScalars.map { special.unicodeScalars.contains($0) ? entity($0) : String($0) }.joined()
    }

    /// Lines that somebody may copy, as they are: in a fence that nothing in them can end.
    static func block(_ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            TerminalText.printable(String($0))
        }
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return [fence] + lines + [fence]
    }

    /// Rows with a line of rules under the first one; the first columns left, the others right.
    static func table(_ rows: [[String]], left: Int = 1) -> [String] {
        guard let head = rows.first else { return [] }
        let rule = head.indices.map { $0 < left ? "---" : "---:" }
        return ([head, rule] + rows.dropFirst()).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    /// A part that is closed until somebody opens it.
    static func details(_ summary: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["<details><summary>\(summary)</summary>", ""] + lines + ["", "</details>"]
    }
}
