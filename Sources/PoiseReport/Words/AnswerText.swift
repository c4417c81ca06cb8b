import PoiseCore

/// The answer in words, by rule from the points of one load; every sentence holds for every input.
struct AnswerText {
    /// A stretch of text; what is strong carries the numbers that decide.
    struct Run: Hashable {
        let text: String
        var isStrong = false
        /// The name of a candidate, which is not broken across lines where it fits on one.
        var isName = false
    }

    /// The headline in pieces.
    let title: [Run]
    /// The paragraphs under the headline, the first one the weightiest.
    let paragraphs: [[Run]]

    /// What another load says, as a paragraph of its own.
    /// - Parameter machine: what tells its machine from the others of the page; empty where there is one.
    func summary(_ view: FrontView, on machine: String = "") -> [Run] {
        let (all, front) = (view.drawn.count, view.front.count)
        let load = Wording.load(view.load)
        let lead = machine.isEmpty ? "With \(load): " : "On \(machine), with \(load): "
        guard all > 1, front > 0 else { return [Run(text: lead + headline)] }
        return [Run(text: lead), Run(text: "\(Numbers.count(front)) of \(Numbers.count(all))", isStrong: true)]
            + [Run(text: " on the front; \(headline)")]
    }

    var headline: String { title.map(\.text).joined() }

    /// The paragraphs as plain text.
    var plain: String { paragraphs.map { $0.map(\.text).joined() }.joined(separator: " ") }

    init(_ view: FrontView) {
        let drawn = view.drawn
        if view.candidates.isEmpty {
            title = [Run(text: "Nothing was measured.")]
            paragraphs = [[Run(text: "No candidate has a result.")]]
        } else if drawn.isEmpty {
            let (words, reasons) = Self.withoutFront(view)
            (title, paragraphs) = ([Run(text: words)], reasons)
        } else if let only = drawn.first, drawn.count == 1 {
            title = [Self.name(only), Run(text: " gets \(Numbers.percent(only.accuracy))% right.")]
            paragraphs = Self.alone(only, of: view)
        } else {
            // Also those that lack one of the two numbers: the most right of all may have no speed.
            let scored = view.candidates.filter { $0.point.accuracy != nil }
            let timed = view.candidates.filter { $0.speed > 0 }
            let (best, fastest) = (Self.best(scored), Self.fastest(timed))
            title = Self.headline(best: best, fastest: fastest)
            paragraphs = [
                [Self.members(view)],
                [Self.spread(scored, timed), Self.exchange(best: Self.best(drawn), fastest: Self.fastest(drawn))],
                [
                    Self.sameAccuracy(scored, best: best), Self.sameSpeed(timed, fastest: fastest),
                    Self.unsettled(drawn),
                ], [Self.left(out: view.undrawn)],
            ].map { Self.paragraph($0.compactMap(\.self)) }.filter { !$0.isEmpty }
        }
    }

    // MARK: - Without a comparison

    private static func withoutFront(_ view: FrontView) -> (String, [[Run]]) {
        let points = view.candidates.map(\.point)
        let unscored = points.reduce(0) { $0 + $1.unscored }
        let hasAccuracy = points.contains { $0.accuracy != nil }
        let hasSpeed = points.contains { ($0.decodeTPS ?? 0) > 0 }
        let speeds = points.compactMap(\.decodeTPS)
        let shares = points.compactMap(\.accuracy)
        switch (hasAccuracy, hasSpeed) {
        case (false, true):
            return (
                "No answer could be scored.",
                [
                    [Run(text: "\(Numbers.counted(unscored, "sample")) are unscored, which is not the same as wrong.")],
                    [
                        Run(text: "Decode speed goes from "), strong(Numbers.threeDigits(speeds.min())),
                        Run(text: " to "), strong("\(Numbers.threeDigits(speeds.max())) tok/s"), Run(text: "."),
                    ],
                ]
            )
        case (true, false):
            return (
                "No decode speed could be measured.",
                [
                    [
                        Run(text: "Right answers go from "), strong("\(Numbers.percent(shares.min()))%"),
                        Run(text: " to "), strong("\(Numbers.percent(shares.max()))%"),
                        Run(text: " (\(Wording.n(view.candidates.filter { $0.point.accuracy != nil })))."),
                    ],
                    [Run(text: "No response streamed enough tokens for a speed, so there is no front.")],
                ]
            )
        case (true, true):
            return (
                "No candidate has both a score and a speed.",
                [[Run(text: "Some could be scored and others timed; a front needs both of the same candidate.")]]
            )
        case (false, false):
            return (
                "Nothing could be scored or timed.",
                [[Run(text: "\(Numbers.counted(points.count, "candidate")) gave no response that counts.")]]
            )
        }
    }

