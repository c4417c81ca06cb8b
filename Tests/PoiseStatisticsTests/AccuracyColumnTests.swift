import PoiseCore
import PoiseStatistics
import Testing

@Suite struct AccuracyColumnTests {
    private func point(_ observations: [Observation]) throws -> FrontPoint {
        try #require(
            FrontAnalysis(resamples: 2000, seed: 1).points(from: observations, candidates: [candidate("a")]).first)
    }

    @Test func `one 0 or 1 for each sample has Wilson's interval`() throws {
        let point = try point((0..<263).map { observation("a", sample: $0, score: $0 < 81 ? 1 : 0) })
        #expect(point.n == 263)
        #expect(point.accuracy == 81.0 / 263)
        #expect(point.accuracyMethod == .wilson)
        #expect(abs(try #require(point.accuracyLow) - 0.2553) < 5e-5)
        #expect(abs(try #require(point.accuracyHigh) - 0.3662) < 5e-5)
    }

    @Test func `epochs and rounds that agree leave one score for each sample`() throws {
        let rounds = (1...3).flatMap { round in
            (0..<20).flatMap { sample in
                (0..<4).map { _ in observation("a", sample: sample, score: sample < 5 ? 1 : 0, round: round) }
            }
        }
        let point = try point(rounds)
        let wilson = try #require(Interval.wilson(successes: 5, of: 20))
        #expect(point.n == 20)
        #expect(point.accuracyMethod == .wilson)
        #expect(point.accuracyLow == wilson.low)
        #expect(point.accuracyHigh == wilson.high)
    }

    @Test func `each sample counts once, however many trials it has`() throws {
        let many = (0..<9).map { _ in observation("a", sample: 1, score: 1) }
        let point = try point(many + [observation("a", sample: 2, score: 0)])
        #expect(point.n == 2)
        #expect(point.accuracy == 0.5)
    }

    @Test func `epochs that disagree and scores between are worth more samples than they have`() throws {
        let disagreeing = try point(
            (0..<20).flatMap { sample in
                [0.0, 1].map { observation("a", sample: sample, score: sample < 10 ? $0 : 1) }
            })
        #expect(disagreeing.accuracyMethod == .effectiveWilson)
        #expect(disagreeing.accuracy == 0.75)
        // 20 × (4 × 20 × 0.1875 + 1) / (4 × 20 × 0.0625 + 1) = 53.3 samples.
        let fewer = try #require(Interval.wilson(share: 0.75, of: 53))
        let more = try #require(Interval.wilson(share: 0.75, of: 54))
        #expect((fewer.low...more.low).contains(try #require(disagreeing.accuracyLow)))
        #expect((more.high...fewer.high).contains(try #require(disagreeing.accuracyHigh)))

        let partial = try point([observation("a", sample: 1, score: 0.5), observation("a", sample: 2, score: 1)])
        #expect(partial.accuracyMethod == .effectiveWilson)
        #expect(partial.accuracy == 0.75)
    }

    @Test func `a sample without any score is unscored and not wrong`() throws {
        let point = try point([
            observation("a", sample: 1, score: 1),
            observation("a", sample: 2, score: nil), observation("a", sample: 2, score: nil, round: 2),
            observation("a", sample: 3, score: nil), observation("a", sample: 3, score: 0, round: 2),
        ])
        #expect(point.n == 2)
        #expect(point.unscored == 1)
        #expect(point.accuracy == 0.5)
        #expect(point.accuracyMethod == .wilson)
    }

    @Test func `nothing scored has no accuracy, not 0`() throws {
        let point = try point((0..<12).map { observation("a", sample: $0, score: nil) })
        #expect(point.n == 0)
        #expect(point.unscored == 12)
        #expect(point.accuracy == nil && point.accuracyLow == nil && point.accuracyHigh == nil)
        #expect(point.accuracyMethod == nil)
        #expect(point.decodeTPS == 100)
        #expect(!point.onFront)
        #expect(point.frontProbability == nil)
    }

    @Test func `one sample between right and wrong has a score and no interval`() throws {
        let point = try point([observation("a", sample: 1, score: 0.5)])
        #expect(point.accuracy == 0.5)
        #expect(point.accuracyLow == nil && point.accuracyHigh == nil)
    }

    @Test func `the same scores on different samples are the same accuracy to the last bit`() {
        let fractions: [Double] = [0.1, 0.2, 0.3, 1 / 3, 0.7, 0.9, 0.6]
        let observations = fractions.indices.flatMap { index in
            [
                observation("a", sample: index, score: fractions[index]),
                observation("b", sample: index, score: fractions[(index * 3 + 2) % 7]),
            ]
        }
        let points = FrontAnalysis(resamples: 10, seed: 1).points(
            from: observations, candidates: [candidate("a"), candidate("b")])
        #expect(points[0].accuracy == points[1].accuracy)
        #expect(points.map(\.onFront) == [true, true])
    }

    @Test(arguments: 1...16)
    func `one sample right in all rounds is worth as much as several right in one`(rounds: Int) {
        let observations = (1...rounds).flatMap { round in
            (0..<rounds).flatMap { sample in
                [
                    observation("a", sample: sample, score: sample == 0 ? 1 : 0, round: round),
                    observation("b", sample: sample, score: round == 1 ? 1 : 0, round: round),
                ]
            }
        }
        let points = FrontAnalysis(resamples: 0, seed: 1).points(
            from: observations, candidates: [candidate("a"), candidate("b")])
        #expect(points[0].accuracy == 1 / Double(rounds))
        #expect(points[0].accuracy == points[1].accuracy)
        #expect(points.map(\.onFront) == [true, true])
    }
}
