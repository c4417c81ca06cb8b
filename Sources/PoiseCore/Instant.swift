#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A reading of the monotonic clock, in nanoseconds since an origin that differs between machines and boots.
///
/// Never the wall clock: that one jumps. `CLOCK_MONOTONIC` is read without a system call on Linux.
package struct Instant: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The clock, read now.
    package static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    package static func - (left: Instant, right: Instant) -> Duration {
        .nanoseconds(left.nanoseconds - right.nanoseconds)
    }

    package static func + (instant: Instant, span: Duration) -> Instant {
        Instant(nanoseconds: instant.nanoseconds + span.nanoseconds)
    }
}

extension Duration {
    /// The whole span in nanoseconds; spans beyond 292 years do not occur here.
    package var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// The whole span in milliseconds, the unit of every time that people wait.
    package var milliseconds: Double {
        Double(nanoseconds) / 1e6
    }

    /// The whole span in seconds, for rates.
    package var seconds: Double {
        Double(nanoseconds) / 1e9
    }
}
