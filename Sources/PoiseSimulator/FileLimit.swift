#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many files and sockets the process may have open: a connection is one of them.
enum FileLimit {
    /// Raises the soft limit, which is often 1,024, as far as the system lets everybody.
    static func raise() {
        var limit = read()
        guard limit.rlim_cur < limit.rlim_max else { return }
        #if canImport(Darwin)
            // macOS says that there is no limit and refuses more than this.
            limit.rlim_cur = min(limit.rlim_max, rlim_t(OPEN_MAX))
        #else
            limit.rlim_cur = limit.rlim_max
        #endif
        setrlimit(kind, &limit)
    }

    static var current: Int { Int(clamping: read().rlim_cur) }

    /// A descriptor that is kept, so that one is left when all others are gone.
    static func reserve() -> Socket {
        Socket(descriptor: open("/dev/null", O_RDONLY | O_CLOEXEC))
    }

    private static func read() -> rlimit {
        var limit = rlimit()
        getrlimit(kind, &limit)
        return limit
    }

    #if canImport(Glibc)
        private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let kind = RLIMIT_NOFILE
    #endif
}
