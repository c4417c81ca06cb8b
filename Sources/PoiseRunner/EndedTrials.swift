import PoiseCore
import Synchronization

/// Trials of a level that have ended and wait to be graded and kept, so that the next requests need not.
final class EndedTrials: Sendable {
    typealias Ended = (trial: Trial, item: TrialOrder.Item)

    /// In the order in which they were added; for one reader.
    let all: AsyncStream<Ended>
    private let added: AsyncStream<Ended>.Continuation
    private let state = Mutex(State())

    private struct State {
        var waiting = 0
        var failure: (any Error)?
    }

    /// Trials that may wait before whoever brings more has to wait as well.
    private static let most = 1024

    init() {
        (all, added) = AsyncStream.makeStream()
    }

    /// - Parameter waits: whether it may wait while the grader is far behind. In an open loop it may not: what is through
    ///   would count as in flight, and the server as overloaded.
    /// - Throws: why one before it could not be kept.
    func add(_ trial: Trial, of item: TrialOrder.Item, waits: Bool) async throws {
        state.withLock { $0.waiting += 1 }
        added.yield((trial, item))
        while true {
            let (waiting, failure) = state.withLock { ($0.waiting, $0.failure) }
            if let failure { throw failure }
            if !waits || waiting <= Self.most || Task.isCancelled { return }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Nothing more is added.
    func finish() { added.finish() }

    /// - Parameter failure: why the trial could not be kept.
    func noteTaken(_ failure: (any Error)?) {
        state.withLock { state in
            state.waiting -= 1
            state.failure = state.failure ?? failure
        }
    }

    /// Why trials could not be kept.
    var failure: (any Error)? { state.withLock(\.failure) }
}
