extension Interval {
    /// An interval of a quantile that holds for every distribution: two of the values themselves.
    ///
    /// Thompson 1936, "On confidence ranges for the median and other expectation distributions for populations of unknown
    /// distribution form": so many of n values lie below the quantile as a binomial with its probability says, whatever
    /// they are. Each end leaves at most (1 − confidence) / 2 outside; nil where there are too few values for that.
    ///
    /// - Parameters:
    ///   - probability: which quantile.
    ///   - values: in ascending order, each of another sample: several of one sample are not independent.
    package static func ofQuantile(
        _ probability: Double, ofSorted values: [Double], confidence: Double = Interval.confidence
    ) -> Interval? {
        guard probability > 0, probability < 1, confidence > 0, confidence < 1 else { return nil }
        let outside = (1 - confidence) / 2
        // Ranks from 1: the lower end is right unless fewer values than its rank are below the quantile.
        var (low, high) = (0, values.count + 1)
        while low < values.count, Binomial.cumulative(low, of: values.count, p: probability) <= outside { low += 1 }
        while high > 1, Binomial.cumulative(values.count - high + 1, of: values.count, p: 1 - probability) <= outside {
            high -= 1
        }
        guard low >= 1, high <= values.count, low <= high else { return nil }
        return Interval(low: values[low - 1], high: values[high - 1])
    }
}
