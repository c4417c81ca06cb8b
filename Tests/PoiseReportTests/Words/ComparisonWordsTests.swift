import PoiseCore
import Testing

@testable import PoiseReport

struct ComparisonWordsTests {
    private typealias Made = ComparisonFixtures

    private func verdict(_ row: ComparisonRow) -> String {
        ComparisonWords(comparison: Made.comparison([row])).verdict(row)
    }

    @Test func `what is not decided cannot be told apart, with its interval and its n`() {
        #expect(
            verdict(Made.row())
                == "tiny-m@q4_0 cannot be told apart from tiny-m@f16 in accuracy: −0.7 points (−2.7 to 1.3), n = 457. "
                + "In decode speed, it is faster: 1.40× (1.30–1.50).")
    }

    @Test func `what is decided is right more or less often`() {
        #expect(
            verdict(Made.row(accuracy: Made.accuracy(-0.5, adjustedP: 0.001)))
                .hasPrefix("tiny-m@q4_0 is right less often than tiny-m@f16: −50.0 points (−52.0 to −48.0), n = 457."))
        #expect(
            verdict(Made.row(accuracy: Made.accuracy(0.1, adjustedP: 0.001)))
                .hasPrefix("tiny-m@q4_0 is right more often than tiny-m@f16: +10.0 points (8.0–12.0), n = 457."))
    }

    @Test func `no sentence ever says that two are similar or the same`() {
        for row in [Made.row(accuracy: Made.accuracy(0)), Made.row(accuracy: nil), Made.row(measures: [])] {
            let words = verdict(row)
            #expect(!words.contains("similar") && !words.contains(" same") && !words.contains("equal"))
        }
    }

    @Test func `one sample, and none, say so`() {
        #expect(
            verdict(Made.row(accuracy: Made.accuracy(-1, n: 1))).contains("one scored sample in common (−100.0 points)")
        )
        let none = CountedSamples(common: 0, scored: 0)
        #expect(verdict(Made.row(accuracy: nil, counted: none)).contains("no sample was asked of both"))
        let changed = CountedSamples(common: 0, scored: 0, changed: ["t/a"])
        #expect(
            verdict(Made.row(accuracy: nil, counted: changed)).contains("no sample asks and expects the same of both"))
        let unscored = CountedSamples(common: 9, scored: 0, unscoredCandidate: 9)
        #expect(verdict(Made.row(accuracy: nil, counted: unscored)).contains("no sample has a score on both sides"))
        let graders = CountedSamples(common: 9, scored: 0, otherGraders: 9)
        #expect(verdict(Made.row(accuracy: nil, counted: graders)).contains("other versions of the graders"))
    }

    @Test func `speeds that were not compared say why`() {
        #expect(
            verdict(Made.row(measures: [], whyNoSpeeds: .otherMachine(base: "A", candidate: "B")))
                .hasSuffix("Their speeds are not comparable: tiny-m@f16 was measured on A, tiny-m@q4_0 on B."))
        #expect(
            verdict(Made.row(measures: [], whyNoSpeeds: .nothingTimed)).hasSuffix("Nothing was timed on both sides."))
        #expect(
            verdict(Made.row(measures: Made.measures(1.05)))
                .hasSuffix("In decode speed, they cannot be told apart: 1.05× (0.95–1.15)."))
    }

    @Test func `candidates of other runs carry the number of their run`() {
        let words = ComparisonWords(comparison: Made.comparison([Made.row(Made.side("f16", run: "20261122-demo"))]))
        #expect(
            words.heading
                == "tiny-m@f16 [2] against tiny-m@f16 [1]; one request at a time; runs [1] 20261121-demo and [2] "
                + "20261122-demo.")
    }

    @Test func `everything that is left out is counted`() {
        let row = Made.row(
            counted: CountedSamples(
                common: 20, scored: 12, unscoredBase: 1, unscoredCandidate: 2, onlyBase: 1, onlyCandidate: 3,
                changed: ["t/a", "t/b", "t/c", "t/d"], otherGraders: 5))
        #expect(
            ComparisonWords(comparison: Made.comparison([row])).leftOut(row)
                == "Left out against tiny-m@q4_0: 1 sample that only tiny-m@f16 was asked, 3 samples that only tiny-m@q4_0 "
                + "was asked, 4 samples that ask or expect something else now (t/a, t/b, t/c and 1 more), 1 without a "
                + "score of tiny-m@f16, 2 without a score of tiny-m@q4_0 and 5 whose scores come from other versions of "
                + "graders.")
        #expect(ComparisonWords(comparison: Made.comparison()).leftOut(Made.row()) == nil)
    }

    @Test func `how much of the flips is chance is said, or that it is not known`() {
        func noise(_ base: AnswerRepeats, _ candidate: AnswerRepeats) -> String {
            ComparisonWords(comparison: Made.comparison([Made.row(repeats: candidate)], baseRepeats: base)).noise
        }
        #expect(noise(Made.noRepeats, Made.noRepeats).hasPrefix("Each sample was asked once"))
        #expect(noise(Made.steady, Made.steady).hasSuffix("no flip is noise of repeating."))
        #expect(
            noise(AnswerRepeats(samples: 457, answersDiffer: 30, correctnessDiffers: 9), Made.noRepeats)
                == "Asked the same again, tiny-m@f16 gave other answers to 30 of 457 samples, right and wrong ones to 9; "
                + "tiny-m@q4_0 was asked each sample once. About so much is noise of repeating.")
    }

    @Test(arguments: [(0.0004, "<0.001"), (0.0078125, "0.008"), (0.04999, "0.050"), (0.6171, "0.62"), (1, "1.00")])
    func `p-values keep the digits that decide`(_ p: Double, text: String) {
        #expect(ComparisonWords.p(p) == text)
        #expect(ComparisonWords.p(nil) == "–")
    }

    @Test func `differences are said once for all candidates that they concern, the gravest first`() {
        let machine = CircumstanceDifference(.machine, base: "A", candidate: "B")
        let rounds = CircumstanceDifference(.rounds, base: "3", candidate: "1")
        let words = ComparisonWords(
            comparison: Made.comparison([
                Made.row(differences: [rounds]), Made.row(Made.side("q8_0"), differences: [machine, rounds]),
            ]))
        let sentences = DifferenceWords(words: words).sentences
        #expect(sentences.count == 2)
        #expect(
            sentences.first
                == "tiny-m@f16 and tiny-m@q8_0 differ in the machine (tiny-m@f16: A; tiny-m@q8_0: B): speeds are not "
                + "compared.")
        #expect(sentences.last?.contains("tiny-m@q4_0 and tiny-m@q8_0 differ in the number of rounds") == true)
    }

    @Test(arguments: CircumstanceDifference.Subject.allCases)
    func `every circumstance has a sentence`(_ subject: CircumstanceDifference.Subject) {
        let difference = CircumstanceDifference(subject, base: "one", candidate: nil, tasks: ["add"])
        let words = ComparisonWords(comparison: Made.comparison([Made.row(differences: [difference])]))
        let sentence = DifferenceWords(words: words).sentences.first ?? ""
        #expect(sentence.contains("one") && sentence.contains("not known") && sentence.hasSuffix("."))
    }
}
