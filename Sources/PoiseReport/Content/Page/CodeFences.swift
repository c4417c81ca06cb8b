/// Parts an answer into prose and fenced blocks of code, as a chat shows it.
enum CodeFences {
    struct Part: Hashable {
        var isCode: Bool
        /// In Unicode scalars of the whole text. The fences themselves belong to no part.
        var start: Int
        var text: String
    }

    /// Fences as CommonMark 0.31 (4.5) has them, of backticks or tildes; one that is never closed runs to the end.
    static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var current = Part(isCode: false, start: 0, text: "")
        var fence: (mark: Unicode.Scalar, count: Int)?
        var place = 0
        func close(at start: Int, isCode: Bool) {
            if !current.text.isEmpty { parts.append(current) }
            current = Part(isCode: isCode, start: start, text: "")
        }
        for line in lines(of: text) {
            let length = line.unicodeScalars.count
            if let open = fence, closes(line, open) {
                fence = nil
                close(at: place + length, isCode: false)
            } else if fence == nil, let opened = opening(line) {
                fence = opened
                close(at: place + length, isCode: true)
            } else {
                current.text += line
            }
            place += length
        }
        if !current.text.isEmpty { parts.append(current) }
        return parts
    }

    /// With what ends them.
    private static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            line.append(scalar)
            if scalar == "\n" {
                lines.append(String(line))
                line.removeAll()
            }
        }
        return line.isEmpty ? lines : lines + [String(line)]
    }

    private static func opening(_ line: String) -> (mark: Unicode.Scalar, count: Int)? {
        let content = line.unicodeScalars.drop { $0 == " " || $0 == "\t" }
        guard let mark = content.first, mark == "`" || mark == "~" else { return nil }
        let count = content.prefix { $0 == mark }.count
        // Three backticks with more of them on the same line are inline code.
        guard count >= 3, mark == "~" || !content.dropFirst(count).contains("`") else { return nil }
        return (mark, count)
    }

    private static func closes(_ line: String, _ fence: (mark: Unicode.Scalar, count: Int)) -> Bool {
        let content = line.unicodeScalars.drop { $0 == " " || $0 == "\t" }
        let count = content.prefix { $0 == fence.mark }.count
        return count >= fence.count && content.dropFirst(count).allSatisfy(\.properties.isWhitespace)
    }
}
