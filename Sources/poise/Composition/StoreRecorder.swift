import PoiseCore
import PoiseRunner
import PoiseStore

/// Keeps a run's trials in the database, each soon after it finished.
struct StoreRecorder: TrialRecorder {
    let store: RunStore
    let run: String
    private let writer: TrialWriter
    private let lags: LagLog

    /// - Parameters:
    ///   - stint: of a share of a plan; nil of any other run.
    ///   - isResumed: whether trials that failed before make room for new ones.
    init(store: RunStore, run: String, stint: Int? = nil, lags: LagLog, isResumed: Bool = false) {
        self.store = store
        self.run = run
        self.lags = lags
        writer = TrialWriter(store: store, run: run, stint: stint, replacesFailed: isResumed)
    }

    func record(_ trial: Trial) async throws {
        try await writer.add(trial)
    }

    /// Waits until every trial is in the database.
    func flush() async throws {
        try await writer.flush()
    }

    func record(_ stop: LevelStop) async throws {
        try await store.record(stop, in: run)
    }

    func record(_ shortfall: LevelShortfall) async throws {
        try await store.record(shortfall, in: run)
    }

    func record(_ facts: EngineFacts, candidate: String, round: Int) async throws {
        try await store.record(facts, candidate: candidate, round: round, in: run)
        // Of the levels before: whoever kills the process does not wait for the run to end.
        try await recordLags()
    }

    func recordLags() async throws {
        for lag in lags.take() { try await store.record(lag, in: run) }
    }

    func withdrawScores(of trials: [TrialKey], reason: String) async throws {
        try await writer.flush()
        try await store.withdrawScores(of: trials, reason: reason, in: run)
    }
}
