import PoiseCore
import PoiseStatistics
import Testing

@Suite struct FrontAnalysisTests {
    private let four = ["a", "b", "c", "d"].map { candidate($0) }

    private func point(_ observations: [Observation], resamples: Int = 500) throws -> FrontPoint {
        let points = FrontAnalysis(resamples: resamples, seed: 1).points(
            from: observations, candidates: [candidate("a")])
        return try #require(points.first)
    }

    // MARK: What goes into a point

    @Test func `points come by candidate in their order and then by load`() {
        let observations = noisyObservations(seed: 5)
        let candidates = ["c", "a", "d"].map { candidate($0) }
        let points = FrontAnalysis(resamples: 20, seed: 1).points(from: observations, candidates: candidates)
        #expect(points.map { "\($0.candidate)/\($0.load)" } == ["c/1", "c/4", "a/1", "a/4", "d/1", "d/4"])
    }

    @Test func `model and quantization are those of the candidate`() {
        let points = FrontAnalysis(resamples: 20, seed: 1).points(
            from: [observation("tiny@q4_0", sample: 1)], candidates: [candidate("tiny", "q4_0")])
        #expect(points.map(\.candidate) == ["tiny@q4_0"])
        #expect(points.map(\.model) == ["tiny"])
        #expect(points.map(\.quantization) == ["q4_0"])
    }

    @Test func `nothing observed gives no points and a candidate without trials an empty one`() throws {
        #expect(FrontAnalysis(seed: 1).points(from: [], candidates: four).isEmpty)
        #expect(FrontAnalysis(seed: 1).points(from: noisyObservations(seed: 1), candidates: []).isEmpty)
        let points = FrontAnalysis(resamples: 20, seed: 1).points(
            from: [observation("a", sample: 1), observation("stranger", sample: 1, load: 9)],
            candidates: [candidate("a"), candidate("b")])
        #expect(points.map(\.candidate) == ["a", "b"])
        let empty = try #require(points.last)
        #expect(empty.n == 0 && empty.unscored == 0 && empty.decodeTPSTrials == 0)
        #expect(empty.accuracy == nil && empty.accuracyLow == nil && empty.accuracyMethod == nil)
        #expect(empty.decodeTPS == nil && empty.decodeTPSLow == nil && empty.decodeTPSMethod == nil)
        #expect(empty.ttft == nil && empty.ttfo == nil && empty.latency == nil && empty.timeToCorrect == nil)
        #expect(!empty.onFront && empty.frontProbability == nil)
    }

    @Test func `the medians are over trials that have the number`() throws {
        let point = try point([
            observation("a", sample: 1, ttft: 10, ttfo: nil, latency: 100),
            observation("a", sample: 2, ttft: 30, ttfo: 50, latency: 500),
            observation("a", sample: 3, ttft: 20, ttfo: 70, latency: nil),
        ])
        #expect(point.ttft == 20)
        #expect(point.ttfo == 60)
        #expect(point.latency == 300)
    }

    @Test func `the same name in two tasks is two samples`() throws {
        let point = try point(["add", "sort"].map { observation("a", sample: 1, task: $0) })
        #expect(point.n == 2)
    }

    // MARK: Open loops

    /// A trial that waited in the queue before it went out.
    private func queued(_ sample: Int, load: Load, delay: Double?, score: Double = 1) -> Observation {
        Observation(
            candidate: "a", task: "add", sample: "s\(sample)", load: load, round: 1, score: score, ttft: 10, ttfo: 15,
            latency: 100, decodeTPS: 50, decodedTokens: 20, decodeSpan: 400, queueDelay: delay)
    }

    @Test func `at a rate people wait from the scheduled start`() throws {
        let load = Load.rate(perSecond: 5, arrivals: .poisson)
        let point = try point(
            [0, 30, 90].enumerated().map { queued($0, load: load, delay: $1, score: $0 == 0 ? 1 : 0) })
        #expect(point.load == load)
        #expect([point.ttft, point.ttfo, point.latency] == [40, 45, 130])
        #expect(point.queueDelay == 30)
        #expect(point.timeToCorrect == 420)
        #expect(point.decodeTPS == 50)
    }

