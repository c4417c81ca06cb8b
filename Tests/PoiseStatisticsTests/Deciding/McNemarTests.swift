import Foundation
import PoiseStatistics
import Testing

@Suite struct McNemarTests {
    private func pValue(gained: Int, lost: Int) -> Double {
        PairedCounts(kept: 7, gained: gained, lost: lost, missed: 3).mcNemar
    }

    /// Twice the tail of fair coins, by hand.
    @Test(
        arguments: [
            (0, 0, 1.0), (1, 0, 1.0), (0, 5, 0.0625), (0, 6, 0.03125), (1, 9, 0.021484375), (3, 3, 1.0), (2, 3, 1.0),
        ] as [(Int, Int, Double)])
    func `few changes have the p-value of coins`(gained: Int, lost: Int, expected: Double) {
        #expect(abs(pValue(gained: gained, lost: lost) - expected) < 1e-15)
        #expect(pValue(gained: lost, lost: gained) == pValue(gained: gained, lost: lost))
    }

    @Test func `approval of a prime minister, asked twice`() {
        // Agresti, "Categorical Data Analysis", section 10.1: 794, 150, 86 and 570 of 1,600; SciPy's exact p-value.
        let counts = PairedCounts(kept: 794, gained: 86, lost: 150, missed: 570)
        #expect(abs(counts.mcNemar / 3.7159361395713866e-05 - 1) < 1e-12)
    }

    @Test func `large counts neither underflow nor lose digits`() {
        #expect(abs(pValue(gained: 49_000, lost: 51_000) / 2.5887160383468943e-10 - 1) < 1e-10)
        #expect(abs(pValue(gained: 4900, lost: 5100) / 0.04658552770494645 - 1) < 1e-11)
        // 2 / 2ⁿ.
        #expect(abs(log(pValue(gained: 0, lost: 900)) + 899 * log(2.0)) < 1e-9)
        #expect(pValue(gained: 0, lost: 100_000) == 0)
    }
}
