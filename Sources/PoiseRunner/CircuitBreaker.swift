package import PoiseCore

/// Decides when an endpoint that fails again and again is asked next, and when it is given up. Pure: it is told what
/// happened, and the time.
///
/// After so many failures in a row nothing is sent for a while; then one request tries whether the endpoint is back. As
/// long as it is not, the pauses grow, up to a bound (Nygard, Release It!, 2007: closed, open, half-open).
package struct CircuitBreaker: Sendable {
    package struct Policy: Hashable, Sendable {
        /// Failures in a row that open it, where one that never reached the endpoint counts twice.
        package var threshold: Int
        package var firstPause: Duration
        package var longestPause: Duration
        /// So long after the first failure of a row, one that tries and fails is the last.
        package var outage: Duration

        package init(
            threshold: Int = 5, firstPause: Duration = .seconds(1), longestPause: Duration = .seconds(30),
            outage: Duration = .seconds(300)
        ) {
            self.threshold = threshold
            self.firstPause = firstPause
            self.longestPause = longestPause
            self.outage = outage
        }
    }

    /// What a request says about its endpoint.
    package enum Finding: Hashable, Sendable {
        case answered
        /// It is there, and would not answer this one.
        case alive
        case failed
        /// The request never got there.
        case unreached
        /// Too slow or cut off, which may be this request's own fault.
        case slow
        /// Nobody waited for the end.
        case interrupted
    }

    /// Brought back with what became of the request, so that the end of one that went out before a pause counts no more.
    package struct Ticket: Hashable, Sendable {
        fileprivate let pause: Int
        fileprivate let isProbe: Bool
    }

    package enum Admission: Hashable, Sendable {
        case go(Ticket)
        /// - Parameter until: nil where it depends on the request that tries.
        case wait(until: Instant?)
        case givenUp
    }

    private enum Phase: Hashable, Sendable {
        case closed
        case open(until: Instant)
        case probing
        case givenUp
    }

    private let policy: Policy
    private var phase = Phase.closed
    /// Pauses ever made.
    private var pauses = 0
    /// Since the endpoint answered last.
    private var pausesInRow = 0
    private var failures = 0
    private var troubleSince: Instant?
    /// Until it has answered once, it may never have been there: that is for the stop rule to tell.
    package private(set) var hasAnswered = false

    package init(_ policy: Policy = Policy()) {
        self.policy = policy
    }

    package var isGivenUp: Bool { phase == .givenUp }

    /// Says whether a request may go out, ahead of one that takes the turn.
    package func expects(now: Instant) -> Admission {
        switch phase {
        case .closed: .go(Ticket(pause: pauses, isProbe: false))
        case .open(let until): now < until ? .wait(until: until) : .go(Ticket(pause: pauses, isProbe: true))
        case .probing: .wait(until: nil)
        case .givenUp: .givenUp
        }
    }

    /// Lets a request out; behind a pause, one alone.
    package mutating func admit(now: Instant) -> Admission {
        let admission = expects(now: now)
        if case .go(let ticket) = admission, ticket.isProbe { phase = .probing }
        return admission
    }

    /// - Returns: the length of the pause that begins with it; nil where none does.
    @discardableResult
    package mutating func note(_ finding: Finding, of ticket: Ticket, now: Instant) -> Duration? {
        guard ticket.pause == pauses, phase != .givenUp else { return nil }
        switch finding {
        case .answered:
            hasAnswered = true
            close()
        case .alive:
            if ticket.isProbe { close() }
        case .interrupted:
            if ticket.isProbe { phase = .open(until: now) }
        case .slow:
            if ticket.isProbe { return open(now: now) }
        case .failed, .unreached:
            guard hasAnswered else { return nil }
            troubleSince = troubleSince ?? now
            failures += finding == .unreached ? 2 : 1
            if ticket.isProbe || failures >= policy.threshold { return open(now: now) }
        }
        return nil
    }

    /// Whether a failure belongs to a row of them that opened it: the endpoint's state and not the request's.
    package func blames(_ ticket: Ticket) -> Bool {
        phase != .closed || ticket.pause != pauses
    }

    /// Lets one more request try what was given up, since somebody else wants to ask.
    package mutating func tryOnceMore(now: Instant) {
        if phase == .givenUp { phase = .open(until: now) }
    }

    private mutating func close() {
        phase = .closed
        failures = 0
        pausesInRow = 0
        troubleSince = nil
    }

    private mutating func open(now: Instant) -> Duration? {
        pauses += 1
        if let troubleSince, pausesInRow > 0, now - troubleSince >= policy.outage {
            phase = .givenUp
            return nil
        }
        let pause = min(policy.longestPause, policy.firstPause * (1 << min(pausesInRow, 20)))
        pausesInRow += 1
        phase = .open(until: now + pause)
        return pause
    }
}

extension CircuitBreaker.Finding {
    package init(_ outcome: Attempt.Outcome) {
        guard case .failed(let failure) = outcome else {
            self = .answered
            return
        }
        self =
            switch failure.kind {
            case .refused, .unreachable, .connectTimedOut: .unreached
            case .brokenOff: .failed
            // Of the statuses, those that may pass.
            case .serverError: failure.isWorthRetrying ? .failed : .alive
            case .firstTokenTimedOut, .stalled, .timedOut: .slow
            case .interrupted, .notSent: .interrupted
            case .tls, .rejected, .unauthorized, .notFound, .rateLimited, .malformed, .tooLarge: .alive
            }
    }
}
