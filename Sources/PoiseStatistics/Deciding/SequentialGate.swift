package import PoiseCore

/// A gate that is looked at while its samples come, so that clear cases stop early.
///
/// Each look is held at the level that alpha spending leaves it (Lan and DeMets 1983), so that the chances of a false pass
/// and of a false fail over all looks stay those of a single one. What is decided at a look stays decided.
package struct SequentialGate: Sendable {
    private let rules: [GateRule]
    private let seed: UInt64
    private let resamples: Int
    private let spending: AlphaSpending
    /// Of the samples that there are at most, rising to 1.
    private let fractions: [Double]
    private let levels: [Double]
    /// Decided results by their place among all.
    private var decided: [Int: RuleResult] = [:]
    private var number = 0

    /// Nil where the fractions do not rise to 1.
    package init?(
        rules: [GateRule], fractions: [Double], spending: AlphaSpending = .oBrienFleming, seed: UInt64,
        resamples: Int = 10_000
    ) {
        guard fractions.last == 1, let levels = spending.levels(at: fractions) else { return nil }
        self.rules = rules
        self.fractions = fractions
        self.levels = levels
        self.spending = spending
        self.seed = seed
        self.resamples = resamples
    }

    /// What one look says.
    package struct Look: Sendable {
        /// From 1.
        package let number: Int
        /// In the same order at each look.
        package let results: [RuleResult]
        package let decided: Int
        /// Whether nothing is left to decide, or nothing left to ask.
        package let isLast: Bool
        /// One-sided; what this look is held at, and what all are by now.
        package let level: Double
        package let spent: Double
    }

    /// Looks once more.
    ///
    /// - Parameter cases: with all trials by now, in the same order at each look; nil where all looks are through.
    package mutating func look(at cases: [Gate.Case]) -> Look? {
        guard number < fractions.count else { return nil }
        let level = levels[number]
        number += 1
        let isEnd = number == fractions.count
        var results = Gate(rules: rules, confidence: 1 - 2 * level, seed: seed, resamples: resamples).results(of: cases)
        for index in results.indices {
            if let known = decided[index] {
                results[index] = known
            } else if Self.isFinal(results[index]) {
                decided[index] = results[index]
            }
        }
        let settled = results.indices.count { decided[$0] != nil || Self.isMet(results[$0]) }
        return Look(
            number: number, results: results, decided: settled, isLast: isEnd || settled == results.count, level: level,
            spent: spending.spent(at: fractions[number - 1], level: (1 - Interval.confidence) / 2))
    }

    /// Numbers without an interval go on changing; what must not occur and did stays so.
    private static func isFinal(_ result: RuleResult) -> Bool {
        guard result.method == .asItIs else { return result.verdict != .inconclusive }
        return result.rule.forbids && result.verdict == .fail
    }

    /// Holds as it stands, and waits for the others.
    private static func isMet(_ result: RuleResult) -> Bool {
        result.method == .asItIs && result.verdict == .pass
    }
}
