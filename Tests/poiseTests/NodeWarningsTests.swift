import PoiseCore
import Testing

@testable import poise

@Suite struct NodeWarningsTests {
    private func node(_ number: Int, _ candidates: [String]) -> NodeSummary {
        NodeSummary(
            number: number, machine: MeasuredRuns.machine, shards: [number], candidates: candidates, levels: 1,
            trials: 20,
            calibration: nil)
    }

    private func run(rounds: Int, _ nodes: [NodeSummary]) -> MeasuredRun {
        var run = MeasuredRuns.run("r", plan: MeasuredRuns.plan(candidates: ["a", "b"], rounds: rounds))
        run.nodes = nodes
        return run
    }

    @Test func `nothing is said of one machine`() {
        #expect(NodeWarnings.about(run(rounds: 1, [])).isEmpty)
        #expect(NodeWarnings.about(run(rounds: 1, [node(1, ["a", "b"])])).isEmpty)
    }

    @Test func `nothing is said where each candidate has three rounds and more than one machine`() {
        #expect(NodeWarnings.about(run(rounds: 3, [node(1, ["a", "b"]), node(2, ["a", "b"])])).isEmpty)
    }

    @Test func `a candidate on one machine of several has an interval that does not hold how much they differ`() {
        let said = NodeWarnings.about(run(rounds: 3, [node(1, ["a", "b"]), node(2, ["a"])]))
        #expect(said.count == 1)
        #expect(said.first?.contains("1 of 2 candidates have not") == true, "\(said)")
    }

    @Test func `so has every candidate where there are fewer than three rounds`() {
        let said = NodeWarnings.about(run(rounds: 2, [node(1, ["a", "b"]), node(2, ["a", "b"])]))
        #expect(said.first?.contains("no candidate has") == true, "\(said)")
    }

    @Test func `pooled kinds of machine are named`() throws {
        let machine = try #require(MachineFacts(pooling: [MeasuredRuns.machine, MeasuredRuns.otherMachine]))
        let run = MeasuredRuns.run("r", machine: machine, plan: MeasuredRuns.plan(candidates: ["a"]))
        let said = NodeWarnings.about(run)
        #expect(said.count == 1)
        for kind in [MeasuredRuns.machine, MeasuredRuns.otherMachine] {
            #expect(said.first?.contains(kind.summary) == true, "\(said)")
        }
    }
}
