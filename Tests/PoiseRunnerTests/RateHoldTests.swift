import PoiseCore
import Testing

@testable import PoiseRunner

@Suite struct RateHoldTests {
    private static let start = Instant(nanoseconds: 1_000_000_000)
    private let policy = RetryPolicy(retries: 3, base: .milliseconds(250), longest: .seconds(60))

    private func at(_ seconds: Double) -> Instant { Self.start + .seconds(seconds) }

    private func waits(_ hold: RateHold, at seconds: Double) -> Double? {
        hold.end(now: at(seconds)).map { ($0 - at(seconds)).seconds }
    }

    @Test func `everybody waits as long as the server says`() {
        var generator = SeededGenerator(seed: 1, stream: 1)
        var hold = RateHold(policy: policy)
        #expect(waits(hold, at: 0) == nil)
        hold.note(retryAfter: 5, now: at(0), generator: &generator)
        #expect(waits(hold, at: 0) == 5)
        #expect(waits(hold, at: 4) == 1)
        #expect(waits(hold, at: 5) == nil)
    }

    @Test func `the longest of several stands`() {
        var generator = SeededGenerator(seed: 1, stream: 1)
        var hold = RateHold(policy: policy)
        hold.note(retryAfter: 5, now: at(0), generator: &generator)
        hold.note(retryAfter: 1, now: at(1), generator: &generator)
        hold.note(retryAfter: nil, now: at(1), generator: &generator)
        #expect(waits(hold, at: 1) == 4)
    }

    @Test func `without a word of the server pauses double, and those in flight together are one refusal`() throws {
        var generator = SeededGenerator(seed: 1, stream: 1)
        var hold = RateHold(policy: policy)
        var now = 0.0
        for wave in 0..<12 {
            for _ in 0..<8 { hold.note(retryAfter: nil, now: at(now), generator: &generator) }
            let pause = try #require(waits(hold, at: now))
            let most = min(60, 0.25 * Double(1 << wave))
            #expect(pause >= most / 2 - 1e-6 && pause <= most + 1e-6)
            // Beyond the end also where it was rounded.
            now += pause + 1e-6
        }
        hold.noteAnswer()
        hold.note(retryAfter: nil, now: at(now), generator: &generator)
        #expect(try #require(waits(hold, at: now)) <= 0.25)
    }

    @Test func `what nobody would wait for holds nobody else back`() {
        var generator = SeededGenerator(seed: 1, stream: 1)
        var hold = RateHold(policy: policy)
        hold.note(retryAfter: 3600, now: at(0), generator: &generator)
        #expect(waits(hold, at: 0) == nil)
    }

    @Test func `each request comes back a little after the pause, in its own instant`() {
        var generator = SeededGenerator(seed: 1, stream: 1)
        var hold = RateHold(policy: policy)
        #expect(hold.jitter(now: at(0), generator: &generator) == .zero)
        hold.note(retryAfter: 5, now: at(0), generator: &generator)
        let drawn = (0..<100).map { _ in hold.jitter(now: at(0), generator: &generator).seconds }
        #expect(Set(drawn).count > 90)
        #expect(drawn.allSatisfy { (0...0.5).contains($0) })
    }

    @Test func `an endpoint that turns all away for the length of an outage is given up, if it ever answered`() {
        var generator = SeededGenerator(seed: 1, stream: 1)
        for hasAnswered in [true, false] {
            var hold = RateHold(policy: policy, outage: .seconds(30))
            if hasAnswered { hold.noteAnswer() }
            for second in stride(from: 0.0, to: 30, by: 1) {
                hold.note(retryAfter: 1, now: at(second), generator: &generator)
                #expect(!hold.isGivenUp)
            }
            hold.note(retryAfter: 1, now: at(30), generator: &generator)
            #expect(hold.isGivenUp == hasAnswered)
            hold.tryOnceMore()
            #expect(!hold.isGivenUp)
        }
    }
}
