import PoiseCore
import PoiseReport
import Testing

@testable import poise

struct TranscriptSelectionTests {
    private func selection(failures: Bool = false, seed: UInt64 = 7) -> TranscriptSelection {
        TranscriptSelection(isFailuresOnly: failures, seed: seed)
    }

    @Test func `what went wrong comes first, and what all got right last`() {
        let order = selection().order([.plain, .wrong, .notable, .plain, .notable, .wrong])
        #expect(Set(order[0..<2]) == [2, 4] && Set(order[2..<4]) == [1, 5] && Set(order[4...]) == [0, 3])
    }

    @Test func `the draw is the seed's`() {
        let interests = [TranscriptSelection.Interest](repeating: .plain, count: 100)
        #expect(selection().order(interests) == selection().order(interests))
        #expect(selection().order(interests) != selection(seed: 8).order(interests))
        #expect(Set(selection().order(interests)).count == 100)
    }

    @Test func `failures alone leave out what all got right`() {
        #expect(Set(selection(failures: true).order([.plain, .wrong, .notable])) == [1, 2])
    }

    @Test(arguments: [
        ("rr", false, TranscriptSelection.Interest.plain), ("rrw", false, .wrong), ("rw", false, .notable),
        ("ur", false, .notable), ("rf", false, .notable), ("r-", false, .plain), ("rrr", true, .notable),
        ("rru", false, .wrong),
    ])
    func `interest is the pair's first`(
        outcomes: String, hasGap: Bool, interest: TranscriptSelection.Interest
    ) throws {
        let outcomes = try outcomes.map { try #require(Transcripts.Outcome(rawValue: $0)) }
        #expect(TranscriptSelection.interest(of: outcomes, hasGap: hasGap, pair: [0, 1]) == interest)
    }
}

struct TranscriptTextTests {
    @Test func `a secret that stands across the cut is blacked out, however long it is`() throws {
        var text = TranscriptText(redaction: Redaction(patterns: [try RedactionPattern("<[^>]*>")]))
        let (before, after) = (String(repeating: "x", count: 9_900), String(repeating: "y", count: 9_900))
        let shown = text.shown(before + "<" + String(repeating: "s", count: 12_000) + ">" + after)
        #expect(shown == before + "[redacted]" + after)
    }

    @Test func `a long text keeps both ends and says what is gone`() {
        var text = TranscriptText(redaction: .none)
        let long = String(repeating: "é", count: 15_000) + String(repeating: "b", count: 15_000)
        let shown = text.shown(long)
        #expect(shown.hasPrefix("éé") && shown.hasSuffix("bb"))
        #expect(shown.contains("[… 10,000 characters are left out here …]"))
        #expect(shown.unicodeScalars.count < 20_100)
        #expect(text.shown(String(repeating: "é", count: 20_000)).unicodeScalars.count == 20_000)
    }

    @Test func `what stands across a cut is blacked out whole`() {
        var text = TranscriptText(redaction: Redaction())
        let secret = "jane.doe@example.com"
        let long =
            String(repeating: "a ", count: 4_995) + secret + String(repeating: " b", count: 20_000) + secret
            + String(repeating: " c", count: 4_996)
        let shown = text.shown(long)
        #expect(!shown.contains("jane") && !shown.contains("example") && !shown.contains("doe"))
    }
}

struct TranscriptPairTests {
    private func content(_ accuracies: [(String, Double?)], baseline: String? = nil) -> ReportContent {
        ReportContent(
            run: MeasuredRuns.run("a", plan: MeasuredRuns.plan(candidates: [])).record, suite: SuiteSummary(name: "s"),
            candidates: accuracies.map { CandidateSummary(id: $0.0, model: $0.0, quantization: nil) }, tasks: [],
            loads: [1], rounds: 1, epochs: 1, warmup: 0, baseline: baseline,
            points: accuracies.map { name, accuracy in
                FrontPoint(
                    candidate: name, model: name, quantization: nil, load: 1, n: 1, unscored: 0, accuracy: accuracy,
                    accuracyLow: nil, accuracyHigh: nil, accuracyMethod: nil, decodeTPS: nil, decodeTPSLow: nil,
                    decodeTPSHigh: nil, decodeTPSMethod: nil, decodeTPSTrials: 0, ttft: nil, ttfo: nil, latency: nil,
                    timeToCorrect: nil, onFront: false, frontProbability: nil)
            })
    }

    private func pair(_ content: ReportContent) -> [String] {
        let pair = TranscriptPair.pair(of: content.candidates.map(\.id), at: 1, content, [])
        return pair.map { [$0.base, $0.candidate] } ?? []
    }

    @Test func `the most accurate stands against the baseline, or else the next best`() {
        let three = [("a", 0.5), ("b", 0.9), ("c", 0.7)]
        #expect(pair(content(three)) == ["c", "b"])
        #expect(pair(content(three, baseline: "a")) == ["a", "b"])
        #expect(pair(content(three, baseline: "b")) == ["b", "c"])
        #expect(pair(content([("a", 0.5), ("b", 0.5)])) == ["b", "a"])
        #expect(pair(content([("a", nil), ("b", nil)])) == ["b", "a"])
        #expect(pair(content([("a", 0.5)])).isEmpty)
    }
}
