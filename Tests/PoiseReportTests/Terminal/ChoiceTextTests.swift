import PoiseCore
import Testing

@testable import PoiseReport

struct ChoiceTextTests {
    private static let run = RunRecord(
        id: "20261121-1", suite: "s", startedAt: "2026-11-21T07:14:00", endedAt: nil, status: .done, seed: 1,
        machine: MachineFacts(processor: "Test CPU", cores: 2, memory: 1 << 34, system: "Test OS"), poiseVersion: "",
        command: "poise run s.yaml")

    private func contender(
        _ id: String, accuracy: Double, speed: Double = 40, memory: Double? = nil, share: Double = 0,
        limits: [LimitFinding] = [], n: Int = 457, currency: String? = nil, cost: Double? = nil
    ) -> Contender {
        var figures: [ChoiceFigure: FigureEstimate] = [
            .accuracy: FigureEstimate(accuracy, low: max(0, accuracy - 0.04), high: min(1, accuracy + 0.04)),
            .metric(.decodeTPS): FigureEstimate(speed, low: speed * 0.9, high: speed * 1.1),
            .metric(.ttfo): FigureEstimate(120, low: 110, high: 130),
        ]
        figures[.metric(.memory)] = memory.map { FigureEstimate($0) }
        figures[.metric(.costToCorrect)] = cost.map { FigureEstimate($0, low: $0 * 0.9, high: $0 * 1.1) }
        return Contender(
            id: id, model: id, quantization: nil, n: n, unscored: 457 - n, figures: n > 0 ? figures : [:],
            limits: limits, currency: currency, pickShare: share)
    }

    private func compared(_ id: String, _ difference: Double, told: Bool) -> Decision.Comparison {
        Decision.Comparison(
            candidate: id,
            accuracyDifference: FigureEstimate(difference, low: difference - 0.02, high: difference + 0.02),
            isToldApart: told,
            ratios: [
                .metric(.decodeTPS): FigureEstimate(0.724, low: 0.65, high: 0.75),
                .metric(.memory): FigureEstimate(1.42),
            ])
    }

    private func picked() -> Choice {
        Choice(
            profile: .chat, load: 1,
            contenders: [
                contender("big", accuracy: 0.724, speed: 60, memory: 8e9, share: 0.2),
                contender("small", accuracy: 0.718, speed: 80, memory: 2e9, share: 0.8),
                contender(
                    "late", accuracy: 0.9,
                    limits: [
                        LimitFinding(
                            limit: ProfileLimit(.metric(.ttfo), .atMost, 1000),
                            estimate: FigureEstimate(1200, low: 900, high: 1500), standing: .brokenProbably)
                    ]), contender("silent", accuracy: 0, n: 0),
            ],
            decision: Decision(
                pick: "small",
                stages: [
                    Decision.Stage(figure: .accuracy, leader: "big", kept: ["big", "small"], dropped: []),
                    Decision.Stage(figure: .metric(.decodeTPS), leader: "small", kept: ["big", "small"], dropped: []),
                ], equals: ["big", "small"], tiebreaks: [Decision.Tiebreak(figure: .metric(.memory), kept: ["small"])],
                runnerUp: compared("big", 0.006, told: false),
                up: compared("big", 0.006, told: false), down: nil, mostAccurate: compared("big", 0.006, told: false)),
            noneShare: 0, resamples: 10_000, seed: 1)
    }

    private func text(_ choice: Choice, width: Int = 80, _ context: ChoiceContext? = nil) -> String {
        ChoiceText.text(choice, context ?? ChoiceContext(runs: [Self.run]), width: width)
    }

