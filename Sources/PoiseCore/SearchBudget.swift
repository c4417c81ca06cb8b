#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How much a search by a regular expression may cost before it is given up.
///
/// ICU reports its progress some 10,000 steps after the last time, and once for each position of the text, and does not
/// say which of both it was. Reports are counted first, so that every machine stops at the same point. In a long text the
/// many that are allowed for its positions would be minutes where a pattern backtracks, so that the processor's time counts
/// too: an honest search goes over a megabyte in a tenth of it.
package struct SearchBudget {
    /// Reports beyond those for the positions: half a second of ICU's.
    private static let reports = 1000
    /// Of this thread's processor time.
    private static let longest = Duration.seconds(2)
    /// Reports between two looks at the clock, which costs as much as several positions.
    private static let stride = 128

    private var count = 0
    private let most: Int
    private let start: Duration

    /// - Parameter length: of the text, in UTF-16 code units, which are ICU's positions.
    package init(length: Int) {
        most = length + Self.reports
        start = Self.threadTime()
    }

    /// Takes in one report; whether the search is to be given up.
    package mutating func isSpent() -> Bool {
        count += 1
        if count > most { return true }
        return count.isMultiple(of: Self.stride) && Self.threadTime() - start > Self.longest
    }

    private static func threadTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }
}
