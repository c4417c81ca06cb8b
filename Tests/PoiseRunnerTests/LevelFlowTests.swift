import PoiseCore
import Testing

@testable import PoiseRunner

@Suite struct LevelFlowTests {
    private func at(_ seconds: Double) -> Instant { Instant(nanoseconds: 1_000_000_000) + .seconds(seconds) }

    @Test func `a level without a refusal has no shortfall`() {
        var count = FlowCount()
        for second in 0..<10 {
            count.noteStart(isFirst: true, now: at(Double(second)))
            count.noteEnd(now: at(Double(second) + 1))
        }
        #expect(count.shortfall(of: "c", at: 1, round: 1) == nil)
        #expect(count.meanInFlight == 1)
    }

    @Test func `the mean in flight is taken over time, from the first start to the last`() throws {
        var count = FlowCount()
        // Two in flight for 4 s, none for 4 s, then one for 2 s until the last goes out.
        count.noteStart(isFirst: true, now: at(0))
        count.noteStart(isFirst: true, now: at(0))
        count.noteEnd(now: at(4))
        count.noteEnd(now: at(4))
        count.turnedAway += 1
        count.noteWaiting(true, now: at(4))
        count.noteWaiting(true, now: at(5))
        count.noteWaiting(false, now: at(7))
        count.noteWaiting(false, now: at(8))
        count.noteStart(isFirst: true, now: at(8))
        count.noteStart(isFirst: true, now: at(10))
        // How the pipe runs empty at the end is no part of it.
        count.noteEnd(now: at(50))
        count.noteEnd(now: at(60))
        let shortfall = try #require(count.shortfall(of: "c", at: 2, round: 3))
        #expect(
            shortfall
                == LevelShortfall(
                    candidate: "c", load: 2, round: 3, requests: 4, turnedAway: 1, outages: 0, waited: 4000, kept: 1))
    }

    @Test func `of an open loop the rate counts, and a repeated request is no arrival`() throws {
        var count = FlowCount()
        for second in [0.0, 1, 2, 13, 14] { count.noteStart(isFirst: true, now: at(second)) }
        count.noteStart(isFirst: false, now: at(99))
        count.outages = 1
        let load = Load.rate(perSecond: 1, arrivals: .constant)
        let shortfall = try #require(count.shortfall(of: "c", at: load, round: 1))
        #expect(shortfall.requests == 6)
        #expect(shortfall.kept == 4.0 / 14)
    }
}
