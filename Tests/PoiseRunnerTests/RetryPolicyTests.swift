import PoiseCore
import PoiseRunner
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(retries: 3, base: .milliseconds(100), longest: .seconds(10))

    private func delay(_ failure: RequestFailure, made: Int = 1) -> Duration? {
        var generator = SeededGenerator(seed: UInt64(made))
        return policy.delay(after: failure, made: made, generator: &generator)
    }

    private func failure(_ kind: RequestFailure.Kind, retryAfter: Double? = nil) -> RequestFailure {
        RequestFailure(kind: kind, message: "", retryAfter: retryAfter)
    }

    private func failure(_ kind: RequestFailure.Kind, status: Int) -> RequestFailure {
        RequestFailure(kind: kind, message: "", status: status)
    }

    @Test(arguments: [
        // A connection that was refused or reset, a name that was not resolved, a crowd: a moment later it may be well.
        RequestFailure.Kind.refused, .unreachable, .connectTimedOut, .brokenOff, .rateLimited, .serverError,
    ])
    func `what may pass is tried again, so often and no more`(kind: RequestFailure.Kind) {
        #expect((1...3).allSatisfy { delay(failure(kind), made: $0) != nil })
        #expect(delay(failure(kind), made: 4) == nil)
    }

    @Test(arguments: [
        // No certificate, key, model or request gets better by waiting; what met a limit of minutes will meet it again.
        RequestFailure.Kind.tls, .unauthorized, .notFound, .rejected, .notSent, .malformed, .tooLarge, .timedOut,
        .firstTokenTimedOut, .stalled, .interrupted,
    ])
    func `what will not pass is not tried again`(kind: RequestFailure.Kind) {
        #expect(delay(failure(kind)) == nil)
        #expect(delay(failure(kind, retryAfter: 1)) == nil)
    }

    @Test(arguments: [(500, true), (502, true), (503, true), (504, true), (501, false), (505, false)])
    func `a server's error is tried again unless it says that it never will do it`(status: Int, isRetried: Bool) {
        #expect((delay(failure(.serverError, status: status)) != nil) == isRetried)
    }

    @Test func `the wait doubles at most each time, and jitter keeps it below`() throws {
        for made in 1...3 {
            let wait = try #require(delay(failure(.serverError), made: made))
            #expect(wait >= .zero)
            #expect(wait <= .milliseconds(100 * (1 << (made - 1))))
        }
    }

    @Test func `jitter takes the whole span, so that no two requests come back together`() {
        var generator = SeededGenerator(seed: 7)
        let waits = (0..<2000).compactMap { _ in
            policy.delay(after: failure(.serverError), made: 2, generator: &generator)?.milliseconds
        }
        #expect(waits.count == 2000)
        #expect(abs(waits.reduce(0, +) / 2000 - 100) < 5)
        #expect(waits.contains { $0 < 10 } && waits.contains { $0 > 190 })
    }

    @Test func `no wait is longer than the longest, however often it failed`() {
        var generator = SeededGenerator(seed: 7)
        let patient = RetryPolicy(retries: .max, base: .seconds(1), longest: .seconds(10))
        for made in [5, 64, 1_000_000] {
            let wait = patient.delay(after: failure(.serverError), made: made, generator: &generator)
            #expect(wait.map { $0 <= .seconds(10) } == true)
        }
    }

    @Test func `what the server asks for is kept to, unless nobody would wait so long`() throws {
        let wait = try #require(delay(failure(.rateLimited, retryAfter: 7)))
        #expect(wait >= .seconds(7) && wait <= .milliseconds(7100))
        #expect(delay(failure(.serverError, retryAfter: 10)) != nil)
        #expect(delay(failure(.rateLimited, retryAfter: 10.5)) == nil)
        #expect(delay(failure(.rateLimited, retryAfter: 3600)) == nil)
    }

    @Test func `a server that asks for nonsense does not break the wait`() {
        #expect(delay(failure(.rateLimited, retryAfter: .nan)) == nil)
        #expect(delay(failure(.rateLimited, retryAfter: .infinity)) == nil)
        #expect(delay(failure(.rateLimited, retryAfter: -5)).map { $0 >= .zero && $0 <= .milliseconds(100) } == true)
    }
}
