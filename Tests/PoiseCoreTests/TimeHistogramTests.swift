import Foundation
import PoiseCore
import Testing

@Suite struct TimeHistogramTests {
    @Test func `a quantile is at most 7% above the value, and never below it`() throws {
        var generator = SeededGenerator(seed: 3, stream: 0)
        // From a nanosecond to a minute.
        let values = (0..<5_000).map { _ in Int64(pow(10, 10.8 * generator.nextUnit())) }
        var histogram = TimeHistogram()
        for value in values { histogram.note(nanoseconds: value) }
        let sorted = values.sorted()
        for share in [0.01, 0.5, 0.9, 0.99, 1] {
            let exact = sorted[Int((share * 5_000).rounded(.up)) - 1]
            let found = try #require(histogram.quantile(share))
            #expect(found >= exact)
            #expect(Double(found) <= Double(exact) * 1.07 + 1)
        }
        #expect(histogram.samples == 5_000)
        #expect(histogram.max == sorted.last)
        #expect(histogram.quantile(1) == sorted.last)
    }

    @Test func `any number of nanoseconds has its place`() {
        var histogram = TimeHistogram()
        for value in [0, 1, 15, 16, 17, Int64.max, -5] { histogram.note(nanoseconds: value) }
        #expect(histogram.samples == 7)
        #expect(histogram.quantile(0.01) == 0)
        #expect(histogram.quantile(1) == Int64.max)
    }

    @Test func `what came since an earlier state is told apart from what was there`() throws {
        var histogram = TimeHistogram()
        for value in [5, 1_000_000, 900_000_000] as [Int64] { histogram.note(nanoseconds: value) }
        let earlier = histogram
        for value in [40, 50, 2_000] as [Int64] { histogram.note(nanoseconds: value) }
        let since = histogram.since(earlier)
        #expect(since.samples == 3)
        #expect(Double(try #require(since.quantile(0.5))) <= 50 * 1.07 + 1)
        #expect((2_000...2_140).contains(since.max))
        #expect(earlier.since(earlier).quantile(0.5) == nil)
    }

    @Test func `without samples there is no quantile`() {
        #expect(TimeHistogram().quantile(0.5) == nil)
    }
}
