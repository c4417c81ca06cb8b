import Foundation
import PoiseCore
import PoiseStatistics
import Testing

@Suite struct MarginTestTests {
    /// An estimate that scatters normally with a known standard error.
    private func normal(_ estimate: Double, error: Double, n: Int = 100) -> Evidence {
        Evidence(estimate: estimate, n: n, method: .newcombe) { confidence in
            let reach = NormalDistribution.quantile((1 + confidence) / 2) * error
            return Interval(low: estimate - reach, high: estimate + reach)
        }
    }

    @Test func `the verdict is where the interval lies`() {
        func verdict(_ estimate: Double) -> Verdict {
            MarginTest(normal(estimate, error: 0.01), bound: -0.02, side: .atLeast).verdict
        }
        // 1.96 standard errors about the bound.
        #expect(verdict(-0.02 + 0.0197) == .pass)
        #expect(verdict(-0.02 + 0.0195) == .inconclusive)
        #expect(verdict(-0.02) == .inconclusive)
        #expect(verdict(-0.02 - 0.0195) == .inconclusive)
        #expect(verdict(-0.02 - 0.0197) == .fail)
    }

    @Test func `at most is the mirror of at least`() throws {
        for estimate in stride(from: -0.1, through: 0.1, by: 0.013) {
            let least = MarginTest(normal(estimate, error: 0.01), bound: -0.02, side: .atLeast)
            let most = MarginTest(normal(-estimate, error: 0.01), bound: 0.02, side: .atMost)
            #expect(least.verdict == most.verdict)
            #expect(abs(try #require(least.passPValue) - (try #require(most.passPValue))) < 1e-12)
            #expect(least.samplesToDecide() == most.samplesToDecide())
        }
    }

    @Test func `p-values are those of the normal distribution`() throws {
        for z in [-6.0, -3, -1, -0.2, 0.2, 1, 3, 6] {
            let test = MarginTest(normal(z * 0.01, error: 0.01), bound: 0, side: .atLeast)
            let tail = erfc(z / 2.0.squareRoot()) / 2
            #expect(abs(try #require(test.passPValue) / tail - 1) < 1e-6)
            #expect(abs(try #require(test.passPValue) + (try #require(test.failPValue)) - 1) < 1e-6)
        }
        #expect(MarginTest(normal(0, error: 0.01), bound: 0, side: .atLeast).passPValue == 0.5)
    }

    @Test func `the smallest effect and the samples are those of the normal formulas`() throws {
        // z at 97.5% and at 80%.
        let reach = 1.959963984540054 + 0.8416212335729143
        let test = MarginTest(normal(-0.01, error: 0.01), bound: -0.02, side: .atLeast)
        #expect(abs(try #require(test.smallestEffect()) - reach * 0.01) < 1e-6)
        // n × (reach × error / distance)²
        let samples = try #require(test.samplesToDecide())
        #expect(abs(Double(samples) / (100 * reach * reach) - 1) < 0.003)
        let power = MarginTest(normal(-0.01, error: 0.01), bound: -0.02, side: .atLeast).smallestEffect(power: 0.5)
        #expect(abs(try #require(power) - 0.01959963984540054) < 1e-6)
    }

    @Test func `a ratio is reckoned as a factor and told as a distance`() throws {
        let resamples = (1..<10_000).map { exp(0.02 * NormalDistribution.quantile(Double($0) / 10_000)) }
        let evidence = Evidence(estimate: 1, n: 100, resamples: resamples, scale: .ratio)
        let test = MarginTest(evidence, bound: 0.95, side: .atLeast)
        #expect(test.verdict == .pass)
        let effect = try #require(test.smallestEffect())
        #expect(abs(effect - 0.95 * (1 - exp(-2.8016 * 0.02))) < 2e-3)
    }

    @Test func `nothing decides without evidence that says how sure it is`() {
        let tests = [
            MarginTest(nil, bound: 0, side: .atLeast),
            MarginTest(normal(5, error: 0.01, n: 1), bound: 0, side: .atLeast),
            MarginTest(normal(5, error: 0.01), bound: .nan, side: .atLeast),
            MarginTest(normal(.nan, error: 0.01), bound: 0, side: .atLeast),
            MarginTest(normal(5, error: 0.01), bound: 0, side: .atLeast, confidence: 1),
            MarginTest(Evidence(estimate: 5, n: 9, resamples: []), bound: 0, side: .atLeast),
        ]
        for test in tests {
            #expect(test.verdict == .inconclusive)
            #expect(test.samplesToDecide() == nil)
            #expect(test.smallestEffect() == nil)
        }
    }

