import PoiseCore
import Synchronization
import Testing

@testable import PoiseRunner

@Suite struct LoadLevelTests {
    private let now = Instant(nanoseconds: 1_000_000_000)

    @Test func `one waits for an instant that is near in one piece, and for a far one in several`() {
        #expect(LoadLevel.wait(until: now + .milliseconds(3), now: now) == .milliseconds(3))
        #expect(LoadLevel.wait(until: now + .seconds(1000), now: now) == .milliseconds(250))
    }

    @Test func `an instant that has come is not waited for`() {
        #expect(LoadLevel.wait(until: now, now: now) == nil)
        #expect(LoadLevel.wait(until: now, now: now + .seconds(5)) == nil)
    }

    @Test func `a level that is over does not wait for its far instants`() async throws {
        let load = Load.rate(perSecond: 0.001, arrivals: .constant)
        let level = LoadLevel(load: load, gate: LevelGate(planned: 3, condition: StopCondition(seconds: 10)))
        let schedule = try #require(ArrivalSchedule(load: load, count: 3, seed: 1, round: 1))
        // The second would go out after 1,000 seconds.
        try await level.run(schedule: schedule, isOver: { false }) { _, _ in nil }
        #expect(level.asked == 1)
        #expect(level.ending?.reason == .time)
    }

    @Test func `a trial that throws ends an open loop with its error`() async throws {
        let load = Load.rate(perSecond: 0.5, arrivals: .constant)
        let level = LoadLevel(load: load, gate: LevelGate(planned: 500, condition: StopCondition()))
        let schedule = try #require(ArrivalSchedule(load: load, count: 500, seed: 1, round: 1))
        await #expect(throws: Told(what: "disk full")) {
            try await level.run(schedule: schedule, isOver: { false }) { _, _ in throw Told(what: "disk full") }
        }
        #expect(level.asked == 1)
    }

    @Test func `an open loop ends where too many are in flight, and lets them finish`() async throws {
        let load = Load.rate(perSecond: 100_000, arrivals: .poisson)
        let gate = LevelGate(planned: 500, condition: StopCondition(), mostInFlight: 3)
        let level = LoadLevel(load: load, gate: gate)
        let schedule = try #require(ArrivalSchedule(load: load, count: 500, seed: 1, round: 1))
        let answered = Atomic(0)
        try await level.run(schedule: schedule, isOver: { false }) { _, _ in
            // A server that does not answer before the client gives up.
            while level.ending == nil { await Task.yield() }
            answered.add(1, ordering: .relaxed)
            return nil
        }
        #expect(level.ending?.reason == .overload)
        #expect(level.asked == 3)
        #expect(answered.load(ordering: .relaxed) == 3)
    }
}
