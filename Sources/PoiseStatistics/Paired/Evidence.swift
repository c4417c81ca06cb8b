import Foundation

/// What the data say of one number: its estimate, its interval at any confidence, and how likely such data would be if
/// the number were another.
package struct Evidence: Sendable {
    package enum Method: String, Hashable, Codable, Sendable {
        /// Newcombe's hybrid score interval of paired proportions.
        case newcombe
        /// The same over as many samples as the scores are worth, where they are not one 0 or 1 a sample.
        case mover
        /// Wilson's score interval of a share.
        case wilson
        /// The same over as many samples as the scores are worth.
        case effectiveWilson
        /// The paired bootstrap over samples.
        case bootstrap
    }

    /// Where distances of the number mean the same everywhere.
    package enum Scale: String, Hashable, Codable, Sendable {
        case difference
        /// A factor: twice as much is as far from 1 as half as much.
        case ratio
    }

    package let estimate: Double
    /// Samples behind it.
    package let n: Int
    package let method: Method
    package let scale: Scale
    private let form: Form
    private let ownProspect: Prospect?
    /// No p-value is less: resamples know no smaller one.
    private let least: Double

    private enum Form: Sendable {
        case limits(@Sendable (_ confidence: Double) -> Interval?)
        /// Estimates of the resamples, ascending.
        case resamples([Double])
    }

    /// Evidence with an interval that a formula gives.
    package init(
        estimate: Double, n: Int, method: Method, limits: @escaping @Sendable (_ confidence: Double) -> Interval?
    ) {
        self.init(estimate: estimate, n: n, method: method, prospect: nil, limits: limits)
    }

    /// - Parameter prospect: how other data of the kind would fare, where more is known than the interval's length.
    init(
        estimate: Double, n: Int, method: Method, prospect: Prospect?,
        limits: @escaping @Sendable (_ confidence: Double) -> Interval?
    ) {
        self.estimate = estimate
        self.n = n
        self.method = method
        scale = .difference
        form = .limits(limits)
        ownProspect = prospect
        least = 0
    }

    /// Evidence of a bootstrap that more is known of than its resamples.
    init(
        estimate: Double, n: Int, scale: Scale, least: Double, prospect: Prospect,
        limits: @escaping @Sendable (_ confidence: Double) -> Interval?
    ) {
        self.estimate = estimate
        self.n = n
        method = .bootstrap
        self.scale = scale
        form = .limits(limits)
        ownProspect = prospect
        self.least = least
    }

    /// Evidence of a bootstrap.
    ///
    /// - Parameter resamples: the estimates of the resamples in any order; those that are no numbers are left out.
    package init(estimate: Double, n: Int, resamples: [Double], scale: Scale = .difference) {
        self.estimate = estimate
        self.n = n
        self.scale = scale
        method = .bootstrap
        let sorted = resamples.filter { !$0.isNaN }.sorted()
        form = .resamples(sorted)
        ownProspect = nil
        least = 1 / Double(sorted.count + 1)
    }

    /// Nil where the data say nothing of how much the number varies: a single sample.
    package func interval(confidence: Double = Interval.confidence) -> Interval? {
        guard n > 1, confidence > 0, confidence < 1 else { return nil }
        switch form {
        case .limits(let limits): return limits(confidence)
        case .resamples(let sorted): return .percentile(ofSorted: sorted, confidence: confidence)
        }
    }

    /// The one-sided p-value of the hypothesis that the number is at most `value`: small where it is surely more.
    ///
    /// By inversion of the interval, so that the two agree: the lower end at confidence c is above `value` exactly where
    /// this is below (1 − c) / 2. Nil where there is no interval.
    package func pValue(atMost value: Double) -> Double? {
        guard n > 1, !value.isNaN else { return nil }
        switch form {
        case .resamples(let sorted): return share(of: sorted, upTo: value)
        case .limits(let limits):
            return tail(of: limits, isBeyond: { $0.low > value }, isShort: { $0.high <= value })
        }
    }

    /// The one-sided p-value of the hypothesis that the number is at least `value`: small where it is surely less.
    package func pValue(atLeast value: Double) -> Double? {
        guard n > 1, !value.isNaN else { return nil }
        switch form {
        case .resamples(let sorted): return share(of: sorted.reversed().map { -$0 }, upTo: -value)
        case .limits(let limits):
            return tail(of: limits, isBeyond: { $0.high < value }, isShort: { $0.low >= value })
        }
    }

    /// The probability whose quantile is the value; never below what one more resample would make of it, so that it is
    /// never 0 (Davison and Hinkley 1997, section 4.2).
    private func share(of sorted: [Double], upTo value: Double) -> Double? {
        guard sorted.count > 1 else { return nil }
        let below = Self.count(of: sorted, upTo: value)
        guard below > 0 else { return least }
        guard below < sorted.count else { return 1 }
        let part = (value - sorted[below - 1]) / (sorted[below] - sorted[below - 1])
        return max(least, (Double(below - 1) + (part.isFinite ? part : 0)) / Double(sorted.count - 1))
    }

    /// (1 − c) / 2 for the largest confidence at which an interval still lies beyond a value, or 1 − that at which it
    /// still falls short of it; ½ where it does neither at any.
    private func tail(
        of limits: (Double) -> Interval?, isBeyond: (Interval) -> Bool, isShort: (Interval) -> Bool
    ) -> Double? {
        guard limits(Interval.confidence) != nil else { return nil }
        if let tail = Self.tail(where: { limits($0).map(isBeyond) ?? false }) { return max(least, tail) }
        return Self.tail(where: { limits($0).map(isShort) ?? false }).map { 1 - $0 } ?? 0.5
    }

    /// So near to ½ that what is left of an interval has no length to speak of.
    private static let mostTail = 0.5 - 1e-12

    /// Nil where it holds at no confidence.
    private static func tail(where holds: (_ confidence: Double) -> Bool) -> Double? {
        guard holds(1 - 2 * mostTail) else { return nil }
        // By the size of the tail on a logarithmic scale: p-values of 1e-12 are found as exactly as those of 0.4. From a
        // confidence of 1 − 2e-15 on, fractions cannot tell it from 1.
        var (smallest, largest) = (log(1e-15), log(mostTail))
        if holds(1 - 2 * exp(smallest)) { return exp(smallest) }
        for _ in 0..<60 {
            let middle = (smallest + largest) / 2
            if holds(1 - 2 * exp(middle)) { largest = middle } else { smallest = middle }
        }
        return exp(largest)
    }

    /// How data of this kind would fare, were the number or the samples others.
    var prospect: Prospect {
        ownProspect ?? Prospect(estimate: estimate, n: n, scale: scale) { interval(confidence: $0) }
    }

    private static func count(of sorted: [Double], upTo value: Double) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = low + (high - low) / 2
            if sorted[middle] > value { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
