package import PoiseCore

/// Whether and when a failed request is made again: exponential backoff with full jitter.
package struct RetryPolicy: Hashable, Sendable {
    package var retries: Int
    package var base: Duration
    package var longest: Duration

    package init(retries: Int = 3, base: Duration = .milliseconds(250), longest: Duration = .seconds(60)) {
        self.retries = retries
        self.base = base
        self.longest = longest
    }

    /// - Parameter made: attempts made so far, at least 1.
    /// - Returns: how long to wait before the next attempt; nil where there is no point in one.
    package func delay(
        after failure: RequestFailure, made: Int, generator: inout some RandomNumberGenerator
    ) -> Duration? {
        guard failure.isWorthRetrying, made <= retries else { return nil }
        let ceiling = min(longest.seconds, base.seconds * Double(1 << min(made - 1, 20)))
        let jitter = Double.random(in: 0...ceiling, using: &generator)
        guard let asked = failure.retryAfter else { return .seconds(jitter) }
        // What the server asks for is kept to; longer than anyone would wait is a failure. The jitter goes on top, so that
        // all who were told the same do not come back in the same instant.
        return asked <= longest.seconds ? .seconds(max(0, asked) + jitter) : nil
    }
}
