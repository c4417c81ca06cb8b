extension String {
    /// Whether there is nothing to read but white space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }

    /// Without white space at both ends.
    var trimmed: String { String(Substring(self).trimmed) }

    /// In quotes on one line and at most 80 characters, for an explanation.
    var quoted: String {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 80 ? "“\(line.prefix(79))…”" : "“\(line)”"
    }
}

extension Substring {
    /// Without white space at both ends.
    var trimmed: Substring {
        let head = drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return head.prefix(0) }
        return head[...last]
    }
}

extension Sequence<String> {
    /// The texts as an explanation lists them.
    var quotedList: String { map(\.quoted).joined(separator: ", ") }
}
