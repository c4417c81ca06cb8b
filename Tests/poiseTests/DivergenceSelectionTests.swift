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

    @Test func `without a baseline the candidates are named`() {
        let plan = MeasuredRuns.plan(candidates: ["a", "b"])
        let failure = #expect(throws: DivergenceSelection.Failure.self) {
            try DivergenceSelection(DivergenceSelection.Request(), plan: plan)
        }
        #expect(failure?.remedy == "Name one with --reference: a, b.")
    }
}
