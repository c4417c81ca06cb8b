import PoiseCore

/// One sample in the list: its line, and what opens under it.
struct SampleView {
    let anchor: String
    /// A letter for each candidate, as `Transcripts.Outcome` has them.
    let outcomes: String
    /// Its task's place among those of the page.
    let task: Int
    let name: String
    let title: String
    /// Of the one or two candidates that are shown first.
    let verdicts: [Verdict]
    let messages: [Passage]
    let choices: [String]
    let hasChoices: Bool
    let target: String
    let hasTarget: Bool
    let takes: [TakeView]

    struct Verdict {
        let kind: String
        let word: String

        init(_ outcome: Transcripts.Outcome) {
            (kind, word) = Self.named(outcome)
        }

        private static func named(_ outcome: Transcripts.Outcome) -> (String, String) {
            switch outcome {
            case .right: ("y", "right")
            case .wrong: ("w", "wrong")
            case .unscored: ("u", "unscored")
            case .failed: ("f", "failed")
            case .notAsked: ("n", "not asked")
            }
        }
    }

    /// A text under a name; the name is empty where it goes without saying.
    struct Passage {
        let name: String
        let hasName: Bool
        let text: String
        let isCode: Bool

        init(_ name: String, _ text: String) {
            self.name = name
            hasName = !name.isEmpty
            self.text = text
            isCode = Self.isCode(text)
        }

        /// Whether it reads better with letters of one width: indented lines, fences, JSON.
        private static func isCode(_ text: String) -> Bool {
            text.contains("\n    ") || text.contains("\n\t") || text.contains("```") || text.hasPrefix("{")
                || text.hasPrefix("[")
        }
    }

    init(_ sample: Transcripts.Entry, anchor: String, task: Int, places: [Int]) {
        self.anchor = anchor
        outcomes = String(sample.outcomes.map(\.rawValue))
        self.task = task
        name = sample.sample.hasPrefix(sample.task) ? sample.sample : "\(sample.task)/\(sample.sample)"
        title = sample.title
        verdicts = places.map { Verdict(sample.outcomes[$0]) }
        let saysRoles = sample.messages.count > 1
        messages = sample.messages.enumerated().map { index, message in
            Passage(saysRoles ? message.role : index == 0 && message.role != "user" ? message.role : "", message.text)
        }
        choices = sample.choices
        hasChoices = !choices.isEmpty
        target = sample.target.joined(separator: "\n")
        hasTarget = !sample.target.isEmpty
        takes = sample.takes.map(TakeView.init)
    }
}

/// One response with who gave it and what was made of it.
struct TakeView {
    let makers: String
    let replies: [Reply]
    let failure: String
    let hasFailed: Bool
    let answer: String
    let hasAnswer: Bool
    let grades: [Grade]
    /// Times, repeats, and why it ended, in a sentence.
    let facts: String

    struct Reply {
        let turn: String
        let hasTurn: Bool
        let thinking: String
        let thinkingName: String
        let hasThinking: Bool
        let response: SampleView.Passage
        let toolCalls: String
        let hasToolCalls: Bool
    }

    struct Grade {
        let kind: String
        let verdict: String
        let explanation: String
        let criteria: [String]
        let hasCriteria: Bool
        let words: [SampleView.Passage]
    }

    init(_ take: Transcripts.Take) {
        let said = take.said
        makers = take.makers.map(\.candidate).joined(separator: ", ")
        replies = said.replies.enumerated().map { index, reply in
            Reply(
                turn: "Turn \(index + 1)", hasTurn: said.replies.count > 1, thinking: reply.thinking,
                thinkingName:
                    "Thinking, \(Numbers.counted(reply.thinking.split(whereSeparator: \.isWhitespace).count, "word"))",
                hasThinking: !reply.thinking.isEmpty,
                response: SampleView.Passage(
                    "", reply.response.isEmpty && reply.toolCalls.isEmpty ? "(empty)" : reply.response),
                toolCalls: reply.toolCalls, hasToolCalls: !reply.toolCalls.isEmpty)
        }
        failure = said.failure ?? ""
        hasFailed = said.failure != nil
        answer = said.answer ?? ""
        hasAnswer = said.answer != nil
        let isAlone = said.grades.count == 1
        grades = said.grades.map { Self.grade($0, isAlone: isAlone) }
        facts = Self.facts(take)
    }

    private static func grade(_ grade: Transcripts.Grade, isAlone: Bool) -> Grade {
        let word = verdict(grade.value)
        return Grade(
            kind: word.kind, verdict: word.text,
            explanation: [isAlone ? "" : grade.grader, grade.explanation].filter { !$0.isEmpty }.joined(
                separator: ": "),
            criteria: grade.criteria.map { criterion in
                "\(criterion.name): \(verdict(criterion.value).text)"
                    + (criterion.explanation.isEmpty ? "" : ", \(criterion.explanation)")
            }, hasCriteria: !grade.criteria.isEmpty,
            words: grade.words.map { words in
                SampleView.Passage(
                    "\(words.judge) on “\(words.criterion)”: \(words.grade ?? "no grade")", words.text)
            })
    }

    /// Right from one half on; what is neither 0 nor 1 says how much it is.
    private static func verdict(_ value: Double?) -> (kind: String, text: String) {
        guard let value else { return ("u", "unscored") }
        let word = value >= 0.5 ? "right" : "wrong"
        return (value >= 0.5 ? "y" : "w", value == 0 || value == 1 ? word : "\(word), \(Numbers.fixed(value, 2))")
    }

    private static func facts(_ take: Transcripts.Take) -> String {
        var parts: [String] = []
        if let span = span(take.makers.compactMap(\.ttft)) { parts.append("first token after \(span)") }
        if let span = span(take.makers.compactMap(\.latency)) { parts.append("whole after \(span)") }
        if let reason = take.said.finishReason, reason != "stop" { parts.append("ended by \(reason)") }
        let text = parts.joined(separator: ", ")
        let repeats = repeats(take.makers)
        return Wording.sentence([text, repeats].filter { !$0.isEmpty }.joined(separator: "; "))
    }

    /// `1.2 ms`, or from the shortest to the longest.
    private static func span(_ times: [Double]) -> String? {
        guard let low = times.min(), let high = times.max() else { return nil }
        let (from, to) = (Numbers.time(low), Numbers.time(high))
        return from == to ? from : "\(from) to \(to)"
    }

    /// `right in all 3 repeats`; where candidates differ, each by its name.
    private static func repeats(_ makers: [Transcripts.Maker]) -> String {
        let texts = makers.map { maker -> String in
            guard maker.repeats > 1 else { return "" }
            var text =
                maker.scored == 0
                ? "none of \(Numbers.count(maker.repeats)) repeats scored"
                : maker.right == maker.scored && maker.scored == maker.repeats
                    ? "right in all \(Numbers.count(maker.repeats)) repeats"
                    : "right in \(Numbers.count(maker.right)) of \(Numbers.counted(maker.scored, "scored repeat"))"
            if maker.failed > 0 { text += ", \(Numbers.count(maker.failed)) failed" }
            return text
        }
        guard Set(texts).count > 1 else { return texts.first ?? "" }
        return zip(makers, texts).filter { !$1.isEmpty }.map { "\($0.candidate) \($1)" }.joined(separator: ", ")
    }
}
