import PoiseCore
import Testing

@Suite struct InstantTests {
    @Test func `the clock never goes back`() {
        var last = Instant.now()
        for _ in 0..<10_000 {
            let next = Instant.now()
            #expect(next >= last)
            last = next
        }
        #expect(last.nanoseconds > 0)
    }

    @Test func `differences and sums undo each other`() {
        let early = Instant(nanoseconds: 5)
        let late = Instant(nanoseconds: 3_000_000_007)
        #expect(early < late)
        #expect(late - early == .nanoseconds(3_000_000_002))
        #expect(early - late == .nanoseconds(-3_000_000_002))
        #expect(early + (late - early) == late)
        #expect(late + (early - late) == early)
    }

    @Test(arguments: [
        (Duration.zero, Int64(0)), (.nanoseconds(1), 1), (.nanoseconds(-1), -1), (.microseconds(1500), 1_500_000),
        (.seconds(3600), 3_600_000_000_000), (.milliseconds(-1500), -1_500_000_000),
        (.nanoseconds(Int64.max), Int64.max), (.nanoseconds(Int64.min + 1), Int64.min + 1),
    ])
    func `a duration in nanoseconds is exact`(duration: Duration, nanoseconds: Int64) {
        #expect(duration.nanoseconds == nanoseconds)
        #expect(duration.milliseconds == Double(nanoseconds) / 1e6)
        #expect(duration.seconds == Double(nanoseconds) / 1e9)
    }
}
