import PoiseCore

/// A verdict as the page draws it: glyph, border and word differ, never the colour alone.
struct VerdictChip: Hashable {
    /// The style's class.
    let kind: String
    let word: String
    let glyph: String

    private init(kind: Kind, word: String) {
        self.kind = kind.rawValue
        self.word = word
        glyph = kind.glyph
    }

    enum Kind: String {
        case pass, fail, unsure

        /// A check, a cross, broken bars.
        var glyph: String {
            let path =
                switch self {
                case .pass: "M2 7.5l3.5 3.5 6.5-8"
                case .fail: "M3 3l8 8M11 3l-8 8"
                case .unsure: "M2 5h4M8 5h4M2 9.5h4M8 9.5h4"
                }
            return "<svg class=\"glyph verdict-mark\" viewBox=\"0 0 14 14\" aria-hidden=\"true\">"
                + "<path d=\"\(path)\"/></svg>"
        }
    }

    static func pass(_ word: String) -> VerdictChip { VerdictChip(kind: .pass, word: word) }
    static func fail(_ word: String) -> VerdictChip { VerdictChip(kind: .fail, word: word) }
    static func unsure(_ word: String) -> VerdictChip { VerdictChip(kind: .unsure, word: word) }

    /// - Parameter words: of the three verdicts, in their order.
    init(_ verdict: Verdict, _ words: (pass: String, fail: String, inconclusive: String)) {
        self =
            switch verdict {
            case .pass: .pass(words.pass)
            case .fail: .fail(words.fail)
            case .inconclusive: .unsure(words.inconclusive)
            }
    }

    init(_ verdict: Verdict) { self.init(verdict, ("pass", "fail", "inconclusive")) }
}
