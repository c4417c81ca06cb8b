package import PoiseCore

/// Where candidates are opened: an engine is started, or an endpoint is looked at.
package protocol CandidateHost: Sendable {
    /// - Parameter slots: the most requests that will be in flight at once; in an open loop, as many as the engine shall
    ///   work on at once.
    /// - Throws: an error for people, where the candidate cannot answer at all.
    func open(_ candidate: Candidate, round: Int, slots: Int) async throws -> any CandidateSession
    /// Where a candidate's responses would come from, without opening it; nil where that cannot be told.
    func source(of candidate: Candidate, slots: Int) async -> KnownSource?
}

/// A candidate that answers.
///
/// Its calls return soon after their task was cancelled: a run that is interrupted waits for them.
package protocol CandidateSession: Sendable {
    var facts: EngineFacts { get }
    /// Why the engine behind it is gone; nil while it lives.
    var failure: (any Error)? { get }
    /// Makes connections stand before they are needed, so that no request of the level begins with a handshake.
    ///
    /// What goes wrong here shows in the requests themselves.
    func prepare(concurrency: Int) async
    /// Asks once; whatever goes wrong is in the outcome.
    func attempt(_ prompt: ChatPrompt, sampling: SamplingSettings) async -> Attempt
    /// Ends what `open` started.
    ///
    /// - Returns: the facts again, with those that are known only at the end.
    func close() async -> EngineFacts
}

/// Keeps what a run makes, as it is made.
package protocol TrialRecorder: Sendable {
    func record(_ trial: Trial) async throws
    /// Called when a candidate is opened, and again, in place of that, when it is closed.
    func record(_ facts: EngineFacts, candidate: String, round: Int) async throws
    /// Called where a load level ended before all of its trials were asked.
    func record(_ stop: LevelStop) async throws
    /// Called where a load level was not offered as planned.
    func record(_ shortfall: LevelShortfall) async throws
    /// Takes scores back that turned out to say nothing about the model.
    func withdrawScores(of trials: [TrialKey], reason: String) async throws
}

/// What happens in a run, for whoever watches.
package enum RunEvent: Sendable {
    case opening(Candidate, round: Int)
    case opened(Candidate, EngineFacts)
    /// The warm-up is over, and a level's first trial is about to go out.
    case levelBegan(candidate: String, load: Load, round: Int)
    case finished(Trial)
    /// All that the level asked is through, and graded; also where it was cut off.
    case levelEnded(candidate: String, load: Load, round: Int)
    case retrying(TrialKey, RequestFailure, after: Duration)
    /// The candidate's endpoint failed again and again, and is sent nothing for so long.
    case paused(candidate: String, RequestFailure, for: Duration)
    /// The run has met a limit that the user set: nothing more is asked.
    case limitReached(String)
    /// What the level had left is not asked.
    case levelStopped(LevelStop)
    /// A candidate's round is over; it may be asked in others.
    case closed(candidate: String, round: Int)
    /// The candidate is left out from here on.
    case stopped(candidate: String, reason: String)
}

/// How a run ended.
package struct RunOutcome: Sendable {
    package var status: RunRecord.Status
    /// What kept candidates from being run to their end, in the order in which it happened.
    package var problems: [Problem] = []
    /// Trials that count and gave a response.
    package var completed = 0
    /// Trials that count and gave none.
    package var failed = 0

    package init(status: RunRecord.Status) {
        self.status = status
    }

    /// The same, ended before all was done.
    package func cutShort(because reason: String) -> RunOutcome {
        var outcome = self
        outcome.status = .incomplete
        outcome.problems.append(Problem(candidate: Problem.wholeRun, reason: reason))
        return outcome
    }

    /// Whether the run itself ended before all was asked.
    package var isCutShort: Bool { problems.contains { $0.candidate == Problem.wholeRun } }

    package struct Problem: Hashable, Sendable {
        /// Stands for a candidate in a problem of the run itself.
        package static let wholeRun = ""

        package let candidate: String
        package let reason: String

        package init(candidate: String, reason: String) {
            self.candidate = candidate
            self.reason = reason
        }
    }
}
