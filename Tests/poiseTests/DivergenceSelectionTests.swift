import PoiseCore
import PoiseStore
import Testing

@testable import poise

@Suite struct DivergenceSelectionTests {
    private func response(
        _ task: String, _ sample: Int, reasoning: String = "", calls: String = "", isChain: Bool = false
    )
        -> RunStore.SentResponse
    {
        RunStore.SentResponse(
            task: task, sample: "s\(sample)", request: "{}", answer: "a", reasoning: reasoning, toolCalls: calls,
            finishReason: "stop", isChain: isChain)
    }

    @Test func `a subset of each task is drawn, the same for one seed and another for another`() {
        let all = (0..<40).map { response("a", $0) } + (0..<3).map { response("b", $0) }
        func draw(_ seed: UInt64) -> [RunStore.SentResponse] {
            DivergenceSelection.drawn(all, of: ["b", "a"], samples: 10, seed: seed)
        }
        let drawn = draw(1)
        #expect(drawn.map(\.task) == Array(repeating: "b", count: 3) + Array(repeating: "a", count: 10))
        #expect(Set(drawn.map { "\($0.task)\($0.sample)" }).count == 13)
        #expect(drawn == draw(1))
        #expect(drawn != draw(2))
        // Not the first ones.
        #expect(drawn.suffix(10).map(\.sample) != (0..<10).map { "s\($0)" })
        #expect(DivergenceSelection.drawn(all, of: ["a"], samples: 100, seed: 1).count == 40)
    }

    @Test func `what was stored without its marks is not followed`() {
        #expect(response("a", 1).obstacle == nil)
        #expect(response("a", 1, reasoning: "hm").obstacle?.contains("thinking") == true)
        #expect(response("a", 1, calls: "{}").obstacle?.contains("tools") == true)
        #expect(response("a", 1, isChain: true).obstacle?.contains("chains") == true)
    }

    private func ladder() -> Plan {
        let plan = MeasuredRuns.plan(candidates: ["m@f16", "m@q8_0", "m@q4_0"])
        return Plan(
            name: plan.name, description: nil,
            candidates: plan.candidates.map { one in
                Candidate(
                    id: one.id, model: "m", quantization: String(one.id.dropFirst(2)), serving: one.serving,
                    sampling: one.sampling)
            },
            tasks: plan.tasks, loads: plan.loads, rounds: 1, epochs: 1, warmup: 0, seed: 9, limit: nil, baseline: nil,
            settings: plan.settings, source: plan.source)
    }

    @Test func `the reference is not held against itself, and what is named twice is followed once`() throws {
        let failure = #expect(throws: DivergenceSelection.Failure.self) {
            try DivergenceSelection(.init(reference: "m@f16", candidates: ["m@q8_0", "m@f16"]), plan: ladder())
        }
        #expect(failure == .reference("m@f16"))
        #expect(failure?.what == "m@f16 is the reference, and is not held against itself")
        let twice = try DivergenceSelection(
            .init(reference: "m@f16", candidates: ["m@q4_0", "m@q8_0", "m@q4_0"]), plan: ladder())
        #expect(twice.candidates.map(\.id) == ["m@q4_0", "m@q8_0"])
    }

    @Test func `without a baseline the candidates are named`() {
        let plan = MeasuredRuns.plan(candidates: ["a", "b"])
        let failure = #expect(throws: DivergenceSelection.Failure.self) {
            try DivergenceSelection(DivergenceSelection.Request(), plan: plan)
        }
        #expect(failure?.remedy == "Name one with --reference: a, b.")
    }
}
