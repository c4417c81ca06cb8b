import PoiseCore

/// When the live page is made anew: seldom enough to leave the machine to what is measured. Pure; the clock comes in.
struct LiveSchedule: Sendable {
    /// Somebody looks who has asked within so long.
    static let attention = Duration.seconds(10)
    /// The least time between two pages.
    static let least = Duration.seconds(5)
    /// After a page rests so many times the processor time that it took: at most 5% of one core.
    static let rest = 20

    private var asked: Instant?
    private var next: Instant?

    /// A request came.
    mutating func note(requestAt now: Instant) { asked = now }

    /// A page was made, or could not be.
    ///
    /// - Parameter cost: the processor time that it took, or the time if that was longer.
    mutating func note(madeAt now: Instant, cost: Duration) {
        next = now + max(Self.least, cost * Self.rest)
    }

    func isWatched(at now: Instant) -> Bool {
        asked.map { now - $0 <= Self.attention } ?? false
    }

    /// - Parameter hasNews: whether anything was stored since the last page.
    func isDue(at now: Instant, hasNews: Bool) -> Bool {
        hasNews && isWatched(at: now) && (next.map { now >= $0 } ?? true)
    }
}
