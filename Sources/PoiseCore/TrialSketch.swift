/// What of a trial decides whether its response is worth replaying; its texts and its stream stay in the database.
package struct TrialSketch: Hashable, Sendable {
    package var candidate: String
    package var task: String
    package var sample: String
    /// 0…1; nil is unscored.
    package var score: Double?
    /// Sent → the response was over, ms; nil where nothing was generated.
    package var latency: Double?
    /// Unicode scalars of the answer, and of the thinking before it.
    package var answerCharacters: Int
    package var reasoningCharacters: Int
    /// Whether a fenced block of code stands in the answer.
    package var hasFence: Bool
    /// Whether there is no response at all.
    package var hasFailed: Bool

    package init(
        candidate: String, task: String, sample: String, score: Double?, latency: Double?, answerCharacters: Int,
        reasoningCharacters: Int = 0, hasFence: Bool = false, hasFailed: Bool = false
    ) {
        self.candidate = candidate
        self.task = task
        self.sample = sample
        self.score = score
        self.latency = latency
        self.answerCharacters = answerCharacters
        self.reasoningCharacters = reasoningCharacters
        self.hasFence = hasFence
        self.hasFailed = hasFailed
    }

    /// The rule of flips: half of the points or more.
    package var isRight: Bool { (score ?? 0) >= 0.5 }

    /// Whether its candidate failed the sample: with a wrong answer, or with none. What could not be scored is neither.
    package var isFailure: Bool { hasFailed || score.map { $0 < 0.5 } ?? false }
}

/// What a person would see of a response, which decides how it is shown.
package enum SceneKind: String, Hashable, Sendable, CaseIterable {
    /// Thinking before the answer.
    case thinking
    /// Several turns of one conversation.
    case conversation
    case code
    /// JSON or another form that programs read.
    case data
    /// Sentences to be read along.
    case prose
    /// A few words.
    case short
}
