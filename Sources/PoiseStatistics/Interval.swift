/// A confidence interval, both ends included.
package struct Interval: Hashable, Sendable {
    package let low: Double
    package let high: Double

    package init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    package func contains(_ value: Double) -> Bool {
        low <= value && value <= high
    }

    /// The confidence of every interval in Poise.
    package static let confidence = 0.95
}

extension Interval {
    /// The score interval of a proportion, nil where there is no trial or the counts make no sense.
    ///
    /// Wilson 1927, "Probable inference, the law of succession, and statistical inference"; without the continuity
    /// correction: method 3 of Newcombe 1998, "Two-sided confidence intervals for the single proportion".
    package static func wilson(successes: Int, of trials: Int, confidence: Double = Interval.confidence) -> Interval? {
        guard trials > 0, (0...trials).contains(successes), confidence > 0, confidence < 1 else { return nil }
        return wilson(
            share: Double(successes) / Double(trials), of: Double(trials),
            z: NormalDistribution.quantile((1 + confidence) / 2))
    }

    /// The same of a share of as many trials as it is worth, which need not be a whole number.
    ///
    /// - Parameters:
    ///   - share: 0…1
    ///   - trials: more than 0.
    ///   - z: the deviations to each side.
    static func wilson(share: Double, of trials: Double, z: Double) -> Interval {
        let centre = (trials * share + z * z / 2) / (trials + z * z)
        let half = z / (trials + z * z) * (trials * share * (1 - share) + z * z / 4).squareRoot()
        // The ends are exactly 0 and 1 there; rounding must not leave them beside it.
        return Interval(low: share == 0 ? 0 : max(0, centre - half), high: share == 1 ? 1 : min(1, centre + half))
    }

    /// The middle part of what a bootstrap drew, nil where it drew nothing; values that are not numbers are left out.
    ///
    /// Efron 1979, the percentile method: the (1 ± confidence) / 2 quantiles of the resampled estimates.
    package static func percentile(of estimates: [Double], confidence: Double = Interval.confidence) -> Interval? {
        percentile(ofSorted: estimates.filter { !$0.isNaN }.sorted(), confidence: confidence)
    }

    /// The same of estimates in ascending order, none of them NaN.
    static func percentile(ofSorted sorted: [Double], confidence: Double) -> Interval? {
        guard let low = quantile((1 - confidence) / 2, ofSorted: sorted),
            let high = quantile((1 + confidence) / 2, ofSorted: sorted)
        else { return nil }
        return Interval(low: low, high: high)
    }
}
