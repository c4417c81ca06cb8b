import PoiseCore
import PoiseRunner
import PoiseStore

/// Keeps a run's trials in the database, each as it finishes.
struct StoreRecorder: TrialRecorder {
    let store: RunStore
    let run: String

    func record(_ trial: Trial) async throws {
        try await store.record(trial, in: run)
    }

    func record(_ facts: EngineFacts, candidate: String, round: Int) async throws {
        try await store.record(facts, candidate: candidate, round: round, in: run)
    }

    func withdrawScores(of trials: [TrialKey], reason: String) async throws {
        try await store.withdrawScores(of: trials, reason: reason, in: run)
    }
}
