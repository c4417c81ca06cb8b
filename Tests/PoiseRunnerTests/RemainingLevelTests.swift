import PoiseCore
import PoiseRunner
import Testing

@Suite struct RemainingLevelTests {
    private func level(
        _ load: Load, _ finished: FinishedLevel, retries: Bool = false, stop: StopCondition = StopCondition()
    )
        -> RemainingLevel
    {
        let plan = plan(candidates: ["one"], loads: [load], settings: RunSettings(stop: stop))
        return RemainingLevel(
            LevelKey(candidate: "one", load: load, round: 1), of: plan, order: TrialOrder(plan: plan, round: 1),
            finished: finished, retries: retries)
    }

    private func finished(_ count: Int, failed: Int = 0) -> FinishedLevel {
        let items = ["a", "b"].flatMap { task in
            (0..<4).map { FinishedLevel.Item(task: task, sample: "\($0)", epoch: 1) }
        }
        var level = FinishedLevel()
        level.finished = Set(items.prefix(count))
        level.failed = Set(items.dropFirst(count).prefix(failed))
        return level
    }

    @Test func `an open loop goes on at its rate, from a beginning of its own`() throws {
        let load = Load.rate(perSecond: 10, arrivals: .poisson)
        let whole = try #require(level(load, FinishedLevel()).schedule).offsets
        let rest = try #require(level(load, finished(5)).schedule).offsets
        #expect(whole.count == 8 && rest.count == 3)
        #expect(rest == whole.suffix(3).map { $0 - whole[5] })
    }

    @Test func `of an open loop only what is retried alone is apart`() {
        let load = Load.rate(perSecond: 10, arrivals: .constant)
        #expect(level(load, finished(6, failed: 2), retries: true).isApart)
        #expect(!level(load, finished(4, failed: 2), retries: true).isApart)
        #expect(!level(load, finished(7)).isApart)
    }

    @Test func `time that has passed counts, and a level whose time was over asks nothing`() {
        var before = finished(3)
        before.elapsed = .seconds(61)
        #expect(level(1, before, stop: StopCondition(seconds: 60)).gate.ending?.reason == .time)
        before.elapsed = .seconds(59)
        var gate = level(1, before, stop: StopCondition(seconds: 60)).gate
        let instants = [0, 0.9, 1].map { Instant(nanoseconds: 0) + .seconds($0) }
        let admitted = instants.map { gate.admit(scheduled: $0) != nil }
        #expect(admitted == [true, true, false])
    }

    @Test func `speeds of before count towards the precision`() {
        var before = finished(4)
        before.speeds = Array(repeating: 100, count: 30)
        before.responses = 30
        #expect(level(1, before, stop: StopCondition(precision: 0.05)).gate.ending?.reason == .precision)
        before.speeds = (0..<30).map { 50 + Double($0) * 10 }
        #expect(!level(1, before, stop: StopCondition(precision: 0.05)).isOver)
    }
}
