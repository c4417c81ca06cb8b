/// Lines of CSV by RFC 4180, with line feeds.
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

    private static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { [",", "\"", "\n", "\r"].contains($0) }) else { return text }
        var doubled = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\"" { doubled.append(scalar) }
            doubled.append(scalar)
        }
        return "\"" + String(doubled) + "\""
    }
}
