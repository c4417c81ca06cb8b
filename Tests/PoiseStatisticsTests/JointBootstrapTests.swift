import PoiseCore
import PoiseStatistics
import Testing

@Suite struct JointBootstrapTests {
    private func points(_ observations: [Observation], _ names: [String], resamples: Int = 10_000) -> [FrontPoint] {
        FrontAnalysis(resamples: resamples, seed: 2).points(
            from: observations, candidates: names.map { candidate($0) })
    }

    @Test func `what dominates all in every resample is on the front for certain`() {
        let observations = (0..<20).flatMap { sample in
            [
                observation("best", sample: sample, score: 1, speed: 200 + Double(sample)),
                observation("slow", sample: sample, score: sample % 2 == 0 ? 1 : 0, speed: 100 + Double(sample)),
                observation("wrong", sample: sample, score: 0, speed: 150),
            ]
        }
        let points = points(observations, ["slow", "best", "wrong"], resamples: 2000)
        #expect(points.map(\.onFront) == [false, true, false])
        #expect(points.map(\.frontProbability) == [0, 1, 0])
    }

    @Test func `two samples at one speed have the probabilities of four equally likely draws`() throws {
        // Right on different samples: of the draws (2,0) (1,1) (1,1) (0,2) each is dominated in one.
        let observations = [
            observation("a", sample: 1, score: 1), observation("a", sample: 2, score: 0),
            observation("b", sample: 1, score: 0), observation("b", sample: 2, score: 1),
        ]
        for point in points(observations, ["a", "b"]) {
            #expect(point.onFront)
            #expect(abs(try #require(point.frontProbability) - 0.75) < 0.02)
        }
    }

    @Test func `candidates meet the same draws, so that equals never dominate each other`() {
        let observations = noisyObservations(seed: 21).filter { $0.candidate == "a" && $0.load == 1 }
        let twins = observations.map {
            Observation(
                candidate: "twin", task: $0.task, sample: $0.sample, load: $0.load, round: $0.round, score: $0.score,
                ttft: $0.ttft, ttfo: $0.ttfo, latency: $0.latency, decodeTPS: $0.decodeTPS,
                decodedTokens: $0.decodedTokens, decodeSpan: $0.decodeSpan
            )
        }
        let points = points(observations + twins, ["a", "twin"], resamples: 1000)
        #expect(points.map(\.onFront) == [true, true])
        #expect(points.map(\.frontProbability) == [1, 1])
        #expect(points[0].decodeTPSLow == points[1].decodeTPSLow)
    }

    @Test func `a front of one axis each stays certain and nobody alone is beaten`() {
        let observations = (0..<20).flatMap {
            [
                observation("good", sample: $0, score: 1, speed: 50 + Double($0) / 10),
                observation("fast", sample: $0, score: 0, speed: 90 + Double($0) / 10),
            ]
        }
        #expect(points(observations, ["good", "fast"], resamples: 500).map(\.frontProbability) == [1, 1])
        #expect(points(observations, ["good"], resamples: 500).map(\.frontProbability) == [1])
    }

    @Test func `a resample that drew nothing of a candidate says nothing of it`() throws {
        // "rare" was asked one of twenty samples, and is the best there is wherever that one is drawn.
        let observations =
            (0..<20).map { observation("usual", sample: $0, score: 0, speed: 100) }
            + [observation("rare", sample: 3, score: 1, speed: 200)]
        let points = points(observations, ["usual", "rare"], resamples: 4000)
        // Whichever are drawn, one sample stays the same.
        #expect(points[1].frontProbability == nil)
        // It is drawn in 1 − (19/20)²⁰ = 64% of the resamples; in the others "usual" is alone.
        #expect(abs(try #require(points[0].frontProbability) - 0.358) < 0.03)
        #expect(!points[0].onFront)
    }

    @Test func `a candidate that lacks an axis is on no front and keeps nobody off it`() {
        let observations = (0..<20).flatMap {
            [
                observation("a", sample: $0, score: 1, speed: nil),
                observation("b", sample: $0, score: 0, speed: 10),
            ]
        }
        let points = points(observations, ["a", "b"], resamples: 200)
        #expect(points.map(\.onFront) == [false, true])
        #expect(points.map(\.frontProbability) == [nil, 1])
    }

    @Test func `one sample says nothing of how likely a front is, of one candidate or of several`() {
        let observations = [observation("a", sample: 0, score: 1), observation("b", sample: 0, score: 0)]
        #expect(points(observations, ["a", "b"], resamples: 200).map(\.frontProbability) == [nil, nil])
        #expect(points(observations, ["a"], resamples: 200).map(\.frontProbability) == [nil])
        // Two with a score, and one of them with a speed.
        let speedless = observations + [observation("a", sample: 1, score: 1, speed: nil)]
        #expect(points(speedless, ["a"], resamples: 200).map(\.frontProbability) == [nil])
        let two = observations + [observation("a", sample: 1, score: 1)]
        #expect(points(two, ["a"], resamples: 200).map(\.frontProbability) == [1])
    }

    @Test func `an engine's memory does not vary, and the accuracy beside it does`() {
        let trials = TrialColumns((0..<4).map { observation("a", sample: $0, score: Double($0 % 2)) })
        let places = FrontAnalysis(resamples: 200, seed: 2).places(
            from: trials, candidates: [candidate("a")], axes: FrontAxes(x: .memory), memory: ["a": 5])
        #expect(places.map(\.frontProbability) == [1])
    }

    @Test func `without resamples there are points and no probabilities`() {
        let points = points(noisyObservations(seed: 22), ["a", "b", "c", "d"], resamples: 0)
        #expect(points.count == 8)
        #expect(points.allSatisfy { $0.decodeTPS != nil && $0.decodeTPSLow == nil && $0.frontProbability == nil })
    }

    @Test func `the front that the probabilities speak of is the front that is drawn`() throws {
        // With 400 samples that all agree on the order, membership and probability cannot part.
        let observations = (0..<400).flatMap { sample in
            (0..<6).map {
                observation(
                    "c\($0)", sample: sample, score: sample % 6 < $0 ? 1 : 0, speed: 100 - Double(($0 * 5) % 6))
            }
        }
        for point in points(observations, (0..<6).map { "c\($0)" }, resamples: 200) {
            #expect(try #require(point.frontProbability) == (point.onFront ? 1 : 0))
        }
    }
}
