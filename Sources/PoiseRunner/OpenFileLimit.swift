#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many requests an open loop may have in flight before the server is said not to keep up.
package enum OpenFileLimit {
    /// Beyond this, what is measured is the length of a queue and no longer a server.
    private static let most = 10_000
    /// Files that the process needs besides its connections: the database, logs, the engine's pipes, the standard streams.
    private static let reserve = 64

    /// What the process may have open at the moment leaves room for.
    package static var requestsInFlight: Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
        #else
            let kind = RLIMIT_NOFILE
        #endif
        guard getrlimit(kind, &limit) == 0 else { return most }
        return requestsInFlight(openFiles: Int(clamping: limit.rlim_cur))
    }

    /// One request needs one connection, which is one open file.
    package static func requestsInFlight(openFiles: Int) -> Int {
        max(1, min(most, openFiles - reserve))
    }
}
