/// One candidate at one load on a front of any two axes.
package struct FrontPlace: Hashable, Codable, Sendable {
    /// A number with its 95% interval, in its axis' unit.
    package struct Value: Hashable, Codable, Sendable {
        /// Infinite where nothing was correct and correct answers are what it is divided by.
        package var estimate: Double
        /// Nil where it varies with nothing that was drawn: the memory of an engine, the throughput of two rounds.
        package var low: Double?
        package var high: Double?

        package init(estimate: Double, low: Double? = nil, high: Double? = nil) {
            self.estimate = estimate
            self.low = low
            self.high = high
        }
    }

    package var candidate: String
    package var model: String
    package var quantization: String?
    package var load: Load
    /// Samples that have a score.
    package var n: Int
    /// Samples without one.
    package var unscored: Int
    /// Nil where it was not measured.
    package var x: Value?
    package var y: Value?
    /// No other candidate at this load is at least as good on both axes and better on one.
    package var onFront: Bool
    /// The share of joint resamples in which that is so; nil where none gave it both numbers.
    package var frontProbability: Double?

    package init(
        candidate: String, model: String, quantization: String?, load: Load, n: Int, unscored: Int, x: Value?,
        y: Value?, onFront: Bool, frontProbability: Double?
    ) {
        self.candidate = candidate
        self.model = model
        self.quantization = quantization
        self.load = load
        self.n = n
        self.unscored = unscored
        self.x = x
        self.y = y
        self.onFront = onFront
        self.frontProbability = frontProbability
    }

    /// A point of the front that every run ends with.
    package init(_ point: FrontPoint) {
        self.init(
            candidate: point.candidate, model: point.model, quantization: point.quantization, load: point.load,
            n: point.n, unscored: point.unscored,
            x: point.decodeTPS.map { Value(estimate: $0, low: point.decodeTPSLow, high: point.decodeTPSHigh) },
            y: point.accuracy.map { Value(estimate: $0, low: point.accuracyLow, high: point.accuracyHigh) },
            onFront: point.onFront, frontProbability: point.frontProbability)
    }
}
