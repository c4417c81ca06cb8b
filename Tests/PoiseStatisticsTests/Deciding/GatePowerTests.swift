import PoiseCore
import Testing

@testable import PoiseStatistics

/// What a gate says it would have seen, and what would decide it, among all of its rules.
struct GatePowerTests {
    private static let rule = GateRule(.accuracy, .atLeast, .absolute(0.8))
    /// Clear cases that share the error with it.
    private static let others = (1...7).map { GateRule(.accuracy, .atLeast, .absolute(0.05 * Double($0))) }

    private func results(_ scores: [Double?], among others: [GateRule] = others) -> [RuleResult] {
        Gate(rules: [Self.rule] + others, seed: 1, resamples: 10).results(of: [
            Gate.Case(
                name: "c", load: 1, candidate: GateTests.measured("c", scores: scores), base: nil, hasBaseline: false)
        ])
    }

    @Test func `the effect that it prints is seen in four cases of five among all rules`() throws {
        let n = 300
        let printed = try #require(results(GateTests.scores(right: 250, of: n)).first)
        let effect = try #require(printed.smallestEffect)
        #expect(printed.tested == 8)
        let alone = try #require(results(GateTests.scores(right: 250, of: n), among: []).first?.smallestEffect)
        #expect(effect > 1.2 * alone)
        var generator = SeededGenerator(seed: 11, stream: 3)
        let runs = 300
        func share(at truth: Double) -> Double {
            let failed = (0..<runs).count { _ in
                let scores: [Double?] = (0..<n).map { _ in generator.nextUnit() < truth ? 1 : 0 }
                return results(scores).first?.verdict == .fail
            }
            return Double(failed) / Double(runs)
        }
        // Three standard errors of 300 runs are 7 points.
        let seen = share(at: 0.8 - effect)
        #expect(abs(seen - 0.8) < 0.075, "\(seen)")
        // What one rule alone would see is not seen among eight.
        let less = share(at: 0.8 - alone)
        #expect(less < 0.7, "\(less)")
    }

    @Test func `a verdict that fails only alone says how many samples would decide it`() throws {
        // 26 of 40: a p-value that is small enough alone, and not among eight.
        let scores = GateTests.scores(right: 26, of: 40)
        try #require(results(scores, among: []).first?.verdict == .fail)
        let demoted = try #require(results(scores).first)
        #expect(demoted.verdict == .inconclusive)
        #expect(demoted.reasons == [.failsOnlyAlone(rules: 8)])
        #expect(try #require(demoted.samplesToDecide) > 40)
    }

    @Test func `a pass that is still open needs no more samples for being among others`() throws {
        let scores = GateTests.scores(right: 250, of: 300)
        let (alone, among) = (results(scores, among: []), results(scores))
        #expect(alone.first?.verdict == .inconclusive)
        #expect(alone.first?.samplesToDecide == among.first?.samplesToDecide)
        #expect(try #require(among.first?.samplesToDecide) > 300)
    }
}
