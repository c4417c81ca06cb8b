import Foundation
import PoiseCore
import PoiseStatistics
import Testing

@Suite struct EquivalenceTestTests {
    private func test(_ estimate: Double, error: Double = 0.01) -> EquivalenceTest {
        let evidence = Evidence(estimate: estimate, n: 50, method: .newcombe) { confidence in
            let reach = NormalDistribution.quantile((1 + confidence) / 2) * error
            return Interval(low: estimate - reach, high: estimate + reach)
        }
        return EquivalenceTest(evidence, low: -0.05, high: 0.05)
    }

    @Test func `it passes where the interval lies between, and fails where it lies outside`() {
        #expect(test(0).verdict == .pass)
        #expect(test(0.03).verdict == .pass)
        #expect(test(0.04).verdict == .inconclusive)
        #expect(test(0.06).verdict == .inconclusive)
        #expect(test(0.07).verdict == .fail)
        #expect(test(-0.07).verdict == .fail)
        #expect(test(0, error: 0.1).verdict == .inconclusive)
    }

    @Test func `the p-value is that of the nearer bound`() throws {
        let z = (0.05 - 0.03) / 0.01
        #expect(abs(try #require(test(0.03).passPValue) / (erfc(z / 2.0.squareRoot()) / 2) - 1) < 1e-6)
        #expect(abs(try #require(test(-0.03).passPValue) - (try #require(test(0.03).passPValue))) < 1e-12)
    }

    @Test func `without evidence nothing is equivalent`() {
        let test = EquivalenceTest(nil, low: -1, high: 1)
        #expect(test.verdict == .inconclusive)
        #expect(test.passPValue == nil)
    }
}
