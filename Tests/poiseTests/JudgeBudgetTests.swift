import PoiseCore
import Testing

@testable import poise

@Suite struct JudgeBudgetTests {
    private func score(_ cost: Double?) -> GraderScore {
        GraderScore(
            grader: "g", score: .scored(value: 1, answer: "", explanation: ""),
            judgements: [
                Judgement(
                    criterion: "c", judge: "j", repetition: 1, attempt: 1, request: "", reply: "", grade: "C",
                    failure: nil, usage: Judgement.Usage(cost: cost))
            ])
    }

    @Test func `verdicts are asked for as long as the mean so far leaves room for the next`() {
        var budget = JudgeBudget(most: 10, spent: 4)
        #expect(budget.allows(16))
        budget.note([score(1), score(2)])
        #expect(budget.spent == 7)
        #expect(budget.allows(2))
        #expect(!budget.allows(3))
    }

    @Test func `where the candidates used it up no judge is asked`() {
        #expect(!JudgeBudget(most: 10, spent: 10).allows(1))
    }

    @Test func `judges without a price cost nothing that is known`() {
        var budget = JudgeBudget(most: 10, spent: 4)
        budget.note([score(nil)])
        #expect(budget.spent == 4)
        #expect(budget.allows(1_000_000))
    }
}