    /// Without the line breaks that a width asks for.
    private func words(_ choice: Choice) -> String {
        text(choice).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test func `the pick, why it is before the others, and how sure that is`() {
        let words = words(picked())
        for sentence in [
            "small is the pick for chat (the person reads along), out of 2 that meet the limits.",
            "Limits: decode speed at least 10 tok/s and TTFO at most 1 s.",
            "big is right most often, 72.4%; small cannot be told apart from it.",
            "Both decode at 50 tok/s or more, from where on nobody gains, and count as equal.",
            "Of the two small needs the least memory, 2.00 GB.",
            "big is second: only the memory sets it behind.",
            "Beside big, the most often right, it has −0.6 points (−2.6 to +1.4); the two cannot be told apart.",
            "In 10,000 joint resamples of the samples the same rule picks small in 80% and big in 20%.",
            "Up the front: the runner-up.",
            "Runner-up: big: +0.6 points (−1.4 to +2.6), which cannot be told from none; 0.72× (0.65–0.75) the "
                + "decode speed; 1.42× the memory.",
            "Down the front: none with fewer right answers gains anything by it.",
        ] { #expect(words.contains(sentence), "\(sentence)\n\(words)") }
    }

    @Test func `who is out, by which limit and how surely`() {
        let lines = text(picked()).split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.contains("late TTFO ≤ 1 s 1.20 s 0.90–1.50 probably"), "\(lines)")
        #expect(lines.contains("silent no score"))
    }

    @Test(arguments: [40, 60, 80, 100, 120])
    func `no line is wider than the terminal`(width: Int) {
        var long = picked()
        let name = String(repeating: "quantized-", count: 12)
        long.contenders[1].id = name
        long.decision?.pick = name
        long.decision?.equals = ["big", name]
        for choice in [picked(), priced(), long] {
            let lines = text(choice, width: width).split(separator: "\n")
            #expect(lines.allSatisfy { TerminalText.width(String($0)) <= width }, "\(lines.joined(separator: "\n"))")
        }
    }

    @Test(arguments: [40, 80])
    func `long names stay apart, in tables and in sentences`(width: Int) {
        var choice = priced()
        let (start, end) = ("organisation/some-very-long-model-name-instruct-2026-11@", "-imatrix-calibrated")
        for (place, name) in ["f16", "q8_0"].enumerated() { choice.contenders[place].id = start + name + end }
        choice.decision?.pick = start + "q8_0" + end
        choice.decision?.equals = choice.contenders.prefix(2).map(\.id)
        choice.decision?.runnerUp = compared(start + "f16" + end, 0.01, told: false)
        let lines = text(choice, width: width).split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { TerminalText.width($0) <= width }, "\(lines.joined(separator: "\n"))")
        #expect(lines[0].contains("q8_0") && !lines[0].contains("f16"), "\(lines[0])")
        let runnerUp = lines.firstIndex { $0.contains("Runner-up:") }
        #expect(runnerUp.map { lines[$0...($0 + 1)].joined().contains("f16") } == true)
        let titles = lines.filter { $0.hasPrefix("      ") && $0.contains("@") || $0.contains("…") }
        #expect(titles.contains { $0.contains("q8_0") } && titles.contains { $0.contains("f16") })
    }

    @Test func `where the terminal has no room the sides stand below each other`() {
        let lines = text(picked(), width: 40).split(separator: "\n").map(String.init)
        #expect(lines.count { $0.hasPrefix("right %") } == 2, "\(lines.joined(separator: "\n"))")
        #expect(lines.contains("  TTFO ≤ 1 s: 1.20 s (0.90–1.50),"), "\(lines.joined(separator: "\n"))")
    }

    @Test func `where speed decides that nobody gains by the machine's time is said to`() {
        var choice = picked()
        choice.decision?.tiebreaks = [Decision.Tiebreak(figure: .metric(.decodeTPS), kept: ["small"])]
        let words = words(choice)
        let tie =
            "Of the two small decodes fastest, 80.0 tok/s, which nobody gains by but the machine: a request takes less "
            + "of its time."
        #expect(words.contains(tie), "\(words)")
        choice.profile.speed?.noFurtherGain = 70
        #expect(self.words(choice).contains("Of the two small decodes fastest, 80.0 tok/s."))
    }

