import PoiseCore
import PoiseReport
import PoiseStore

/// Makes samples for the page out of stored texts, and counts the bytes that they take.
struct TranscriptWriter {
    var text: TranscriptText
    /// Of all texts so far, in UTF-8.
    private(set) var bytes = 0

    init(text: TranscriptText) {
        self.text = text
    }

    /// - Parameters:
    ///   - candidates: those of the row.
    ///   - first: the places of those whose responses come before the others'.
    ///   - texts: of the row's trials.
    mutating func entry(
        for row: SampleTable.Row, _ candidates: [String], first: [Int] = [], task: EvaluationTask,
        texts: [RunStore.TrialTexts]
    ) -> Transcripts.Entry {
        let sample = task.samples.first { $0.id == row.sample }
        let messages = (sample.map { task.messages(for: $0) } ?? []).map { message in
            Transcripts.Message(role: message.role, text: shown(message.content + Self.calls(message.toolCalls ?? [])))
        }
        let questions = sample?.questions ?? []
        let byTrial = Dictionary(texts.map { ($0.trial, $0) }, uniquingKeysWith: { first, _ in first })
        var takes: [Transcripts.Take] = []
        // Responses that are the very same are written once, before any of their text is looked at.
        var places: [TranscriptKey: Int] = [:]
        for index in first + candidates.indices.filter({ !first.contains($0) }) {
            let candidate = candidates[index]
            guard let tally = row.tallies[index], let found = byTrial[tally.trial] else { continue }
            let maker = Transcripts.Maker(
                candidate: candidate, right: Int(tally.right), scored: Int(tally.scored), failed: Int(tally.failed),
                repeats: Int(tally.repeats), ttft: found.ttft, latency: found.latency)
            let key = TranscriptKey(found)
            if let place = places[key] {
                takes[place].makers.append(maker)
            } else {
                places[key] = takes.count
                takes.append(Transcripts.Take(makers: [maker], said: said(found)))
            }
        }
        let asked = messages.last { $0.role == "user" } ?? messages.last
        return Transcripts.Entry(
            task: row.task, sample: row.sample, title: Self.title(asked?.text ?? ""), messages: messages,
            choices: questions.flatMap(\.choices).map { shown($0) },
            target: questions.flatMap(\.target).map { shown($0) }, outcomes: row.outcomes, takes: takes)
    }

    private mutating func said(_ found: RunStore.TrialTexts) -> Transcripts.Said {
        let answer = found.scores.first?.score.answer
        let only = found.responses.count == 1 ? found.responses.first?.answer : nil
        return Transcripts.Said(
            replies: found.responses.map { response in
                Transcripts.Reply(
                    thinking: shown(response.reasoning), response: shown(response.answer),
                    toolCalls: shown(response.toolCalls))
            },
            failure: found.failure.map { shown("\($0.kind): \($0.message)") },
            // What is the response itself is not said twice.
            answer: answer == nil || answer?.isEmpty == true || answer == only ? nil : shown(answer ?? ""),
            finishReason: found.finishReason.map { shown($0) }, grades: found.scores.map { grade($0) })
    }

    private mutating func grade(_ score: GraderScore) -> Transcripts.Grade {
        Transcripts.Grade(
            grader: score.grader, value: score.score.value, explanation: shown(Self.explanation(score.score)),
            criteria: score.criteria.map { criterion in
                Transcripts.Criterion(
                    name: criterion.name, value: criterion.score.value,
                    explanation: shown(Self.explanation(criterion.score)))
            },
            words: score.judgements.map { judgement in
                Transcripts.JudgeWords(
                    judge: judgement.judge, criterion: judgement.criterion, grade: judgement.grade,
                    text: shown(judgement.reply ?? judgement.failure ?? ""))
            })
    }

    private static func explanation(_ score: Score) -> String {
        switch score {
        case .scored(_, _, let explanation): explanation
        case .unscored(let reason): reason
        }
    }

    private static func calls(_ calls: [ToolCall]) -> String {
        calls.map { "\n\($0.name)(\($0.arguments))" }.joined()
    }

    private mutating func shown(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        let result = self.text.shown(text)
        bytes += result.utf8.count
        return result
    }

    /// The first line with a word in it, cut after so many characters.
    static func title(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first { $0.contains { !$0.isWhitespace } } ?? ""
        let words = line.prefix(400).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 160 ? words.prefix(159) + "…" : words
    }
}

/// What makes two responses the same on a page: everything that was said, by the model, graders and judges.
private struct TranscriptKey: Hashable {
    private let responses: [[String]]
    private let failure: StoredTrial.Failure?
    private let finishReason: String?
    private let scores: [GraderScore]

    init(_ texts: RunStore.TrialTexts) {
        responses = texts.responses.map { [$0.answer, $0.reasoning, $0.toolCalls] }
        failure = texts.failure
        finishReason = texts.finishReason
        // Versions and the times of judges tell nothing apart that a reader sees; the queries leave them out.
        scores = texts.scores
    }
}
