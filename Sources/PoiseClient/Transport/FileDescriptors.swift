#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many files and connections this process may have open.
enum FileDescriptors {
    /// Raises the soft limit, 1,024 on many systems, to the hard one: each stream needs a connection.
    static func allowAll() {
        var limit = rlimit()
        #if canImport(Glibc)
            let kind = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
        #else
            let kind = RLIMIT_NOFILE
        #endif
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = min(limit.rlim_max, 1 << 20)
        setrlimit(kind, &limit)
    }
}
