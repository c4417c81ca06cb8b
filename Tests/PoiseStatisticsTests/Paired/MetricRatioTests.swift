import PoiseCore
import PoiseStatistics
import Testing

@Suite struct MetricRatioTests {
    /// Speeds of 40 samples over rounds, with noise, at a factor for each round.
    private func side(
        _ factors: [Double], run: String = "1", seed: UInt64, samples: Int = 40, noise: Double = 0.1
    ) -> MeasuredCandidate {
        var generator = SeededGenerator(seed: seed)
        let observations = factors.enumerated().flatMap { round, factor in
            (0..<samples).map { sample in
                observation(
                    "c", sample: sample, speed: factor * 100 * (1 + noise * (generator.nextUnit() - 0.5)),
                    round: round + 1)
            }
        }
        return MeasuredCandidate(
            candidate: "c", model: "c", quantization: nil, run: run, load: 1,
            circumstances: Circumstances(
                machine: "", machineSummary: "", poiseVersion: "", startedAt: "2026-01-01T00:00:00Z"),
            samples: [:], observations: observations)
    }

    private func ratio(_ base: MeasuredCandidate, _ candidate: MeasuredCandidate) throws -> Evidence {
        try #require(
            PairedSamples(base: base, candidate: candidate).ratios(of: [.decodeTPS], resamples: 2000, seed: 3)[
                .decodeTPS])
    }

    private func width(_ evidence: Evidence) throws -> Double {
        let interval = try #require(evidence.interval())
        return interval.high / interval.low
    }

    @Test func `the ratio is that of the medians, with an interval about it`() throws {
        let evidence = try ratio(side([1], seed: 1), side([1.2], seed: 2))
        #expect(abs(evidence.estimate - 1.2) < 0.03)
        #expect(try #require(evidence.interval()).contains(evidence.estimate))
        #expect(evidence.scale == .ratio && evidence.n == 40)
        #expect(try #require(evidence.pValue(atMost: 1)) == 1.0 / 2001)
    }

    @Test func `a machine that drifts for both says nothing of their ratio`() throws {
        let still = try ratio(side([1, 1, 1], seed: 1), side([1, 1, 1], seed: 2))
        let drifting = try ratio(side([1, 1.3, 0.8], seed: 1), side([1, 1.3, 0.8], seed: 2))
        #expect(try width(drifting) < 1.5 * width(still) - 0.3)
    }

    @Test func `a candidate that drifts from round to round is known no better than three rounds tell`() throws {
        let still = try ratio(side([1, 1, 1], seed: 1), side([1, 1, 1], seed: 2))
        let drifting = try ratio(side([1, 1, 1], seed: 1), side([1, 1.1, 0.9], seed: 2))
        #expect(try width(still) < 1.05)
        // Of three values with a standard deviation of 0.1: 4.3 × 0.1 / √3 to each side.
        #expect(try width(drifting) > 1.4)
        #expect(try #require(drifting.pValue(atMost: 0.9)) > 0.01)
        // p-values and intervals agree with the longer tails too.
        let interval = try #require(drifting.interval())
        #expect(abs(try #require(drifting.pValue(atMost: interval.low)) - 0.025) < 1e-6)
    }

    @Test func `rounds of two runs are each their own time`() throws {
        let one = try ratio(side([1, 1.2, 0.9], seed: 1), side([1, 1.2, 0.9], seed: 2))
        let two = try ratio(side([1, 1.2, 0.9], seed: 1), side([1, 1.2, 0.9], run: "2", seed: 2))
        #expect(try width(two) > 1.5 * width(one))
    }

    @Test func `the same trials at the same speed are exactly as fast`() throws {
        let base = side([1, 1.1, 0.9], seed: 4)
        let evidence = try ratio(base, base)
        #expect(evidence.estimate == 1)
        #expect(evidence.interval() == Interval(low: 1, high: 1))
    }

    @Test func `a metric that one side lacks has no ratio`() {
        let pair = PairedSamples(base: side([1], seed: 1), candidate: side([1], seed: 2))
        #expect(pair.ratios(of: [.charactersPerSecond], resamples: 50, seed: 1).isEmpty)
        #expect(pair.ratios(of: [], resamples: 50, seed: 1).isEmpty)
    }

    @Test func `the same seed draws the same`() throws {
        let (base, candidate) = (side([1, 1, 1.1], seed: 5), side([1, 1, 1], seed: 6))
        #expect(try ratio(base, candidate).interval() == ratio(base, candidate).interval())
    }
}