    private static func alone(_ only: ViewCandidate, of view: FrontView) -> [[Run]] {
        let point = only.point
        return [
            [
                Run(text: "It gets "), strong("\(Numbers.percent(point.accuracy))%"),
                Run(text: " of \(Numbers.counted(point.n, "sample")) right"),
                Run(text: interval(Numbers.percentRange(point.accuracyLow, point.accuracyHigh), isFirst: true)),
                Run(text: " and writes "), strong("\(Numbers.threeDigits(point.decodeTPS)) tokens a second"),
                Run(text: interval(Numbers.range(point.decodeTPSLow, point.decodeTPSHigh), isFirst: false) + "."),
            ],
            [Run(text: "There is nothing to compare it with.")],
            left(out: view.undrawn),
        ].compactMap(\.self)
    }

    private static func interval(_ range: String, isFirst: Bool) -> String {
        range == Numbers.undefined ? "" : isFirst ? " (95% interval \(range))" : " (\(range))"
    }

    // MARK: - The ends of the front

    /// The most accurate; of several the fastest, then the first in the suite.
    static func best(_ drawn: [ViewCandidate]) -> [ViewCandidate] {
        let most = drawn.map(\.accuracy).max()
        return drawn.filter { $0.accuracy == most }.sorted { ($1.speed, $0.order) < ($0.speed, $1.order) }
    }

    /// The fastest; of several the most accurate, then the first in the suite.
    static func fastest(_ drawn: [ViewCandidate]) -> [ViewCandidate] {
        let most = drawn.map(\.speed).max()
        return drawn.filter { $0.speed == most }.sorted { ($1.accuracy, $0.order) < ($0.accuracy, $1.order) }
    }

    private static func headline(best: [ViewCandidate], fastest: [ViewCandidate]) -> [Run] {
        if best.count == 1, fastest.count == 1, best[0].id == fastest[0].id {
            return [name(best[0]), Run(text: " gets the most right and is the fastest.")]
        }
        return subject(best, " gets the most right, ", " get the most right, ")
            + subject(fastest, " is the fastest.", " are the fastest.")
    }

    private static func subject(_ candidates: [ViewCandidate], _ one: String, _ several: String) -> [Run] {
        switch candidates.count {
        case 1: [name(candidates[0]), Run(text: one)]
        case 2: [Run(text: Wording.names(candidates), isName: true), Run(text: several)]
        default: [Run(text: "\(Numbers.count(candidates.count)) candidates" + several)]
        }
    }

    private static func name(_ candidate: ViewCandidate) -> Run { Run(text: candidate.spoken, isName: true) }

    // MARK: - Sentences

    private static func members(_ view: FrontView) -> [Run]? {
        let (all, front) = (view.drawn.count, view.front)
        switch front.count {
        case 0: return nil
        case all:
            return [
                strong("All \(Numbers.count(all))"),
                Run(text: " candidates are on the front: none is beaten by another."),
            ]
        case 1:
            return [
                Run(text: "Only "), strong(front[0].spoken),
                Run(
                    text: " is on the front: no other candidate\(view.undrawn.isEmpty ? "" : " with both numbers") is "
                        + "more often right, and none is faster."
                ),
            ]
        default:
            return [
                strong("\(Numbers.count(front.count)) of \(Numbers.count(all))"),
                Run(
                    text: " candidates are on the front. For each of the others there is one at least as right and as "
                        + "fast, and better in one of the two."
                ),
            ]
        }
    }

