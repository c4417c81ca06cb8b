import PoiseCore

/// Flips on a terminal, each on one line: its kind, its sample, and both answers as far as they fit.
enum FlipList {
    static func lines(_ flips: [Flip], width: Int) -> [String] {
        let names = flips.map { TerminalText.printable("\($0.task)/\($0.sample)") }
        let nameWidth = min(names.map(TerminalText.width).max() ?? 0, max(12, width / 3))
        let kindWidth = Flip.Kind.allCases.map(\.rawValue.count).max() ?? 0
        // An indent of two, two gaps of two, and the arrow with its spaces.
        let room = width - kindWidth - nameWidth - 9
        return zip(flips, names).map { flip, name in
            let answers = answers(flip, room: room)
            return "  " + TerminalText.padded(flip.kind.rawValue, to: kindWidth) + "  "
                + TerminalText.padded(TerminalText.cut(name, to: nameWidth), to: nameWidth) + "  "
                + answers.base + " → " + answers.candidate
        }
    }

    /// Characters before the first difference that are shown where the beginning is cut.
    private static let context = 6

    /// Both answers within so many columns together; where they are cut, what differs stays.
    static func answers(_ flip: Flip, room: Int) -> (base: String, candidate: String) {
        var (base, candidate) = (line(flip.base), line(flip.candidate))
        if TerminalText.width(base) + TerminalText.width(candidate) > room {
            let common = zip(base, candidate).prefix { $0 == $1 }.count
            if common > 2 * context {
                base = "…" + base.dropFirst(common - context)
                candidate = "…" + candidate.dropFirst(common - context)
            }
        }
        // What the shorter one leaves is the longer one's.
        let half = room / 2
        let (left, right) = (TerminalText.width(base), TerminalText.width(candidate))
        return (
            TerminalText.cut(base, to: right < half ? room - right : half),
            TerminalText.cut(candidate, to: left < half ? room - left : room - half)
        )
    }

    private static func line(_ text: String?) -> String {
        guard let text else { return Numbers.undefined }
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? "(empty)" : TerminalText.printable(line)
    }
}
