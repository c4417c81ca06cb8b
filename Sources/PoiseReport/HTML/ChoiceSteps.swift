import PoiseCore

/// The pick with its neighbours on the front and its runner-up, paired by sample.
struct ChoiceSteps {
    let rows: [RecommendationView.Step]
    let paceHead: String
    let hasMemory: Bool
    let caption: String

    init(_ choice: Choice, _ spoken: Choice, _ marks: CandidateMarks) {
        guard let decision = choice.decision, let said = spoken.decision,
            let pick = choice.contender(decision.pick)
        else {
            (rows, paceHead, hasMemory, caption) = ([], "", false, "")
            return
        }
        let pace = Self.pace(choice.profile)
        let beside = [
            (decision.up, said.up, "up the front"), (decision.runnerUp, said.runnerUp, "runner-up"),
            (decision.down, said.down, "down the front"),
        ]
        var seen: Set<String> = []
        let others = beside.compactMap { own, said, role -> (own: Decision.Comparison, name: String, role: String)? in
            guard let own, let said, seen.insert(own.candidate).inserted else { return nil }
            let isBoth = role != "runner-up" && decision.runnerUp?.candidate == own.candidate
            return (own, said.candidate, isBoth ? "\(role), runner-up" : role)
        }
        let here = RecommendationView.Step(
            isHere: true, colour: marks.colour(pick.id), glyph: marks.glyph(pick.id), name: said.pick, role: "the pick",
            right: FigureWords.value(.accuracy, pick.figures[.accuracy]?.value ?? .nan), rightRange: "",
            pace: Self.parts(pace, pick).number, paceRange: Self.parts(pace, pick).unit,
            memory: Self.parts(.metric(.memory), pick).number, memoryUnit: Self.parts(.metric(.memory), pick).unit)
        let steps = others.map { (Self.step($0.own, $0.name, $0.role, pace, marks), $0.own.accuracyDifference?.value) }
        // More right answers above the pick, fewer below it.
        rows =
            steps.filter { ($0.1 ?? 0) > 0 }.map(\.0) + [here] + steps.filter { ($0.1 ?? 0) <= 0 }.map(\.0)
        paceHead = pace == .metric(.decodeTPS) ? "speed" : FigureWords.name(pace)
        hasMemory = rows.contains { $0.memory != Numbers.undefined }
        caption = Self.caption(said, eligible: choice.contenders.count(where: \.isEligible))
    }

    private static func pace(_ profile: Profile) -> ChoiceFigure {
        profile.pace == .metric(.costToCorrect) ? .metric(.timeToCorrect) : profile.pace
    }

    private static func step(
        _ other: Decision.Comparison, _ name: String, _ role: String, _ pace: ChoiceFigure, _ marks: CandidateMarks
    ) -> RecommendationView.Step {
        let difference = other.accuracyDifference
        let ratio = other.ratios[pace]
        return RecommendationView.Step(
            isHere: false, colour: marks.colour(other.candidate), glyph: marks.glyph(other.candidate), name: name,
            role: role, right: difference.map { FigureWords.signed($0.value) } ?? Numbers.undefined,
            rightRange: range(difference), pace: ratio.map { Numbers.ratio($0.value) + "×" } ?? Numbers.undefined,
            paceRange: ratio.flatMap { ratio in
                guard let low = ratio.low, let high = ratio.high, low.isFinite, high.isFinite else { return nil }
                return "\(Numbers.ratio(low))–\(Numbers.ratio(high))"
            } ?? "",
            memory: other.ratios[.metric(.memory)].map { Numbers.ratio($0.value) + "×" } ?? Numbers.undefined,
            memoryUnit: "")
    }

    /// The pick's own number, its unit apart, so that the column stays as narrow as the ratios.
    private static func parts(_ figure: ChoiceFigure, _ pick: Contender) -> (number: String, unit: String) {
        guard let value = pick.figures[figure]?.value else { return (Numbers.undefined, "") }
        let words = FigureWords.value(figure, value, currency: pick.currency).split(
            separator: "\u{A0}", maxSplits: 1)
        return (String(words[0]), words.count > 1 ? String(words[1]) : "")
    }

    private static func range(_ difference: FigureEstimate?) -> String {
        guard let low = difference?.low, let high = difference?.high else { return "" }
        return "\(FigureWords.signed(low)) to \(FigureWords.signed(high))"
    }

    private static func caption(_ decision: Decision, eligible: Int) -> String {
        guard eligible > 1 else { return "No other candidate meets the limits." }
        var sentences = ["Points and ratios are against \(decision.pick), paired by sample."]
        let alike = [decision.up, decision.runnerUp, decision.down].compactMap(\.self).filter { !$0.isToldApart }
            .map(\.candidate)
        let names = alike.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        if !names.isEmpty { sentences.append("\(Numbers.list(names)) cannot be told apart from it in right answers.") }
        if decision.up == nil {
            sentences.append("Up the front: none of those that meet the limits is right more often.")
        }
        if decision.down == nil {
            sentences.append("Down the front: none with fewer right answers gains anything by it.")
        }
        return sentences.joined(separator: " ")
    }
}
