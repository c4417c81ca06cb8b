import PoiseCore
import PoiseRunner
import PoiseStore

/// Keeps a run's trials in the database, each soon after it finished.
struct StoreRecorder: TrialRecorder {
    let store: RunStore
    let run: String
    private let writer: TrialWriter

    init(store: RunStore, run: String) {
        self.store = store
        self.run = run
        writer = TrialWriter(store: store, run: run)
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
    }

    func withdrawScores(of trials: [TrialKey], reason: String) async throws {
        try await writer.flush()
        try await store.withdrawScores(of: trials, reason: reason, in: run)
    }
}
