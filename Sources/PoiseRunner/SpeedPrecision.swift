package import PoiseCore

/// How well a level's decode speed is known by now: half the width of the median's 95% interval, as a share of the median.
///
/// The interval is the order-statistics one (Conover 1999, §3.2), which needs no assumption on how speeds are
/// distributed; its ranks are those of the binomial distribution's normal approximation. It decides only when to stop
/// asking: it is looked at many times, and trials of one sample count as different ones, so that its level is not exactly
/// 95%. To stop by how *wide* an interval is (and not by where it lies) leaves the estimate itself alone. The interval
/// that is shown in the end is the bootstrap's.
package struct SpeedPrecision: Sendable {
    /// Below this, half the width says little.
    package static let leastTrials = 20
    /// Between two looks.
    package static let interval = 10
    /// Fewer decoded tokens are two gaps and not a speed.
    package static let leastTokens = 8

    /// tok/s, ascending.
    private var speeds: [Double] = []
    private var responses = 0

    /// - Parameters:
    ///   - speeds: tok/s, of responses that were stored before.
    ///   - responses: how many there were, with those that have no speed.
    package init(speeds: [Double] = [], responses: Int = 0) {
        self.speeds = speeds.sorted()
        self.responses = responses
    }

    /// Notes one response.
    ///
    /// - Returns: the precision where it is time to look at it, after the 20th response and every 10th from there on; nil
    ///   in between, and while fewer than 20 of the responses have a speed.
    package mutating func note(_ metrics: TrialMetrics) -> Double? {
        responses += 1
        if let speed = metrics.decodeTPS, speed.isFinite, metrics.decodedTokens ?? 0 >= Self.leastTokens {
            speeds.insert(speed, at: place(of: speed))
        }
        guard responses >= Self.leastTrials, responses % Self.interval == 0 else { return nil }
        return relativeHalfWidth
    }

    /// Nil while fewer than 20 speeds are known.
    package var relativeHalfWidth: Double? {
        let count = speeds.count
        guard count >= Self.leastTrials else { return nil }
        let rank = Self.rank(of: count)
        let median = count.isMultiple(of: 2) ? (speeds[count / 2 - 1] + speeds[count / 2]) / 2 : speeds[count / 2]
        guard median > 0 else { return nil }
        return (speeds[count - rank] - speeds[rank - 1]) / 2 / median
    }

    /// The rank, from 1 and from either end, of the observations that bound the median with 95% confidence.
    package static func rank(of count: Int) -> Int {
        // Half of the 97.5% quantile of the normal distribution, 1.95996.
        max(1, Int((Double(count) + 1) / 2 - 0.97998 * Double(count).squareRoot()))
    }

    /// Where a speed belongs among the others, by bisection.
    private func place(of speed: Double) -> Int {
        var (low, high) = (0, speeds.count)
        while low < high {
            let middle = (low + high) / 2
            if speeds[middle] < speed { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
