import PoiseCore

/// A result as standard output may have it, whatever names, answers and explanations are in it.
enum ShownResult {
    enum Kind {
        /// For people: tables, plots, sentences, Markdown.
        case words
        /// One document of JSON, or one a line.
        case json
        /// For programs: CSV, SVG, XML, HTML.
        case data
    }

    /// Words never hold what a terminal obeys but for the styles of our own; JSON has it as escapes, which say the same.
    /// Data stays byte by byte as its format wants it, except where a person looks at it.
    ///
    /// - Parameter isTerminal: whether standard output is one.
    static func text(_ text: String, as kind: Kind, isTerminal: Bool) -> String {
        switch kind {
        case .words: words(text)
        case .json: VisibleText.escaped(json: text)
        case .data: isTerminal ? VisibleText.escaped(json: text) : text
        }
    }

    /// Bold, dim and back (ECMA-48 SGR): what the tables use.
    private static let styles = ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m"]

    private static func words(_ text: String) -> String {
        guard text.unicodeScalars.contains("\u{1B}") else { return VisibleText.of(text) }
        let parts = text.split(separator: "\u{1B}", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: VisibleText.of(String(parts[0]))) { shown, part in
            let isStyle = styles.contains { part.hasPrefix($0.dropFirst()) }
            shown += (isStyle ? "\u{1B}" : "␛") + VisibleText.of(String(part))
        }
    }
}
