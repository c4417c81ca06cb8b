import Foundation

/// What the data say of one number: its estimate, its interval at any confidence, and how likely such data would be if
/// the number were another.
package struct Evidence: Sendable {
    package enum Method: String, Hashable, Codable, Sendable {
        /// Newcombe's hybrid score interval of paired proportions.
        case newcombe
        /// The paired bootstrap over samples.
        case bootstrap
    }

    package let estimate: Double
    /// Samples behind it.
    package let n: Int
    package let method: Method
    private let form: Form

    private enum Form: Sendable {
        case limits(@Sendable (_ confidence: Double) -> Interval?)
        /// Estimates of the resamples, ascending.
        case resamples([Double])
    }

    /// Evidence with an interval that a formula gives.
    package init(
        estimate: Double, n: Int, method: Method, limits: @escaping @Sendable (_ confidence: Double) -> Interval?
    ) {
        self.estimate = estimate
        self.n = n
        self.method = method
        form = .limits(limits)
    }

    /// Evidence of a bootstrap.
    ///
    /// - Parameter resamples: the estimates of the resamples in any order; those that are no numbers are left out.
    package init(estimate: Double, n: Int, resamples: [Double]) {
        self.estimate = estimate
        self.n = n
        method = .bootstrap
        form = .resamples(resamples.filter { !$0.isNaN }.sorted())
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
        guard n > 1 else { return nil }
        switch form {
        case .resamples(let sorted): return Self.share(of: sorted) { $0 <= value }
        case .limits(let limits):
            if let above = Self.tail({ limits($0).map { $0.low > value } }) { return above }
            return Self.tail { limits($0).map { $0.high <= value } }.map { 1 - $0 }
        }
    }

    /// The one-sided p-value of the hypothesis that the number is at least `value`: small where it is surely less.
    package func pValue(atLeast value: Double) -> Double? {
        guard n > 1 else { return nil }
        switch form {
        case .resamples(let sorted): return Self.share(of: sorted) { $0 >= value }
        case .limits(let limits):
            if let below = Self.tail({ limits($0).map { $0.high < value } }) { return below }
            return Self.tail { limits($0).map { $0.low >= value } }.map { 1 - $0 }
        }
    }

    /// With the data themselves as one more resample, so that it is never 0 (Davison and Hinkley 1997, section 4.2).
    private static func share(of sorted: [Double], where holds: (Double) -> Bool) -> Double? {
        sorted.isEmpty ? nil : Double(sorted.count(where: holds) + 1) / Double(sorted.count + 1)
    }

    /// (1 − c) / 2 for the largest confidence at which something still holds; nil where it holds at none.
    private static func tail(_ holds: (_ confidence: Double) -> Bool?) -> Double? {
        // By the size of the tail on a logarithmic scale: p-values of 1e-12 are found as exactly as those of 0.4.
        guard holds(1 - 2 * 0.4999) == true else { return nil }
        var (smallest, largest) = (-36.0, -0.6933)
        for _ in 0..<60 {
            let middle = (smallest + largest) / 2
            if holds(1 - 2 * exp(middle)) == true { largest = middle } else { smallest = middle }
        }
        return exp(largest)
    }
}
