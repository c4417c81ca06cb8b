import PoiseCore
import Testing

@testable import PoiseStatistics

struct ComparisonAnalysisTests {
    private typealias Make = ComparedCandidates

    private func compare(
        _ base: MeasuredCandidate, _ candidates: MeasuredCandidate..., tasks: Set<String>? = nil
    ) -> Comparison {
        ComparisonAnalysis(base: base, tasks: tasks, resamples: 500, seed: 7).compare(with: candidates)
    }

    @Test func `eight lost and none gained are 0·008 when paired, whatever unpaired shares would say`() throws {
        let (base, candidate) = Make.scores(kept: 60, gained: 0, lost: 8, missed: 32)
        let row = try #require(
            compare(Make.make("f16", Make.trials(base)), Make.make("q4", Make.trials(candidate))).rows.first)
        let accuracy = try #require(row.accuracy)
        #expect(accuracy.method == .mcNemar && accuracy.n == 100)
        #expect(accuracy.base == 0.68 && accuracy.candidate == 0.6)
        #expect(abs(accuracy.difference + 0.08) < 1e-12)
        // Twice (1/2)⁸.
        #expect(abs((accuracy.p ?? 1) - 0.0078125) < 1e-12)
        #expect(accuracy.adjustedP == accuracy.p && accuracy.outcome == .worse)
        #expect((accuracy.high ?? 1) < 0)
        #expect(row.flips.lost == 8 && row.flips.gained == 0 && row.flips.kept == 60 && row.flips.missed == 32)
    }

    @Test func `p-values of several candidates, and of tasks by candidates, are corrected together`() throws {
        let (base, candidate) = Make.scores(kept: 60, gained: 0, lost: 8, missed: 32)
        let reference = Make.make("f16", Make.trials(base) + Make.trials(base, task: "u"))
        let worse = Make.make("q4", Make.trials(candidate) + Make.trials(base, task: "u"))
        let same = Make.make("q8", Make.trials(base) + Make.trials(base, task: "u"))
        let comparison = compare(reference, worse, same)
        #expect(comparison.rows.map { $0.candidate.candidate } == ["m@q4", "m@q8"])
        #expect(abs((comparison.rows[0].accuracy?.adjustedP ?? 0) - 2 * 0.0078125) < 1e-12)
        #expect(comparison.rows[1].accuracy?.adjustedP == 1)
        // Four comparisons by task, of which one says something.
        let task = try #require(comparison.rows[0].tasks.first)
        #expect(task.task == "t" && abs((task.accuracy.adjustedP ?? 0) - 4 * 0.0078125) < 1e-12)
        #expect(comparison.rows.flatMap(\.tasks).count == 4)
        #expect(comparison.rows[0].tasks.map(\.accuracy.outcome) == [.worse, .undecided])
    }

    @Test func `what alone would be significant is not decided among many`() throws {
        let (base, candidate) = Make.scores(kept: 60, gained: 0, lost: 6, missed: 32)
        let one = Make.make("q4", Make.trials(candidate))
        let same = Make.make("q8", Make.trials(base))
        let alone = compare(Make.make("f16", Make.trials(base)), one)
        #expect(alone.rows[0].accuracy?.outcome == .worse)
        let among = compare(Make.make("f16", Make.trials(base)), one, same)
        #expect(among.rows[0].accuracy?.p == alone.rows[0].accuracy?.p)
        #expect(among.rows[0].accuracy?.outcome == .undecided)
    }

    @Test func `samples match by task, name and content, and the rest is counted`() throws {
        let base = Make.make(
            "f16", Make.trials([1, 1, 1, nil, 1]) + Make.trials([1], task: "only-base"), digests: ["t/s1": "old"])
        let candidate = Make.make(
            "q4", Make.trials([1, 0, nil, 1]) + Make.trials([1, 1], task: "only-candidate"),
            digests: ["t/s1": "new"])
        let row = try #require(compare(base, candidate).rows.first)
        #expect(
            row.counted
                == CountedSamples(
                    common: 3, scored: 1, unscoredBase: 1, unscoredCandidate: 1, onlyBase: 2, onlyCandidate: 2,
                    changed: ["t/s1"]))
        #expect(row.accuracy?.n == 1 && row.accuracy?.p == nil && row.accuracy?.low == nil)
        #expect(row.accuracy?.outcome == .undecided)
    }

    @Test func `tasks graded by other versions lend their timings and nothing else`() throws {
        let base = Make.make("f16", Make.trials([1, 1, 0]) + Make.trials([1, 0, 1], task: "u"))
        let candidate = Make.make(
            "q4", Make.trials([1, 1, 0], speed: 200) + Make.trials([0, 0, 0], task: "u", speed: 200),
            circumstances: Make.circumstances { $0.graders["u"] = ["exact 2"] })
        let row = try #require(compare(base, candidate).rows.first)
        #expect(row.counted.otherGraders == 3 && row.counted.scored == 3)
        #expect(row.accuracy?.difference == 0 && row.tasks.map(\.task) == ["t"] && row.flips.lost == 0)
        #expect(row.measures.first { $0.metric == .decodeTPS }?.ratio.n == 6)
        #expect(row.measures.first { $0.metric == .timeToCorrect }?.ratio.n == 3)
        #expect(row.differences.map(\.subject) == [.graders])
        #expect(row.differences.first?.tasks == ["u"])
    }

    @Test func `speeds of another machine are not compared, lengths are`() throws {
        let base = Make.make("f16", Make.trials([1, 1, 0]))
        let candidate = Make.make(
            "q4", Make.trials([1, 1, 0], tokens: 30),
            circumstances: Make.circumstances {
                $0.machine = "m2"
                $0.machineSummary = "Other CPU"
            })
        let row = try #require(compare(base, candidate).rows.first)
        #expect(row.measures.map(\.metric) == [.outputTokens])
        #expect(row.measures.first?.ratio.value == 1.5 && row.tokenTotals?.value == 1.5)
        #expect(row.whyNoSpeeds == .otherMachine(base: "Test CPU, 2 cores", candidate: "Other CPU"))
        #expect(row.accuracy != nil && !row.isEmpty)
    }

    @Test func `a candidate of twice the speed is surely faster, and one of the same undecided`() throws {
        let scores = [Double?](repeating: 1, count: 20)
        let base = Make.make("f16", Make.trials(scores))
        let comparison = compare(
            base, Make.make("q4", Make.trials(scores, speed: 200)), Make.make("q8", Make.trials(scores)))
        let speed = try #require(comparison.rows[0].measures.first)
        #expect(speed.metric == .decodeTPS && speed.outcome == .better)
        #expect(abs(speed.base - 102) < 1e-9 && abs(speed.candidate - 202) < 1e-9)
        let latency = try #require(comparison.rows[0].measures.first { $0.metric == .latency })
        #expect(latency.ratio.value == 0.5 && latency.outcome == .better)
        #expect(comparison.rows[1].measures.allSatisfy { $0.outcome == .undecided && $0.ratio.value == 1 })
    }

    @Test
    func
        `fractions of right come with the same interval over what they are worth, and a time to correct that never ends is infinite`()
        throws
    {
        let base = Make.make("f16", Make.trials([0.5, 1, 0.25, 1, 0.75, 1]))
        let row = try #require(compare(base, Make.make("q4", Make.trials([0, 0, 0, 0, 0, 0]))).rows.first)
        #expect(row.accuracy?.method == .mover && row.accuracy?.outcome == .worse)
        #expect((row.accuracy?.p ?? 1) < 0.01)
        let correct = try #require(row.measures.first { $0.metric == .timeToCorrect })
        #expect(correct.ratio.value == .infinity && correct.outcome == .worse)
    }

    @Test func `nothing in common, all failed, and no scores are each what they are`() throws {
        let base = Make.make("f16", Make.trials([1, 1]))
        let apart = try #require(compare(base, Make.make("q4", Make.trials([1], task: "u"))).rows.first)
        #expect(apart.isEmpty && apart.counted.common == 0 && apart.flips.n == 0)
        let failed = ["s0", "s1"].map {
            Observation(
                candidate: "", task: "t", sample: $0, load: 1, round: 1, score: nil, ttft: nil, ttfo: nil, latency: nil,
                decodeTPS: nil, decodedTokens: nil, decodeSpan: nil)
        }
        let silent = try #require(compare(base, Make.make("q4", failed)).rows.first)
        #expect(silent.isEmpty && silent.whyNoSpeeds == .nothingTimed && silent.counted.unscoredCandidate == 2)
        let unscored = try #require(compare(base, Make.make("q4", Make.trials([nil, nil]))).rows.first)
        #expect(unscored.accuracy == nil && !unscored.isEmpty && unscored.tasks.isEmpty)
    }

    @Test func `one task can be chosen, and the same trials give the same numbers in any order`() {
        let base = Make.make("f16", Make.trials([1, 0.5, 0]) + Make.trials([1, 1, 1], task: "u"))
        let trials = Make.trials([1, 0, 0.5]) + Make.trials([0, 0, 0], task: "u")
        let comparison = compare(base, Make.make("q4", trials), tasks: ["t"])
        #expect(comparison.tasks == ["t"] && comparison.rows[0].accuracy?.n == 3)
        #expect(comparison.rows[0].counted.common == 3 && comparison.rows[0].counted.onlyBase == 0)
        #expect(compare(base, Make.make("q4", trials.reversed()), tasks: ["t"]) == comparison)
    }
}
