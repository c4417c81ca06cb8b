import Synchronization

/// How many connections a client has made stand ahead of its requests.
final class OpenedConnections: Sendable {
    private let count = Mutex(0)

    /// Counts up to so many.
    ///
    /// - Returns: how many of them were not counted before.
    func add(upTo wanted: Int) -> Int {
        count.withLock { count in
            defer { count = max(count, wanted) }
            return max(0, wanted - count)
        }
    }
}
