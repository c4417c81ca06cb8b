import PoiseCore
import PoiseStatistics
import Testing

@Suite struct EffectiveSamplesTests {
    private func interval(_ scores: [Double]) throws -> Interval {
        try #require(Evidence.accuracy(of: scores)?.interval())
    }

    @Test(arguments: [(0, 5), (5, 5), (1, 2), (29, 30), (81, 263)])
    func `one 0 or 1 for each sample has Wilson's interval to the last digits`(right: Int, n: Int) throws {
        let evidence = try #require(Evidence.accuracy(of: (0..<n).map { $0 < right ? 1 : 0 }))
        let wilson = try #require(Interval.wilson(successes: right, of: n))
        let found = try #require(evidence.interval())
        #expect(evidence.method == .wilson)
        #expect(abs(found.low - wilson.low) < 1e-12 && abs(found.high - wilson.high) < 1e-12)
    }

    @Test func `five samples that are all right leave much open`() throws {
        let all = try interval([1, 1, 1, 1, 1])
        #expect(all.high == 1)
        // n / (n + z²) with z = 1.96.
        #expect(abs(all.low - 5 / (5 + 3.8414588)) < 1e-6)
    }

    @Test func `epochs that disagree say more than one would, and less than if they were samples`() throws {
        // 60 samples, each right in two epochs of four.
        let known = try interval([Double](repeating: 0.5, count: 60))
        let single = try #require(Interval.wilson(successes: 30, of: 60))
        #expect(known.low > single.low && known.high < single.high)
        // A design effect from a quarter of a sample: 60 × (4 × 15 + 1) of them.
        let asMany = try #require(Interval.wilson(successes: 1830, of: 3660))
        #expect(abs(known.low - asMany.low) < 1e-12)
        // Where samples are half settled and half open, by hand: n = 8, m = ½, Σ m(1 − m) = 2, of which between them 1.
        let mixed = try interval([0, 0, 1, 1, 0.5, 0.5, 0.5, 0.5])
        let worth = 8 * (4 * 2.0 + 1) / (4 * 1.0 + 1)
        let z = 1.959963984540054
        let half = z / (worth + z * z) * (worth / 4 + z * z / 4).squareRoot()
        #expect(abs(mixed.high - (0.5 + half)) < 1e-12)
        #expect(mixed.low == 1 - mixed.high || abs(mixed.low - (0.5 - half)) < 1e-12)
    }

    @Test func `scores between are never worth less than their samples`() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let scores = (0..<(2 + generator.next(below: 30))).map { _ in generator.nextUnit() }
            let mean = scores.reduce(0, +) / Double(scores.count)
            let found = try interval(scores)
            let plain = try #require(Interval.wilson(share: mean, of: scores.count))
            #expect(found.low >= plain.low - 1e-12 && found.high <= plain.high + 1e-12)
            #expect(found.contains(mean) && found.low < found.high)
        }
    }

    @Test func `one sample has no interval and none has no evidence`() {
        #expect(Evidence.accuracy(of: []) == nil)
        #expect(Evidence.accuracy(of: [1])?.interval() == nil)
        #expect(Evidence.accuracy(of: [0.5])?.pValue(atMost: 0.2) == nil)
    }
}