    @Test func `with a fixed number in flight nobody waits, whatever the clock says`() throws {
        let point = try point([0, 30, 90].enumerated().map { queued($0, load: 4, delay: $1) })
        #expect([point.ttft, point.ttfo, point.latency] == [10, 15, 100])
        #expect(point.queueDelay == nil)
        #expect(point.timeToCorrect == 100)
    }

    @Test func `a wait at a rate whose delay nobody knows is undefined`() throws {
        let load = Load.rate(perSecond: 5, arrivals: .constant)
        let point = try point([queued(1, load: load, delay: nil), queued(2, load: load, delay: -1)])
        #expect(point.ttft == nil && point.latency == nil && point.queueDelay == nil && point.timeToCorrect == nil)
        #expect(point.decodeTPS == 50)
    }

    // MARK: Invariance

    @Test func `the order of the observations changes not one bit`() {
        let observations = noisyObservations(seed: 11, rounds: 3)
        let analysis = FrontAnalysis(resamples: 200, seed: 3)
        let points = analysis.points(from: observations, candidates: four)
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<5 {
            #expect(analysis.points(from: generator.shuffled(observations), candidates: four) == points)
        }
    }

    @Test func `the seed decides the draws and only them`() throws {
        let observations = noisyObservations(seed: 12)
        let points = FrontAnalysis(resamples: 200, seed: 3).points(from: observations, candidates: four)
        let again = FrontAnalysis(resamples: 200, seed: 3).points(from: observations, candidates: four)
        let other = FrontAnalysis(resamples: 200, seed: 4).points(from: observations, candidates: four)
        #expect(points == again)
        #expect(points.map(\.decodeTPSLow) != other.map(\.decodeTPSLow))
        #expect(points.map(\.decodeTPS) == other.map(\.decodeTPS))
        #expect(points.map(\.accuracy) == other.map(\.accuracy))
        #expect(points.map(\.onFront) == other.map(\.onFront))
    }

    @Test func `one load's points do not depend on the other loads`() {
        let observations = noisyObservations(seed: 13)
        let analysis = FrontAnalysis(resamples: 200, seed: 3)
        let both = analysis.points(from: observations, candidates: four)
        let alone = analysis.points(from: observations.filter { $0.load == 4 }, candidates: four)
        #expect(both.filter { $0.load == 4 } == alone)
    }

    @Test func `repeating every trial is no more evidence`() {
        let observations = noisyObservations(seed: 14)
        let analysis = FrontAnalysis(resamples: 300, seed: 3)
        let once = analysis.points(from: observations, candidates: four)
        let thrice = analysis.points(from: observations + observations + observations, candidates: four)
        #expect(thrice.map(\.n) == once.map(\.n))
        #expect(thrice.map(\.accuracyLow) == once.map(\.accuracyLow))
        #expect(thrice.map(\.accuracyHigh) == once.map(\.accuracyHigh))
        #expect(thrice.map(\.decodeTPSLow) == once.map(\.decodeTPSLow))
        #expect(thrice.map(\.decodeTPSHigh) == once.map(\.decodeTPSHigh))
        #expect(thrice.map(\.frontProbability) == once.map(\.frontProbability))
    }

    @Test func `values that break their definition are undefined and spoil nothing`() throws {
        let good = (0..<12).map { observation("a", sample: $0) }
        let bad = [
            observation("a", sample: 20, score: .nan, speed: .infinity, ttft: .nan, ttfo: -1, latency: -.infinity),
            observation("a", sample: 21, score: 1e300, speed: -5, ttft: nil, ttfo: nil, latency: nil),
        ]
        let point = try point(good + bad)
        #expect(point.n == 12)
        #expect(point.unscored == 2)
        #expect(point.decodeTPSTrials == 12)
        #expect(point.ttft == 10 && point.ttfo == 12 && point.latency == 200)
    }
}
