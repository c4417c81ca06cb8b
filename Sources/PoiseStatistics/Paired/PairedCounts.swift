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
        guard n > 0, let one = Interval.wilson(successes: kept + gained, of: n, confidence: confidence),
            let other = Interval.wilson(successes: kept + lost, of: n, confidence: confidence)
        else { return nil }
        let (p, q) = (Double(kept + gained) / Double(n), Double(kept + lost) / Double(n))
        let phi = correlation
        func reach(_ a: Double, _ b: Double) -> Double {
            max(0, a * a - 2 * phi * a * b + b * b).squareRoot()
        }
        return Interval(
            low: max(-1, p - q - reach(p - one.low, other.high - q)),
            high: min(1, p - q + reach(one.high - p, q - other.low)))
    }

    /// φ, with n / 2 taken from the numerator where it is positive, and not below 0 by that; 0 where a margin is empty.
    private var correlation: Double {
        let margins = [kept + gained, lost + missed, kept + lost, gained + missed].map(Double.init)
        let product = margins.reduce(1, *)
        guard product > 0 else { return 0 }
        let numerator = Double(kept) * Double(missed) - Double(gained) * Double(lost)
        let corrected = numerator > 0 ? max(0, numerator - Double(n) / 2) : numerator
        return corrected / product.squareRoot()
    }
}
