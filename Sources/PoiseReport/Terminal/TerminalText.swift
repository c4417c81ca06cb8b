/// Text for a terminal: widths in columns, padding, and the few colours that the reports use.
enum TerminalText {
    /// Columns that a text takes; East Asian wide characters take two, combining marks none.
    static func width(_ text: String) -> Int {
        text.reduce(0) { sum, character in
            guard let scalar = character.unicodeScalars.first else { return sum }
            return sum + (isWide(scalar) ? 2 : 1)
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Without control characters: a name from a file must not move the cursor or ring the bell.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator, .format: "\u{FFFD}"
                    default: scalar
                    }
                }
            )
        )
    }

    /// The beginning of a text, with "…" where it was cut.
    static func cut(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 1 else { return columns == 1 ? "…" : "" }
        var kept = ""
        var used = 0
        for character in text {
            let next = width(String(character))
            if used + next > columns - 1 { break }
            kept.append(character)
            used += next
        }
        return kept + "…"
    }

    /// The beginning and the end of a text with "…" between them: names of one model differ in their quantization.
    static func cutInside(_ text: String, to columns: Int) -> String {
        guard width(text) > columns, columns >= 12 else { return cut(text, to: columns) }
        let (head, tail) = ((columns - 1) / 2, columns / 2)
        var (end, used) = (text.endIndex, 0)
        while end > text.startIndex {
            let previous = text.index(before: end)
            let next = width(String(text[previous]))
            if used + next > tail { break }
            (end, used) = (previous, used + next)
        }
        return cut(text, to: head + 1) + text[end...]
    }

    static func padded(_ text: String, to columns: Int, right: Bool = false) -> String {
        let spaces = String(repeating: " ", count: max(0, columns - width(text)))
        return right ? spaces + text : text + spaces
    }

    /// Breaks a text at its spaces into lines that fit.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ").map(String.init) {
            if let line = lines.last, width(line) + 1 + width(word) <= columns {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(cut(word, to: columns))
            }
        }
        return lines
    }

    /// ANSI styles (ECMA-48 SGR).
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case green = "32"
        case yellow = "33"
        /// Bold, since plain red is hard to read on black.
        case red = "1;31"
    }

    static func styled(_ text: String, _ style: Style?, color: Bool) -> String {
        guard color, let style, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }
}