    private static func spread(_ scored: [ViewCandidate], _ timed: [ViewCandidate]) -> [Run]? {
        guard let least = scored.map(\.accuracy).min(), let most = scored.map(\.accuracy).max(),
            let slowest = timed.map(\.speed).min(), let quickest = timed.map(\.speed).max()
        else { return nil }
        return [
            Run(text: "Right answers go from "), strong("\(Numbers.percent(least))%"), Run(text: " to "),
            strong("\(Numbers.percent(most))%"),
            Run(text: " (\(Wording.unbroken(Wording.n(scored)))), decode speed from "),
            strong(Numbers.threeDigits(slowest)), Run(text: " to "),
            strong("\(Numbers.threeDigits(quickest)) tokens a second"), Run(text: "."),
        ]
    }

    private static func exchange(best: [ViewCandidate], fastest: [ViewCandidate]) -> [Run]? {
        guard let from = best.first, let to = fastest.first, from.id != to.id, to.speed > from.speed else { return nil }
        return [
            Run(text: "Going from \(from.spoken) to \(to.spoken) gives "),
            strong("\(Numbers.ratio(to.speed / from.speed))×"), Run(text: " the speed for "),
            strong("\(Numbers.fixed((from.accuracy - to.accuracy) * 100, 1)) points"), Run(text: " of right answers."),
        ]
    }

    /// Overlapping intervals do not prove that two are the same: what cannot be told apart, paired evidence says.
    private static func sameAccuracy(_ scored: [ViewCandidate], best: [ViewCandidate]) -> [Run]? {
        guard let first = best.first, first.point.accuracyLow != nil else { return nil }
        let others = scored.filter { $0.id != first.id }
        let alike = others.filter { $0.point.accuracyHigh != nil && $0.accuracyHigh >= first.accuracyLow }
        if alike.isEmpty {
            guard !others.isEmpty, others.allSatisfy({ $0.point.accuracyHigh != nil }) else { return nil }
            return [Run(text: "The interval of \(first.spoken) lies above that of every other candidate.")]
        }
        return [Run(text: Self.alike(alike, first, in: "right answers"))]
    }

    /// The same of speed; silent where nothing comes near the fastest, since the headline has said that.
    private static func sameSpeed(_ timed: [ViewCandidate], fastest: [ViewCandidate]) -> [Run]? {
        guard let first = fastest.first, first.point.decodeTPSLow != nil else { return nil }
        let alike = timed.filter {
            $0.id != first.id && $0.point.decodeTPSHigh != nil && $0.speedHigh >= first.speedLow
        }
        return alike.isEmpty ? nil : [Run(text: Self.alike(alike, first, in: "speed"))]
    }

    private static func alike(_ others: [ViewCandidate], _ first: ViewCandidate, in what: String) -> String {
        let names = others.count > 4 ? "\(Numbers.count(others.count)) other candidates" : Wording.names(others)
        return
            "In \(what), the \(others.count == 1 ? "interval" : "intervals") of \(names) \(others.count == 1 ? "reaches" : "reach") into that of \(first.spoken), "
            + "which alone does not say whether they differ."
    }

    private static func unsettled(_ drawn: [ViewCandidate]) -> [Run]? {
        let open = drawn.filter { $0.point.frontProbability.map { $0 > 0.05 && $0 < 0.95 } ?? false }
        guard !open.isEmpty else { return nil }
        let subject =
            open.count > 4
            ? "\(Numbers.count(open.count)) candidates"
            : Numbers.list(open.map { "\($0.spoken) (\(Numbers.probability($0.point.frontProbability)))" })
        let verb = open.count == 1 ? "is" : "are"
        return [
            Run(
                text: "Whether \(subject) \(verb) on the front is not settled: between 5 and 95% of resamples put "
                    + "\(open.count == 1 ? "it" : "each") there."
            )
        ]
    }

    private static func left(out undrawn: [ViewCandidate]) -> [Run]? {
        guard !undrawn.isEmpty else { return nil }
        let names =
            undrawn.count > 4
            ? "\(Numbers.count(undrawn.count)) candidates" : Wording.names(undrawn)
        return [Run(text: "Not on the chart, for want of a score or a speed: \(names).")]
    }

    /// Sentences with a space between them.
    private static func paragraph(_ sentences: [[Run]]) -> [Run] {
        Array(sentences.joined(separator: [Run(text: " ")]))
    }

    static func strong(_ text: String) -> Run { Run(text: text, isStrong: true) }
}
