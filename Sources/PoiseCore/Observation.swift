/// What the analysis needs of one trial.
package struct Observation: Hashable, Codable, Sendable {
    package let candidate: String
    package let task: String
    package let sample: String
    package let load: Load
    package internal(set) var round: Int
    /// From 1.
    package let epoch: Int
    /// 0…1; nil is unscored.
    package let score: Double?
    /// Milliseconds; nil where undefined.
    package let ttft: Double?
    package let ttfo: Double?
    package let latency: Double?
    package let decodeTPS: Double?
    /// N − n₁ and last − first (milliseconds), of which `decodeTPS` is the quotient.
    package let decodedTokens: Int?
    package let decodeSpan: Double?
    /// Scheduled → the first attempt started.
    package let queueDelay: Double?
    /// The run's beginning → scheduled, and → the last attempt ended; nil in runs of before it was recorded.
    package internal(set) var scheduled: Double?
    package internal(set) var ended: Double?
    package let outputTokens: Int?
    package let promptTokens: Int?
    /// Of the prompt's tokens, those that came from a cache; nil where the server does not tell.
    package let cachedTokens: Int?
    package let charactersPerSecond: Double?
    /// Whether the response ended because it met the length cap; nil where there is none, or it does not say.
    package let isLengthCapped: Bool?
    /// What the deciding grader read out of the response; nil where it was not asked for, or is not known.
    package var answer: String?
    /// Whether there is no response at all.
    package let hasFailed: Bool
    /// Whether the response was generated in an earlier run: it counts in scores and lengths, and in nothing that takes time.
    package let isCached: Bool

    package init(
        candidate: String, task: String, sample: String, load: Load, round: Int, score: Double?, ttft: Double?,
        ttfo: Double?, latency: Double?, decodeTPS: Double?, decodedTokens: Int?, decodeSpan: Double?,
        queueDelay: Double? = nil, scheduled: Double? = nil, ended: Double? = nil, outputTokens: Int? = nil,
        epoch: Int = 1, promptTokens: Int? = nil, charactersPerSecond: Double? = nil, isLengthCapped: Bool? = nil,
        answer: String? = nil, cachedTokens: Int? = nil, hasFailed: Bool = false,
        isCached: Bool = false
    ) {
        self.candidate = candidate
        self.task = task
        self.sample = sample
        self.load = load
        self.round = round
        self.epoch = epoch
        self.score = score
        self.ttft = ttft
        self.ttfo = ttfo
        self.latency = latency
        self.decodeTPS = decodeTPS
        self.decodedTokens = decodedTokens
        self.decodeSpan = decodeSpan
        self.queueDelay = queueDelay
        self.scheduled = scheduled
        self.ended = ended
        self.outputTokens = outputTokens
        self.promptTokens = promptTokens
        self.charactersPerSecond = charactersPerSecond
        self.isLengthCapped = isLengthCapped
        self.answer = answer
        self.cachedTokens = cachedTokens
        self.hasFailed = hasFailed
        self.isCached = isCached
    }
}
