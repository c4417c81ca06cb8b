package import PoiseCore
import Synchronization

/// Writes a run's trials in groups: one transaction for all that came while the one before was written.
///
/// A transaction for each trial would cap a run at a few thousand responses a second. What has been handed over is in
/// the database a few milliseconds later; `flush` waits for it.
package final class TrialWriter: Sendable {
    private let store: RunStore
    private let run: String
    private let state = Mutex(State())

    private struct State {
        var pending: [Trial] = []
        var writing: Task<Void, Never>?
        var failure: (any Error)?
    }

    /// Trials that may wait before whoever brings more has to wait as well.
    private static let most = 4096

    package init(store: RunStore, run: String) {
        self.store = store
        self.run = run
    }

    /// Hands a trial over.
    ///
    /// - Throws: what kept an earlier one from being written; nothing more is written after that.
    package func add(_ trial: Trial) async throws {
        let (failure, backlog) = state.withLock { state -> ((any Error)?, Task<Void, Never>?) in
            state.pending.append(trial)
            if state.writing == nil { state.writing = Task { await self.write() } }
            return (state.failure, state.pending.count > Self.most ? state.writing : nil)
        }
        if let failure { throw failure }
        await backlog?.value
    }

    /// Waits until all that was handed over is in the database.
    package func flush() async throws {
        await state.withLock(\.writing)?.value
        if let failure = state.withLock(\.failure) { throw failure }
    }

    private func write() async {
        while true {
            let trials = state.withLock { state -> [Trial] in
                defer { state.pending = [] }
                if state.pending.isEmpty || state.failure != nil { state.writing = nil }
                return state.failure == nil ? state.pending : []
            }
            if trials.isEmpty { return }
            do {
                try await store.record(trials, in: run)
            } catch {
                state.withLock { $0.failure = error }
            }
        }
    }
}
