import PoiseCore
import Testing

@testable import PoiseStatistics

/// Verdicts on evidence made by hand.
struct GateTests {
    /// One side of a comparison: a score and a speed for each sample, all asked once.
    static func measured(
        _ name: String, scores: [Double?], speed: Double = 100, ttft: Double = 10, run: String = "r",
        circumstances: Circumstances? = nil, failed: Set<Int> = [], capped: Set<Int> = [], digest: String = "d",
        offset: Int = 0, rounds: Int = 1
    ) -> MeasuredCandidate {
        var observations: [Observation] = []
        for round in 1...rounds {
            for (index, score) in scores.enumerated() {
                let hasFailed = failed.contains(index)
                // A little apart, as timings are.
                let pace = speed * (1 + 0.001 * Double((index * 7 + round) % 11))
                observations.append(
                    Observation(
                        candidate: name, task: "t", sample: "s\(index + offset)", load: 1, round: round,
                        score: hasFailed ? nil : score, ttft: hasFailed ? nil : ttft + 0.01 * Double(index % 7),
                        ttfo: hasFailed ? nil : ttft, latency: hasFailed ? nil : 200,
                        decodeTPS: hasFailed ? nil : pace, decodedTokens: hasFailed ? nil : 20,
                        decodeSpan: hasFailed ? nil : 20_000 / pace, outputTokens: hasFailed ? nil : 21,
                        isLengthCapped: hasFailed ? nil : capped.contains(index), hasFailed: hasFailed))
            }
        }
        let samples = Dictionary(uniqueKeysWithValues: scores.indices.map { ("s\($0 + offset)", digest) })
        return MeasuredCandidate(
            candidate: name, model: name, quantization: nil, run: run, load: 1,
            circumstances: circumstances ?? Self.circumstances(), samples: ["t": samples], observations: observations)
    }

    static func circumstances(machine: String = "m", grader: String = "exact 1", service: String? = nil)
        -> Circumstances
    {
        Circumstances(
            machine: machine, machineSummary: "machine \(machine)", service: service, graders: ["t": [grader]],
            poiseVersion: "0", startedAt: "")
    }

    /// Right answers first.
    static func scores(right: Int, of count: Int) -> [Double?] {
        (0..<count).map { $0 < right ? 1 : 0 }
    }

    private func judge(
        _ rules: [GateRule], _ candidate: MeasuredCandidate?, against base: MeasuredCandidate?, point: FrontPoint? = nil
    ) -> [RuleResult] {
        Gate(rules: rules, seed: 1, resamples: 500).results(of: [
            Gate.Case(
                name: "c", load: 1, candidate: candidate, base: base, hasBaseline: base != nil, point: point)
        ])
    }

    private func judge(
        _ rule: GateRule, _ candidate: MeasuredCandidate?, against base: MeasuredCandidate? = nil
    ) throws -> RuleResult {
        try #require(judge([rule], candidate, against: base).first)
    }

    private static let margin = GateRule(.accuracy, .atLeast, .nonInferior(by: 0.03))

    // MARK: - Three outcomes

    @Test func `an accuracy that stays passes, one that falls far fails, and few samples decide nothing`() throws {
        let base = Self.measured("b", scores: Self.scores(right: 300, of: 400))
        let same = try judge(Self.margin, Self.measured("c", scores: Self.scores(right: 300, of: 400)), against: base)
        #expect(same.verdict == .pass)
        #expect(same.estimate == 0)
        #expect(same.method == .newcombe)
        #expect(same.n == 400)
        #expect(same.toSpare == 0.03)
        #expect(try #require(same.smallestEffect) > 0)
        #expect(same.samplesToDecide == nil)

        let worse = try judge(Self.margin, Self.measured("c", scores: Self.scores(right: 200, of: 400)), against: base)
        #expect(worse.verdict == .fail)
        #expect(worse.estimate == -0.25)
        #expect(try #require(worse.adjustedFailPValue) < 0.001)

        let few = try judge(
            Self.margin, Self.measured("c", scores: Self.scores(right: 15, of: 20)),
            against: Self.measured("b", scores: Self.scores(right: 15, of: 20)))
        #expect(few.verdict == .inconclusive)
        #expect(try #require(few.samplesToDecide) > 20)
    }

