import PoiseCore

/// A recommendation as the page's answer: the headline and the paragraphs under it, by rule from one choice.
///
/// What cannot be told apart is said by paired evidence alone, never by intervals that overlap.
struct ChoiceAnswer {
    typealias Run = AnswerText.Run

    /// The headline in pieces.
    let title: [Run]
    /// The paragraphs under the headline, the first one the weightiest.
    let paragraphs: [[Run]]

    private let choice: Choice

    /// Nil where there is nothing to choose: one candidate alone, or no answer that has a score.
    init?(_ choice: Choice, _ context: ChoiceContext?) {
        guard choice.contenders.count > 1, choice.outcome != .nothingMeasured else { return nil }
        let choice = choice.spoken
        self.choice = choice
        let standing = Standing(choice)
        title = Self.title(choice, standing)
        paragraphs = [
            choice.decision.map { Self.pick(choice, $0, standing) } ?? Self.none(choice),
            choice.decision.map { Self.beside(choice, $0) } ?? [],
            Self.circumstances(choice, context),
        ].filter { !$0.isEmpty }
    }

    var headline: String { title.map(\.text).joined() }

    /// The paragraphs as plain text.
    var plain: String { paragraphs.map { $0.map(\.text).joined() }.joined(separator: " ") }

    // MARK: - The headline

    /// How firmly the pick stands.
    private enum Standing: Equatable {
        case firm
        /// Picked in less than half of the resamples, with the one that is picked most often beside it.
        case tossUp(String)
        /// In at least as many resamples nothing meets the limits.
        case onCondition
        case nothing

        init(_ choice: Choice) {
            guard let pick = choice.decision.flatMap({ choice.contender($0.pick) }) else {
                self = .nothing
                return
            }
            let rival = ChoiceAnswer.rivals(choice).first
            let none = choice.noneShare ?? 0
            if let share = pick.pickShare, share < 0.5, none >= share, none > 0 {
                self = .onCondition
            } else if let share = pick.pickShare, share < 0.5, let rival {
                self = .tossUp(rival.id)
            } else {
                self = .firm
            }
        }
    }

    private static func title(_ choice: Choice, _ standing: Standing) -> [Run] {
        let name = Run(text: choice.decision?.pick ?? "", isName: true)
        let profile = TerminalText.printable(choice.profile.name)
        switch standing {
        case .firm: return [Run(text: "Take "), name, Run(text: ".")]
        case .tossUp(let rival):
            return [Run(text: "A toss-up: "), name, Run(text: " or "), Run(text: rival, isName: true), Run(text: ".")]
        case .onCondition: return [name, Run(text: ", if it keeps its limits.")]
        case .nothing:
            return [
                Run(
                    text: choice.outcome == .noneIsRight
                        ? "Nothing to take: none that meets the limits for \(profile) was ever right."
                        : "No candidate meets the limits for \(profile).")
            ]
        }
    }

    // MARK: - The pick

    private static func pick(_ choice: Choice, _ decision: Decision, _ standing: Standing) -> [Run] {
        guard let pick = choice.contender(decision.pick), let right = pick.figures[.accuracy] else { return [] }
        var runs = [
            Run(text: standing == .firm ? "It gets " : "\(pick.id) gets "),
            AnswerText.strong(Numbers.percent(right.value) + "%"),
            Run(text: " of \(Numbers.counted(pick.n, "sample")) right"),
            Run(text: interval(Numbers.percentRange(right.low, right.high), isFirst: true)),
        ]
        if let speed = pick.figures[.metric(.decodeTPS)] {
            runs += [
                Run(text: " and writes "), AnswerText.strong("\(Numbers.threeDigits(speed.value)) tokens a second"),
                Run(
                    text: interval(Numbers.range(speed.low, speed.high), isFirst: right.low == nil)
                        + feel(speed.value, choice.profile)),
            ]
        }
        return runs + [Run(text: ".")] + sureness(choice, pick)
    }

    private static func interval(_ range: String, isFirst: Bool) -> String {
        range == Numbers.undefined ? "" : isFirst ? " (95% interval \(range))" : " (\(range))"
    }

    /// What the speed is to the person that the profile thinks of; empty where it says nothing of speeds.
    private static func feel(_ speed: Double, _ profile: Profile) -> String {
        guard let band = profile.speed, let feel = band.feel(of: speed) else { return "" }
        let who =
            profile.meanwhile.map { "someone who \(TerminalText.printable($0))" }
            ?? TerminalText.printable(profile.name)
        return switch feel {
        case .tooSlow: ", too slow for \(who)"
        case .slow: ", slower than is comfortable for \(who)"
        case .comfortable: ", a comfortable pace for \(who)"
        case .fast: ", faster than is comfortable at the least for \(who)"
        case .noFurtherGain:
            ", beyond the \(band.noFurtherGain.map(Numbers.trimmed) ?? "speed") from where on nobody gains"
        }
    }

    /// Those that are the pick in a resample at least, without the pick itself; the most frequent first.
    static func rivals(_ choice: Choice) -> [(id: String, share: Double)] {
        choice.contenders.enumerated().compactMap { place, other -> (id: String, share: Double, place: Int)? in
            guard other.id != choice.decision?.pick, let share = other.pickShare, share >= 0.005 else { return nil }
            return (other.id, share, place)
        }
        .sorted { ($1.share, $0.place) < ($0.share, $1.place) }
        .map { ($0.id, $0.share) }
    }

