import PoiseCore
import PoiseStatistics
import Testing

@Suite struct QuantileTests {
    /// What R's `quantile(c(1, 3, 4, 9), p, type = 7)` gives.
    @Test(arguments: [(0.0, 1.0), (0.1, 1.6), (0.25, 2.5), (0.5, 3.5), (0.75, 5.25), (0.95, 8.25), (1.0, 9.0)])
    func `quantiles are of definition 7`(probability: Double, expected: Double) throws {
        #expect(abs(try #require(quantile(probability, ofSorted: [1, 3, 4, 9])) - expected) < 1e-12)
    }

    @Test func `a quantile of equal values is exactly that value`() {
        for probability in stride(from: 0.0, through: 1, by: 0.01) {
            #expect(quantile(probability, ofSorted: [0.1, 0.1, 0.1, 0.1]) == 0.1)
        }
    }

    @Test func `nothing has no quantile, and no probability lies outside of 0 to 1`() {
        #expect(quantile(0.5, ofSorted: []) == nil)
        for probability in [-0.01, 1.01, .nan] { #expect(quantile(probability, ofSorted: [1, 2]) == nil) }
    }

    @Test func `the median needs no order`() {
        #expect(median(of: []) == nil)
        #expect(median(of: [7]) == 7)
        #expect(median(of: [9, 1, 4]) == 4)
        #expect(median(of: [9, 1, 4, 5]) == 4.5)
    }
}
