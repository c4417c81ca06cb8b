package import PoiseCore

/// Decides until when an endpoint that turns requests away (429) is left alone by all of them. Pure: it is told what
/// happened, and the time.
package struct RateHold: Sendable {
    private let policy: RetryPolicy
    /// So long after the first of a row of refusals, without one answer, there is no point in more.
    private let outage: Duration
    private var until: Instant?
    /// Pauses since the endpoint answered last.
    private var waves = 0
    private var since: Instant?
    private var hasAnswered = false
    package private(set) var isGivenUp = false

    /// - Parameter policy: how long a pause is where the server does not say, and the longest that is waited.
    package init(policy: RetryPolicy = RetryPolicy(), outage: Duration = .seconds(300)) {
        self.policy = policy
        self.outage = outage
    }

    package mutating func noteAnswer() {
        hasAnswered = true
        waves = 0
        since = nil
    }

    /// Notes a request that was turned away.
    ///
    /// - Parameter retryAfter: seconds that the server asks to wait; nil where it does not say.
    package mutating func note(
        retryAfter: Double?, now: Instant, generator: inout some RandomNumberGenerator
    ) {
        if let since, hasAnswered, now - since >= outage { isGivenUp = true }
        since = since ?? now
        let isHeld = until.map { now < $0 } ?? false
        if let retryAfter {
            // Longer than anyone would wait is the request's failure, and holds nobody else back.
            guard retryAfter <= policy.longest.seconds else { return }
            extend(to: now + .seconds(max(0, retryAfter)))
        } else if !isHeld {
            // Those that were in flight together are one refusal of the load.
            let ceiling = min(policy.longest.seconds, policy.base.seconds * Double(1 << min(waves, 20)))
            extend(to: now + .seconds(Double.random(in: ceiling / 2...ceiling, using: &generator)))
        }
        if !isHeld { waves += 1 }
    }

    /// Until when nothing goes out; nil where the way is free.
    package func end(now: Instant) -> Instant? {
        until.flatMap { now < $0 ? $0 : nil }
    }

    /// A request's own delay behind the common end: who was told the same must not come back in the same instant.
    package func jitter(now: Instant, generator: inout some RandomNumberGenerator) -> Duration {
        guard let until, now < until else { return .zero }
        let most = min(1, max(policy.base.seconds, (until - now).seconds / 10))
        return .seconds(Double.random(in: 0...most, using: &generator))
    }

    /// Lets one more request try what was given up, since somebody else wants to ask.
    package mutating func tryOnceMore() {
        isGivenUp = false
    }

    private mutating func extend(to end: Instant) {
        until = max(until ?? end, end)
    }
}
