import PoiseCore
import Testing

@testable import PoiseStatistics

struct ReplayRosterTests {
    private func point(_ candidate: String, _ accuracy: Double, onFront: Bool = false) -> FrontPoint {
        FrontPoint(
            candidate: candidate, model: candidate, quantization: nil, load: 1, n: 40, unscored: 0, accuracy: accuracy,
            accuracyLow: nil, accuracyHigh: nil, accuracyMethod: nil, decodeTPS: 10, decodeTPSLow: nil,
            decodeTPSHigh: nil, decodeTPSMethod: nil, decodeTPSTrials: 40, ttft: nil, ttfo: nil, latency: nil,
            timeToCorrect: nil, onFront: onFront, frontProbability: nil)
    }

    private func choice(_ pick: String, up: String? = nil, down: String? = nil, runnerUp: String? = nil) -> Choice {
        func other(_ id: String?) -> Decision.Comparison? {
            id.map { Decision.Comparison(candidate: $0, accuracyDifference: nil, isToldApart: true, ratios: [:]) }
        }
        return Choice(
            profile: Profile(name: "chat", optimise: [.accuracy]), load: 1, contenders: [],
            decision: Decision(
                pick: pick, stages: [], equals: [pick], tiebreaks: [], runnerUp: other(runnerUp), up: other(up),
                down: other(down)),
            resamples: 0, seed: 1)
    }

    private var points: [FrontPoint] {
        [
            point("a", 0.4, onFront: true), point("b", 0.7, onFront: true), point("c", 0.9, onFront: true),
            point("d", 0.3),
        ]
    }
    private let suite = ["a", "b", "c", "d", "unmeasured"]

    @Test func `without a choice the most right one of the front leads, beside its neighbour`() {
        let roster = ReplayRoster(points: points, suite: suite, choice: nil, baseline: nil)
        #expect(roster.candidates == ["c", "b", "a", "d"])
    }

    @Test func `the pick leads, and who is more right and slower is its first rival`() {
        let choice = choice("b", up: "c", down: "a", runnerUp: "d")
        #expect(
            ReplayRoster(points: points, suite: suite, choice: choice, baseline: "d").candidates == [
                "b", "c", "a", "d",
            ])
    }

    @Test func `the most right pick stands beside the next one down`() {
        let roster = ReplayRoster(
            points: points, suite: suite, choice: choice("c", down: "a", runnerUp: "b"), baseline: nil)
        #expect(roster.lead == "c" && roster.rival == "a")
    }

    @Test func `one candidate has no rival, and none has no lead`() {
        let alone = ReplayRoster(points: [point("a", 0.4)], suite: suite, choice: choice("a"), baseline: "a")
        #expect(alone.candidates == ["a"] && alone.rival == nil)
        #expect(ReplayRoster(points: [], suite: suite, choice: nil, baseline: "a").lead == nil)
    }

    @Test func `of too many, the front and the baseline stay, in the suite's order`() {
        let many = (0..<40).map { point("x\($0)", 0.1) } + points
        let suite = many.map(\.candidate)
        let roster = ReplayRoster(points: many, suite: suite, choice: nil, baseline: "x30", most: 6)
        #expect(roster.candidates == ["c", "b", "x0", "x1", "x30", "a"])
    }
}
