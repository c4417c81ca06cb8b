import PoiseCore
import Testing

@Suite struct TakeoverTests {
    private typealias Plans = PlanDifferenceTests

    private func takeover(_ old: Plan, _ new: Plan, isSameMachine: Bool = true, isGradedAnew: Bool = false) -> Takeover
    {
        Takeover(from: old, to: new, isSameMachine: isSameMachine, isGradedAnew: isGradedAnew)
    }

    private func key(
        _ candidate: String = "m@q4_0", _ sample: String = "w1", load: Load = 1, round: Int = 1, epoch: Int = 1
    ) -> TrialKey {
        TrialKey(candidate: candidate, task: "words", sample: sample, epoch: epoch, load: load, round: round)
    }

    @Test func `what the change does not touch is taken over whole`() {
        let new = Plans.plan(candidates: [Plans.candidate(), Plans.candidate("new")], loads: [1, 4], rounds: 2)
        let taking = takeover(Plans.plan(), new)
        #expect(taking.takes(key()))
        #expect(!taking.takes(key("new")))
        #expect(!taking.takes(key(load: 4)) && !taking.takes(key(round: 2)))
        #expect(taking.hasWholeLevels && taking.keepsStops && taking.obstacle == nil)
    }

    @Test func `another definition of a candidate takes nothing of it`() {
        let taking = takeover(Plans.plan(), Plans.plan(candidates: [Plans.candidate(temperature: 1)]))
        #expect(!taking.takes(key()))
    }

    @Test func `a price is no part of what is asked`() {
        let dear = Candidate(
            id: "m@q4_0", model: "m", quantization: "q4_0", serving: Plans.candidate().serving,
            sampling: Plans.candidate().sampling,
            price: Price(input: 1, output: 2, per: "million", currency: "USD", source: nil, date: nil))
        #expect(takeover(Plans.plan(), Plans.plan(candidates: [dear])).takes(key()))
    }

    @Test func `a sample that changed is left out, and with it the times of those beside it`() {
        let samples = (1...6).map { Plans.sample($0, $0 == 2 ? "other" : "secret text") }
        let taking = takeover(Plans.plan(), Plans.plan(tasks: [Plans.task(samples: samples)]))
        #expect(taking.takes(key()))
        #expect(!taking.takes(key("m@q4_0", "w2")))
        #expect(!taking.hasWholeLevels && !taking.keepsStops)
    }

    @Test func `samples that are added leave the levels as they were, but not stopped`() {
        let taking = takeover(
            Plans.plan(), Plans.plan(tasks: [Plans.task(samples: (1...8).map { Plans.sample($0) })]))
        #expect(taking.takes(key()) && !taking.takes(key("m@q4_0", "w7")))
        #expect(taking.hasWholeLevels && !taking.keepsStops)
    }

    @Test func `another prompt or grader takes nothing of a task`() {
        #expect(!takeover(Plans.plan(), Plans.plan(tasks: [Plans.task(prompt: "Say {input}")])).takes(key()))
        #expect(!takeover(Plans.plan(), Plans.plan(tasks: [Plans.task(check: "contains_all")])).takes(key()))
    }

    @Test func `fewer epochs cut into the levels, more do not`() {
        let fewer = takeover(Plans.plan(epochs: 3), Plans.plan(epochs: 2))
        #expect(fewer.takes(key(epoch: 2)) && !fewer.takes(key(epoch: 3)) && !fewer.hasWholeLevels)
        #expect(takeover(Plans.plan(epochs: 2), Plans.plan(epochs: 3)).hasWholeLevels)
    }

    @Test func `another machine, another grading and another way of asking take nothing, and say why`() {
        let plan = Plans.plan()
        #expect(takeover(plan, plan, isSameMachine: false).obstacle == "it was made on another machine")
        #expect(!takeover(plan, plan, isSameMachine: false).takes(key()))
        #expect(takeover(plan, plan, isGradedAnew: true).obstacle?.contains("graded anew") == true)
        let prefixed = Plans.plan(settings: RunSettings(hasUniquePrefix: true))
        #expect(takeover(plan, prefixed).obstacle?.contains("prefix") == true)
    }
}
