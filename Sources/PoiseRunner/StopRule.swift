package import PoiseCore

/// Decides when there is no point in asking a candidate further. Pure: it is told what happened.
package struct StopRule: Sendable {
    /// So many failures in a row, or empty responses from the start, are the candidate's state and not bad luck.
    private let patience: Int
    /// Of one that has answered, so many in a row, however quickly they came.
    private let endurance: Int
    /// Fewer are bad luck, unless nothing was answered for so long.
    private let outage: Duration
    /// Their prompts must not leave the trial, and servers quote prompts.
    private let privateTasks: Set<String>
    private var consecutiveFailures = 0
    private var hasAnswered: Bool { lastAnswer != nil }
    private var lastAnswer: Instant?
    /// It said something in a part of the run before: that one is empty now says nothing of the others.
    private let hasSpoken: Bool
    /// Empty responses since the start.
    private var silences = 0
    /// Those of them that no decision has named yet.
    private var empty: [TrialKey] = []

    /// A request in three that fails brings five failures in a row in every second run of 300 trials, and twenty in none.
    ///
    /// - Parameters:
    ///   - privateTasks: tasks whose failures are told without the server's words.
    ///   - hasSpoken: whether the pass goes on, and the candidate said something in it before.
    package init(
        patience: Int = 5, endurance: Int = 20, outage: Duration = .seconds(300), privateTasks: Set<String> = [],
        hasSpoken: Bool = false
    ) {
        self.patience = patience
        self.endurance = endurance
        self.outage = outage
        self.privateTasks = privateTasks
        self.hasSpoken = hasSpoken
    }

    package enum Decision: Hashable, Sendable {
        case goOn
        /// - Parameter unscored: trials whose scores say nothing about the model.
        case stop(reason: String, unscored: [TrialKey])
    }

    package mutating func note(_ trial: Trial, now: Instant = .now()) -> Decision {
        switch trial.outcome {
        case .responded:
            consecutiveFailures = 0
            if trial.isSilent, !hasAnswered, !hasSpoken {
                silences += 1
                empty.append(trial.key)
                return silences >= patience ? stopForSilence() : .goOn
            }
            lastAnswer = now
            empty = []
            return .goOn
        case .failed(let failure):
            // A prompt that is too long is refused for what it is, and says nothing about the next one.
            if hasAnswered, failure.kind == .rejected { return .goOn }
            consecutiveFailures += 1
            if !hasAnswered, isHopeless(failure) {
                return .stop(reason: describe(failure, of: trial.key.task), unscored: takeEmpty())
            }
            guard consecutiveFailures >= patience, !isBadLuck(now: now) else { return .goOn }
            return .stop(
                reason: "\(consecutiveFailures) requests failed one after the other, the last because "
                    + describe(failure, of: trial.key.task),
                unscored: takeEmpty())
        }
    }

    private func isBadLuck(now: Instant) -> Bool {
        guard let lastAnswer, consecutiveFailures < endurance else { return false }
        return now - lastAnswer < outage
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
        Self.describe(failure, of: task, privateTasks: privateTasks)
    }

    /// A failure in words that may leave its trial.
    static func describe(_ failure: RequestFailure, of task: String, privateTasks: Set<String>) -> String {
        guard privateTasks.contains(task) else { return failure.errorDescription ?? failure.message }
        return "a request of a private task failed (\(failure.kind.rawValue)"
            + (failure.status.map { ", status \($0)" } ?? "") + ")"
    }
}
