import PoiseCore
import Testing

@testable import PoiseStatistics

/// What says nothing, and what was never asked, is no ground for a pass.
struct GateMissingTests {
    private func judge(
        _ rule: GateRule, _ candidate: MeasuredCandidate, against base: MeasuredCandidate? = nil,
        point: FrontPoint? = nil
    ) throws -> RuleResult {
        try #require(
            Gate(rules: [rule], seed: 1, resamples: 300).results(of: [
                Gate.Case(
                    name: "c", load: 1, candidate: candidate, base: base, hasBaseline: base != nil, point: point)
            ]).first)
    }

    /// Three quarters of 400 are right.
    private static let base = GateTests.measured("b", scores: GateTests.scores(right: 300, of: 400))
    /// Each of the wrong ones failed instead, so that all that has a score is right.
    private static let hiding = GateTests.measured(
        "c", scores: GateTests.scores(right: 300, of: 400), failed: Set(300..<400))

    /// How each response of `trials` ended, by its place.
    private func ended(_ count: Int, _ isLengthCapped: (Int) -> Bool?) -> MeasuredCandidate {
        var candidate = GateTests.measured("c", scores: GateTests.scores(right: count, of: count))
        candidate.observations = candidate.observations.enumerated().map { place, trial in
            Observation(
                candidate: "c", task: trial.task, sample: trial.sample, load: 1, round: 1, score: 1, ttft: nil,
                ttfo: nil, latency: 100, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil,
                isLengthCapped: isLengthCapped(place))
        }
        return candidate
    }

    // MARK: - The length cap

    @Test(arguments: [0, 0.01])
    func `responses that do not say why they ended were not seen to be whole`(bound: Double) throws {
        let rule = GateRule(.lengthCapped, .atMost, .absolute(bound))
        let unknown = try judge(rule, ended(500) { _ in nil })
        #expect(unknown.verdict == .inconclusive)
        #expect(unknown.reasons == [.undefined(.candidate)])
        let some = try judge(rule, ended(500) { $0 < 50 ? nil : false })
        #expect(some.verdict == .inconclusive)
        #expect(some.reasons.suffix(2) == [.unknownEnds(50, of: 500), .unknownEndsCouldHideALoss])
        #expect(try judge(rule, ended(500) { _ in false }).verdict == .pass)
    }

    @Test func `a few unknown ends that cannot break the bound are told`() throws {
        let result = try judge(
            GateRule(.lengthCapped, .atMost, .absolute(0.1)), ended(500) { $0 < 2 ? nil : false })
        #expect(result.verdict == .pass)
        #expect(result.reasons == [.unknownEnds(2, of: 500)])
    }

    // MARK: - Failures

    @Test(arguments: [
        GateRule(.accuracy, .atLeast, .absolute(0.8)), GateRule(.score, .atLeast, .absolute(0.8)),
        GateRule(.timeToCorrect, .atMost, .absolute(240)), GateRule(.tokensToCorrect, .atMost, .absolute(25)),
    ])
    func `wrong answers that failed instead do not pass a limit of its own`(rule: GateRule) throws {
        let result = try judge(rule, Self.hiding)
        #expect(result.verdict == .inconclusive)
        #expect(result.reasons == [.unscoredTrials(100, of: 400), .missingScoresCouldHideALoss])
        // What is no loss even so still passes.
        let loose = GateRule(rule.quantity, rule.side, .absolute(rule.side == .atLeast ? 0.6 : 400))
        #expect(try judge(loose, Self.hiding).verdict == .pass)
    }

    @Test(arguments: [GateQuantity.timeToCorrect, .tokensToCorrect])
    func `nor do they pass a multiple of the baseline's`(quantity: GateQuantity) throws {
        let result = try judge(GateRule(quantity, .atMost, .relative(0.9)), Self.hiding, against: Self.base)
        #expect(try #require(result.estimate) < 0.8)
        #expect(result.verdict == .inconclusive)
        #expect(
            result.reasons.suffix(2)
                == [.missingScores(candidate: 100, baseline: 0, of: 400), .missingScoresCouldHideALoss])
    }

    @Test func `failures of some rounds count though their samples have scores`() throws {
        var candidate = GateTests.measured("c", scores: GateTests.scores(right: 400, of: 400), rounds: 3)
        let failed = GateTests.measured(
            "c", scores: GateTests.scores(right: 400, of: 400), failed: Set(0..<400), rounds: 3)
        candidate.observations = zip(candidate.observations, failed.observations).map { $0.round == 3 ? $1 : $0 }
        let result = try judge(GateRule(.accuracy, .atLeast, .absolute(0.9)), candidate)
        #expect(result.verdict == .inconclusive)
        #expect(result.reasons.first == .unscoredTrials(400, of: 1200))
    }

    @Test func `a task without graders misses nothing`() throws {
        var candidate = GateTests.measured("c", scores: GateTests.scores(right: 400, of: 400))
        let plain = ended(100) { _ in false }
        candidate.observations += plain.observations.enumerated().map { place, trial in
            Observation(
                candidate: "c", task: "plain", sample: trial.sample, load: 1, round: 1, score: nil, ttft: nil,
                ttfo: nil, latency: 100, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil)
        }
        let result = try judge(GateRule(.accuracy, .atLeast, .absolute(0.9)), candidate)
        #expect(result.verdict == .pass)
        #expect(result.reasons.isEmpty)
    }

    @Test func `a speed says how many trials failed`() throws {
        let result = try judge(GateRule(.ttft, .atMost, .absolute(500)), Self.hiding)
        #expect(result.verdict == .pass)
        #expect(result.reasons == [.failedTrials(100, of: 400)])
    }

    // MARK: - Never asked

    private func shortened(_ candidate: MeasuredCandidate, to count: Int) -> MeasuredCandidate {
        var short = candidate
        short.observations = Array(candidate.observations.prefix(count))
        return short
    }

    @Test func `samples that were planned and never asked leave a rule open`() throws {
        let rule = GateRule(.accuracy, .atLeast, .absolute(0.5))
        let short = shortened(Self.base, to: 350)
        let result = try judge(rule, short)
        #expect(try #require(result.low) > 0.5)
        #expect(result.verdict == .inconclusive)
        #expect(result.reasons == [.unasked(.candidate, 50, of: 400)])
        let compared = try judge(
            GateRule(.accuracy, .atLeast, .nonInferior(by: 0.05)), Self.base, against: short)
        #expect(compared.verdict == .inconclusive)
        #expect(compared.reasons == [.unasked(.baseline, 50, of: 400)])
        // Of a run that may stop early by the suite's own word, it is told.
        var stopped = short
        stopped.circumstances.settings.stop.requests = 350
        #expect(try judge(rule, stopped).verdict == .pass)
        stopped.circumstances.status = .interrupted
        #expect(try judge(rule, stopped).verdict == .inconclusive)
    }

    @Test func `what must not occur and did has failed, whatever was not asked`() throws {
        let broken = shortened(GateTests.measured("c", scores: [1, 1, 1, 1], failed: [0]), to: 2)
        #expect(try judge(GateRule(.failed, .atMost, .absolute(0)), broken).verdict == .fail)
        let clean = shortened(GateTests.measured("c", scores: [1, 1, 1, 1]), to: 2)
        #expect(try judge(GateRule(.failed, .atMost, .absolute(0)), clean).verdict == .inconclusive)
    }
}
