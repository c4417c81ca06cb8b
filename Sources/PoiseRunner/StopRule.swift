package import PoiseCore

/// Decides when there is no point in asking a candidate further. Pure: it is told what happened.
package struct StopRule: Sendable {
    /// So many failures in a row, or empty responses from the start, are the candidate's state and not bad luck.
    private let patience: Int
    /// Their prompts must not leave the trial, and servers quote prompts.
    private let privateTasks: Set<String>
    private var consecutiveFailures = 0
    private var hasAnswered = false
    /// It said something in a part of the run before: that one is empty now says nothing of the others.
    private let hasSpoken: Bool
    /// Empty responses since the start.
    private var silences = 0
    /// Those of them that no decision has named yet.
    private var empty: [TrialKey] = []

    /// - Parameters:
    ///   - privateTasks: tasks whose failures are told without the server's words.
    ///   - hasSpoken: whether the pass goes on, and the candidate said something in it before.
    package init(patience: Int = 5, privateTasks: Set<String> = [], hasSpoken: Bool = false) {
        self.patience = patience
        self.privateTasks = privateTasks
        self.hasSpoken = hasSpoken
    }

    package enum Decision: Hashable, Sendable {
        case goOn
        /// - Parameter unscored: trials whose scores say nothing about the model.
        case stop(reason: String, unscored: [TrialKey])
    }

    package mutating func note(_ trial: Trial) -> Decision {
        switch trial.outcome {
        case .responded:
            consecutiveFailures = 0
            if trial.isSilent, !hasAnswered, !hasSpoken {
                silences += 1
                empty.append(trial.key)
                return silences >= patience ? stopForSilence() : .goOn
            }
            hasAnswered = true
            empty = []
            return .goOn
        case .failed(let failure):
            // A prompt that is too long is refused for what it is, and says nothing about the next one.
            if hasAnswered, failure.kind == .rejected { return .goOn }
            consecutiveFailures += 1
            if !hasAnswered, isHopeless(failure) {
                return .stop(reason: describe(failure, of: trial.key.task), unscored: takeEmpty())
            }
            guard consecutiveFailures >= patience else { return .goOn }
            return .stop(
                reason: "\(consecutiveFailures) requests failed one after the other, the last because "
                    + describe(failure, of: trial.key.task),
                unscored: takeEmpty())
        }
    }

    /// A pass that ends without one word is as silent as one that was stopped.
    package mutating func noteEnd() -> Decision {
        !hasAnswered && !empty.isEmpty ? stopForSilence() : .goOn
    }

    private mutating func stopForSilence() -> Decision {
        .stop(
            reason: "the model answers nothing: all of its first \(silences) responses were empty\n"
                + "  Check its chat template and stop sequences; a base model needs another prompt than a chat model.",
            unscored: takeEmpty())
    }

    /// Each is named once: a load has many in flight when the candidate is given up.
    private mutating func takeEmpty() -> [TrialKey] {
        defer { empty = [] }
        return empty
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

    private func describe(_ failure: RequestFailure, of task: String) -> String {
        guard privateTasks.contains(task) else { return failure.errorDescription ?? failure.message }
        return "a request of a private task failed (\(failure.kind.rawValue)"
            + (failure.status.map { ", status \($0)" } ?? "") + ")"
    }
}
