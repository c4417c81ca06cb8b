/// How wide a text is drawn, in units of its font size, without asking a font.
///
/// The page uses whatever sans-serif the reader's system has, so the estimate follows the widest common one
/// (DejaVu Sans, whose advance widths these are, rounded up): labels that do not overlap in it do not overlap elsewhere.
enum TextWidth {
    static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width(of: $1) } * size * (isBold ? 1.12 : 1)
    }

    private static func width(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "'", "|": 0.34
        case " ", ".", ",", ":", ";", "I", "!", "·": 0.36
        case "f", "t", "-", "(", ")", "[", "]", "/": 0.42
        case "r": 0.43
        case "s", "c", "J", "z", "_", "\"", "*", "–": 0.56
        case "m", "%", "@": 1
        case "M", "W": 1
        case "w", "G", "O", "Q", "D", "H", "N", "U", "+", "−", "=", "<", ">", "~", "#": 0.86
        case "A"..."Z": 0.74
        case "0"..."9", "a"..."z": 0.64
        // Marks that stand above or below another character take no room of their own.
        case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200F}": 0
        case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{A4CF}", "\u{AC00}"..."\u{D7A3}", "\u{F900}"..."\u{FAFF}",
            "\u{FF00}"..."\u{FF60}", "\u{1F000}"...:
            1.1
        default: 0.8
        }
    }

    /// Cuts the middle out of a text that is wider than `most`.
    static func shortened(_ text: String, to most: Double, size: Double, isBold: Bool = false) -> String {
        guard of(text, size: size, isBold: isBold) > most else { return text }
        let characters = Array(text)
        var kept = characters.count - 1
        while kept > 2 {
            let tail = kept / 2
            let short = String(characters.prefix(kept - tail)) + "…" + String(characters.suffix(tail))
            if of(short, size: size, isBold: isBold) <= most { return short }
            kept -= 1
        }
        return String(characters.prefix(1)) + "…"
    }
}
