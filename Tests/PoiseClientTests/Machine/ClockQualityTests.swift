import PoiseCore
import Testing

@testable import PoiseClient

struct ClockQualityTests {
    @Test func `the clock is finer than a millisecond and costs something`() {
        let clock = ClockQuality.measured()
        #expect(clock.step > .zero && clock.step < .milliseconds(1))
        #expect(clock.cost > .zero)
    }

    @Test(.timeLimit(.minutes(1)))
    func `lateness is measured asleep and awake, never negative, its quantiles in order`() async throws {
        let lateness = try #require(await WakeLateness.measured(for: .milliseconds(20)))
        #expect(lateness.count >= 2)
        for quantiles in [lateness.sleeps, lateness.pauses] {
            #expect(0 <= quantiles.p50 && quantiles.p50 <= quantiles.p99 && quantiles.p99 <= quantiles.max)
        }
    }
}
