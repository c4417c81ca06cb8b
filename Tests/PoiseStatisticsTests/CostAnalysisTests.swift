import PoiseCore
import Testing

@testable import PoiseStatistics

struct CostAnalysisTests {
    private static let tokens = Price(
        input: 2, output: 10, per: "million tokens", currency: "USD", source: nil, date: nil, cachedInput: 0.5)
    private static let hour = Price(basis: .hour(3.6), currency: "USD")

    private func trial(
        _ sample: Int, round: Int = 0, from start: Double? = 0, to end: Double? = 1000, prompt: Int? = 1000,
        cached: Int? = nil, output: Int? = 100, score: Double? = 1, hasFailed: Bool = false
    ) -> Measurement {
        Measurement(
            of: Observation(
                candidate: "a", task: "t", sample: "s", load: 1, round: 1, score: hasFailed ? nil : score, ttft: nil,
                ttfo: nil, latency: hasFailed ? nil : 500, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil,
                queueDelay: 0, scheduled: start, ended: end, outputTokens: hasFailed ? nil : output,
                promptTokens: hasFailed ? nil : prompt, cachedTokens: cached), sample: sample, round: round)
    }

    @Test func `tokens of the prompt, of the cache and of the response have prices of their own`() throws {
        let costs = try #require(TrialCosts(of: [trial(0)], at: Self.tokens))
        #expect(costs.cost(of: trial(0)) == 0.003)
        #expect(costs.cost(of: trial(0, cached: 600)) == 0.0021)
        #expect(costs.cost(of: trial(0, cached: 6000)) == 0.003, "more than all is damaged")
    }

    @Test func `the trials of a round share its hours from the first start to the last end`() throws {
        // Two rounds of 10 s and 20 s at 3.60 an hour: 0.001 a second.
        let trials = [
            trial(0, from: 0, to: 6000), trial(1, from: 4000, to: 10_000),
            trial(0, round: 1, from: 100_000, to: 120_000),
        ]
        let costs = try #require(TrialCosts(of: trials, at: Self.hour))
        let each = trials.compactMap(costs.cost)
        for (found, expected) in zip(each, [0.005, 0.005, 0.02]) { #expect(abs(found - expected) < 1e-12) }
        #expect(abs((costs.hours ?? 0) - 30 / 3600) < 1e-15)
    }

    @Test func `a failed trial costs nobody knows what by the token, and its share by the hour`() throws {
        let trials = [trial(0), trial(1, hasFailed: true)]
        let byToken = CostAnalysis.cost(of: "a", at: Self.tokens, measurements: trials, toCorrect: nil)
        #expect(byToken.unknown == 1)
        #expect(byToken.perTrial == 0.003)
        #expect(byToken.perThousand == 3)
        let byHour = CostAnalysis.cost(of: "a", at: Self.hour, measurements: trials, toCorrect: nil)
        #expect(byHour.unknown == 0)
        #expect(abs((byHour.perTrial ?? 0) - 0.0005) < 1e-15)
        // One completed trial in one second.
        #expect(abs((byHour.capacity ?? 0) - 3600) < 1e-9)
    }

    @Test func `what was not counted or not recorded has no cost`() {
        #expect(TrialCosts(of: [trial(0), trial(1, output: nil)], at: Self.tokens) == nil)
        #expect(TrialCosts(of: [trial(0), trial(1, prompt: nil)], at: Self.tokens) == nil)
        #expect(TrialCosts(of: [trial(0), trial(1, to: nil)], at: Self.hour) == nil)
        #expect(TrialCosts(of: [trial(0, hasFailed: true)], at: Self.tokens) == nil)
        #expect(TrialCosts(of: [], at: Self.hour) == nil)
        let cost = CostAnalysis.cost(of: "a", at: Self.tokens, measurements: [trial(0, output: nil)], toCorrect: nil)
        #expect(cost.perTrial == nil)
        #expect(cost.unknown == 1)
    }

    @Test func `a correct answer costs all of them over the right ones`() throws {
        let trials = [trial(0), trial(1, score: 0), trial(2, score: 0)]
        let column = MetricColumn(.costToCorrect, of: trials, samples: 3, rounds: 1, price: Self.tokens)
        let once = CountVector([1, 1, 1])
        #expect(abs((column.estimate(weights: once) ?? 0) - 0.009) < 1e-15)
        #expect(column.estimate(weights: CountVector([0, 1, 2])) == .infinity)
        #expect(column.trials == 3)
        let unpriced = MetricColumn(.costToCorrect, of: trials, samples: 3, rounds: 1)
        #expect(unpriced.estimate(weights: once) == nil)
    }

    @Test func `traffic breaks even where the hour costs as much as its requests by the token`() throws {
        let hourly = CandidateCost(
            candidate: "h", price: Price(basis: .hour(1.2), currency: "USD"), trials: 9, unknown: 0, perTrial: 0.1,
            toCorrect: nil, capacity: 500)
        func byToken(_ perTrial: Double?, _ currency: String = "USD") -> CandidateCost {
            CandidateCost(
                candidate: "t",
                price: Price(
                    input: 1, output: 1, per: "million tokens", currency: currency, source: nil, date: nil),
                trials: 9, unknown: 0, perTrial: perTrial, toCorrect: nil, capacity: nil)
        }
        let even = try #require(CostAnalysis.breakEvens(of: [byToken(0.003), hourly]).first)
        #expect(abs(even.requestsPerHour - 400) < 1e-9)
        #expect(abs(even.requestsPerHour * 0.003 - 1.2) < 1e-12, "both cost the same there")
        #expect(even.isServable == true)
        #expect(CostAnalysis.breakEvens(of: [byToken(0.002), hourly]).first?.isServable == false)
        #expect(CostAnalysis.breakEvens(of: [byToken(0.003, "EUR"), hourly]).isEmpty)
        #expect(CostAnalysis.breakEvens(of: [byToken(nil), hourly]).isEmpty)
        #expect(CostAnalysis.breakEvens(of: [byToken(0), hourly]).isEmpty)
    }
}
