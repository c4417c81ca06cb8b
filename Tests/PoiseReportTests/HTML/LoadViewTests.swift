import PoiseCore
import Testing

@testable import PoiseReport

struct LoadViewTests {
    private func view(_ points: [FrontPoint]) -> LoadView {
        let content = Demo.content(points: Demo.withFront(points))
        return LoadView(content, FrontView(content, load: 1), index: 0, isOnly: true)
    }

    @Test func `the caption calls a speed a median only where it is one`() {
        let median = Demo.point("a", "f16", correct: 9, speed: 10)
        #expect(view([median]).caption.contains("Speeds are medians over trials in 2 rounds."))
        let summed = FrontPoint(
            candidate: "b", model: "b", quantization: nil, load: 1, n: 4, unscored: 0, accuracy: 0.5, accuracyLow: nil,
            accuracyHigh: nil, accuracyMethod: .bootstrap, decodeTPS: 50, decodeTPSLow: nil, decodeTPSHigh: nil,
            decodeTPSMethod: .ratioOfSums, decodeTPSTrials: 4, ttft: nil, ttfo: nil, latency: nil, timeToCorrect: nil,
            onFront: false, frontProbability: nil)
        let caption = view([median, summed]).caption
        #expect(!caption.contains("Speeds are medians"))
        #expect(caption.contains("all tokens over all time where fewer than 10 trials decoded at least 8 (b)."))
    }

    @Test func `each beaten candidate stands beside a member of the front that beats it`() {
        let beaten = view([
            Demo.point("a", "f16", correct: 400, speed: 10), Demo.point("b", "f16", correct: 200, speed: 40),
            Demo.point("c", "f16", correct: 178, speed: 20),
        ]).beaten
        #expect(beaten.map(\.name) == ["c@f16"])
        #expect(beaten.map(\.by) == ["b@f16"])
        #expect(beaten.map(\.points) == ["+5.0"] && beaten.map(\.speed) == ["2.0×"])
    }

    @Test func `unscored samples are counted over all rows and never called wrong`() {
        let caption = view([
            Demo.point("a", "f16", n: 439, correct: 9, speed: 10), Demo.point("b", "f16", n: 438, correct: 9, speed: 9),
        ]).candidatesCaption
        #expect(caption.contains("Over all rows, 3 samples could not be scored: not wrong, not zero"))
    }
}
