import PoiseCore
import Testing

@testable import PoiseRunner

@Suite struct RunLimitRuleTests {
    private func trial(_ outcome: Attempt.Outcome, of candidate: String = "one", isWarmup: Bool = false) -> Trial {
        Trial(
            key: TrialKey(
                candidate: candidate, task: "a", sample: "1", epoch: 1, load: 1, round: 1, isWarmup: isWarmup),
            attempts: [Attempt(request: "", outcome: outcome)], timeToDone: .zero)
    }

    /// 8 trials: 2 tasks × 4 samples.
    private func rule(_ limits: RunLimits, price: Price? = nil, candidates: [String] = ["one"]) -> RunLimitRule {
        RunLimitRule(limits, plan: plan(candidates: candidates, price: price))
    }

    private let priced = Price(
        input: 1, output: 2, per: "thousand tokens", currency: "EUR", source: nil, date: nil)

    /// How many trials are let out one after the other.
    private func admitted(_ rule: inout RunLimitRule, _ outcome: Attempt.Outcome, most: Int = 20) -> Int {
        for number in 0..<most {
            guard rule.admit("one", elapsed: .zero) else { return number }
            rule.note(trial(outcome), of: "one")
        }
        return most
    }

    @Test func `without limits nothing ends`() {
        var rule = rule(RunLimits())
        #expect(admitted(&rule, .fails(.serverError)) == 20)
        #expect(rule.ending == nil)
    }

    @Test(arguments: [(ErrorTolerance.count(1), 1), (.count(3), 3), (.share(0.5), 4)])
    func `failures end the run with the one that is too many`(tolerance: ErrorTolerance, expected: Int) throws {
        var rule = rule(RunLimits(failOnError: tolerance))
        #expect(admitted(&rule, .fails(.serverError, status: 500)) == expected)
        let ending = try #require(rule.ending)
        #expect(ending.contains("of 8 failed (--fail-on-error \(tolerance)), the last because it failed: serverError"))
    }

    @Test func `answers and the warm-up are no failures`() {
        var rule = rule(RunLimits(failOnError: .count(1)))
        rule.note(trial(.says("x")), of: "one")
        rule.note(trial(.fails(.serverError), isWarmup: true), of: "one")
        rule.note(nil, of: "one")
        #expect(rule.reason == nil)
    }

    @Test func `the last trial's failure makes the run incomplete, although nothing was left to ask`() {
        var rule = rule(RunLimits(failOnError: .count(1)))
        _ = rule.admit("one", elapsed: .zero)
        rule.note(trial(.fails(.serverError)), of: "one")
        #expect(rule.ending != nil)
    }

    @Test func `time that is over when all is asked is no reason`() {
        var rule = rule(RunLimits(maxTime: 60))
        let before = (rule.admit("one", elapsed: .seconds(59)), rule.isReached(elapsed: .seconds(60)))
        #expect(before == (true, true))
        #expect(rule.ending == nil)
        let after = rule.admit("one", elapsed: .seconds(61))
        #expect(!after)
        #expect(rule.ending == "its time was over: 1 min (--max-time)")
    }

    @Test func `the request that would cost too much is not made`() throws {
        // 1000 tokens in and 500 out are 2 EUR.
        var rule = rule(RunLimits(maxCost: 7), price: priced)
        #expect(admitted(&rule, .counts(1000, 500)) == 3)
        #expect(rule.spent(elapsed: .zero) == 6)
        #expect(
            rule.ending
                == "more would cost more than 7 EUR (--max-cost): about 6 EUR are spent, and the next request costs about"
                + " 2 EUR")
    }

    @Test func `what is in flight counts with the mean so far`() {
        var rule = rule(RunLimits(maxCost: 7), price: priced)
        let first = rule.admit("one", elapsed: .zero)
        #expect(first)
        rule.note(trial(.counts(1000, 500)), of: "one")
        let admitted = (0..<9).count { _ in rule.admit("one", elapsed: .zero) }
        #expect(admitted == 2)
    }

    @Test func `what costs nothing never ends it, and the warm-up costs as well`() {
        let free = Price(input: 0, output: 0, per: "million tokens", currency: "EUR", source: nil, date: nil)
        var rule = rule(RunLimits(maxCost: 1), price: free)
        #expect(admitted(&rule, .counts(1000, 500)) == 20)
        rule = self.rule(RunLimits(maxCost: 3), price: priced)
        rule.note(trial(.counts(1000, 500), isWarmup: true), of: "one")
        #expect(rule.spent(elapsed: .zero) == 2)
    }

    @Test func `tokens that nobody counts cost the mean, and where none are ever counted the limit cannot be kept`() {
        var rule = rule(RunLimits(maxCost: 100), price: priced)
        rule.note(trial(.counts(1000, 500)), of: "one")
        rule.note(trial(.says("x")), of: "one")
        #expect(rule.spent(elapsed: .zero) == 4)
        rule = self.rule(RunLimits(maxCost: 100), price: priced)
        #expect(admitted(&rule, .says("x")) == 5)
        #expect(rule.ending?.contains("one does not say how many tokens it read") == true)
    }

    @Test func `a machine that is paid by the hour costs while its candidate is open`() {
        var rule = rule(RunLimits(maxCost: 2), price: Price(basis: .hour(4), currency: "EUR"))
        rule.noteOpened("one", elapsed: .seconds(0))
        let admitted = [1799, 1801].map { rule.admit("one", elapsed: .seconds($0)) }
        #expect(admitted == [true, false])
        rule.noteClosed("one", elapsed: .seconds(1800))
        #expect(rule.spent(elapsed: .seconds(9000)) == 2)
    }

    @Test func `a limit on cost needs the prices of all candidates, in one currency`() throws {
        let limits = RunLimits(maxCost: 1)
        #expect(throws: RunLimitFailure.unpriced(["one", "two"])) { try RunLimitFailure.check(limits, of: plan()) }
        try RunLimitFailure.check(limits, of: plan(price: priced))
        try RunLimitFailure.check(RunLimits(maxTime: 1), of: plan())
    }
}

extension Attempt.Outcome {
    /// A response whose tokens the server counted.
    static func counts(_ prompt: Int, _ output: Int) -> Attempt.Outcome {
        var report = ServerReport()
        report.promptTokens = prompt
        report.completionTokens = output
        let chunks = [Timeline.Chunk(microseconds: 1000, kind: .answer, characters: 1)]
        return .responded(
            Response(answer: "yes", finishReason: "stop", report: report, timeline: Timeline(chunks: chunks)))
    }
}
