import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct CostRatioTests {
    /// Every sample takes a second, one after the other, in each of three rounds; half of the answers are right.
    private func side(_ price: Price?, second: Double = 1000, run: String = "1") -> MeasuredCandidate {
        var observations: [Observation] = []
        for round in 1...3 {
            for sample in 0..<20 {
                let start = Double(round) * 1_000_000 + Double(sample) * second
                observations.append(
                    Observation(
                        candidate: "c", task: sample < 10 ? "t" : "u", sample: "s\(sample)", load: 1, round: round,
                        score: sample % 2 == 0 ? 1 : 0, ttft: 10, ttfo: 10, latency: second, decodeTPS: 100,
                        decodedTokens: 20, decodeSpan: 200, queueDelay: 0, scheduled: start, ended: start + second,
                        outputTokens: 100, promptTokens: 1000))
            }
        }
        return MeasuredCandidate(
            candidate: "c", model: "c", quantization: nil, run: run, load: 1,
            circumstances: GateTests.circumstances(), samples: [:], observations: observations, price: price)
    }

    private func tokens(_ price: Double, currency: String = "USD") -> Price {
        Price(input: price, output: price, per: "million tokens", currency: currency, source: nil, date: nil)
    }

    private func hour(_ price: Double) -> Price { Price(basis: .hour(price), currency: "USD") }

    private func result(_ base: MeasuredCandidate, _ candidate: MeasuredCandidate, task: String? = nil) -> RuleResult? {
        let rule = GateRule(.costToCorrect, .atMost, .relative(2), task: task)
        return Gate(rules: [rule], seed: 1, resamples: 300).results(of: [
            Gate.Case(name: "c", load: 1, candidate: candidate, base: base, hasBaseline: true, point: nil)
        ]).first
    }

    @Test func `what a right answer costs is held against the baseline's`() throws {
        let found = try #require(result(side(tokens(1)), side(tokens(1.5))))
        #expect(abs(try #require(found.estimate) - 1.5) < 1e-9)
        #expect(found.verdict == .pass)
        #expect(result(side(tokens(1)), side(tokens(3)))?.verdict == .fail)
    }

    @Test func `an hour is shared by all of a round's trials, also where one task counts`() throws {
        let found = try #require(result(side(hour(1)), side(hour(1), second: 3000, run: "2")))
        #expect(abs(try #require(found.estimate) - 3) < 1e-9)
        #expect(found.verdict == .fail)
        // A task of 10 of 20 trials bears half of each round, and not the time from its first to its last.
        let costs = PairedSamples(base: side(hour(1)), candidate: side(hour(1)), tasks: ["t"]).candidateCosts
        #expect(abs(try #require(costs?.hours) - 60.0 / 3600) < 1e-9)
        let change = PairedSamples(base: side(hour(1)), candidate: side(hour(1)), tasks: ["t"])
            .changes(of: [.costToCorrect], resamples: 50, seed: 1)
        // 10 trials of a second for 5 right answers.
        #expect(abs(try #require(change.first?.base) - 2.0 / 3600) < 1e-9)
    }

    @Test func `costs in two currencies are not compared, nor those without a price`() {
        let found = result(side(tokens(1)), side(tokens(1, currency: "EUR")))
        #expect(found?.verdict == .inconclusive)
        #expect(found?.reasons == [.otherCurrency(baseline: "USD", candidate: "EUR")])
        #expect(
            PairedSamples(base: side(tokens(1)), candidate: side(tokens(1, currency: "EUR")))
                .ratios(of: [.costToCorrect], resamples: 50, seed: 1).isEmpty)
        #expect(result(side(tokens(1)), side(nil))?.verdict == .inconclusive)
    }
}
