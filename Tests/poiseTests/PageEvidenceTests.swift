import PoiseCore
import Testing

@testable import poise

struct PageEvidenceTests {
    @Test(arguments: [
        (1, 10_000), (20_000, 10_000), (50_000, 4000), (100_000, 2000), (200_000, 1000), (9_000_000, 1000),
    ])
    func `more trials leave time for fewer draws, never for less than a thousand`(trials: Int, draws: Int) {
        #expect(PageEvidence.draws(over: trials) == draws)
    }

    @Test func `the margin of a ladder is the gate's over all tasks and loads`() {
        let whole = GateRule(.accuracy, .atLeast, .nonInferior(by: 0.03))
        let task = GateRule(.accuracy, .atLeast, .nonInferior(by: 0.05), task: "add")
        let load = GateRule(.accuracy, .atLeast, .nonInferior(by: 0.01), load: 4)
        let share = GateRule(.accuracy, .atLeast, .absolute(0.7))
        #expect(LadderAssembly.margin(of: [share, task, load, whole]) == 0.03)
        #expect(LadderAssembly.margin(of: [share, task, load]) == nil)
    }

    @Test func `the gate is of the newest run whose suite has rules`() {
        let plain = MeasuredRuns.plan(candidates: ["a"])
        func run(_ id: String, at start: String, rules: [GateRule]) -> MeasuredRun {
            let plan = Plan(
                name: "s", description: nil, candidates: plain.candidates, tasks: plain.tasks, loads: [1], rounds: 1,
                epochs: 1, warmup: 0, seed: 9, baseline: nil, gate: rules, source: plain.source)
            let record = RunRecord(
                id: id, suite: "s", startedAt: start, endedAt: nil, status: .done, seed: 1,
                machine: MeasuredRuns.machine, poiseVersion: "", command: "")
            return MeasuredRun(record: record, plan: plan, observations: [])
        }
        let rules = [GateRule(.accuracy, .atLeast, .absolute(0.7))]
        let runs = [
            run("1", at: "2026-11-20T07:00:00Z", rules: rules), run("2", at: "2026-11-21T07:00:00Z", rules: rules),
            run("3", at: "2026-11-22T07:00:00Z", rules: []),
        ]
        #expect(DecisionAssembly.gated(runs)?.record.id == "2")
        #expect(DecisionAssembly.gated([runs[2]]) == nil)
    }
}