    @Test func `where nobody was ever right nothing is recommended`() {
        var choice = picked()
        choice.contenders = [contender("a", accuracy: 0), contender("b", accuracy: 0)]
        choice.decision = nil
        #expect(
            words(choice).hasPrefix(
                "Nothing can be recommended for chat (the person reads along): none of the 2 candidates that meet the "
                    + "limits was ever right."))
    }

    @Test func `from infinite to infinite is no interval`() throws {
        var choice = priced()
        choice.contenders[0].figures[.metric(.timeToCorrect)] = FigureEstimate(
            .infinity, low: .infinity, high: .infinity)
        choice.costs[1] = CandidateCost(
            candidate: "small", price: choice.costs[1].price, trials: 100, unknown: 3, perTrial: 1,
            toCorrect: FigureEstimate(.infinity, low: .infinity, high: .infinity), capacity: nil)
        #expect(!text(choice).contains("∞–∞"))
        choice.contenders[0].figures[.metric(.timeToCorrect)] = FigureEstimate(9, low: 8, high: .infinity)
        let document = try JSONValue(parsing: ChoiceJSON.text(choice, ChoiceContext(runs: [Self.run])))
        let figure = document["candidates"]?.array?.first?["figures"]?["timeToCorrect"]
        #expect(figure?["isInfinite"] == .bool(false))
        #expect(figure?["highIsInfinite"] == .bool(true))
        #expect(figure?["high"] == .null)
    }

    @Test func `names cannot move the cursor`() {
        var choice = picked()
        choice.contenders[1].id = "a\u{1B}[2J"
        choice.decision?.pick = "a\u{1B}[2J"
        #expect(!text(choice).contains("\u{1B}"))
    }

    @Test func `where none meets the limits the nearest one and its miss are said`() {
        var choice = picked()
        choice.decision = nil
        for place in [0, 1] { choice.contenders[place].limits = choice.contenders[2].limits }
        choice.nearest = "late"
        let words = words(choice)
        #expect(words.contains("None of the 4 candidates meets the limits for chat (the person reads along)."))
        #expect(words.contains("late is nearest; it misses TTFO at most 1 s (it has 1.20 s)."))
        choice.contenders = [contender("silent", accuracy: 0, n: 0)]
        #expect(text(choice).hasPrefix("Nothing can be recommended for chat"))
    }

    @Test func `a candidate alone is said to be alone`() {
        var choice = picked()
        choice.contenders = [choice.contenders[1]]
        choice.decision = Decision(pick: "small", stages: [], equals: ["small"], tiebreaks: [])
        let text = text(choice)
        #expect(text.hasPrefix("small is the only candidate, and meets the limits for chat"))
        #expect(!text.contains("Runner-up"))
        #expect(!text.contains("resamples"))
    }

    @Test func `a limit that holds by the estimate alone is a doubt`() {
        var choice = picked()
        choice.contenders[1].limits = [
            LimitFinding(
                limit: ProfileLimit(.accuracy, .atLeast, 0.7), estimate: FigureEstimate(0.718, low: 0.67, high: 0.757),
                standing: .keptProbably)
        ]
        #expect(
            words(choice).contains(
                "Accuracy at least 70% holds probably, not surely: 71.8%, 95% from 67.0% to 75.7%."))
    }

    @Test func `what is left out is said`() {
        let context = ChoiceContext(
            runs: [Self.run], otherLoads: [4], otherRuns: ["20261121-9"], isUsualProfile: true, isSimulated: true)
        let words = text(picked(), context).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("Nobody named a profile: chat is taken"))
        #expect(words.contains("Left out, since speeds of different machines are not compared: 20261121-9."))
        #expect(words.contains("--load 4"))
        #expect(words.contains("Simulated"))
    }

    private func text(_ choice: Choice, _ context: ChoiceContext) -> String { text(choice, width: 80, context) }

    // MARK: - Costs

    private func priced() -> Choice {
        var choice = picked()
        let hour = Price(basis: .hour(1.2), currency: "USD", source: "list", date: "2026-11-01")
        let tokens = Price(input: 1, output: 2, per: "million tokens", currency: "USD", source: nil, date: nil)
        choice.costs = [
            CandidateCost(
                candidate: "big", price: hour, trials: 100, unknown: 0, perTrial: 0.0012,
                toCorrect: FigureEstimate(0.00171, low: 0.0016, high: 0.0018), capacity: 1000),
            CandidateCost(
                candidate: "small", price: tokens, trials: 100, unknown: 3, perTrial: 0.0000412,
                toCorrect: FigureEstimate(.infinity), capacity: nil),
        ]
        choice.breakEvens = [
            BreakEven(hourly: "big", perToken: "small", requestsPerHour: 29_126, capacity: 1000)
        ]
        return choice
    }

    @Test func `costs have three digits that matter, and traffic that breaks even`() {
        let words = words(priced())
        for piece in [
            "big USD by hour 0.00120 1.20 0.00171 0.00160–0.00180", "small USD by token 0.0000412 0.0412 ∞",
            "big by the hour costs as much as small by the token at 29,126 requests an hour, but at this load it served "
                + "only 1,000: tokens are cheaper up to there.",
            "Trials of which nobody knows what they cost: small 3 of 100.",
            "Prices: list on 1 November 2026 and a source that nobody named.",
        ] { #expect(words.contains(piece), "\(piece)\n\(words)") }
        var choice = priced()
        choice.breakEvens = [BreakEven(hourly: "big", perToken: "small", requestsPerHour: 400, capacity: 1000)]
        #expect(self.words(choice).contains("at 400 requests an hour, and less above; at this load it served 1,000."))
    }

    @Test func `the JSON says the same, undefined is null`() throws {
        let document = try JSONValue(parsing: ChoiceJSON.text(priced(), ChoiceContext(runs: [Self.run])))
        #expect(document["pick"] == .string("small"))
        #expect(document["load"] == .number(1))
        #expect(document["costs"]?.array?.last?["costToCorrect"]?["value"] == .null)
        #expect(document["costs"]?.array?.last?["costToCorrect"]?["isInfinite"] == .bool(true))
        #expect(document["candidates"]?.array?[2]["limits"]?.array?.first?["standing"] == .string("brokenProbably"))
        #expect(document["decision"]?["down"] == .null)
        #expect(document["decision"]?["runnerUp"]?["ratios"]?["memory"]?["value"] == .number(1.42))
        #expect(document["seed"] == .string("1"))
    }
}
