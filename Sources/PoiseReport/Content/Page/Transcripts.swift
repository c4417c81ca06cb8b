package import PoiseCore

/// Samples with the responses to them, as far as they stand on the page.
package struct Transcripts: Hashable, Sendable {
    /// Where the responses were made; nil where there are none.
    package var load: Load?
    /// Those whose outcomes each sample has, in the suite's order.
    package var candidates: [String] = []
    /// The two that are held against each other first; nil where there is one candidate alone.
    package var pair: Pair?
    /// In the suite's order.
    package var samples: [Entry] = []
    package var coverage = Coverage()
    /// What was blacked out in them.
    package var redactions = RedactionCounts()

    package init() {}

    /// Two candidates, the second held against the first.
    package struct Pair: Hashable, Sendable {
        package var base: String
        package var candidate: String

        package init(base: String, candidate: String) {
            self.base = base
            self.candidate = candidate
        }
    }

    /// What of the run stands on the page.
    package struct Coverage: Hashable, Sendable {
        /// Samples that were asked, without those of private tasks.
        package var total = 0
        /// Of the pair: wrong, failed or unscored for one of them; or for anybody failed or unscored. All, and those shown.
        package var notable = 0
        package var notableShown = 0
        /// Of the others: wrong for any candidate.
        package var wrong = 0
        package var wrongShown = 0
        /// Whether samples that all got right were left out on purpose.
        package var isFailuresOnly = false
        /// Of the draw among those that do not all fit.
        package var seed: UInt64 = 0
        package var privateTasks: [String] = []
        package var privateSamples = 0
        /// Of the pair, over every sample that was asked, those of private tasks too.
        package var lost = 0
        package var gained = 0
        package var compared = 0
        /// Of the only candidate, where there is no pair.
        package var right = 0
        package var scored = 0

        package init() {}
    }

    /// What became of a sample at a candidate, over all of its repeats.
    package enum Outcome: Character, Hashable, Sendable, CaseIterable {
        /// By the mean score of its scored repeats, at least one half or less.
        case right = "r"
        case wrong = "w"
        /// It answered, and no grader could say how well.
        case unscored = "u"
        /// No request got a response.
        case failed = "f"
        case notAsked = "-"
    }

    /// One sample.
    package struct Entry: Hashable, Sendable {
        package var task: String
        package var sample: String
        /// The first line of what is asked.
        package var title: String
        package var messages: [Message]
        package var choices: [String]
        package var target: [String]
        /// In the order of the candidates.
        package var outcomes: [Outcome]
        package var takes: [Take]

        package init(
            task: String, sample: String, title: String, messages: [Message], choices: [String], target: [String],
            outcomes: [Outcome], takes: [Take]
        ) {
            self.task = task
            self.sample = sample
            self.title = title
            self.messages = messages
            self.choices = choices
            self.target = target
            self.outcomes = outcomes
            self.takes = takes
        }
    }

    /// The first response of one candidate, or of several that said the very same and were graded alike.
    package struct Take: Hashable, Sendable {
        package var makers: [Maker]
        package var said: Said

        package init(makers: [Maker], said: Said) {
            self.makers = makers
            self.said = said
        }
    }

    /// A candidate with what is its own of a response.
    package struct Maker: Hashable, Sendable {
        package var candidate: String
        /// Of its repeats over epochs and rounds: right ones, those with a score, those that failed, all.
        package var right: Int
        package var scored: Int
        package var failed: Int
        package var repeats: Int
        /// Milliseconds; nil where undefined.
        package var ttft: Double?
        package var latency: Double?

        package init(
            candidate: String, right: Int, scored: Int, failed: Int, repeats: Int, ttft: Double? = nil,
            latency: Double? = nil
        ) {
            self.candidate = candidate
            self.right = right
            self.scored = scored
            self.failed = failed
            self.repeats = repeats
            self.ttft = ttft
            self.latency = latency
        }
    }

    /// What a response says, and what graders said of it.
    package struct Said: Hashable, Sendable {
        /// One; of a chain one for each turn; none where the request failed.
        package var replies: [Reply]
        /// Why there is no response; nil where there is one.
        package var failure: String?
        /// What the deciding grader read out of it.
        package var answer: String?
        package var finishReason: String?
        /// The one that decides first.
        package var grades: [Grade]

        package init(
            replies: [Reply], failure: String? = nil, answer: String? = nil, finishReason: String? = nil,
            grades: [Grade] = []
        ) {
            self.replies = replies
            self.failure = failure
            self.answer = answer
            self.finishReason = finishReason
            self.grades = grades
        }
    }

    package struct Reply: Hashable, Sendable {
        package var thinking: String
        package var response: String
        package var toolCalls: String

        package init(thinking: String, response: String, toolCalls: String) {
            self.thinking = thinking
            self.response = response
            self.toolCalls = toolCalls
        }
    }

    /// What one grader said.
    package struct Grade: Hashable, Sendable {
        package var grader: String
        /// 0…1; nil is unscored.
        package var value: Double?
        /// The explanation, or why it is unscored.
        package var explanation: String
        package var criteria: [Criterion]
        package var words: [JudgeWords]

        package init(
            grader: String, value: Double?, explanation: String, criteria: [Criterion] = [], words: [JudgeWords] = []
        ) {
            self.grader = grader
            self.value = value
            self.explanation = explanation
            self.criteria = criteria
            self.words = words
        }
    }

    package struct Criterion: Hashable, Sendable {
        package var name: String
        package var value: Double?
        package var explanation: String

        package init(name: String, value: Double?, explanation: String) {
            self.name = name
            self.value = value
            self.explanation = explanation
        }
    }

    /// What a judge wrote.
    package struct JudgeWords: Hashable, Sendable {
        package var judge: String
        package var criterion: String
        /// Nil where the reply has none; then `text` may say why.
        package var grade: String?
        package var text: String

        package init(judge: String, criterion: String, grade: String?, text: String) {
            self.judge = judge
            self.criterion = criterion
            self.grade = grade
            self.text = text
        }
    }

    package struct Message: Hashable, Sendable {
        package var role: String
        package var text: String

        package init(role: String, text: String) {
            self.role = role
            self.text = text
        }
    }
}
