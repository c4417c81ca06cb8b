#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The memory of a process that crashed, as systems keep it: with keys in it, where it had any.
package enum CoreDumps {
    /// Keeps this process, and those that it starts from here on, from leaving one; called before a key is used.
    package static func forbid() {
        #if canImport(Darwin)
            let kind = RLIMIT_CORE
            let least: rlim_t = 0
        #else
            let kind = __rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue))
            // One byte, below which Linux writes no file; it is also what tells the kernel not to start the program that
            // collects dumps, which 0 does not (fs/coredump.c).
            let least: rlim_t = 1
        #endif
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0, limit.rlim_cur > least else { return }
        limit.rlim_cur = least
        setrlimit(kind, &limit)
    }
}
