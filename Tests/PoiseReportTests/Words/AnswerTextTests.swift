import PoiseCore
import Testing

@testable import PoiseReport

struct AnswerTextTests {
    private func answer(_ points: [FrontPoint]) -> AnswerText {
        AnswerText(FrontView(Demo.content(points: Demo.withFront(points)), load: 1))
    }

    @Test func `the headline names the most right and the fastest`() {
        let answer = answer([
            Demo.point("big", "f16", correct: 400, speed: 10), Demo.point("small", "f16", correct: 200, speed: 90),
        ])
        #expect(answer.headline == "big at f16 gets the most right, small at f16 is the fastest.")
        #expect(answer.plain.contains("All 2 candidates are on the front"))
        #expect(answer.plain.contains("gives 9.0× the speed for 45.5 points of right answers."))
        #expect(answer.plain.contains("The interval of big at f16 lies above that of every other candidate."))
    }

    @Test func `one that wins both axes is the only one on the front`() {
        let answer = answer([
            Demo.point("a", "f16", correct: 400, speed: 90), Demo.point("b", "f16", correct: 200, speed: 10),
        ])
        #expect(answer.headline == "a at f16 gets the most right and is the fastest.")
        #expect(answer.plain.contains("Only a at f16 is on the front"))
        #expect(!answer.plain.contains("the speed for"))
    }

    @Test func `ties are not settled by the order of the suite`() {
        let two = answer([
            Demo.point("a", "f16", correct: 300, speed: 10), Demo.point("a", "q8_0", correct: 300, speed: 20),
            Demo.point("b", "f16", correct: 100, speed: 30),
        ])
        #expect(two.headline == "a at q8_0 and f16 get the most right, b at f16 is the fastest.")
        let three = answer((1...3).map { Demo.point("m\($0)", "f16", correct: 300, speed: 10) })
        #expect(three.headline == "3 candidates get the most right, 3 candidates are the fastest.")
    }

    @Test func `intervals that overlap are said, and by what they are judged`() {
        let answer = answer([
            Demo.point("a", "f16", correct: 300, speed: 10), Demo.point("a", "q8_0", correct: 298, speed: 20),
            Demo.point("b", "f16", correct: 100, speed: 30),
        ])
        #expect(
            answer.plain.contains(
                "In right answers, the interval of a at q8_0 reaches into that of a at f16, which alone does not say whether "
                    + "they differ.")
        )
    }

    @Test func `a fastest candidate that its interval does not set apart is not left standing alone`() {
        let close = answer([
            Demo.point("a", "f16", correct: 300, speed: 100), Demo.point("b", "f16", correct: 200, speed: 101),
        ])
        #expect(close.plain.contains("In speed, the interval of a at f16 reaches into that of b at f16, which alone"))
        let apart = answer([
            Demo.point("a", "f16", correct: 300, speed: 50), Demo.point("b", "f16", correct: 200, speed: 100),
        ])
        #expect(!apart.plain.contains("In speed,"))
    }

    @Test func `one candidate is described, not compared`() {
        let answer = answer([Demo.point("a", "f16", correct: 330, speed: 10)])
        #expect(answer.headline == "a at f16 gets 75.0% right.")
        #expect(answer.plain.contains("There is nothing to compare it with."))
        #expect(!answer.plain.contains("front"))
    }

    @Test func `nothing measured, nothing scored, nothing timed are told apart`() {
        #expect(answer([]).headline == "Nothing was measured.")
        let unscored = answer([
            Demo.point("a", "f16", n: 0, correct: 0, speed: 10), Demo.point("b", "f16", n: 0, correct: 0, speed: 20),
        ])
        #expect(unscored.headline == "No answer could be scored.")
        #expect(unscored.plain.contains("880 samples are unscored, which is not the same as wrong."))
        let untimed = answer([Demo.point("a", "f16", correct: 110, speed: nil)])
        #expect(untimed.headline == "No decode speed could be measured.")
        #expect(untimed.plain.contains("25.0%"))
        let neither = answer([Demo.point("a", "f16", n: 0, correct: 0, speed: nil)])
        #expect(neither.headline == "Nothing could be scored or timed.")
        let crossed = answer([
            Demo.point("a", "f16", n: 0, correct: 0, speed: 5), Demo.point("b", "f16", correct: 9, speed: nil),
        ])
        #expect(crossed.headline == "No candidate has both a score and a speed.")
    }

    @Test func `what could not be compared is named`() {
        let answer = answer([
            Demo.point("a", "f16", correct: 300, speed: 10), Demo.point("b", "f16", correct: 100, speed: 30),
            Demo.point("c", "q4_0", n: 0, correct: 0, speed: 70),
        ])
        #expect(answer.plain.hasSuffix("Not on the chart, for want of a score or a speed: c at q4_0."))
    }

    @Test func `the most right is named also where it has no speed`() {
        let answer = answer([
            Demo.point("a", "f16", correct: 300, speed: 30), Demo.point("b", "f16", correct: 100, speed: 10),
            Demo.point("c", "q4_0", correct: 400, speed: nil),
        ])
        #expect(answer.headline == "c at q4_0 gets the most right, a at f16 is the fastest.")
        #expect(answer.plain.contains("Only a at f16 is on the front: no other candidate with both numbers is more"))
        #expect(answer.plain.contains("Right answers go from 22.7% to 90.9%"))
        #expect(!answer.plain.contains("the speed for"))
    }

    @Test func `an interval lies above all others only where all have one`() {
        let alone = FrontPoint(
            candidate: "b", model: "b", quantization: nil, load: 1, n: 1, unscored: 0, accuracy: 0.5, accuracyLow: nil,
            accuracyHigh: nil, accuracyMethod: .bootstrap, decodeTPS: 50, decodeTPSLow: nil, decodeTPSHigh: nil,
            decodeTPSMethod: .ratioOfSums, decodeTPSTrials: 1, ttft: nil, ttfo: nil, latency: nil, timeToCorrect: nil,
            onFront: false, frontProbability: nil)
        let answer = answer([
            Demo.point("a", "f16", correct: 400, speed: 10), alone, Demo.point("c", "f16", correct: 100, speed: 90),
        ])
        #expect(!answer.plain.contains("lies above"))
    }

    @Test func `every sentence is written for every kind of run`() {
        for count in 0...20 {
            for isCrowded in [false, true] {
                let content = Demo.random(count: count, seed: UInt64(count + 1), isCrowded: isCrowded)
                let answer = AnswerText(FrontView(content, load: 1))
                let text = answer.headline + answer.plain
                #expect(!text.contains("–%") && !text.contains("Optional") && !text.contains("nan"))
                #expect(answer.paragraphs.allSatisfy { !$0.isEmpty })
            }
        }
    }

    @Test func `another load is summed up in one paragraph`() {
        let view = FrontView(Demo.content(loads: [1, 4]), load: 4)
        let text = AnswerText(view).summary(view).map(\.text).joined()
        #expect(text.hasPrefix("With 4 requests in flight: 6 of 13 on the front; tiny-m at f16"))
    }
}
