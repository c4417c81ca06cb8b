/// A trial as the database gives it back, for all that is computed from it anew.
package struct StoredTrial: Hashable, Sendable {
    package let run: String
    package let key: TrialKey
    package let model: String
    package let quantization: String?
    /// The response; nil where the trial failed.
    package let response: Response?
    /// Why there is no response.
    package let failure: Failure?
    /// The first grader's score, 0…1; nil where the trial is unscored.
    package let score: Double?
    /// Requests of this trial.
    package let attempts: Int
    /// Scheduled → the first attempt started, ms.
    package let queueDelay: Double
    /// The run's beginning → when the load profile wanted the request out, ms; nil in runs of older versions.
    package let scheduled: Double?
    /// Scheduled → the last attempt ended, ms.
    package let timeToDone: Double
    /// The requests that got their response, where the trial is a chain of turns; empty where it is one request.
    package let exchanges: [Exchange]
    /// Whether its texts must stay where they are.
    package var isPrivate = false
    /// The run that its response was generated in; nil where that is `run`. Where it is not, no time of it means anything.
    package var cachedFrom: String?

    package init(
        run: String, key: TrialKey, model: String, quantization: String? = nil, response: Response?,
        failure: Failure? = nil, score: Double? = nil, attempts: Int = 1, queueDelay: Double = 0,
        scheduled: Double? = nil, timeToDone: Double, exchanges: [Exchange] = []
    ) {
        self.run = run
        self.key = key
        self.model = model
        self.quantization = quantization
        self.response = response
        self.failure = failure
        self.score = score
        self.attempts = attempts
        self.queueDelay = queueDelay
        self.scheduled = scheduled
        self.timeToDone = timeToDone
        self.exchanges = exchanges
    }

    /// What the database keeps of a failure; the kind as a text, so that one of a newer version is still shown.
    package struct Failure: Hashable, Sendable {
        package let kind: String
        package let message: String

        package init(kind: String, message: String) {
            self.kind = kind
            self.message = message
        }
    }

    /// What may leave the database: nil of a private task, and where there is no response.
    package var shownAnswer: String? { isPrivate ? nil : response?.answer }
    package var shownReasoning: String? { isPrivate ? nil : response?.reasoning }
    /// Why it failed; of a private task the kind alone, since servers repeat what they were asked.
    package var shownFailure: String? { isPrivate ? failure?.kind : failure?.message }

    package var metrics: TrialMetrics? {
        response.map { exchanges.isEmpty ? TrialMetrics($0) : TrialMetrics(chain: exchanges.map(\.response)) }
    }

    /// The run's beginning → the first attempt started, ms.
    package var started: Double? { scheduled.map { $0 + queueDelay } }

    /// The run's beginning → the last attempt ended, ms.
    package var ended: Double? { scheduled.map { $0 + timeToDone } }

    /// Each request of the trial as a trial of its own, for tools that know no chains; one that is no chain is its own.
    ///
    /// A request of a chain is due when the one before it is through; the one that failed comes last. A response from the
    /// cache was asked of nobody, and has none.
    package var requests: [StoredTrial] {
        guard cachedFrom == nil else { return [] }
        guard !exchanges.isEmpty else { return [self] }
        var requests = exchanges.enumerated().map { index, exchange in
            // What the chain waited before its first request is that request's own wait.
            let delay = index == 0 ? queueDelay : 0
            return request(
                exchange.response, attempts: exchange.attempts, queueDelay: delay,
                scheduled: exchange.started.milliseconds - delay,
                timeToDone: exchange.timeToDone.milliseconds + delay)
        }
        if response == nil, let last = exchanges.last {
            let ended = last.started.milliseconds + last.timeToDone.milliseconds
            let made = exchanges.reduce(0) { $0 + $1.attempts }
            requests.append(
                request(
                    nil, attempts: max(1, attempts - made), queueDelay: 0, scheduled: ended,
                    timeToDone: max(0, (self.ended ?? ended) - ended)))
        }
        return requests
    }

    private func request(
        _ response: Response?, attempts: Int, queueDelay: Double, scheduled: Double, timeToDone: Double
    ) -> StoredTrial {
        var request = StoredTrial(
            run: run, key: key, model: model, quantization: quantization, response: response,
            failure: response == nil ? failure : nil, score: score, attempts: attempts, queueDelay: queueDelay,
            scheduled: self.scheduled == nil ? nil : scheduled, timeToDone: timeToDone)
        request.isPrivate = isPrivate
        return request
    }
}
