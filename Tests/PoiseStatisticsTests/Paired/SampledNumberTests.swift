import Foundation
import PoiseCore
import Testing

@testable import PoiseStatistics

@Suite struct SampledNumberTests {
    /// Times to the first token of samples over rounds, of a machine whose pace is another in each round.
    private func drifting(
        _ samples: Int, drift: Double, run: String, generator: inout SeededGenerator
    ) -> MeasuredCandidate {
        var observations: [Observation] = []
        func normal() -> Double {
            NormalDistribution.quantile(min(1 - 1e-12, max(1e-12, generator.nextUnit())))
        }
        let own = (0..<samples).map { _ in 0.05 * normal() }
        for round in 1...3 {
            let pace = drift * normal()
            for sample in 0..<samples {
                observations.append(
                    observation(
                        "c", sample: sample, round: round, ttft: 100 * exp(pace + own[sample] + 0.02 * normal())))
            }
        }
        return MeasuredCandidate(
            candidate: "c", model: "c", quantization: nil, run: run, load: 1,
            circumstances: GateTests.circumstances(), samples: [:], observations: observations)
    }

    /// Of how many simulated runs a gate says that the truth is surely broken.
    private func falseFails(_ rule: GateRule, isRatio: Bool, of count: Int) throws -> Int {
        var generator = SeededGenerator(seed: 11)
        var fails = 0
        for index in 0..<count {
            let candidate = drifting(24, drift: 0.05, run: "1", generator: &generator)
            let base = isRatio ? drifting(24, drift: 0.05, run: "2", generator: &generator) : nil
            let data = RuleEvidence(
                candidate: candidate, base: base, point: nil, seed: UInt64(index), resamples: 150)
            guard case .evidence(let evidence, _) = data.figure(of: rule) else {
                Issue.record("There is no evidence.")
                return count
            }
            let p = try #require(evidence.pValue(atMost: isRatio ? 1 : 100))
            if p < 0.025 { fails += 1 }
        }
        return fails
    }

    @Test func `three rounds of a drifting machine fail a limit of its own about as often as they may`() throws {
        let rule = GateRule(.ttft, .atMost, .absolute(100))
        // 2.5% of 300 are 7.5; drawing from the three rounds gave about 12%, which are 36.
        let fails = try falseFails(rule, isRatio: false, of: 300)
        #expect((1...17).contains(fails), "\(fails)")
    }

    @Test func `so they do a multiple of the baseline's quantile`() throws {
        let rule = GateRule(.ttft, .atMost, .relative(1), quantile: 0.75)
        let fails = try falseFails(rule, isRatio: true, of: 200)
        #expect((0...12).contains(fails), "\(fails)")
    }

    @Test func `a resample without any in the baseline is infinitely worse, and not left out`() throws {
        let base = GateTests.measured("b", scores: GateTests.scores(right: 50, of: 100), capped: [0, 1])
        let candidate = GateTests.measured("c", scores: GateTests.scores(right: 50, of: 100), capped: [5])
        let rule = GateRule(.lengthCapped, .atMost, .relative(4))
        let data = RuleEvidence(candidate: candidate, base: base, point: nil, seed: 1, resamples: 2000)
        guard case .evidence(let evidence, _) = data.figure(of: rule) else {
            Issue.record("There is no evidence.")
            return
        }
        #expect(evidence.estimate == 0.5)
        #expect(try #require(evidence.interval()).high == .infinity)
        // About the chance that the two are not drawn and the one is.
        #expect(try #require(evidence.pValue(atLeast: 4)) > 0.05)
        let result = Gate(rules: [rule], seed: 1, resamples: 2000).results(of: [
            Gate.Case(name: "c", load: 1, candidate: candidate, base: base, hasBaseline: true, point: nil)
        ])
        #expect(result.first?.verdict == .inconclusive)
    }

    @Test func `quotients with nothing or without end are what they say`() {
        func quotient(_ over: Double?, _ under: Double?) -> Double? {
            SampledNumber.Quotient(
                base: SideColumn(samples: 1) { _ in under }, candidate: SideColumn(samples: 1) { _ in over }
            ).value(CountVector([1]))
        }
        #expect(quotient(1, 0) == .infinity)
        #expect(quotient(0, 0) == nil)
        #expect(quotient(1, .infinity) == 0)
        #expect(quotient(.infinity, .infinity) == nil)
        #expect(quotient(.infinity, 2) == .infinity)
        #expect(quotient(nil, 2) == nil && quotient(2, nil) == nil)
        #expect(quotient(1, 4) == 0.25)
    }

    @Test func `a few resamples without end keep what rounds add`() throws {
        let drifts = [RoundDrift(rounds: 3, between: 0.01, noise: 0.0001)]
        let values = (0..<199).map { exp(0.001 * Double($0 - 100)) }
        let plain = try #require(
            Evidence(ratio: 1, n: 50, resamples: values, drifts: drifts).interval())
        let endless = try #require(
            Evidence(ratio: 1, n: 50, resamples: values + [.infinity], drifts: drifts).interval())
        #expect(abs(endless.low / plain.low - 1) < 0.02)
        #expect(endless.high >= plain.high)
    }
}
