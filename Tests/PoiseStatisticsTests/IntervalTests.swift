import PoiseCore
import PoiseStatistics
import Testing

@Suite struct IntervalTests {
    /// Newcombe 1998, table I, method 3.
    @Test(arguments: [
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
    ])
    func `Wilson's interval is the published one`(successes: Int, trials: Int, low: Double, high: Double) throws {
        let interval = try #require(Interval.wilson(successes: successes, of: trials))
        #expect(abs(interval.low - low) < 5e-5)
        #expect(abs(interval.high - high) < 5e-5)
    }

    @Test(arguments: [1, 2, 10, 440, 100_000])
    func `none and all have a closed form and an exact end`(trials: Int) throws {
        let z = NormalDistribution.quantile(0.975)
        let far = z * z / (Double(trials) + z * z)
        let none = try #require(Interval.wilson(successes: 0, of: trials))
        let all = try #require(Interval.wilson(successes: trials, of: trials))
        #expect(none.low == 0)
        #expect(abs(none.high - far) < 1e-12)
        #expect(all.high == 1)
        #expect(abs(all.low - (1 - far)) < 1e-12)
    }

    @Test func `ten of ten is not certainty`() throws {
        let interval = try #require(Interval.wilson(successes: 10, of: 10))
        #expect(abs(interval.low - 0.722467) < 1e-6)
    }

    @Test func `Wilson's interval mirrors when right and wrong change places`() throws {
        for successes in 0...37 {
            let right = try #require(Interval.wilson(successes: successes, of: 37))
            let wrong = try #require(Interval.wilson(successes: 37 - successes, of: 37))
            #expect(abs(right.low - (1 - wrong.high)) < 1e-12)
            #expect(right.contains(Double(successes) / 37))
        }
    }

    @Test(arguments: [(0, 0), (1, 0), (-1, 5), (6, 5), (0, -3)])
    func `counts that make no sense have no interval`(successes: Int, trials: Int) {
        #expect(Interval.wilson(successes: successes, of: trials) == nil)
    }

    @Test(arguments: [0, 1, -0.5, Double.nan])
    func `a confidence outside of 0 to 1 has no interval`(confidence: Double) {
        #expect(Interval.wilson(successes: 1, of: 2, confidence: confidence) == nil)
    }

    @Test(arguments: [0.1, 0.5])
    func `Wilson's interval covers the truth as often as it says`(truth: Double) throws {
        var generator = SeededGenerator(seed: 20_261_121)
        var covered = 0
        for _ in 0..<10_000 {
            let successes = (0..<50).count { _ in generator.nextUnit() < truth }
            if try #require(Interval.wilson(successes: successes, of: 50)).contains(truth) { covered += 1 }
        }
        #expect((9200...9800).contains(covered))
    }

    @Test func `the percentile interval is the middle of what was drawn`() throws {
        let interval = try #require(Interval.percentile(of: (0...1000).reversed().map(Double.init)))
        #expect(abs(interval.low - 25) < 1e-9)
        #expect(abs(interval.high - 975) < 1e-9)
    }

    @Test func `the percentile interval leaves out what is not a number`() {
        #expect(Interval.percentile(of: [.nan, 3, .nan]) == Interval(low: 3, high: 3))
        #expect(Interval.percentile(of: [.nan]) == nil)
        #expect(Interval.percentile(of: []) == nil)
    }
}