    @Test func `a speed is a ratio of medians over the same samples`() throws {
        let base = Self.measured("b", scores: Self.scores(right: 30, of: 40))
        let rule = GateRule(.decodeTPS, .atLeast, .relative(0.95))
        let fast = try judge(
            rule, Self.measured("c", scores: Self.scores(right: 30, of: 40), speed: 120), against: base)
        #expect(fast.verdict == .pass)
        #expect(abs(try #require(fast.estimate) - 1.2) < 1e-9)
        let slow = try judge(rule, Self.measured("c", scores: Self.scores(right: 30, of: 40), speed: 80), against: base)
        #expect(slow.verdict == .fail)
    }

    @Test func `a limit of its own has an interval too`() throws {
        let candidate = Self.measured("c", scores: Self.scores(right: 80, of: 100), ttft: 480)
        #expect(try judge(GateRule(.ttft, .atMost, .absolute(500)), candidate).verdict == .pass)
        #expect(try judge(GateRule(.ttft, .atMost, .absolute(400)), candidate).verdict == .fail)
        let accuracy = try judge(GateRule(.accuracy, .atLeast, .absolute(0.78)), candidate)
        // Wilson's interval of 80 of 100.
        #expect(accuracy.verdict == .inconclusive)
        #expect(abs(try #require(accuracy.low) - 0.7112) < 0.0001)
        #expect(abs(try #require(accuracy.high) - 0.8666) < 0.0001)
        #expect(accuracy.method == .wilson)
        #expect(try judge(GateRule(.accuracy, .atLeast, .absolute(0.6)), candidate).verdict == .pass)
    }

    @Test func `a high quantile takes many samples`() throws {
        let rule = GateRule(.ttft, .atMost, .absolute(500), quantile: 0.95)
        let few = try judge(rule, Self.measured("c", scores: Self.scores(right: 60, of: 60)))
        #expect(few.verdict == .inconclusive)
        #expect(few.reasons == [.tooFewSamples(n: 60, least: 72)])
        #expect(try judge(rule, Self.measured("c", scores: Self.scores(right: 72, of: 72))).verdict == .pass)
    }

    @Test func `rounds are no further evidence for a share`() throws {
        let once = try judge(
            GateRule(.lengthCapped, .atMost, .absolute(0.2)),
            Self.measured("c", scores: Self.scores(right: 50, of: 50), capped: [1, 2]))
        let thrice = try judge(
            GateRule(.lengthCapped, .atMost, .absolute(0.2)),
            Self.measured("c", scores: Self.scores(right: 50, of: 50), capped: [1, 2], rounds: 3))
        #expect(once.estimate == 0.04)
        #expect(once.low == thrice.low)
        #expect(once.high == thrice.high)
    }

    @Test func `what must never occur is counted`() throws {
        let rule = GateRule(.failed, .atMost, .absolute(0))
        let clean = try judge(rule, Self.measured("c", scores: Self.scores(right: 9, of: 10)))
        #expect(clean.verdict == .pass)
        #expect(clean.reasons == [.counted(0, of: 10)])
        let broken = try judge(rule, Self.measured("c", scores: Self.scores(right: 9, of: 10), failed: [3]))
        #expect(broken.verdict == .fail)
        #expect(broken.reasons == [.counted(1, of: 10)])
    }

