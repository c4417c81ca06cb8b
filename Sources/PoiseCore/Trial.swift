/// Which response a trial is: candidate × task × sample × epoch × load × round.
package struct TrialKey: Hashable, Codable, Sendable {
    package let candidate: String
    package let task: String
    package let sample: String
    package let epoch: Int
    package let load: Load
    package let round: Int
    /// Stored, marked, and left out of every number.
    package let isWarmup: Bool

    package init(
        candidate: String, task: String, sample: String, epoch: Int, load: Load, round: Int, isWarmup: Bool = false
    ) {
        self.candidate = candidate
        self.task = task
        self.sample = sample
        self.epoch = epoch
        self.load = load
        self.round = round
        self.isWarmup = isWarmup
    }
}

/// One response: what was sent, what came and when, and what the graders said.
package struct Trial: Hashable, Sendable {
    package let key: TrialKey
    /// Requests of this trial, the one that counts last; the earlier ones failed, or are of earlier `exchanges`.
    package let attempts: [Attempt]
    /// The requests that got their response, where the trial is a chain of turns; empty where it is one request.
    package let exchanges: [Exchange]
    /// What came in the end; of a chain, all of its responses in one.
    package let outcome: Attempt.Outcome
    /// The run's beginning → when the load profile wanted the request out, on a clock that stands still while nobody runs.
    package let scheduled: Duration
    /// Whether fewer were in flight than its load says, since it was asked after the level: it has no place in the level's
    /// time.
    package let isApart: Bool
    /// Scheduled → the last attempt ended, with every retry and sleep.
    package let timeToDone: Duration
    /// Scheduled → the first attempt started.
    package let queueDelay: Duration
    package var scores: [GraderScore]
    /// What shaped its response; nil where that is not known, and of warm-ups.
    package var responseKey: ResponseKey?
    /// The run that its response was generated in; nil where that is this one.
    package internal(set) var cachedFrom: String?

    package init(
        key: TrialKey, attempts: [Attempt], scheduled: Duration = .zero, timeToDone: Duration,
        queueDelay: Duration = .zero, scores: [GraderScore] = [], exchanges: [Exchange] = [], isApart: Bool = false
    ) {
        self.key = key
        self.attempts = attempts
        self.exchanges = exchanges
        let last =
            attempts.last?.outcome ?? .failed(RequestFailure(kind: .notSent, message: "no request was made"))
        if case .responded = last, !exchanges.isEmpty {
            outcome = .responded(Response(chain: exchanges))
        } else {
            outcome = last
        }
        self.scheduled = scheduled
        self.isApart = isApart
        self.timeToDone = timeToDone
        self.queueDelay = queueDelay
        self.scores = scores
    }

    package var response: Response? {
        if case .responded(let response) = outcome { response } else { nil }
    }

    package var failure: RequestFailure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }

    package var metrics: TrialMetrics? {
        response.map { exchanges.isEmpty ? TrialMetrics($0) : TrialMetrics(chain: exchanges.map(\.response)) }
    }

    /// The model ended at once, without a word; in a chain, every time.
    package var isSilent: Bool {
        exchanges.isEmpty ? response?.isEmpty == true : exchanges.allSatisfy(\.response.isEmpty)
    }

    /// The first grader's score decides.
    package var score: Score? { scores.first?.score }
}

/// One request and what became of it. A retry is a new attempt with a new timeline.
package struct Attempt: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        case responded(Response)
        case failed(RequestFailure)
    }

    /// The body as it was sent.
    package let request: String
    /// When the connection was ready and the request about to go; nil where it never was.
    package let started: Instant?
    package let outcome: Outcome

    package init(request: String, started: Instant? = nil, outcome: Outcome) {
        self.request = request
        self.started = started
        self.outcome = outcome
    }
}

/// A finished response.
package struct Response: Hashable, Sendable {
    package let answer: String
    package let reasoning: String
    /// A line for each call.
    package let toolCalls: String
    /// The same, to be answered; empty where the response comes from the database.
    package let calls: [ToolCall]
    /// The last response to each turn, where this stands for a whole chain.
    package let turns: [Response]
    /// `stop`, `length`, … as the server says; nil where it does not.
    package let finishReason: String?
    package let report: ServerReport
    package let timeline: Timeline
    package let isStreamed: Bool
    /// What is known of its length where it was not generated now, and so has no times; nil where it was.
    package let cachedCounts: CachedCounts?

    package init(
        answer: String, reasoning: String = "", toolCalls: String = "", finishReason: String?, report: ServerReport,
        timeline: Timeline, isStreamed: Bool = true, calls: [ToolCall] = [], turns: [Response] = [],
        cachedCounts: CachedCounts? = nil
    ) {
        self.answer = answer
        self.reasoning = reasoning
        self.toolCalls = toolCalls
        self.calls = calls
        self.turns = turns
        self.finishReason = finishReason
        self.report = report
        self.timeline = timeline
        self.isStreamed = isStreamed
        self.cachedCounts = cachedCounts
    }

    /// The model ended at once, without a word.
    package var isEmpty: Bool { answer.isEmpty && reasoning.isEmpty && toolCalls.isEmpty }
}

/// Why a request gave no response.
package struct RequestFailure: Hashable, Codable, Sendable, ExplainedError {
    package enum Kind: String, Hashable, Codable, Sendable {
        case notSent, refused, unreachable, tls, connectTimedOut, firstTokenTimedOut, stalled, timedOut, brokenOff
        case rejected, unauthorized, notFound, rateLimited, serverError, malformed, tooLarge, interrupted
    }

    package let kind: Kind
    package let message: String
    /// What the reader can do; nil where nothing general helps.
    package let remedy: String?
    package let status: Int?
    /// Seconds that the server asks to wait.
    package let retryAfter: Double?

    package init(kind: Kind, message: String, remedy: String? = nil, status: Int? = nil, retryAfter: Double? = nil) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.status = status
        self.retryAfter = retryAfter
    }

    package var what: String { message }
    package var place: String? { nil }

    /// Whether the same request may well succeed a moment later.
    package var isWorthRetrying: Bool {
        switch kind {
        case .rateLimited, .brokenOff, .unreachable, .refused, .connectTimedOut: true
        case .serverError: status.map { $0 != 501 && $0 != 505 } ?? true
        // The limits on waiting are far longer than a hiccup: what met one will meet it again.
        case .firstTokenTimedOut, .stalled, .timedOut: false
        case .notSent, .tls, .rejected, .unauthorized, .notFound, .malformed, .tooLarge, .interrupted: false
        }
    }
}
