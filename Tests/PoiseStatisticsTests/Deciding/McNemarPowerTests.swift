import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

struct McNemarPowerTests {
    @Test(arguments: [
        (PairedCounts(kept: 30, gained: 2, lost: 3, missed: 5), 0.2, 0.05),
        (PairedCounts(kept: 50, gained: 0, lost: 0, missed: 10), 0.1, 0.05),
        (PairedCounts(kept: 40, gained: 6, lost: 6, missed: 8), 0.25, 0.0125),
    ])
    func `the chance is that of every table in which the test finds a loss`(
        _ counts: PairedCounts, loss: Double, level: Double
    ) {
        let n = counts.n
        let churn = Double(min(counts.gained, counts.lost)) / Double(n)
        let (up, down) = (churn, churn + loss)
        // Every table that can be, one by one.
        var found = 0.0
        for gained in 0...n {
            let chance = exp(Binomial.logChance(gained, of: n, p: up))
            for lost in 0...(n - gained) where lost > gained {
                let table = PairedCounts(kept: n - gained - lost, gained: gained, lost: lost, missed: 0)
                guard table.mcNemar < level else { continue }
                found += chance * exp(Binomial.logChance(lost, of: n - gained, p: down / (1 - up)))
            }
        }
        #expect(abs(counts.chance(ofFinding: loss, level: level) - found) < 1e-6)
    }

    @Test func `at the smallest loss it is found in 80% of runs, and with more samples or a laxer level it is smaller`()
        throws
    {
        let counts = PairedCounts(kept: 300, gained: 5, lost: 8, missed: 144)
        let loss = try #require(counts.smallestLoss(level: 0.0125))
        #expect(abs(counts.chance(ofFinding: loss, level: 0.0125) - 0.8) < 1e-3)
        #expect(try #require(counts.smallestLoss(level: 0.05)) < loss)
        let many = PairedCounts(kept: 30_000, gained: 500, lost: 800, missed: 14_400)
        #expect(try #require(many.smallestLoss(level: 0.0125)) < loss / 5)
        // Without anything that flips, eight of the losses in a row must come: 2⁻⁷ is below 0.0125, 2⁻⁶ is not.
        let still = PairedCounts(kept: 90, gained: 0, lost: 0, missed: 10)
        let least = try #require(still.smallestLoss(level: 0.0125))
        #expect(abs(1 - Binomial.cumulative(7, of: 100, p: least) - 0.8) < 1e-6)
    }

    @Test func `too few samples would find no loss at all`() {
        // Of five, the smallest p-value is 1/16.
        #expect(PairedCounts(kept: 5, gained: 0, lost: 0, missed: 0).smallestLoss(level: 0.05) == nil)
        #expect(PairedCounts(kept: 0, gained: 0, lost: 0, missed: 50).smallestLoss(level: 0.05) == nil)
        #expect(PairedCounts(kept: 0, gained: 0, lost: 0, missed: 0).smallestLoss(level: 0.05) == nil)
    }
}
