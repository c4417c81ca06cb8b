import PoiseCore
import PoiseRunner
import PoiseStore
import Testing

@testable import poise

@Suite struct PartProblemsTests {
    private func outcome(_ status: RunRecord.Status, _ problems: [(String, String)] = []) -> RunOutcome {
        var outcome = RunOutcome(status: status)
        outcome.problems = problems.map { .init(candidate: $0.0, reason: $0.1) }
        return outcome
    }

    private func problems(
        _ before: [(candidate: String, reason: String)], _ outcome: RunOutcome, overloads: [LevelKey] = []
    ) -> (gone: [String], new: [String], status: RunRecord.Status) {
        var finished = FinishedWork()
        for level in overloads { finished.levels[level, default: FinishedLevel()].stop = .overload }
        let problems = PartProblems(before: before, ending: outcome, finished: finished)
        return (problems.gone.map(\.reason), problems.new.map(\.reason), problems.status)
    }

    @Test func `who is through has no problem any more`() {
        let found = problems([("a", "the engine ended"), (RunStore.wholeRun, "the disk is full")], outcome(.done))
        #expect(found.gone == ["the engine ended", "the disk is full"] && found.new.isEmpty && found.status == .done)
    }

    @Test func `who is given up again has the new problem alone`() {
        let found = problems([("a", "old")], outcome(.incomplete, [("a", "new")]))
        #expect(found.gone == ["old"] && found.new == ["new"] && found.status == .incomplete)
    }

    @Test func `an interrupt leaves the problems of those who were not tried`() {
        let found = problems(
            [("a", "old a"), ("b", "old b"), (RunStore.wholeRun, "broke")], outcome(.interrupted, [("b", "new b")]))
        #expect(found.gone == ["old b", "broke"] && found.new == ["new b"] && found.status == .interrupted)
    }

    @Test func `a rate that the server could not keep up with stays a finding`() {
        let rate = Load.rate(perSecond: 50, arrivals: .poisson)
        let reason = "at 50/s, round 2, the server cannot keep up: 99 requests were in flight at once"
        let level = LevelKey(candidate: "a", load: rate, round: 2)
        let found = problems([("a", reason), ("a", "the engine ended")], outcome(.done), overloads: [level])
        #expect(found.gone == ["the engine ended"] && found.new.isEmpty && found.status == .incomplete)
        #expect(problems([("a", reason)], outcome(.done)).gone == [reason])
    }
}
