import PoiseCore
import Testing

@testable import PoiseRunner

@Suite struct CircuitBreakerTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)
    private let policy = CircuitBreaker.Policy(
        threshold: 3, firstPause: .seconds(1), longestPause: .seconds(4), outage: .seconds(20))

    private func at(_ seconds: Double) -> Instant { Self.start + .seconds(seconds) }

    /// A breaker whose endpoint has answered once.
    private func answered() throws -> CircuitBreaker {
        var breaker = CircuitBreaker(policy)
        breaker.note(.answered, of: try ticket(&breaker, at: 0), now: at(0))
        return breaker
    }

    private func ticket(_ breaker: inout CircuitBreaker, at seconds: Double) throws -> CircuitBreaker.Ticket {
        guard case .go(let ticket) = breaker.admit(now: at(seconds)) else { throw Told(what: "it does not let out") }
        return ticket
    }

    /// A breaker that was opened at second 0.
    private func opened() throws -> CircuitBreaker {
        var breaker = try answered()
        let first = try ticket(&breaker, at: 0)
        #expect(breaker.note(.failed, of: first, now: at(0)) == nil)
        #expect(breaker.note(.failed, of: first, now: at(0)) == nil)
        #expect(breaker.note(.failed, of: first, now: at(0)) == .seconds(1))
        return breaker
    }

    @Test func `failures in a row open it, and an answer between them does not let it come to that`() throws {
        var breaker = try opened()
        #expect(breaker.admit(now: at(0.5)) == .wait(until: at(1)))
        breaker = try answered()
        let ticket = try ticket(&breaker, at: 0)
        for _ in 0..<9 {
            #expect(breaker.note(.failed, of: ticket, now: at(0)) == nil)
            #expect(breaker.note(.failed, of: ticket, now: at(0)) == nil)
            breaker.note(.answered, of: ticket, now: at(0))
        }
    }

    @Test func `a request that never got there counts twice`() throws {
        var breaker = try answered()
        let ticket = try ticket(&breaker, at: 0)
        #expect(breaker.note(.unreached, of: ticket, now: at(0)) == nil)
        #expect(breaker.note(.unreached, of: ticket, now: at(0)) == .seconds(1))
    }

    @Test func `what never answered does not open it: it may never have been there`() throws {
        var breaker = CircuitBreaker(policy)
        for _ in 0..<20 { #expect(breaker.note(.unreached, of: try ticket(&breaker, at: 0), now: at(0)) == nil) }
    }

    @Test(arguments: [CircuitBreaker.Finding.alive, .slow, .interrupted])
    func `what says nothing of the endpoint's state does not open it`(finding: CircuitBreaker.Finding) throws {
        var breaker = try answered()
        for _ in 0..<20 { #expect(breaker.note(finding, of: try ticket(&breaker, at: 0), now: at(0)) == nil) }
    }

    @Test func `behind the pause one request tries, and the others wait for it`() throws {
        var breaker = try opened()
        let probe = try ticket(&breaker, at: 1)
        #expect(breaker.admit(now: at(1)) == .wait(until: nil))
        breaker.note(.answered, of: probe, now: at(2))
        _ = try ticket(&breaker, at: 2)
        _ = try ticket(&breaker, at: 2)
    }

    @Test(arguments: [CircuitBreaker.Finding.failed, .unreached, .slow])
    func `pauses grow as long as it is not back, and stay below their bound`(finding: CircuitBreaker.Finding) throws {
        var breaker = try opened()
        var now = 1.0
        for pause in [2.0, 4, 4, 4] {
            let probe = try ticket(&breaker, at: now)
            #expect(breaker.note(finding, of: probe, now: at(now)) == .seconds(pause))
            now += pause
        }
    }

    @Test func `an answer makes the next pause short again`() throws {
        var breaker = try opened()
        breaker.note(.failed, of: try ticket(&breaker, at: 1), now: at(1))
        breaker.note(.answered, of: try ticket(&breaker, at: 3), now: at(3))
        let next = try ticket(&breaker, at: 3)
        breaker.note(.unreached, of: next, now: at(3))
        #expect(breaker.note(.unreached, of: next, now: at(3)) == .seconds(1))
    }

    @Test func `a probe that is refused for what it is shows that the endpoint is back`() throws {
        var breaker = try opened()
        breaker.note(.alive, of: try ticket(&breaker, at: 1), now: at(1))
        _ = try ticket(&breaker, at: 1)
        _ = try ticket(&breaker, at: 1)
    }

    @Test func `a probe that was cut off leaves the turn to another`() throws {
        var breaker = try opened()
        breaker.note(.interrupted, of: try ticket(&breaker, at: 1), now: at(1.5))
        _ = try ticket(&breaker, at: 1.5)
    }

    @Test func `the ends of requests from before the pause count no more`() throws {
        var breaker = try answered()
        let before = try ticket(&breaker, at: 0)
        for _ in 0..<3 { breaker.note(.failed, of: before, now: at(0)) }
        // 60 more were in flight: they neither make the pause longer nor end it.
        for _ in 0..<60 { #expect(breaker.note(.failed, of: before, now: at(0.1)) == nil) }
        breaker.note(.answered, of: before, now: at(0.2))
        #expect(breaker.admit(now: at(0.5)) == .wait(until: at(1)))
        #expect(breaker.blames(before))
    }

    @Test func `it gives up when the outage has lasted too long, and no earlier`() throws {
        var breaker = try opened()
        var now = 1.0
        while let pause = breaker.note(.unreached, of: try ticket(&breaker, at: now), now: at(now)) {
            now += pause.seconds
            #expect(now < 30)
        }
        // 1, 3, 7, 11, 15, 19 and 23: the first of them from second 20 on.
        #expect(now == 23)
        #expect(breaker.isGivenUp)
        #expect(breaker.admit(now: at(now)) == .givenUp)
    }

    @Test func `somebody else may try once, and gives up at once where nothing has changed`() throws {
        var breaker = try opened()
        var now = 1.0
        while let pause = breaker.note(.unreached, of: try ticket(&breaker, at: now), now: at(now)) {
            now += pause.seconds
        }
        breaker.tryOnceMore(now: at(100))
        breaker.note(.unreached, of: try ticket(&breaker, at: 100), now: at(100))
        #expect(breaker.isGivenUp)
        breaker.tryOnceMore(now: at(200))
        breaker.note(.answered, of: try ticket(&breaker, at: 200), now: at(200))
        #expect(!breaker.isGivenUp)
        _ = try ticket(&breaker, at: 200)
    }

    @Test(arguments: [
        (RequestFailure.Kind.refused, nil, CircuitBreaker.Finding.unreached), (.unreachable, nil, .unreached),
        (.connectTimedOut, nil, .unreached), (.brokenOff, nil, .failed), (.serverError, 503, .failed),
        (.serverError, 501, .alive), (.rateLimited, 429, .alive), (.rejected, 400, .alive),
        (.unauthorized, 401, .alive), (.notFound, 404, .alive), (.tls, nil, .alive), (.malformed, nil, .alive),
        (.stalled, nil, .slow), (.timedOut, nil, .slow), (.firstTokenTimedOut, nil, .slow),
        (.interrupted, nil, .interrupted),
    ])
    func `each failure says its part of the endpoint`(
        kind: RequestFailure.Kind, status: Int?, finding: CircuitBreaker.Finding
    ) {
        #expect(CircuitBreaker.Finding(.fails(kind, status: status)) == finding)
    }
}
