/// Lines of CSV by RFC 4180, with line feeds, that a spreadsheet takes for nothing but text and numbers.
enum CSVText {
    static func line(_ fields: some Sequence<String>) -> String {
        fields.map(quoted).joined(separator: ",") + "\n"
    }

    /// Empty where undefined; a list or an object as its JSON.
    static func field(_ value: OrderedJSON) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: value.text
        }
    }

    /// The text with an apostrophe before it where a spreadsheet would take it for a formula (OWASP, "CSV Injection").
    ///
    /// Quotes do not keep it from that. Numbers stay numbers, with their sign.
    static func literal(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, formulaMarks.contains(first), Double(text) == nil else {
            return text
        }
        return "'" + text
    }

    /// Also as full-width forms, which some input methods write and some spreadsheets read.
    private static let formulaMarks: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]

    private static func quoted(_ value: String) -> String {
        let text = literal(value)
        guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
        var doubled = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\"" { doubled.append(scalar) }
            doubled.append(scalar)
        }
        return "\"" + String(doubled) + "\""
    }
}
