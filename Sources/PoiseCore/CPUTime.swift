#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// CPU time that this process has used, all its threads together.
package struct CPUTime: Hashable, Sendable {
    package let user: Duration
    /// In the kernel on the process's behalf: sending, receiving, waiting.
    package let kernel: Duration

    package init(user: Duration, kernel: Duration) {
        self.user = user
        self.kernel = kernel
    }

    package var total: Duration { user + kernel }

    /// The kernel's part, 0…1; 0 where nothing was used.
    package var kernelShare: Double {
        total > .zero ? kernel.seconds / total.seconds : 0
    }

    package static func now() -> CPUTime {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        return CPUTime(user: span(usage.ru_utime), kernel: span(usage.ru_stime))
    }

    package static func - (left: CPUTime, right: CPUTime) -> CPUTime {
        CPUTime(user: left.user - right.user, kernel: left.kernel - right.kernel)
    }

    private static func span(_ time: timeval) -> Duration {
        .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
    }
}
