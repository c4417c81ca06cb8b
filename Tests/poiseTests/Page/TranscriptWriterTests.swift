import PoiseCore
import PoiseReport
import PoiseStore
import Testing

@testable import poise

struct TranscriptWriterTests {
    private let task = EvaluationTask(
        name: "t", graders: [],
        samples: [
            Sample(id: "s", input: .text("Which one?\nWrite to jane@example.com."), target: ["B"], choices: ["x", "y"])
        ])

    private func texts(_ trial: Int64, _ answer: String?, judge: String = "good", ttft: Double = 1)
        -> RunStore.TrialTexts
    {
        RunStore.TrialTexts(
            trial: trial,
            responses: answer.map {
                [
                    Response(
                        answer: $0, reasoning: "hm", finishReason: "stop", report: ServerReport(), timeline: Timeline())
                ]
            } ?? [],
            failure: answer == nil ? StoredTrial.Failure(kind: "stalled", message: "no byte for 60 s") : nil,
            finishReason: "stop", ttft: ttft, latency: 9,
            scores: answer == nil
                ? []
                : [
                    GraderScore(
                        grader: "choice", score: .scored(value: 1, answer: "B", explanation: "it is B"),
                        judgements: [
                            Judgement(
                                criterion: "right", judge: "j", repetition: 1, attempt: 1, request: "", reply: judge,
                                grade: "C", failure: nil)
                        ])
                ])
    }

    private func row(_ trials: [Int64?]) -> SampleTable.Row {
        let tallies = trials.map { trial in
            trial.map { RunStore.SampleTallies.Tally(trial: $0, repeats: 3, failed: 0, scored: 3, right: 2, sum: 2) }
        }
        return SampleTable.Row(
            task: "t", sample: "s", isPrivate: false, tallies: tallies, outcomes: tallies.map(SampleTable.outcome),
            hasGap: false)
    }

    @Test func `candidates that said the very same and were graded alike stand together`() {
        var writer = TranscriptWriter(text: TranscriptText(redaction: Redaction()))
        let entry = writer.entry(
            for: row([1, 2, 3, nil, 5, 6]), ["a", "b", "c", "d", "e", "f"], task: task,
            texts: [
                texts(1, "B"), texts(2, "B", ttft: 3), texts(3, "B!"), texts(5, "B", judge: "fair"), texts(6, nil),
            ])
        #expect(entry.takes.map { $0.makers.map(\.candidate) } == [["a", "b"], ["c"], ["e"], ["f"]])
        #expect(entry.takes[0].makers.map(\.ttft) == [1, 3] && entry.takes[0].makers.map(\.right) == [2, 2])
        #expect(entry.takes[0].said.grades.first?.words.first?.text == "good")
        // What is the response itself is not said twice.
        #expect(entry.takes[0].said.answer == nil && entry.takes[1].said.answer == "B")
        #expect(entry.takes[3].said.failure == "stalled: no byte for 60 s" && entry.takes[3].said.replies.isEmpty)
        #expect(String(entry.outcomes.map(\.rawValue)) == "rrr-rr")
        #expect(entry.title == "Which one?" && entry.choices == ["x", "y"] && entry.target == ["B"])
        #expect(entry.messages.map(\.text) == ["Which one?\nWrite to [e-mail]."])
        #expect(writer.text.redaction.counts[.email] == 1)
        #expect(writer.bytes > 60)
    }

    @Test func `a title is one short line`() {
        #expect(TranscriptWriter.title("\n  \nTwo\twords \nmore") == "Two words")
        #expect(TranscriptWriter.title(String(repeating: "a", count: 1_000_000)).count == 160)
        #expect(TranscriptWriter.title("") == "")
    }

    @Test func `an outcome is the mean of what is scored, and a failure is never wrong`() {
        func outcome(repeats: Int32, failed: Int32, scored: Int32, sum: Double) -> Transcripts.Outcome {
            SampleTable.outcome(
                RunStore.SampleTallies.Tally(
                    trial: 1, repeats: repeats, failed: failed, scored: scored, right: 0, sum: sum))
        }
        #expect(outcome(repeats: 4, failed: 0, scored: 4, sum: 2) == .right)
        #expect(outcome(repeats: 4, failed: 3, scored: 1, sum: 1) == .right)
        #expect(outcome(repeats: 3, failed: 0, scored: 3, sum: 1) == .wrong)
        #expect(outcome(repeats: 3, failed: 3, scored: 0, sum: 0) == .failed)
        #expect(outcome(repeats: 3, failed: 2, scored: 0, sum: 0) == .unscored)
        #expect(SampleTable.outcome(nil) == .notAsked)
    }
}
