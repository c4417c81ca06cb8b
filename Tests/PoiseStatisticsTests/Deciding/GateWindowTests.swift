import PoiseCore
import Testing

@testable import PoiseStatistics

/// Numbers of whole windows and points: throughput, memory, the chance to be on the front.
struct GateWindowTests {
    private func judge(
        _ rule: GateRule, _ candidate: MeasuredCandidate, against base: MeasuredCandidate? = nil,
        point: FrontPoint? = nil
    ) throws -> RuleResult {
        try #require(
            Gate(rules: [rule], seed: 1, resamples: 500).results(of: [
                Gate.Case(
                    name: "c", load: 1, candidate: candidate, base: base, hasBaseline: base != nil, point: point)
            ]).first)
    }

    /// One request after the other, 10 tokens each, at these speeds of the rounds.
    private func measured(_ speeds: [Double], machine: String = "m", memory: Int64? = nil) -> MeasuredCandidate {
        var candidate = GateTests.measured(
            "c", scores: GateTests.scores(right: 20, of: 20), circumstances: GateTests.circumstances(machine: machine))
        candidate.observations = speeds.enumerated().flatMap { round, speed in
            (0..<20).map { place in
                let start = Double(round) * 1e6 + Double(place) * 10_000 / speed
                return Observation(
                    candidate: "c", task: "t", sample: "s\(place)", load: 1, round: round + 1, score: 1, ttft: nil,
                    ttfo: nil, latency: 10_000 / speed, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil,
                    scheduled: start, ended: start + 10_000 / speed, outputTokens: 10)
            }
        }
        candidate.peakMemory = memory
        return candidate
    }

    private static let rule = GateRule(.throughput, .atLeast, .absolute(100))

    @Test func `a single window decides nothing`() throws {
        for speeds in [[120.0], [120, 121]] {
            let result = try judge(Self.rule, measured(speeds))
            #expect(result.verdict == .inconclusive)
            #expect(result.reasons == [.tooFewWindows(least: 3)])
            #expect(try #require(result.estimate) > 119)
        }
        let compared = try judge(
            GateRule(.throughput, .atLeast, .relative(0.9)), measured([120]), against: measured([100]))
        #expect(compared.verdict == .inconclusive)
        #expect(compared.reasons == [.tooFewWindows(least: 3)])
    }

    @Test func `from three rounds on a throughput has an interval`() throws {
        let fast = try judge(Self.rule, measured([118, 120, 122]))
        #expect(fast.verdict == .pass)
        #expect(fast.n == 3)
        let low = try #require(fast.low)
        // Student's with two degrees of freedom, on the logarithmic scale: 119.98 / e^(4.303 × 0.00963).
        #expect(abs(low - 115.11) < 0.05)
        #expect(try judge(Self.rule, measured([78, 80, 82])).verdict == .fail)
        #expect(try judge(Self.rule, measured([80, 100, 125])).verdict == .inconclusive)
        let ratio = try judge(
            GateRule(.throughput, .atLeast, .relative(0.9)), measured([118, 120, 122]),
            against: measured([99, 100, 101]))
        #expect(ratio.verdict == .pass)
        #expect(abs(try #require(ratio.estimate) - 1.2) < 0.01)
    }

    @Test func `memory of another machine is not compared`() throws {
        let rule = GateRule(.memory, .atMost, .relative(1.1))
        let candidate = measured([100], memory: 1000)
        #expect(try judge(rule, candidate, against: measured([100], memory: 1000)).verdict == .pass)
        let result = try judge(rule, candidate, against: measured([100], machine: "other", memory: 1000))
        #expect(result.verdict == .inconclusive)
        #expect(result.reasons == [.otherMachine(baseline: "machine other", candidate: "machine m")])
    }

    @Test func `the front of a single sample decides nothing`() throws {
        for n in [1, 20] {
            var candidate = GateTests.measured("c", scores: GateTests.scores(right: 20, of: 20))
            candidate.samples = ["t": candidate.samples["t", default: [:]].filter { n > 1 || $0.key == "s0" }]
            candidate.observations = candidate.observations.filter { n > 1 || $0.sample == "s0" }
            let point = try #require(
                FrontAnalysis(seed: 1).points(
                    from: candidate.observations, candidates: [PoiseStatisticsTests.candidate("c")]
                ).first)
            let result = try judge(
                GateRule(.frontProbability, .atLeast, .absolute(0)), candidate, point: point)
            #expect(result.reasons == [n == 1 ? .singleSample : .asItStands], "\(result)")
        }
    }
}
