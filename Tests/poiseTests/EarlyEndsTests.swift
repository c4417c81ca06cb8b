import PoiseCore
import PoiseStore
import Testing

@testable import poise

@Suite struct EarlyEndsTests {
    private func run(
        _ asked: [Int], loads: [Load] = [4], candidates: [String] = ["m"], stop: StopCondition = StopCondition(),
        status: RunRecord.Status = .done
    ) -> MeasuredRun {
        var run = MeasuredRuns.run(
            "r", status: status,
            plan: MeasuredRuns.plan(
                candidates: candidates, samples: 457, loads: loads, rounds: asked.count,
                settings: RunSettings(stop: stop)))
        run.levels = candidates.flatMap { candidate in
            loads.flatMap { load in
                asked.enumerated().map { round, count in
                    .init(
                        candidate: candidate, load: load, round: round + 1, asked: count, firstTokens: [], gaps: [])
                }
            }
        }
        return run
    }

    @Test func `a level that a condition ended says how far it came`() {
        #expect(
            EarlyEnds.warnings(about: run([123], stop: StopCondition(seconds: 60)))
                == ["m, 4 requests in flight: stopped early (after 60 s) after 123 of 457 trials."])
        #expect(
            EarlyEnds.warnings(about: run([123, 130], stop: StopCondition(requests: 130, precision: 0.05)))
                == [
                    "m, 4 requests in flight: stopped early (after 130 requests or when the speed is known to ±5%) after"
                        + " 123 and 130 of 457 trials in its rounds."
                ])
    }

    @Test func `many levels are summed up`() {
        let warnings = EarlyEnds.warnings(
            about: run([123, 130], loads: [1, 4], candidates: ["a", "b", "c"], stop: StopCondition(seconds: 12)))
        #expect(warnings == ["6 of 6 levels were stopped early (after 12 s): 123–130 of 457 trials in a round."])
    }

    @Test func `whole levels and runs that were cut off say nothing here`() {
        #expect(EarlyEnds.warnings(about: run([457], stop: StopCondition(seconds: 60))).isEmpty)
        #expect(EarlyEnds.warnings(about: run([123], stop: StopCondition(seconds: 60), status: .interrupted)).isEmpty)
        var given = run([5])
        given.problems = [("m", "it crashed")]
        #expect(EarlyEnds.warnings(about: given).isEmpty)
        // Without a condition nothing was ended by one.
        #expect(EarlyEnds.warnings(about: run([200], loads: [.rate(perSecond: 50, arrivals: .poisson)])).isEmpty)
    }

    @Test func `a run that broke off says so, and nothing of conditions`() {
        var broken = run([123], stop: StopCondition(seconds: 60), status: .incomplete)
        broken.problems = [(RunStore.wholeRun, "the disk is full")]
        #expect(EarlyEnds.warnings(about: broken).isEmpty)
        #expect(
            Warnings.about(broken).contains("The run broke off, and trials are missing: the disk is full."))
    }
}
