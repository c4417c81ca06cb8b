package import PoiseCore
import Synchronization

/// Writes a run's trials in groups, a tenth of a second after the first of each.
///
/// A transaction for each trial would cap a run at a few thousand responses a second, and responses come in bursts: what
/// is written a little later takes no core from the thread that times those that still stream. `flush` waits for no
/// more than the writing.
package final class TrialWriter: Sendable {
    private let store: RunStore
    private let run: String
    private let state = Mutex(State())

    private struct State {
        var pending: [Trial] = []
        var writing: Task<Void, Never>?
        /// What the writing waits for while trials gather.
        var gathering: Task<Void, Never>?
        /// Callers of `flush`, who wait.
        var flushes = 0
        var failure: (any Error)?
    }

    /// Trials that may wait before whoever brings more has to wait as well.
    private static let most = 4096
    private static let patience = Duration.milliseconds(100)

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
            if state.pending.count <= Self.most { return (state.failure, nil) }
            state.gathering?.cancel()
            return (state.failure, state.writing)
        }
        if let failure { throw failure }
        await backlog?.value
    }

    /// Waits until all that was handed over is in the database.
    package func flush() async throws {
        let writing = state.withLock { state in
            state.flushes += 1
            state.gathering?.cancel()
            return state.writing
        }
        await writing?.value
        let failure = state.withLock { state in
            state.flushes -= 1
            return state.failure
        }
        if let failure { throw failure }
    }

    private func write() async {
        while await gather() {
            let trials = state.withLock { state in
                defer { state.pending = [] }
                return state.pending
            }
            do {
                try await store.record(trials, in: run)
            } catch {
                state.withLock { $0.failure = error }
            }
        }
    }

    /// Waits until what is pending is worth a transaction, or wanted.
    ///
    /// - Returns: false where there is nothing to write, which ends the writing.
    private func gather() async -> Bool {
        let (isOver, gathering) = state.withLock { state -> (Bool, Task<Void, Never>?) in
            if state.pending.isEmpty || state.failure != nil {
                (state.pending, state.writing) = ([], nil)
                return (true, nil)
            }
            if state.flushes > 0 || state.pending.count > Self.most { return (false, nil) }
            let gathering = Task<Void, Never> { try? await Task.sleep(for: Self.patience) }
            state.gathering = gathering
            return (false, gathering)
        }
        await gathering?.value
        return !isOver
    }
}
