import Foundation

/// How often two candidates were right and wrong on the same samples.
package struct PairedCounts: Hashable, Sendable {
    /// Right in both.
    package let kept: Int
    /// Right in the candidate, wrong in the base.
    package let gained: Int
    /// Wrong in the candidate, right in the base.
    package let lost: Int
    /// Wrong in both.
    package let missed: Int

    package init(kept: Int, gained: Int, lost: Int, missed: Int) {
        self.kept = kept
        self.gained = gained
        self.lost = lost
        self.missed = missed
    }

    package var n: Int { kept + gained + lost + missed }

    /// The candidate's share of right answers − the base's.
    package var difference: Double { n == 0 ? 0 : Double(gained - lost) / Double(n) }

    /// The hybrid score interval of the difference, nil where there is no sample.
    ///
    /// Method 10 of Newcombe 1998, "Improved confidence intervals for the difference between binomial proportions based
    /// on paired data": Wilson's limits of both shares, joined by the φ of the table, which is corrected for continuity
    /// where it is positive.
    package func newcombe(confidence: Double = Interval.confidence) -> Interval? {
        guard confidence > 0, confidence < 1 else { return nil }
        return PairedTable(
            kept: Double(kept), gained: Double(gained), lost: Double(lost), missed: Double(missed)
        ).newcombe(z: NormalDistribution.quantile((1 + confidence) / 2))
    }

    /// The difference, with all that can be said of it.
    package var evidence: Evidence {
        Evidence(estimate: difference, n: n, method: .newcombe, prospect: prospect) { newcombe(confidence: $0) }
    }
}

/// The same table with counts that need not be whole: what is to be expected.
struct PairedTable: Sendable {
    let kept: Double
    let gained: Double
    let lost: Double
    let missed: Double

    /// Newcombe's hybrid score interval; nil where there is no sample.
    func newcombe(z: Double) -> Interval? {
        let n = kept + gained + lost + missed
        guard n > 0 else { return nil }
        let (p, q) = ((kept + gained) / n, (kept + lost) / n)
        let (one, other) = (Interval.wilson(share: p, of: n, z: z), Interval.wilson(share: q, of: n, z: z))
        return .difference(p, one, q, other, correlation: correlation(n))
    }

    /// φ, with n / 2 taken from the numerator where it is positive, and not below 0 by that; 0 where a margin is empty.
    private func correlation(_ n: Double) -> Double {
        let product = (kept + gained) * (lost + missed) * (kept + lost) * (gained + missed)
        guard product > 0 else { return 0 }
        let numerator = kept * missed - gained * lost
        return (numerator > 0 ? max(0, numerator - n / 2) : numerator) / product.squareRoot()
    }
}

extension Interval {
    /// The interval of p − q from an interval of each, by the method of variance estimates recovery.
    ///
    /// Zou and Donner 2008, "Construction of confidence limits about effect measures: a general approach"; over Wilson's
    /// intervals it is Newcombe's of paired proportions.
    static func difference(
        _ p: Double, _ one: Interval, _ q: Double, _ other: Interval, correlation: Double
    ) -> Interval {
        func reach(_ a: Double, _ b: Double) -> Double {
            max(0, a * a - 2 * correlation * a * b + b * b).squareRoot()
        }
        return Interval(
            low: max(-1, p - q - reach(p - one.low, other.high - q)),
            high: min(1, p - q + reach(one.high - p, q - other.low)))
    }
}
