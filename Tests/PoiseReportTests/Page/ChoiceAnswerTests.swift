import PoiseCore
import Testing

@testable import PoiseReport

struct ChoiceAnswerTests {
    private func answer(_ choice: Choice, _ context: ChoiceContext? = nil) throws -> ChoiceAnswer {
        try #require(ChoiceAnswer(choice, context))
    }

    @Test func `the pick stands in the headline, its numbers, pace and certainty under it`() throws {
        let answer = try self.answer(Decisions.picked())
        #expect(answer.headline == "Take tiny-m at q4_0.")
        for sentence in [
            "It gets 71.8% of 440 samples right (95% interval 67.8–75.8) and writes 22.0 tokens a second (19.8–24.2), a "
                + "comfortable pace for someone who reads along.",
            "It stays the choice in 77% of 10,000 resamples. In the other 23% tiny-m at q8_0 takes its place.",
            "tiny-m at f16 is right most often, but cannot be told apart from it: +0.7 points (−1.3 to +2.7), paired by "
                + "sample.",
            "tiny-m at q8_0 is second: only the decode speed sets it behind.",
        ] { #expect(answer.plain.contains(sentence), "\(answer.plain)") }
    }

    @Test func `a pick that resamples do not carry is called a toss-up`() throws {
        var choice = Decisions.picked(share: 0.45)
        #expect(try self.answer(choice).headline == "A toss-up: tiny-m at q4_0 or tiny-m at q8_0.")
        choice.contenders[1].pickShare = 0
        choice.noneShare = 0.55
        let answer = try self.answer(choice)
        #expect(answer.headline == "tiny-m at q4_0, if it keeps its limits.")
        #expect(answer.plain.contains("In the other 55% no candidate meets the limits."))
    }

    @Test func `several rivals are named with their shares`() throws {
        var choice = Decisions.picked(share: 0.77)
        choice.contenders[1].pickShare = 0.12
        choice.contenders[0].pickShare = 0.08
        choice.noneShare = 0.03
        #expect(
            try self.answer(choice).plain.contains(
                "Otherwise it is tiny-m at q8_0 (12%) or tiny-m at f16 (8%); in 3% no candidate meets the limits."))
        #expect(
            try self.answer(Decisions.picked(share: 1)).plain.contains("It stays the choice in all 10,000 resamples."))
    }

    @Test func `where none meets the limits, was ever right or has a score, nothing is taken`() throws {
        let none = try self.answer(Decisions.none())
        #expect(none.headline == "No candidate meets the limits for chat.")
        #expect(none.plain.contains("tiny-m at f16 is nearest; it misses TTFO at most 1\u{A0}s (it has 1.20\u{A0}s)."))
        #expect(none.plain.contains("In 3% of 10,000 resamples a candidate would."))
        var choice = Decisions.none()
        for place in choice.contenders.indices {
            choice.contenders[place].limits = []
            choice.contenders[place].figures[.accuracy] = FigureEstimate(0)
        }
        choice.nearest = nil
        #expect(
            try self.answer(choice).headline
                == "Nothing to take: none that meets the limits for chat was ever right.")
        choice.contenders = choice.contenders.map { Decisions.contender($0.model, $0.quantization, n: 0) }
        #expect(ChoiceAnswer(choice, nil) == nil)
    }

    @Test func `one candidate alone is no choice`() {
        var choice = Decisions.picked()
        choice.contenders = [choice.contenders[2]]
        #expect(ChoiceAnswer(choice, nil) == nil)
    }

    @Test func `a usual profile and a simulation are said`() throws {
        let words = try self.answer(
            Decisions.picked(), ChoiceContext(runs: [], isUsualProfile: true, isSimulated: true)
        ).plain
        #expect(words.contains("These numbers are simulated: no model was measured."))
        #expect(words.contains("The suite names no profile, so this is for chat"))
    }

    @Test(arguments: [
        (5.0, "too slow for someone who reads along"), (12, "slower than is comfortable for someone who reads along"),
        (40, "faster than is comfortable at the least"), (1922, "beyond the 50 from where on nobody gains"),
    ])
    func `each pace has its words`(speed: Double, words: String) throws {
        var choice = Decisions.picked()
        choice.contenders[2].figures[.metric(.decodeTPS)] = FigureEstimate(speed)
        #expect(try self.answer(choice).plain.contains(words))
        choice.contenders[2].figures[.metric(.decodeTPS)] = nil
        #expect(try !self.answer(choice).plain.contains("tokens a second"))
    }

    @Test func `one that is told apart is right more often, none that is not`() throws {
        var choice = Decisions.picked()
        choice.decision?.mostAccurate = Decisions.beside("tiny-m@f16", 0.09, told: true)
        #expect(
            try self.answer(choice).plain.contains(
                "tiny-m at f16 is right more often: +9.0 points (+7.0 to +11.0), paired by sample."))
        choice.decision?.mostAccurate = nil
        choice.decision?.stages[0] = Decision.Stage(
            figure: .accuracy, leader: "tiny-m@q4_0", kept: ["tiny-m@q4_0", "tiny-m@q8_0"], dropped: [])
        #expect(
            try self.answer(choice).plain.contains(
                "None that meets the limits is right more often; tiny-m at q8_0 cannot be told apart from it in right "
                    + "answers."))
    }

    @Test func `another load says what it chooses, and whether that is the same`() throws {
        let other = try self.answer(Decisions.picked(share: 0.62, load: 4))
        func text(_ pick: String?) -> String { other.summary(besides: pick).map(\.text).joined() }
        #expect(
            text("tiny-m at q4_0")
                == "With 4 requests in flight: tiny-m at q4_0 stays the choice, in 62% of 10,000 resamples.")
        #expect(text("tiny-m at f16").contains("tiny-m at q4_0 is the choice"))
        let none = try self.answer(Decisions.none(load: 4)).summary(besides: nil, on: "machine B").map(\.text).joined()
        #expect(none.hasPrefix("On machine B, with 4 requests in flight: None of the 4 candidates meets the limits"))
    }

    @Test func `candidates whose spoken names are the same keep their ids`() {
        var choice = Decisions.picked()
        choice.contenders[0].quantization = "q8_0"
        #expect(choice.spoken.contenders.map(\.id).prefix(2) == ["tiny-m@f16", "tiny-m@q8_0"])
    }
}
