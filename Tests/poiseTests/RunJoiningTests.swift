import PoiseCore
import PoiseReport
import PoiseStore
import Testing

@testable import poise

@Suite struct RunJoiningTests {
    private func run(
        _ id: String, _ candidates: [String], on machine: MachineFacts = MeasuredRuns.machine, samples: Int = 20,
        loads: [Load] = [1], prompt: String = "{input}", temperature: Double? = nil
    ) -> MeasuredRun {
        MeasuredRuns.run(
            id, machine: machine,
            plan: MeasuredRuns.plan(
                candidates: candidates, samples: samples, loads: loads, prompt: prompt, temperature: temperature))
    }

    private func content(_ runs: [MeasuredRun]) throws -> ReportContent {
        try #require(
            ReportAssembly.content(
                of: runs, points: ReportAssembly.jointPoints(of: runs, TrialColumns(runs.flatMap(\.observations)))))
    }

    private func failure(_ runs: [MeasuredRun]) -> RunJoining.Failure? {
        do {
            _ = try RunJoining.machines(of: runs)
            return nil
        } catch {
            return error as? RunJoining.Failure
        }
    }

    // MARK: What stands together

    @Test func `runs are grouped by the kind of their machine, in the order given`() throws {
        let groups = try RunJoining.machines(of: [
            run("r1", ["a"]), run("r2", ["a"], on: MeasuredRuns.otherMachine), run("r3", ["b"]),
        ])
        #expect(groups.map { $0.map(\.record.id) } == [["r1", "r3"], ["r2"]])
    }

    @Test func `candidates of two runs on one kind of machine share a front`() throws {
        let one = run("r1", ["a", "b"])
        let other = run("r2", ["c"])
        let joint = try content([one, other])
        #expect(joint.points.map(\.candidate) == ["a", "b", "c"])
        #expect(joint.points.allSatisfy { $0.n == 20 && $0.frontProbability != nil })
        // "c" answers as fast and as well as "a" does in its run: nothing tells them apart.
        #expect(joint.points[0].decodeTPS == joint.points[2].decodeTPS)
        #expect(joint.points[0].frontProbability == joint.points[2].frontProbability)
        #expect(joint.points.map(joint.runID) == ["r1", "r1", "r2"])
        #expect(joint.runs.map(\.id) == ["r1", "r2"])
        let together = MeasuredRuns.run("r3", plan: MeasuredRuns.plan(candidates: ["a", "b"]))
        #expect(try content([together]).points.map(\.decodeTPSLow) == joint.points.prefix(2).map(\.decodeTPSLow))
    }

    @Test func `a candidate at other loads in another run leaves no empty points`() throws {
        let joint = try content([run("r1", ["a", "b"]), run("r2", ["a"], loads: [4])])
        #expect(joint.points.map { "\($0.candidate)/\($0.load)" } == ["a/1", "a/4", "b/1"])
        #expect(joint.loads == [1, 4])
        #expect(joint.points.map(joint.runID) == ["r1", "r2", "r1"])
    }

    @Test func `on other machines the same candidate is measured again`() {
        #expect(failure([run("r1", ["a"]), run("r2", ["a"], on: MeasuredRuns.otherMachine)]) == nil)
    }

    // MARK: What does not

    @Test func `a candidate that two runs measured at one load is refused and both are named`() throws {
        let error = try #require(failure([run("r1", ["a", "b"]), run("r2", ["c", "b"])]))
        #expect(error == .sameCandidate("b", load: "1", first: "r1", second: "r2", isPooled: false))
        let text = try #require(error.errorDescription)
        #expect(text.contains("r1") && text.contains("r2") && text.contains("never pooled"))
        #expect(text.contains("Name only one of the two"))
    }

    @Test func `a candidate that is another one under the same name is refused`() {
        #expect(
            failure([run("r1", ["a"]), run("r2", ["a"], loads: [4], temperature: 1)])
                == .otherCandidate("a", difference: "it has other sampling settings", first: "r1", second: "r2"))
    }

    @Test func `other tasks are refused with what differs, also on another machine`() {
        let first = run("r1", ["a"])
        #expect(
            failure([first, run("r2", ["b"], on: MeasuredRuns.otherMachine, samples: 19)])
                == .otherTasks(difference: "the task t has 19 samples, there 20", first: "r1", second: "r2"))
        #expect(
            failure([first, run("r2", ["b"], prompt: "Say {input}")])
                == .otherTasks(difference: "the task t asks with another prompt", first: "r1", second: "r2"))
    }

    @Test func `a run that was graded anew is not compared with one that was not`() {
        var graded = run("r2", ["b"])
        graded.grading = .init(gradedAt: "", suite: "new.yaml", digests: ["t.yaml": "2"])
        #expect(failure([run("r1", ["a"]), graded]) == .otherGrading(first: "r1", second: "r2"))
    }

    @Test func `a run named twice is refused`() {
        #expect(failure([run("r1", ["a"]), run("r1", ["a"])]) == .twice(run: "r1"))
    }

    @Test func `runs that were made differently say so`() throws {
        let other = MeasuredRuns.run("r2", plan: MeasuredRuns.plan(candidates: ["b"], rounds: 3))
        let warnings = try content([run("r1", ["a"]), other]).warnings
        #expect(warnings.first?.contains("not made alike") == true)
        #expect(try content([run("r1", ["a"]), run("r2", ["b"])]).warnings.isEmpty)
    }
}
