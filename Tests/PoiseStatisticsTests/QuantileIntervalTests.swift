import PoiseCore
import PoiseStatistics
import Testing

@Suite struct QuantileIntervalTests {
    /// The ranks of Conover's and others' tables for the median: 1 and 6 of 6, 2 and 9 of 10, 6 and 15 of 20, 40 and 61 of
    /// 100.
    @Test(arguments: [(6, 1, 6), (8, 1, 8), (9, 2, 8), (10, 2, 9), (20, 6, 15), (100, 40, 61)])
    func `the median lies between the values of the tables' ranks`(n: Int, low: Int, high: Int) {
        let interval = Interval.ofQuantile(0.5, ofSorted: (1...n).map(Double.init))
        #expect(interval == Interval(low: Double(low), high: Double(high)))
    }

    @Test func `too few values bound nothing`() {
        for n in 0...5 { #expect(Interval.ofQuantile(0.5, ofSorted: (0..<n).map(Double.init)) == nil) }
        // Of 95th percentiles: 0.95⁷² is below 2.5%, 0.95⁷¹ is not.
        #expect(Interval.ofQuantile(0.95, ofSorted: (0..<71).map(Double.init)) == nil)
        #expect(Interval.ofQuantile(0.95, ofSorted: (0..<72).map(Double.init))?.high == 71)
    }

    @Test func `values that are all the same leave one place`() {
        #expect(Interval.ofQuantile(0.5, ofSorted: [Double](repeating: 3, count: 12)) == Interval(low: 3, high: 3))
    }

    @Test func `the quantile is inside as often as promised, whatever the distribution`() throws {
        var generator = SeededGenerator(seed: 5)
        var held = 0
        for _ in 0..<2000 {
            // Skewed; its 80th percentile is 1 / 0.2 = 5.
            let values = (0..<40).map { _ in 1 / (1 - generator.nextUnit()) }.sorted()
            if try #require(Interval.ofQuantile(0.8, ofSorted: values)).contains(5) { held += 1 }
        }
        // The ranks give 96.0%; three standard errors are 1.3 points.
        #expect(abs(Double(held) / 2000 - 0.965) < 0.02)
    }

    @Test(arguments: [(0.0, 0.95), (1, 0.95), (0.5, 0), (0.5, 1), (.nan, 0.95)])
    func `a quantile at the ends and a confidence of none or all have no interval`(p: Double, confidence: Double) {
        #expect(Interval.ofQuantile(p, ofSorted: (0..<50).map(Double.init), confidence: confidence) == nil)
    }
}
