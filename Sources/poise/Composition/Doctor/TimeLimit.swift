import PoiseCore

/// Ends the waiting for what may never come.
enum TimeLimit {
    /// What the work makes, or nil where it takes longer: it is cancelled then, and left behind where it does not hear.
    static func run<Value: Sendable>(
        _ limit: Duration, _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let (ends, end) = AsyncStream<Value?>.makeStream()
        let work = Task { end.yield(await body()) }
        let alarm = Task {
            try await Task.sleep(for: limit)
            end.yield(nil)
        }
        defer {
            work.cancel()
            alarm.cancel()
        }
        for await first in ends { return first }
        // Only where the task itself is cancelled.
        return nil
    }
}
