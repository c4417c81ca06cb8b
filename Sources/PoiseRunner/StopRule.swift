package import PoiseCore

/// Decides when there is no point in asking a candidate further. Pure: it is told what happened.
package struct StopRule: Sendable {
    /// So many failures in a row, or empty responses from the start, are the candidate's state and not bad luck.
    private let patience: Int
    private var consecutiveFailures = 0
    private var hasAnswered = false
    private var empty: [TrialKey] = []

    package init(patience: Int = 5) {
        self.patience = patience
    }

    package enum Decision: Hashable, Sendable {
        case goOn
        /// - Parameter unscored: trials whose scores say nothing about the model.
        case stop(reason: String, unscored: [TrialKey])
    }

    package mutating func note(_ trial: Trial) -> Decision {
        switch trial.outcome {
        case .responded(let response):
            consecutiveFailures = 0
            if response.isEmpty, !hasAnswered {
                empty.append(trial.key)
                return empty.count >= patience ? stopForSilence() : .goOn
            }
            hasAnswered = true
            empty = []
            return .goOn
        case .failed(let failure):
            // A prompt that is too long is refused for what it is, and says nothing about the next one.
            if hasAnswered, failure.kind == .rejected { return .goOn }
            consecutiveFailures += 1
            if !hasAnswered, isHopeless(failure) {
                return .stop(reason: describe(failure), unscored: empty)
            }
            guard consecutiveFailures >= patience else { return .goOn }
            return .stop(
                reason:
                    "\(consecutiveFailures) requests failed one after the other, the last because \(describe(failure))",
                unscored: hasAnswered ? [] : empty)
        }
    }

    /// A pass that ends without one word is as silent as one that was stopped.
    package mutating func noteEnd() -> Decision {
        !hasAnswered && !empty.isEmpty ? stopForSilence() : .goOn
    }

    private func stopForSilence() -> Decision {
        .stop(
            reason: "the model answers nothing: all of its first \(empty.count) responses were empty\n"
                + "  Check its chat template and stop sequences; a base model needs another prompt than a chat model.",
            unscored: empty)
    }

    /// The next request would fail for the same reason.
    private func isHopeless(_ failure: RequestFailure) -> Bool {
        switch failure.kind {
        case .unauthorized, .notFound, .tls, .notSent, .unreachable, .refused: true
        case .connectTimedOut, .firstTokenTimedOut, .stalled, .timedOut, .brokenOff, .rejected, .rateLimited,
            .serverError, .malformed, .tooLarge, .interrupted:
            false
        }
    }

    private func describe(_ failure: RequestFailure) -> String {
        failure.errorDescription ?? failure.message
    }
}
