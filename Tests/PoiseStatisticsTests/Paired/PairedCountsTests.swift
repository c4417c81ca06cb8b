import PoiseStatistics
import Testing

@Suite struct PairedCountsTests {
    /// Method 10 of Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions based on
    /// paired data", table II.
    @Test(arguments: [
        (36, 12, 2, 0, 0.0569, 0.3404), (20, 12, 2, 16, 0.0562, 0.3292), (36, 14, 0, 0, 0.1528, 0.4167),
        (2, 14, 1, 33, 0.1156, 0.3999), (54, 0, 0, 0, -0.0664, 0.0664), (53, 0, 1, 0, -0.0977, 0.0496),
    ])
    func `the interval is the published one`(
        kept: Int, gained: Int, lost: Int, missed: Int, low: Double, high: Double
    ) throws {
        let counts = PairedCounts(kept: kept, gained: gained, lost: lost, missed: missed)
        let interval = try #require(counts.newcombe())
        #expect(abs(interval.low - low) < 6e-5)
        #expect(abs(interval.high - high) < 6e-5)
    }

    @Test func `exchanging the sides mirrors the interval`() throws {
        let one = try #require(PairedCounts(kept: 20, gained: 3, lost: 9, missed: 4).newcombe())
        let other = try #require(PairedCounts(kept: 20, gained: 9, lost: 3, missed: 4).newcombe())
        #expect(abs(one.low + other.high) < 1e-15 && abs(one.high + other.low) < 1e-15)
    }

    @Test func `few samples never have an interval without width`() throws {
        for n in 1...6 {
            for counts in [
                PairedCounts(kept: n, gained: 0, lost: 0, missed: 0),
                PairedCounts(kept: 0, gained: n, lost: 0, missed: 0),
                PairedCounts(kept: 0, gained: 0, lost: 0, missed: n),
                PairedCounts(kept: 0, gained: 0, lost: n, missed: 0),
            ] {
                let interval = try #require(counts.newcombe())
                #expect(interval.high - interval.low > 0.4)
                #expect(interval.contains(counts.difference))
            }
        }
        #expect(PairedCounts(kept: 0, gained: 0, lost: 0, missed: 0).newcombe() == nil)
        #expect(PairedCounts(kept: 1, gained: 0, lost: 0, missed: 0).newcombe(confidence: 1) == nil)
    }
}
