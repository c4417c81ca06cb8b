import PoiseCore
import PoiseRunner
import Testing

@Suite struct SpeedPrecisionTests {
    private func metrics(_ speed: Double, tokens: Int = 11) throws -> TrialMetrics {
        guard case .responded(let response) = Attempt.Outcome.decodes(tokens, at: speed) else {
            throw Told(what: "no response")
        }
        return TrialMetrics(timeline: response.timeline, report: response.report, finishReason: "length")
    }

    /// P(at least so many of n fair coins show heads, and at least so many tails): the coverage of the rank's interval.
    private func coverage(rank: Int, of count: Int) -> Double {
        var chance = 1.0
        for _ in 0..<count { chance /= 2 }
        var below = 0.0
        for heads in 0..<rank {
            below += chance
            chance *= Double(count - heads) / Double(heads + 1)
        }
        return 1 - 2 * below
    }

    @Test func `the ranks are those of the binomial distribution`() {
        // The table of Conover 1999 and the exact sums.
        #expect([20, 30, 40, 50, 100].map(SpeedPrecision.rank(of:)) == [6, 10, 14, 18, 40])
        for count in 20...1000 {
            let rank = SpeedPrecision.rank(of: count)
            #expect(coverage(rank: rank, of: count) > 0.945)
            #expect(coverage(rank: rank + 1, of: count) < 0.955)
        }
    }

    @Test func `half the width is that of the order statistics around the median`() throws {
        var precision = SpeedPrecision()
        // 100, 120, …, 480, in an order that is not theirs: the median is 290, ranks 6 and 15 are 200 and 380.
        for index in 0..<20 { _ = try precision.note(metrics(100 + 20 * Double(index * 7 % 20))) }
        let half = try #require(precision.relativeHalfWidth)
        #expect(abs(half - 90.0 / 290) < 0.001)
    }

    @Test func `it is looked at after the 20th response and every 10th from there on`() throws {
        var precision = SpeedPrecision()
        var looks: [Int] = []
        for count in 1...50 where try precision.note(metrics(100)) != nil { looks.append(count) }
        #expect(looks == [20, 30, 40, 50])
    }

    @Test func `responses of a few tokens are not speeds`() throws {
        var precision = SpeedPrecision()
        for _ in 0..<40 {
            let look = try precision.note(metrics(100, tokens: 8))
            #expect(look == nil)
        }
        #expect(precision.relativeHalfWidth == nil)
        for count in 41...60 {
            let look = try precision.note(metrics(100, tokens: 9))
            #expect((look != nil) == (count == 60))
        }
    }

    @Test func `the interval holds the median about as often as it says`() throws {
        var generator = SeededGenerator(seed: 11)
        var hits = 0
        for _ in 0..<400 {
            // Uniform from 50 to 150, whose median is 100.
            let speeds = (0..<50).map { _ in 50 + 100 * generator.nextUnit() }.sorted()
            let rank = SpeedPrecision.rank(of: 50)
            if speeds[rank - 1] <= 100, 100 <= speeds[50 - rank] { hits += 1 }
        }
        // 96.7% by the exact sums; four standard errors are 3.6%.
        #expect((373...400).contains(hits))
    }

    @Test func `more responses make it narrower`() throws {
        var generator = SeededGenerator(seed: 5)
        var precision = SpeedPrecision()
        var looks: [Double] = []
        for _ in 0..<1000 {
            if let look = try precision.note(metrics(80 + 40 * generator.nextUnit())) { looks.append(look) }
        }
        let (first, last) = (try #require(looks.first), try #require(looks.last))
        #expect(last < first / 3)
        #expect(last < 0.02)
    }
}
