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
    private let stint: Int?
    private let replacesFailed: Bool
    private let state = Mutex(State())

    private struct State {
        var pending: [Trial] = []
        var isWriting = false
        /// What the writing waits for while trials gather.
        var gathering: Task<Void, Never>?
        /// Trials that were handed over, and those of them that were written, since the beginning.
        var added = 0
        var written = 0
        /// Who waits until so many are written.
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var failure: (any Error)?

        /// Takes out those whose wait is over.
        mutating func takeDone() -> [CheckedContinuation<Void, Never>] {
            let done = waiters.filter { $0.count <= written || failure != nil }.map(\.continuation)
            waiters.removeAll { $0.count <= written || failure != nil }
            return done
        }
    }

    /// Trials that may wait before whoever brings more has to wait as well.
    private static let most = 4096
    private static let patience = Duration.milliseconds(100)

    /// - Parameters:
    ///   - stint: in which they are measured; nil where the run is no share of a plan.
    ///   - replacesFailed: whether a trial that failed before makes room for the new one.
    package init(store: RunStore, run: String, stint: Int? = nil, replacesFailed: Bool = false) {
        self.store = store
        self.run = run
        self.stint = stint
        self.replacesFailed = replacesFailed
    }

    /// Hands a trial over.
    ///
    /// - Throws: what kept an earlier one from being written; nothing more is written after that.
    package func add(_ trial: Trial) async throws {
        let (added, backlog) = state.withLock { state -> (Int, Int) in
            if state.failure == nil { state.pending.append(trial) }
            state.added += 1
            if !state.isWriting {
                state.isWriting = true
                Task { await self.write() }
            }
            return (state.added, state.pending.count)
        }
        if backlog > Self.most { await wait(until: added - Self.most) }
        if let failure = state.withLock(\.failure) { throw failure }
    }

    /// Waits until all that was handed over by now is in the database.
    package func flush() async throws {
        await wait(until: state.withLock(\.added))
        if let failure = state.withLock(\.failure) { throw failure }
    }

    private func wait(until count: Int) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.written >= count || state.failure != nil { return true }
                state.waiters.append((count, continuation))
                state.gathering?.cancel()
                return false
            }
            if isDone { continuation.resume() }
        }
    }

    private func write() async {
        while await gather() {
            let trials = state.withLock { state in
                defer { state.pending = [] }
                return state.pending
            }
            var failure: (any Error)?
            do { try await store.record(trials, in: run, stint: stint, replacingFailed: replacesFailed) } catch {
                failure = error
            }
            let done = state.withLock { state in
                state.written += trials.count
                state.failure = failure
                return state.takeDone()
            }
            for continuation in done { continuation.resume() }
        }
    }

    /// Waits until what is pending is worth a transaction, or wanted.
    ///
    /// - Returns: false where there is nothing to write, which ends the writing.
    private func gather() async -> Bool {
        let (isOver, gathering) = state.withLock { state -> (Bool, Task<Void, Never>?) in
            if state.pending.isEmpty || state.failure != nil {
                (state.pending, state.isWriting) = ([], false)
                return (true, nil)
            }
            if !state.waiters.isEmpty { return (false, nil) }
            let gathering = Task<Void, Never> { try? await Task.sleep(for: Self.patience) }
            state.gathering = gathering
            return (false, gathering)
        }
        await gathering?.value
        return !isOver
    }
}