    @Test func `a number without an interval is compared as it stands, and says so`() throws {
        let result = try judge(
            GateRule(.n, .atLeast, .absolute(50)), Self.measured("c", scores: Self.scores(right: 9, of: 40)))
        #expect(result.verdict == .fail)
        #expect(result.estimate == 40)
        #expect(result.reasons == [.asItStands])
        #expect(result.failPValue == nil)
        #expect(
            try judge(GateRule(.memory, .atMost, .absolute(1)), Self.measured("c", scores: [1, 1])).reasons
                == [.undefined(.candidate)])
    }

    // MARK: - Several at once

    @Test func `a fail must hold among all rules, a pass alone`() throws {
        // 100 pairs with 8 lost: a one-sided p that is small enough alone, and not among four.
        let base = Self.measured("b", scores: Self.scores(right: 100, of: 100))
        let candidate = Self.measured("c", scores: Self.scores(right: 92, of: 100))
        let rule = GateRule(.accuracy, .atLeast, .nonInferior(by: 0.02))
        let alone = try judge(rule, candidate, against: base)
        let raw = try #require(alone.failPValue)
        try #require(raw > 0.025 / 4 && raw < 0.025)
        #expect(alone.verdict == .fail)

        let others = (1...3).map { GateRule(.accuracy, .atLeast, .absolute(0.1 * Double($0))) }
        let among = judge([rule] + others, candidate, against: base)
        #expect(among.map(\.verdict) == [.inconclusive, .pass, .pass, .pass])
        #expect(among[0].reasons == [.failsOnlyAlone(rules: 4)])
        #expect(abs(try #require(among[0].adjustedFailPValue) - 4 * raw) < 1e-12)
        #expect(Verdict.all(among.map(\.verdict)) == .inconclusive)
    }

    @Test func `all must pass, one fails all, and no rule passes nothing`() {
        #expect(Verdict.all([.pass, .pass]) == .pass)
        #expect(Verdict.all([.pass, .inconclusive]) == .inconclusive)
        #expect(Verdict.all([.pass, .inconclusive, .fail]) == .fail)
        #expect(Verdict.all([]) == .inconclusive)
    }

    // MARK: - Never a pass by default

    @Test func `what was not measured, and a baseline that is missing, decide nothing`() throws {
        let candidate = Self.measured("c", scores: Self.scores(right: 300, of: 400))
        #expect(try judge(Self.margin, nil, against: candidate).reasons == [.notMeasured(.candidate)])
        #expect(try judge(Self.margin, candidate).reasons == [.noBaseline])
        #expect(try judge(Self.margin, candidate).verdict == .inconclusive)
        let ofTask = GateRule(.accuracy, .atLeast, .absolute(0.1), task: "other")
        #expect(try judge(ofTask, candidate).reasons == [.taskNotAsked("other")])
    }

    @Test func `no common samples decide nothing`() throws {
        let scores = Self.scores(right: 300, of: 400)
        let candidate = Self.measured("c", scores: scores)
        let elsewhere = try judge(Self.margin, candidate, against: Self.measured("b", scores: scores, offset: 1000))
        #expect(elsewhere.verdict == .inconclusive)
        #expect(elsewhere.reasons == [.noCommonSamples(changed: 0)])
        let changed = try judge(Self.margin, candidate, against: Self.measured("b", scores: scores, digest: "e"))
        #expect(changed.verdict == .inconclusive)
        #expect(changed.reasons == [.noCommonSamples(changed: 400)])
    }

    @Test func `a single sample decides nothing`() throws {
        let one = Self.measured("c", scores: [1])
        #expect(try judge(Self.margin, one, against: Self.measured("b", scores: [1])).reasons == [.singleSample])
        for rule in [
            GateRule(.accuracy, .atLeast, .absolute(0.1)), GateRule(.ttft, .atMost, .absolute(1e6)),
            GateRule(.failed, .atMost, .absolute(0.5)),
        ] {
            let result = try judge(rule, one)
            #expect(result.verdict == .inconclusive)
            #expect(result.reasons == [.singleSample])
        }
    }

    @Test func `samples that are all alike and few decide nothing`() throws {
        let half = [Double?](repeating: 0.5, count: 5)
        let same = try judge(Self.margin, Self.measured("c", scores: half), against: Self.measured("b", scores: half))
        #expect(same.verdict == .inconclusive)
        // Of many, none changed: that says something.
        let many = [Double?](repeating: 0.5, count: 400)
        let kept = try judge(Self.margin, Self.measured("c", scores: many), against: Self.measured("b", scores: many))
        #expect(kept.verdict == .pass)
        #expect(try #require(kept.high) > 0)
        let absolute = try judge(GateRule(.accuracy, .atLeast, .absolute(0.4)), Self.measured("c", scores: half))
        #expect(absolute.verdict == .inconclusive)
        #expect(try #require(absolute.low) < 0.4)
        let three = try judge(GateRule(.ttfo, .atMost, .absolute(1e6)), Self.measured("c", scores: [1, 1, 1]))
        #expect(three.reasons == [.tooFewSamples(n: 3, least: 6)])
    }

    @Test func `all failed and all unscored decide nothing`() throws {
        let base = Self.measured("b", scores: Self.scores(right: 30, of: 40))
        let failed = Self.measured("c", scores: Self.scores(right: 30, of: 40), failed: Set(0..<40))
        for rule in [
            Self.margin, GateRule(.accuracy, .atLeast, .absolute(0.1)), GateRule(.ttft, .atMost, .absolute(1e6)),
            GateRule(.decodeTPS, .atLeast, .relative(0.5)),
        ] {
            let result = try judge(rule, failed, against: base)
            #expect(result.verdict == .inconclusive, "\(rule)")
            #expect(result.reasons.first == .allFailed(.candidate, trials: 40), "\(rule)")
        }
        let unscored = Self.measured("c", scores: [Double?](repeating: nil, count: 40))
        #expect(
            try judge(Self.margin, unscored, against: base).reasons.first == .allUnscored(.candidate, trials: 40))
    }

    @Test func `answers of other graders are not compared, and their own limit is`() throws {
        let scores = Self.scores(right: 300, of: 400)
        let base = Self.measured("b", scores: scores, circumstances: Self.circumstances(grader: "exact 2"))
        let result = try judge(Self.margin, Self.measured("c", scores: scores), against: base)
        #expect(result.verdict == .inconclusive)
        #expect(result.reasons == [.otherGraders(tasks: ["t"])])
        #expect(
            try judge(GateRule(.accuracy, .atLeast, .absolute(0.5)), Self.measured("c", scores: scores), against: base)
                .verdict == .pass)
    }

    @Test func `speeds of other machines are not compared, and accuracy is`() throws {
        let scores = Self.scores(right: 300, of: 400)
        let base = Self.measured("b", scores: scores, circumstances: Self.circumstances(machine: "other"))
        let candidate = Self.measured("c", scores: scores, speed: 1000)
        let speed = try judge(GateRule(.decodeTPS, .atLeast, .relative(0.95)), candidate, against: base)
        #expect(speed.verdict == .inconclusive)
        #expect(speed.reasons == [.otherMachine(baseline: "machine other", candidate: "machine m")])
        #expect(try judge(Self.margin, candidate, against: base).verdict == .pass)
        let remote = Self.measured("b", scores: scores, circumstances: Self.circumstances(service: "api.example.com"))
        #expect(
            try judge(GateRule(.ttft, .atMost, .relative(2)), candidate, against: remote).reasons
                == [.otherService(baseline: "api.example.com", candidate: nil)])
    }

    @Test func `failures that could hide a loss take the pass away`() throws {
        let base = Self.measured("b", scores: Self.scores(right: 300, of: 400))
        let few = try judge(
            Self.margin, Self.measured("c", scores: Self.scores(right: 300, of: 400), failed: [0, 1]), against: base)
        #expect(few.verdict == .pass)
        #expect(few.reasons == [.missingScores(candidate: 2, baseline: 0, of: 400)])
        // A tenth of the answers is missing, all of them right in the baseline.
        let many = try judge(
            Self.margin, Self.measured("c", scores: Self.scores(right: 300, of: 400), failed: Set(0..<40)),
            against: base)
        #expect(many.estimate == 0)
        #expect(many.verdict == .inconclusive)
        #expect(
            many.reasons == [.missingScores(candidate: 40, baseline: 0, of: 400), .missingScoresCouldHideALoss])
    }

    @Test func `the same data give the same results`() {
        let base = Self.measured("b", scores: Self.scores(right: 30, of: 40))
        let candidate = Self.measured("c", scores: Self.scores(right: 28, of: 40), speed: 97)
        var shuffled = candidate
        shuffled.observations.reverse()
        let rules = [
            Self.margin, GateRule(.decodeTPS, .atLeast, .relative(0.95)), GateRule(.ttft, .atMost, .absolute(9)),
        ]
        #expect(judge(rules, candidate, against: base) == judge(rules, shuffled, against: base))
    }
}
