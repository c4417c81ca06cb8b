import Foundation
import PoiseCore
import PoiseStatistics
import Testing

@Suite struct SpeedColumnTests {
    private func point(_ observations: [Observation], resamples: Int = 2000) throws -> FrontPoint {
        try #require(
            FrontAnalysis(resamples: resamples, seed: 1).points(from: observations, candidates: [candidate("a")]).first)
    }

    @Test func `ten trials that decoded eight tokens have a median`() throws {
        let point = try point((0..<10).map { observation("a", sample: $0, speed: 100 + Double($0), tokens: 8) })
        #expect(point.decodeTPSMethod == .median)
        #expect(point.decodeTPS == 104.5)
        #expect(point.decodeTPSTrials == 10)
    }

    @Test func `trials that decoded fewer than eight tokens are noise beside a median`() throws {
        let long = (0..<10).map { observation("a", sample: $0, speed: 100, tokens: 8) }
        let short = (10..<40).map { observation("a", sample: $0, speed: 9000, tokens: 7) }
        let point = try point(long + short)
        #expect(point.decodeTPS == 100)
        #expect(point.decodeTPSHigh == 100)
        #expect(point.decodeTPSTrials == 10)
    }

    @Test func `nine long trials are too few, so that all trials give the quotient of their sums`() throws {
        let long = (0..<9).map { observation("a", sample: $0, speed: 100, tokens: 20) }
        let short = [observation("a", sample: 9, speed: 400, tokens: 4)]
        let point = try point(long + short)
        #expect(point.decodeTPSMethod == .ratioOfSums)
        #expect(point.decodeTPSTrials == 10)
        // 9 × 20 + 4 tokens in 9 × 200 + 10 ms.
        #expect(abs(try #require(point.decodeTPS) - 184 / 1.810) < 1e-9)
    }

    @Test func `nothing decoded has no speed, not 0`() throws {
        let point = try point((0..<20).map { observation("a", sample: $0, speed: nil) })
        #expect(point.decodeTPS == nil && point.decodeTPSLow == nil && point.decodeTPSHigh == nil)
        #expect(point.decodeTPSMethod == nil)
        #expect(point.decodeTPSTrials == 0)
        #expect(!point.onFront)
        #expect(point.frontProbability == nil)
        #expect(point.accuracy == 1)
    }

    @Test func `a speed without an accuracy counts and a failed trial takes nothing from it`() throws {
        let decoded = (0..<10).map { observation("a", sample: $0, score: nil, speed: 50 + Double($0)) }
        let failed = (10..<15).map { observation("a", sample: $0, score: nil, speed: nil, latency: nil) }
        #expect(try point(decoded + failed).decodeTPS == 54.5)
    }

    @Test func `one sample's trials have a speed and no interval`() throws {
        let point = try point((0..<12).map { observation("a", sample: 1, speed: 100 + Double($0)) })
        #expect(point.decodeTPS == 105.5)
        #expect(point.decodeTPSLow == nil && point.decodeTPSHigh == nil)
    }

    @Test func `two rounds are left as they are and three are resampled`() throws {
        // Each round has a speed of its own and samples do not differ, so all the noise is between rounds.
        func rounds(_ count: Int) -> [Observation] {
            (1...count).flatMap { round in
                (0..<20).map { observation("a", sample: $0, speed: 100 * Double(round), round: round) }
            }
        }
        let two = try point(rounds(2))
        #expect([two.decodeTPSLow, two.decodeTPS, two.decodeTPSHigh] == [150, 150, 150])
        let three = try point(rounds(3))
        // All three draws are the first round in 1 of 27 resamples: more than the 2.5% that the interval leaves out.
        #expect([three.decodeTPSLow, three.decodeTPS, three.decodeTPSHigh] == [100, 200, 300])
    }

    @Test func `the interval of a median covers the truth, also where epochs share their sample's speed`() throws {
        var generator = SeededGenerator(seed: 4711)
        var covered = 0
        let datasets = 300
        for _ in 0..<datasets {
            var observations: [Observation] = []
            for sample in 0..<40 {
                // Log-normal with median 100: half of the noise is the sample's own and shared by its two trials.
                let own = NormalDistribution.quantile(generator.nextUnit())
                for round in 1...2 {
                    let noise = 0.3 * own + 0.1 * NormalDistribution.quantile(generator.nextUnit())
                    observations.append(observation("a", sample: sample, speed: 100 * exp(noise), round: round))
                }
            }
            let point = try point(observations, resamples: 300)
            let interval = Interval(low: try #require(point.decodeTPSLow), high: try #require(point.decodeTPSHigh))
            if interval.contains(100) { covered += 1 }
        }
        #expect((0.90...0.99).contains(Double(covered) / Double(datasets)))
    }

    @Test func `the interval of a quotient of sums covers the truth`() throws {
        var generator = SeededGenerator(seed: 4712)
        var covered = 0
        let datasets = 300
        for _ in 0..<datasets {
            let observations = (0..<40).map { sample in
                // 1…6 tokens at 10 ms each, with ±50% noise whose mean is 0.
                let tokens = 1 + generator.next(below: 6)
                let span = Double(tokens) * 10 * (0.5 + generator.nextUnit())
                return observation("a", sample: sample, speed: Double(tokens) / span * 1000, tokens: tokens)
            }
            let point = try point(observations, resamples: 300)
            let interval = Interval(low: try #require(point.decodeTPSLow), high: try #require(point.decodeTPSHigh))
            if interval.contains(100) { covered += 1 }
        }
        #expect((0.90...0.99).contains(Double(covered) / Double(datasets)))
    }
}
