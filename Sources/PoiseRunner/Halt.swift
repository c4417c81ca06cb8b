import Synchronization

/// A wish that a run end soon: nothing more is asked, and what is in flight may finish.
///
/// Who does not want to wait for that cancels the run's task.
package final class Halt: Sendable {
    private let isRaised = Atomic(false)
    private let state = Mutex(State())

    private struct State {
        var next = 0
        var works: [Int: @Sendable () -> Void] = [:]
    }

    package init() {}

    package var isRequested: Bool { isRaised.load(ordering: .relaxed) }

    /// From any thread, and as often as one likes.
    package func request() {
        let works = state.withLock { state in
            isRaised.store(true, ordering: .relaxed)
            defer { state.works = [:] }
            return state.works
        }
        for cancel in works.values { cancel() }
    }

    /// Does work that there is no point in finishing once the end is wished for: it is cancelled then.
    func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let work = Task { try await body() }
        let number = state.withLock { state in
            state.next += 1
            if !isRequested { state.works[state.next] = { work.cancel() } }
            return state.next
        }
        if isRequested { work.cancel() }
        defer { _ = state.withLock { $0.works.removeValue(forKey: number) } }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }
}