    @Test func `what is decided needs no samples, and on the bound none are enough`() {
        #expect(MarginTest(normal(1, error: 0.01), bound: 0, side: .atLeast).samplesToDecide() == nil)
        #expect(MarginTest(normal(0, error: 0.01), bound: 0, side: .atLeast).samplesToDecide() == nil)
    }

    @Test func `five samples that all agree do not pass a margin of two points`() throws {
        let same = PairedCounts(kept: 5, gained: 0, lost: 0, missed: 0).evidence
        let test = MarginTest(same, bound: -0.02, side: .atLeast)
        #expect(test.verdict == .inconclusive)
        let interval = try #require(same.interval())
        #expect(interval.low < -0.4 && interval.high > 0.4)
        // All of so many the same would do: Wilson's lower end is n / (n + z²) from 189 on.
        #expect((180...195).contains(try #require(test.samplesToDecide())))
    }

    @Test func `the effect that is printed is failed four times of five, by the very table`() throws {
        // 1,000 samples, 5% flipped each way.
        let counts = PairedCounts(kept: 700, gained: 50, lost: 50, missed: 200)
        let effect = try #require(MarginTest(counts.evidence, bound: -0.02, side: .atLeast).smallestEffect())
        var generator = SeededGenerator(seed: 31)
        let (gains, losses) = (0.05, 0.05 + 0.02 + effect)
        let failed = (0..<2000).count { _ in
            var (kept, gained, lost, missed) = (0, 0, 0, 0)
            for _ in 0..<1000 {
                let draw = generator.nextUnit()
                if draw < gains {
                    gained += 1
                } else if draw < gains + losses {
                    lost += 1
                } else if draw < gains + 0.75 {
                    kept += 1
                } else {
                    missed += 1
                }
            }
            let evidence = PairedCounts(kept: kept, gained: gained, lost: lost, missed: missed).evidence
            return MarginTest(evidence, bound: -0.02, side: .atLeast).verdict == .fail
        }
        #expect(abs(Double(failed) / 2000 - 0.8) < 0.03)
    }

    @Test func `flips that balance by chance count as much as those that balance exactly`() throws {
        func effect(gained: Int, lost: Int) throws -> Double {
            let counts = PairedCounts(kept: 75, gained: gained, lost: lost, missed: 25 - gained - lost)
            return try #require(MarginTest(counts.evidence, bound: 0, side: .atLeast).smallestEffect())
        }
        #expect(abs(try effect(gained: 4, lost: 2) - effect(gained: 3, lost: 3)) < 0.005)
        #expect(try effect(gained: 3, lost: 3) > effect(gained: 0, lost: 0) + 0.02)
    }

    @Test func `the effect of epochs is that of data in which as many samples are lost`() throws {
        // A hundred samples with three epochs each; every sample of the base is as the candidate's but for its epochs.
        var generator = SeededGenerator(seed: 5)
        func scores(_ chance: Double) -> Double { Double((0..<3).count { _ in generator.nextUnit() < chance }) / 3 }
        func data(_ loss: Double) -> [(base: Double, candidate: Double)] {
            (0..<100).map { _ in
                let chance = generator.nextUnit() < 0.5 ? 1 : 0.6
                return (scores(chance), generator.nextUnit() < loss / 0.8 ? 0 : scores(chance))
            }
        }
        func test(_ loss: Double) -> MarginTest {
            MarginTest(Evidence.accuracyDifference(of: data(loss)), bound: -0.02, side: .atLeast)
        }
        let effects = (0..<51).compactMap { _ in test(0).smallestEffect() }.sorted()
        let effect = effects[effects.count / 2]
        let failed = (0..<2000).count { _ in test(effect + 0.02).verdict == .fail }
        #expect(abs(Double(failed) / 2000 - 0.8) < 0.05)
    }

    @Test func `a p-value near one half is not rounded to it`() throws {
        let p = try #require(normal(0.000_001, error: 0.01).pValue(atMost: 0))
        #expect(abs(p - NormalDistribution.cumulative(-0.0001)) < 1e-9)
    }

    @Test func `no effect can be seen where even the worst would not fail`() {
        // All three wrong: the upper end of the difference stays above −0.05.
        let three = PairedCounts(kept: 1, gained: 0, lost: 0, missed: 2).evidence
        #expect(MarginTest(three, bound: -0.3, side: .atLeast).smallestEffect() == nil)
    }
}
