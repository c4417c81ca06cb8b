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

    @Test(arguments: [RequestFailure.Kind.rateLimited, .serverError, .brokenOff, .refused])
    func `what may pass is tried again, so often and no more`(kind: RequestFailure.Kind) {
        #expect((1...3).allSatisfy { delay(failure(kind), made: $0) != nil })
        #expect(delay(failure(kind), made: 4) == nil)
    }

    @Test(arguments: [RequestFailure.Kind.unauthorized, .notFound, .rejected, .malformed, .tls, .timedOut, .tooLarge])
    func `what will not pass is not tried again`(kind: RequestFailure.Kind) {
        #expect(delay(failure(kind)) == nil)
    }

    @Test func `the wait doubles at most each time, and jitter keeps it below`() throws {
        for made in 1...3 {
            let wait = try #require(delay(failure(.serverError), made: made))
            #expect(wait >= .zero)
            #expect(wait <= .milliseconds(100 * (1 << (made - 1))))
        }
    }

    @Test func `what the server asks for is kept to, unless nobody would wait so long`() {
        #expect(delay(failure(.rateLimited, retryAfter: 7)) == .seconds(7))
        #expect(delay(failure(.rateLimited, retryAfter: 3600)) == nil)
    }
}
