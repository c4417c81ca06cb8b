/// A quotient candidate / base with its 95% interval.
package struct RatioEstimate: Hashable, Codable, Sendable {
    /// Infinite where the candidate's number is: nothing of it was right.
    package var value: Double
    package var low: Double?
    package var high: Double?
    /// Samples behind it.
    package var n: Int

    package init(value: Double, low: Double?, high: Double?, n: Int) {
        self.value = value
        self.low = low
        self.high = high
        self.n = n
    }
}

/// One number of a point on both sides, and its ratio.
package struct MetricChange: Hashable, Codable, Sendable {
    package var metric: Metric
    /// In the metric's unit, over the samples that both were asked.
    package var base: Double
    package var candidate: Double
    package var ratio: RatioEstimate

    package init(metric: Metric, base: Double, candidate: Double, ratio: RatioEstimate) {
        self.metric = metric
        self.base = base
        self.candidate = candidate
        self.ratio = ratio
    }

    /// Better or worse where the whole interval lies on one side of 1.
    package var outcome: ChangeOutcome {
        guard let low = ratio.low, let high = ratio.high else { return .undecided }
        if low > 1 { return metric.isBetterHigher ? .better : .worse }
        if high < 1 { return metric.isBetterHigher ? .worse : .better }
        return .undecided
    }
}

/// Why two candidates' speeds are not compared.
package enum SpeedObstacle: Hashable, Codable, Sendable {
    /// They were measured on machines of different kinds, each named in one line.
    case otherMachine(base: String, candidate: String)
    /// No trial of the common samples was timed on one side or on both.
    case nothingTimed
}
