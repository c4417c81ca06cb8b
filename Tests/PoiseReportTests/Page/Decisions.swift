import PoiseCore

@testable import PoiseReport

/// Choices made by hand, and pages that hold them.
enum Decisions {
    static func contender(
        _ model: String, _ quantization: String?, right: Double = 0.7, speed: Double? = 22, share: Double? = 0,
        limits: [LimitFinding] = [], n: Int = 440, cost: Double? = nil
    ) -> Contender {
        var figures: [ChoiceFigure: FigureEstimate] = [
            .accuracy: FigureEstimate(right, low: right - 0.04, high: right + 0.04),
            .metric(.ttfo): FigureEstimate(120, low: 110, high: 130),
            .metric(.memory): FigureEstimate(1.34e9),
        ]
        figures[.metric(.decodeTPS)] = speed.map { FigureEstimate($0, low: $0 * 0.9, high: $0 * 1.1) }
        figures[.metric(.costToCorrect)] = cost.map { FigureEstimate($0, low: $0 * 0.9, high: $0 * 1.1) }
        return Contender(
            id: Candidate.id(model: model, quantization: quantization), model: model, quantization: quantization, n: n,
            unscored: 0, figures: n > 0 ? figures : [:], limits: limits, currency: cost == nil ? nil : "USD",
            pickShare: share)
    }

    static func kept(_ limit: ProfileLimit, _ value: Double, surely: Bool = true) -> LimitFinding {
        LimitFinding(
            limit: limit, estimate: FigureEstimate(value, low: value * 0.9, high: value * 1.1),
            standing: surely ? .keptSurely : .keptProbably)
    }

    static func broken(_ limit: ProfileLimit, _ value: Double) -> LimitFinding {
        LimitFinding(
            limit: limit, estimate: FigureEstimate(value, low: value * 0.9, high: value * 1.1), standing: .brokenSurely)
    }

    static let firstToken = ProfileLimit(.metric(.ttfo), .atMost, 1000)

    static func beside(_ id: String, _ difference: Double, told: Bool) -> Decision.Comparison {
        Decision.Comparison(
            candidate: id,
            accuracyDifference: FigureEstimate(difference, low: difference - 0.02, high: difference + 0.02),
            isToldApart: told,
            ratios: [
                .metric(.decodeTPS): FigureEstimate(0.72, low: 0.65, high: 0.8), .metric(.memory): FigureEstimate(1.03),
            ])
    }

    /// tiny-m at q4_0 is picked, tiny-m at q8_0 in the other resamples; tiny-m at f16 is most often right.
    static func picked(share: Double = 0.77, load: Load = 1) -> Choice {
        Choice(
            profile: .chat, load: load,
            contenders: [
                contender("tiny-m", "f16", right: 0.724, share: 0),
                contender("tiny-m", "q8_0", right: 0.72, share: 1 - share),
                contender(
                    "tiny-m", "q4_0", right: 0.718, share: share,
                    limits: [
                        kept(ProfileLimit(.metric(.decodeTPS), .atLeast, 10), 22), kept(firstToken, 950, surely: false),
                    ]), contender("tiny-s", "f16", right: 0.59),
            ],
            decision: Decision(
                pick: "tiny-m@q4_0",
                stages: [
                    Decision.Stage(
                        figure: .accuracy, leader: "tiny-m@f16", kept: ["tiny-m@f16", "tiny-m@q8_0", "tiny-m@q4_0"],
                        dropped: ["tiny-s@f16"])
                ], equals: ["tiny-m@f16", "tiny-m@q8_0", "tiny-m@q4_0"],
                tiebreaks: [Decision.Tiebreak(figure: .metric(.decodeTPS), kept: ["tiny-m@q4_0"])],
                runnerUp: beside("tiny-m@q8_0", 0.002, told: false), up: beside("tiny-m@f16", 0.007, told: false),
                mostAccurate: beside("tiny-m@f16", 0.007, told: false)),
            noneShare: 0, resamples: 10_000, seed: 1)
    }

    /// Nothing keeps the limit on the first useful token.
    static func none(load: Load = 1) -> Choice {
        var choice = picked(load: load)
        choice.decision = nil
        for place in choice.contenders.indices {
            choice.contenders[place].limits = [broken(firstToken, 1200 + Double(place))]
            choice.contenders[place].pickShare = 0
        }
        choice.nearest = "tiny-m@f16"
        choice.noneShare = 0.97
        return choice
    }

    static func detail(_ choices: [Choice], gate: GateReport? = nil, ladders: [Ladder] = []) -> PageDetail {
        var detail = PageDetail()
        detail.choices = choices
        detail.choiceContext = ChoiceContext(runs: [])
        detail.gate = gate
        detail.ladders = ladders
        return detail
    }

    static func content(_ detail: PageDetail, loads: [Load] = [1]) -> ReportContent {
        var content = Demo.content(loads: loads)
        content.detail = detail
        return content
    }

    /// Of the candidates of `picked`, against tiny-m at f16.
    static func gate(_ verdicts: [(candidate: String, verdict: Verdict)]) -> GateReport {
        GateReport(
            run: "20261121-071413-tiny-ladder", suite: "tiny-ladder",
            baseline: GateReport.Baseline(candidate: "tiny-m@f16", run: "20261121-071413-tiny-ladder"),
            candidates: verdicts.map(\.candidate),
            results: verdicts.map { candidate, verdict in
                RuleResult(
                    rule: GateRule(.accuracy, .atLeast, .nonInferior(by: 0.03)), candidate: candidate, load: 1,
                    verdict: verdict, estimate: -0.007, low: -0.023, high: 0.01, n: 440, method: .newcombe,
                    smallestEffect: 0.031, samplesToDecide: verdict == .inconclusive ? 1100 : nil)
            }, warnings: [], seed: 1)
    }
}
