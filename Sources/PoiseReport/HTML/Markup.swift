import Mustache

/// Escapes text for HTML and SVG, as content and in quoted attributes.
///
/// Scalar by scalar: swift-mustache's own escaping goes by characters, and a quotation mark with a combining accent is
/// another character than a quotation mark, though it ends an attribute just the same.
struct Markup: MustacheContentType {
    /// The name of this content type in the template's first line.
    static let name = "POISE_MARKUP"

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "'": result.append(contentsOf: "&#39;".unicodeScalars)
            // XML knows no other control characters, not even escaped; an SVG file with one would not open.
            case "\0"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
                result.append("\u{FFFD}")
            // They would turn the words that come after: a name must not write the sentence around it (CVE-2021-42574).
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
