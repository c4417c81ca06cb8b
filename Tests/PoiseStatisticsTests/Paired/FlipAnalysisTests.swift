import PoiseCore
import Testing

@testable import PoiseStatistics

struct FlipAnalysisTests {
    private typealias Make = ComparedCandidates

    private func row(_ base: [Observation], _ candidate: [Observation]) throws -> ComparisonRow {
        let analysis = ComparisonAnalysis(base: Make.make("f16", base), resamples: 50, seed: 1)
        return try #require(analysis.compare(with: [Make.make("q4", candidate)]).rows.first)
    }

    @Test func `lost come first, then gained, then answers that changed alone`() throws {
        let flips = try row(
            Make.trials([0, 1, 0, 1, 0], answers: ["5", "7", "1", "2", "3"]),
            Make.trials([1, 0, 0, 1, 0], answers: ["6", "8", "9", "2", "3"])
        ).flips
        #expect(flips.list.map(\.kind) == [.lost, .gained, .changed])
        #expect(flips.list.map(\.sample) == ["s1", "s0", "s2"])
        #expect(flips.list.first?.base == "7" && flips.list.first?.candidate == "8")
        #expect((flips.lost, flips.gained, flips.changed, flips.n) == (1, 1, 3, 5))
        #expect(flips.agreement?.count == 2 && flips.agreement?.n == 5)
    }

    @Test func `a sample is right where half of its trials are, and answers what most of them say`() throws {
        let base = (1...3).flatMap { Make.trials([1], round: $0, answers: ["4"]) }
        // Right in one round of three, wrong in two with one answer.
        let candidate =
            Make.trials([1], round: 1, answers: ["4"])
            + (2...3).flatMap { Make.trials([0], round: $0, answers: ["5"]) }
        let row = try row(base, candidate)
        #expect(row.flips.list.map(\.kind) == [.lost] && row.flips.list.first?.candidate == "5")
        #expect(abs((row.flips.list.first?.candidateScore ?? 0) - 1 / 3) < 1e-12)
        #expect(row.repeats == AnswerRepeats(samples: 1, answersDiffer: 1, correctnessDiffers: 1))
        let half = try self.row(
            Make.trials([1], epoch: 1) + Make.trials([1], epoch: 2),
            Make.trials([1], epoch: 1) + Make.trials([0], epoch: 2))
        #expect(half.flips.lost == 0 && half.flips.kept == 1)
    }

    @Test func `of answers that are equally many the earliest counts, in whatever order trials come`() {
        let trials =
            Make.trials([1], round: 2, answers: ["b"]) + Make.trials([1], round: 1, epoch: 2, answers: ["a"])
            + Make.trials([1], round: 1, epoch: 1, answers: ["c"])
        #expect(SampleAnswers(trials).answer == "c")
        #expect(SampleAnswers(trials.reversed()).answer == "c")
        #expect(SampleAnswers([]).answer == nil)
    }

    @Test func `samples that were asked once say nothing of chance, and steady ones say that there is none`() throws {
        #expect(try row(Make.trials([1, 0]), Make.trials([1, 0])).repeats.samples == 0)
        let twice = Make.trials([1, 0], round: 1) + Make.trials([1, 0], round: 2)
        let steady = AnswerRepeats(samples: 2, answersDiffer: 0, correctnessDiffers: 0)
        #expect(try row(twice, twice).repeats == steady)
        let comparison = ComparisonAnalysis(base: Make.make("f16", twice), resamples: 50, seed: 1)
            .compare(with: [Make.make("q4", twice)])
        #expect(comparison.baseRepeats == steady)
    }

    @Test func `an answer that is not there is neither the same nor changed`() throws {
        let flips = try row(
            Make.trials([1, 1], answers: ["1", "2"]),
            Make.trials([0, 1]).map { trial in
                Observation(
                    candidate: "", task: trial.task, sample: trial.sample, load: 1, round: 1, score: trial.score,
                    ttft: 1,
                    ttfo: 1, latency: 1, decodeTPS: nil, decodedTokens: nil, decodeSpan: nil)
            }
        ).flips
        #expect(flips.lost == 1 && flips.changed == 0 && flips.agreement == nil)
        #expect(flips.list.first?.candidate == nil)
    }
}
