/// A document of YAML that is written: its own order, its own comments, and every text in quotes, so that no reader takes
/// one for a number or a truth value.
indirect enum YAMLTree: Hashable {
    case text(String)
    case whole(Int)
    case bool(Bool)
    case list([YAMLTree])
    case map([Member])

    struct Member: Hashable {
        /// A word of letters, digits, dots, slashes and dashes; or quoted.
        let name: String
        let value: YAMLTree
        /// One line each, above it.
        var comment: [String] = []

        init(_ name: String, _ value: YAMLTree, _ comment: String...) {
            self.name = name
            self.value = value
            self.comment = comment
        }
    }

    /// With a line end; an empty list or map is written in one line.
    var document: String { lines.map { $0 + "\n" }.joined() }

    private var lines: [String] {
        switch self {
        case .map(let members) where !members.isEmpty: members.flatMap { Self.lines(of: $0) }
        case .list(let items) where !items.isEmpty:
            items.flatMap { item in
                // What is said of an item's first line stands before its dash.
                let comment = item.lines.prefix { $0.hasPrefix("#") }
                let lines = item.lines.dropFirst(comment.count)
                return comment + ["- \(lines.first ?? "")"] + lines.dropFirst().map { "  \($0)" }
            }
        default: [inline]
        }
    }

    private static func lines(of member: Member) -> [String] {
        let comment = member.comment.map { "# \($0)" }
        let name = isPlain(member.name) ? member.name : quoted(member.name)
        return member.value.isTree
            ? comment + ["\(name):"] + member.value.lines.map { "  \($0)" }
            : comment + ["\(name): \(member.value.inline)"]
    }

    /// Whether it takes lines of its own.
    private var isTree: Bool {
        switch self {
        case .map(let members): !members.isEmpty
        case .list(let items): !items.isEmpty
        case .text, .whole, .bool: false
        }
    }

    private var inline: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .whole(let number): String(number)
        case .bool(let bool): String(bool)
        case .list: "[]"
        case .map: "{}"
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first.properties.isAlphabetic, first.isASCII else { return false }
        let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        return !words.contains(name.lowercased())
            && name.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-._/".unicodeScalars.contains($0))
            }
    }

    /// In double quotes, where YAML reads escapes as JSON does.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _
            where scalar.properties.generalCategory == .control || [0x2028, 0x2029, 0xFEFF].contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
