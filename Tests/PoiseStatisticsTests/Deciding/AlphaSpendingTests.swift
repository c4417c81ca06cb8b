import Foundation
import PoiseStatistics
import Testing

@Suite struct AlphaSpendingTests {
    private func bounds(_ rule: AlphaSpending, _ fractions: [Double], level: Double = 0.025) throws -> [Double] {
        try #require(rule.levels(at: fractions, level: level)).map { -NormalDistribution.quantile($0) }
    }

    /// Two-sided 5%, from a recursion over SciPy's normal distribution; Tests/Conformance compares hundreds to 1e-9.
    @Test func `five equal looks have the bounds of another recursion`() throws {
        let fifths = (1...5).map { Double($0) / 5 }
        for (found, expected) in zip(try bounds(.oBrienFleming, fifths), [4.87688, 3.35701, 2.68028, 2.28982, 2.03103])
        {
            #expect(abs(found - expected) < 6e-6)
        }
        for (found, expected) in zip(try bounds(.pocock, fifths), [2.43798, 2.42681, 2.41019, 2.39665, 2.38598]) {
            #expect(abs(found - expected) < 6e-6)
        }
    }

    @Test(arguments: AlphaSpending.allCases)
    func `one look at the end is the plain test, and all is spent at the end`(rule: AlphaSpending) throws {
        let bound = try bounds(rule, [1])[0]
        #expect(abs(bound - 1.959963984540054) < 1e-9)
        #expect(abs(rule.spent(at: 1, level: 0.025) - 0.025) < 1e-17)
        #expect(abs(rule.spent(at: 1 - 1e-12, level: 0.025) - 0.025) < 1e-12)
        #expect(rule.spent(at: 0, level: 0.025) == 0)
        #expect(rule.spent(at: 2, level: 0.025) == 0.025)
    }

    @Test(arguments: AlphaSpending.allCases, [[0.5, 1], [0.1, 0.2, 0.7, 1], [0.2, 0.21, 0.9, 1]])
    func `a walk without drift leaves as often as promised`(rule: AlphaSpending, fractions: [Double]) throws {
        let bounds = try bounds(rule, fractions)
        var generator = SeededWalk(seed: 9)
        let walks = 200_000
        let left = (0..<walks).count { _ in generator.leaves(bounds, at: fractions) }
        // Three standard errors of 5% of as many walks.
        #expect(abs(Double(left) / Double(walks) - 0.05) < 0.0015)
    }

    @Test func `looks that do not go on and levels that are none have no bounds`() {
        let rule = AlphaSpending.oBrienFleming
        #expect(rule.levels(at: []) == nil)
        #expect(rule.levels(at: [0.5, 0.5]) == nil)
        #expect(rule.levels(at: [0.5, 1.2]) == nil)
        #expect(rule.levels(at: [0, 1]) == nil)
        #expect(rule.levels(at: [.nan]) == nil)
        #expect(rule.levels(at: [1], level: 0) == nil)
        #expect(rule.levels(at: [1], level: 0.5) == nil)
    }
}
