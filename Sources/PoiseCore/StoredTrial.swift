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

    package init(
        run: String, key: TrialKey, model: String, quantization: String? = nil, response: Response?,
        failure: Failure? = nil, score: Double? = nil, attempts: Int = 1, queueDelay: Double = 0,
        scheduled: Double? = nil, timeToDone: Double
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

    package var metrics: TrialMetrics? {
        response.map {
            TrialMetrics(
                timeline: $0.timeline, report: $0.report, finishReason: $0.finishReason, isStreamed: $0.isStreamed)
        }
    }

    /// The run's beginning → the first attempt started, ms.
    package var started: Double? { scheduled.map { $0 + queueDelay } }

    /// The run's beginning → the last attempt ended, ms.
    package var ended: Double? { scheduled.map { $0 + timeToDone } }
}
