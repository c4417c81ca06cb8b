/// One candidate at one load: its accuracy, its speed, and how sure both are.
package struct FrontPoint: Hashable, Codable, Sendable {
    package enum AccuracyMethod: String, Hashable, Codable, Sendable {
        /// Every sample has one 0/1 score: Wilson's interval.
        case wilson
        /// Scores between 0 and 1, or epochs that disagree: Wilson's interval over as many samples as they are worth.
        case effectiveWilson
        /// The same in runs of before: a bootstrap over samples.
        case bootstrap
    }

    package enum SpeedMethod: String, Hashable, Codable, Sendable {
        /// The median over trials that decoded at least 8 tokens.
        case median
        /// Σ(N − n₁) / Σ(last − first): fewer than 10 trials decoded that many.
        case ratioOfSums
    }

    package let candidate: String
    package let model: String
    package let quantization: String?
    package let load: Load
    /// Samples that have a score.
    package let n: Int
    /// Samples without one: failed requests and graders.
    package let unscored: Int
    package let accuracy: Double?
    package let accuracyLow: Double?
    package let accuracyHigh: Double?
    package let accuracyMethod: AccuracyMethod?
    /// tok/s
    package let decodeTPS: Double?
    package let decodeTPSLow: Double?
    package let decodeTPSHigh: Double?
    package let decodeTPSMethod: SpeedMethod?
    /// Trials that the speed is taken from.
    package let decodeTPSTrials: Int
    /// Medians over trials, milliseconds. At an open-loop load they count from the scheduled start, since that is when
    /// people begin to wait; at a closed-loop load from the moment the request went out.
    package let ttft: Double?
    package let ttfo: Double?
    package let latency: Double?
    /// Σ latency / number correct, milliseconds; infinite where nothing was correct, nil where nothing was measured.
    package let timeToCorrect: Double?
    /// The median wait before a request went out, milliseconds; nil at a closed-loop load, where nobody waits.
    package let queueDelay: Double?
    /// Output tokens of completed trials / (last end − first start) of the load level, tok/s; of several rounds, the sum
    /// of the tokens over the sum of the spans.
    package let throughput: Double?
    /// No other candidate at this load is at least as good on both axes and better on one.
    package let onFront: Bool
    /// The share of joint resamples in which nothing dominates it.
    package let frontProbability: Double?

    package init(
        candidate: String, model: String, quantization: String?, load: Load, n: Int, unscored: Int, accuracy: Double?,
        accuracyLow: Double?, accuracyHigh: Double?, accuracyMethod: AccuracyMethod?, decodeTPS: Double?,
        decodeTPSLow: Double?, decodeTPSHigh: Double?, decodeTPSMethod: SpeedMethod?, decodeTPSTrials: Int,
        ttft: Double?, ttfo: Double?, latency: Double?, timeToCorrect: Double?, onFront: Bool,
        frontProbability: Double?, queueDelay: Double? = nil, throughput: Double? = nil
    ) {
        self.candidate = candidate
        self.model = model
        self.quantization = quantization
        self.load = load
        self.n = n
        self.unscored = unscored
        self.accuracy = accuracy
        self.accuracyLow = accuracyLow
        self.accuracyHigh = accuracyHigh
        self.accuracyMethod = accuracyMethod
        self.decodeTPS = decodeTPS
        self.decodeTPSLow = decodeTPSLow
        self.decodeTPSHigh = decodeTPSHigh
        self.decodeTPSMethod = decodeTPSMethod
        self.decodeTPSTrials = decodeTPSTrials
        self.ttft = ttft
        self.ttfo = ttfo
        self.latency = latency
        self.timeToCorrect = timeToCorrect
        self.queueDelay = queueDelay
        self.throughput = throughput
        self.onFront = onFront
        self.frontProbability = frontProbability
    }
}
