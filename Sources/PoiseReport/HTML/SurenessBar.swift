import PoiseCore

/// How often each candidate is the pick, as parts of one bar.
struct SurenessBar {
    /// Markup.
    let drawing: String
    let label: String
    let parts: [Part]
    let caption: String

    struct Part {
        let colour: String
        let share: String
        let name: String
    }

    /// Rivals with a part of their own.
    private static let most = 3
    private static let width = 100.0

    /// Nil where nothing was drawn, or nothing is picked.
    init?(_ choice: Choice, _ spoken: Choice, _ marks: CandidateMarks) {
        guard choice.resamples > 0, choice.contenders.count > 1,
            let pick = choice.decision.flatMap({ choice.contender($0.pick) }), let share = pick.pickShare
        else { return nil }
        let names = Dictionary(
            zip(choice.contenders.map(\.id), spoken.contenders.map(\.id)), uniquingKeysWith: { first, _ in first })
        let rivals = ChoiceAnswer.rivals(choice)
        let shown = rivals.prefix(Self.most)
        let none = choice.noneShare ?? 0
        let rest = max(0, 1 - share - none - shown.reduce(0) { $0 + $1.share })
        let runnerUp = choice.decision?.runnerUp?.candidate
        func name(_ id: String) -> String { (names[id] ?? id) + (id == runnerUp ? ", the runner-up" : "") }
        var parts = [(share: share, colour: marks.colour(pick.id), name: name(pick.id), style: "bar")]
        parts += shown.map { ($0.share, marks.colour($0.id), name($0.id), "hollow") }
        if rest >= 0.005 { parts.append((rest, "", "others", "rail")) }
        if none >= 0.005 { parts.append((none, "", "none meets the limits", "rail")) }
        var x = 0.0
        drawing =
            parts.map { part in
                defer { x += part.share * Self.width }
                return "<rect class=\"\(part.style) \(part.colour)\" x=\"\(SVGNumber.text(x))\" y=\"0\" width=\""
                    + "\(SVGNumber.text(max(0.5, part.share * Self.width - 0.7)))\" height=\"12\"/>"
            }.joined()
        self.parts = parts.map { Part(colour: $0.colour, share: Numbers.probability($0.share), name: $0.name) }
        label =
            self.parts.map { "\($0.name): \($0.share)" }.joined(separator: "; ")
        caption = "Of \(Numbers.count(choice.resamples)) joint resamples of the samples, by the same rule."
    }
}