    private static func sureness(_ choice: Choice, _ pick: Contender) -> [Run] {
        guard choice.resamples > 0, let share = pick.pickShare else {
            return [Run(text: " How sure that is cannot be said from so few samples.")]
        }
        let draws = Numbers.count(choice.resamples)
        guard share < 1 else {
            return [Run(text: " It stays the choice in "), AnswerText.strong("all \(draws)"), Run(text: " resamples.")]
        }
        return [
            Run(text: " It stays the choice in "), AnswerText.strong(Numbers.probability(share)),
            Run(text: " of \(draws) resamples." + otherwise(choice, 1 - share)),
        ]
    }

    /// What happens in the other resamples.
    private static func otherwise(_ choice: Choice, _ rest: Double) -> String {
        let rivals = rivals(choice)
        let none = (choice.noneShare ?? 0) >= 0.005 ? choice.noneShare : nil
        let share = Numbers.probability(rest)
        switch (rivals.count, none) {
        case (0, nil): return ""
        case (0, _): return " In the other \(share) no candidate meets the limits."
        case (1, nil): return " In the other \(share) \(rivals[0].id) takes its place."
        default:
            let shown = rivals.prefix(3).map { "\($0.id) (\(Numbers.probability($0.share)))" }
            let more = rivals.count > 3 ? ["\(Numbers.count(rivals.count - 3)) more"] : []
            let empty = none.map { "; in \(Numbers.probability($0)) no candidate meets the limits" } ?? ""
            return " Otherwise it is \(Numbers.list(shown + more, joinedBy: "or"))\(empty)."
        }
    }

    // MARK: - Beside the pick

    private static func beside(_ choice: Choice, _ decision: Decision) -> [Run] {
        let sentences = [mostAccurate(choice, decision), ChoiceWords.second(choice, decision)].compactMap(\.self)
        return sentences.isEmpty ? [] : [Run(text: sentences.joined(separator: " "))]
    }

    /// Where the pick stands among the right answers, paired by sample.
    private static func mostAccurate(_ choice: Choice, _ decision: Decision) -> String? {
        if let most = decision.mostAccurate, let difference = most.accuracyDifference {
            let points = FigureWords.points(difference)
            if most.isToldApart { return "\(most.candidate) is right more often: \(points), paired by sample." }
            // Of several comparisons at once some interval leaves 0 out by chance.
            return difference.low.map { $0 > 0 } ?? false
                ? "\(most.candidate) is right most often, \(points), paired by sample; among all that meet the limits at "
                    + "once (Holm’s correction) that may be chance."
                : "\(most.candidate) is right most often, but cannot be told apart from it: \(points), paired by "
                    + "sample."
        }
        guard decision.mostAccurate == nil,
            let stage = decision.stages.first(where: { $0.figure == .accuracy && $0.leader == decision.pick })
        else { return nil }
        let alike = stage.kept.filter { $0 != decision.pick }
        guard !alike.isEmpty else { return "No other that meets the limits is right as often." }
        return "None that meets the limits is right more often; "
            + "\(Numbers.list(ChoiceWords.few(alike))) cannot be told apart from it in right answers."
    }

    // MARK: - No pick

    private static func none(_ choice: Choice) -> [Run] {
        var sentences = [ChoiceWords.finding(choice)]
        let limits = choice.profile.allLimits.map(FigureWords.limit)
        if !limits.isEmpty { sentences.append("They are \(Numbers.list(limits)).") }
        if let nearest = ChoiceWords.nearest(choice) { sentences.append(nearest) }
        if let none = choice.noneShare, none < 1, choice.resamples > 0 {
            sentences.append(
                "In \(Numbers.probability(1 - none)) of \(Numbers.count(choice.resamples)) resamples a candidate would."
            )
        }
        return [Run(text: sentences.joined(separator: " "))]
    }

    private static func circumstances(_ choice: Choice, _ context: ChoiceContext?) -> [Run] {
        var sentences: [String] = []
        if context?.isSimulated == true { sentences.append("These numbers are simulated: no model was measured.") }
        if context?.isUsualProfile == true {
            sentences.append(
                "The suite names no profile, so this is for \(TerminalText.printable(choice.profile.name)); "
                    + "poise choose --profile takes another.")
        }
        return sentences.isEmpty ? [] : [Run(text: sentences.joined(separator: " "))]
    }

    // MARK: - Another load

    /// What is chosen at another load, as a paragraph of its own.
    ///
    /// - Parameters:
    ///   - pick: what is chosen at the first load, as text names it.
    ///   - machine: what tells its machine from the others of the page; empty where there is one.
    func summary(besides pick: String?, on machine: String = "") -> [Run] {
        let load = Wording.load(choice.load)
        let lead = machine.isEmpty ? "With \(load): " : "On \(machine), with \(load): "
        guard let decision = choice.decision else { return [Run(text: lead + ChoiceWords.finding(choice))] }
        let share = choice.contender(decision.pick)?.pickShare
        let sure = share.map { ", in \(Numbers.probability($0)) of \(Numbers.count(choice.resamples)) resamples" }
        let verb = decision.pick == pick ? " stays the choice" : " is the choice"
        return [Run(text: lead), AnswerText.strong(decision.pick), Run(text: "\(verb)\(sure ?? "").")]
    }

    /// As text names it; nil where nothing is picked.
    var pick: String? { choice.decision?.pick }
}
