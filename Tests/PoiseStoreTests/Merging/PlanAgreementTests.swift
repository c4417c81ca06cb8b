import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct PlanAgreementTests {
    private func holding(_ file: PlanFile, _ paths: String...) -> PlanAgreement.Holding {
        PlanAgreement.Holding(plan: file.plan, planned: RunStore.Planned(file, shard: nil), paths: paths)
    }

    private func file(
        rounds: Int = 2, shards: Int = 2, graders: [String: [String: String]] = ["add": ["number": "v1"]],
        source: Plan.Source = Fixture.plan.source
    ) -> PlanFile {
        let plan = Plan(
            name: Fixture.plan.name, description: nil, candidates: Fixture.plan.candidates, tasks: Fixture.plan.tasks,
            loads: Fixture.plan.loads, rounds: rounds, epochs: 1, warmup: 1, seed: 7, baseline: "a",
            source: source)
        return PlanFile(plan, by: .round, shards: shards, graders: graders, poiseVersion: "0.1.0", plannedAt: "")
    }

    @Test func `one plan agrees with itself, also where files tell it in other words`() {
        #expect(PlanAgreement.differences(between: [holding(file(), "a"), holding(file(), "b")]) == [])
        #expect(PlanAgreement.differences(between: []) == [])
    }

    @Test func `a plan that was made in two places, of suites that differ in a comment, agrees with itself`() {
        let here = holding(file(), "a")
        let source = Plan.Source(path: "/elsewhere/suite.yaml", text: "# mine\n", digests: [:])
        let there = holding(file(source: source), "b")
        #expect(here.plan != there.plan)
        #expect(PlanAgreement.differences(between: [here, there]) == [])
    }

    @Test func `another plan is named with its files and what differs from the one that most hold`() {
        let (usual, other) = (file(), file(rounds: 3))
        let lines = PlanAgreement.differences(between: [holding(other, "c"), holding(usual, "a", "b")])
        let name = String(other.digest.prefix(12))
        #expect(
            lines == [
                "plan \(usual.digest.prefix(12)): a, b", "plan \(name): c", "\(name): rounds: it was 2 and is 3",
                "\(name): cells: there were 4 and are 6, not all of them the same",
            ])
    }

    @Test func `other shares and other versions of graders are told`() {
        let shards = file(shards: 4)
        #expect(
            PlanAgreement.differences(between: [holding(file(), "a", "b"), holding(shards, "c")]).last
                == "\(shards.digest.prefix(12)): shards: there were 2 and are 4")
        let graders = file(graders: ["add": ["number": "v2"]])
        #expect(
            PlanAgreement.differences(between: [holding(file(), "a", "b"), holding(graders, "c")]).last
                == "\(graders.digest.prefix(12)): task add: the version of the grader number was v1 and is v2")
    }
}
