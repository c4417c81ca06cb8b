import Foundation

extension PairedCounts {
    /// The loss that the exact McNemar test would have found in this share of such runs; nil where no loss would be.
    ///
    /// What flips in both directions stays as often as it is, and the loss comes on top of it, as in `prospect`.
    /// - Parameters:
    ///   - level: of the two-sided p-value, below which a loss is found.
    ///   - power: the share of runs.
    /// - Returns: a share 0…1.
    func smallestLoss(level: Double, power: Double = 0.8) -> Double? {
        guard n > 0, (0..<1).contains(power) else { return nil }
        let churn = Double(min(gained, lost)) / Double(n)
        // No more can be lost than was right.
        var (near, far) = (0.0, Double(kept + lost) / Double(n) - churn)
        guard far > 0 else { return nil }
        let bound = LossBound(level: level)
        func isFound(_ loss: Double) -> Bool { chance(ofFinding: loss, churn: churn, bound) >= power }
        guard isFound(far) else { return nil }
        for _ in 0..<40 {
            let middle = (near + far) / 2
            if isFound(middle) { far = middle } else { near = middle }
        }
        return far
    }

    /// How likely it is that as many samples lose surely more than they gain, were the loss another.
    func chance(ofFinding loss: Double, level: Double) -> Double {
        chance(ofFinding: loss, churn: n > 0 ? Double(min(gained, lost)) / Double(n) : 0, LossBound(level: level))
    }

    /// Summed over how many flip, and of those how many are gained: the two numbers are trinomial.
    private func chance(ofFinding loss: Double, churn: Double, _ bound: LossBound) -> Double {
        let flipping = min(1, 2 * churn + loss)
        guard flipping > 0 else { return 0 }
        var (found, whole) = (0.0, 0.0)
        for (flips, chance) in Self.likely(of: n, p: flipping) {
            whole += chance
            guard let most = bound.mostGained(of: flips) else { continue }
            found += chance * Binomial.cumulative(most, of: flips, p: min(1, churn / flipping))
        }
        return whole > 0 ? found / whole : 0
    }

    /// The counts that are likely at all, with their chances: all of few, evenly spaced ones of many.
    private static func likely(of n: Int, p: Double) -> [(count: Int, chance: Double)] {
        // Standard deviations to each side, and some for the tails of small means.
        let (reach, most) = (6.0, 400)
        let (mean, deviation) = (Double(n) * p, (Double(n) * p * (1 - p)).squareRoot())
        let low = max(0, Int(mean - reach * deviation - 5))
        let high = min(n, Int((mean + reach * deviation + 5).rounded(.up)))
        return stride(from: low, through: high, by: max(1, (high - low) / most)).map {
            ($0, exp(Binomial.logChance($0, of: n, p: p)))
        }
    }
}

/// How few of the flips must be gains for the exact McNemar test to find a loss; each looked up once.
private final class LossBound {
    private let level: Double
    private var known: [Int: Int?] = [:]

    init(level: Double) { self.level = level }

    /// Nil where even none is too many.
    func mostGained(of flips: Int) -> Int? {
        if let found = known[flips] { return found }
        // The p-value grows with the gains up to half of the flips: the last place where it is still below the level.
        func isFound(_ gained: Int) -> Bool {
            PairedCounts(kept: 0, gained: gained, lost: flips - gained, missed: 0).mcNemar < level
        }
        var (below, above) = (-1, flips / 2 + 1)
        while above - below > 1 {
            let middle = (below + above) / 2
            if isFound(middle) { below = middle } else { above = middle }
        }
        let found = below >= 0 ? below : nil
        known[flips] = .some(found)
        return found
    }
}
