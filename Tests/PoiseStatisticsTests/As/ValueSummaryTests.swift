import PoiseCore
import Testing

@testable import PoiseStatistics

struct ValueSummaryTests {
    @Test func `of 1 to 4 the deviations of population and sample differ`() {
        let summary = ValueSummary([4, 1, 3, 2])
        #expect(summary.mean == 2.5 && summary.minimum == 1 && summary.maximum == 4)
        #expect(summary.percentile(50) == 2.5 && summary.percentile(25) == 1.75)
        #expect(summary.standardDeviation() == 1.25.squareRoot())
        #expect(summary.standardDeviation(degreesOfFreedomLost: 1) == (5.0 / 3).squareRoot())
        #expect(ValueSummary([7]).standardDeviation() == 0)
        #expect(ValueSummary([7]).standardDeviation(degreesOfFreedomLost: 1) == nil)
        #expect(ValueSummary([]).mean == nil && ValueSummary([]).percentile(99) == nil)
    }

    @Test func `counted gaps have the statistics of the gaps written out`() {
        var random = SeededGenerator(seed: 5)
        let gaps = (0..<1000).map { _ in Int64.random(in: 0...40, using: &random) * 250 }
        var counts = GapCounts()
        counts.add(Array(gaps[..<300]))
        counts.add(Array(gaps[300...]))
        let summary = counts.summary()
        let plain = ValueSummary(gaps.map { Double($0) / 1000 })
        for percent in [0.0, 1, 25, 50, 90, 99, 99.9, 100] {
            #expect(summary.percentile(percent) == plain.percentile(percent))
        }
        let mean = plain.mean ?? 0
        let deviation = plain.standardDeviation() ?? 0
        #expect(((summary.mean ?? 0) - mean).magnitude < 1e-9)
        #expect(((summary.standardDeviation ?? 0) - deviation).magnitude < 1e-9)
    }

    @Test func `no gaps, no numbers`() {
        let summary = GapCounts().summary()
        #expect(summary.mean == nil && summary.standardDeviation == nil && summary.percentile(50) == nil)
    }

    @Test func `a weighted quantile is one of the values`() {
        let values = WeightedValues([(value: 10, weight: 1), (value: 20, weight: 2), (value: 30, weight: 1)])
        #expect(values.mean == 20)
        #expect(values.quantile(0.25) == 10 && values.quantile(0.26) == 20)
        #expect(values.quantile(0.5) == 20 && values.quantile(0.95) == 30)
        // Ten equal weights: the fifth is the median, however the shares round.
        let equal = WeightedValues((1...10).map { (value: Double($0), weight: 0.1) })
        #expect(equal.quantile(0.5) == 5)
    }

    @Test func `what has no weight does not count`() {
        #expect(WeightedValues([(value: 5, weight: 0)]).mean == nil)
        #expect(WeightedValues([(value: 5, weight: 0), (value: 7, weight: 1)]).quantile(0.01) == 7)
    }
}
