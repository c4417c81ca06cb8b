/// One line of a dataset, in the shape that inspect_ai made common.
package struct Sample: Hashable, Codable, Sendable {
    package let id: String
    package let input: Input
    /// Accepted answers; empty where no check needs one.
    package let target: [String]
    package let choices: [String]
    package let metadata: [String: JSONValue]
    /// nil where there are none, and in plans that were stored before there were any.
    private let storedTools: [JSONValue]?
    private let storedTurns: [Turn]?

    private enum CodingKeys: String, CodingKey {
        case id, input, target, choices, metadata
        case storedTools = "tools"
        case storedTurns = "turns"
    }

    /// A text, or messages that are sent as they are; in JSON a string or a list, as in a dataset.
    package enum Input: Hashable, Codable, Sendable {
        case text(String)
        case messages([Message])

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .messages(try container.decode([Message].self))
            }
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .messages(let messages): try container.encode(messages)
            }
        }
    }

    package init(
        id: String, input: Input, target: [String], choices: [String] = [], metadata: [String: JSONValue] = [:],
        tools: [JSONValue] = []
    ) {
        self.id = id
        self.input = input
        self.target = target
        self.choices = choices
        self.metadata = metadata
        storedTools = tools.isEmpty ? nil : tools
        storedTurns = nil
    }

    /// A chain: questions that are asked one after the other in one conversation.
    package init(id: String, turns: [Turn], metadata: [String: JSONValue] = [:], tools: [JSONValue] = []) {
        self.id = id
        input = .messages(turns.map { Message(role: "user", content: $0.input) })
        target = []
        choices = []
        self.metadata = metadata
        storedTools = tools.isEmpty ? nil : tools
        storedTurns = turns
    }

    /// Functions that the model may call, each as OpenAI's `tools` has it.
    package var tools: [JSONValue] { storedTools ?? [] }

    /// Empty where the sample is one question.
    package var turns: [Turn] { storedTurns ?? [] }

    /// The sample itself, or each of its turns as a sample of its own, with the metadata of both.
    package var questions: [Sample] {
        guard !turns.isEmpty else { return [self] }
        return turns.map { turn in
            Sample(
                id: id, input: .text(turn.input), target: turn.target, choices: turn.choices,
                metadata: metadata.merging(turn.metadata) { $1 }, tools: tools)
        }
    }
}

/// A set of samples with the messages that ask them and the graders that read the answers.
///
/// DESIGN calls it a task; the longer name keeps it apart from Swift's `Task`.
package struct EvaluationTask: Hashable, Codable, Sendable {
    package let name: String
    package let title: String?
    package let license: String?
    package let useCase: String?
    package let maxTokens: Int?
    /// In the order of the file; the first one decides the trial's score, the others are reported beside it.
    package let graders: [GraderDefinition]
    package let samples: [Sample]
    /// The task's template, before a sample's `input` is put in.
    package let prompt: Sample.Input
    /// nil where it is not private, and in plans that were stored before any was.
    private let storedPrivate: Bool?

    private enum CodingKeys: String, CodingKey {
        case name, title, license, useCase, maxTokens, graders, samples, prompt
        case storedPrivate = "private"
    }

    package init(
        name: String, title: String? = nil, license: String? = nil, useCase: String? = nil, maxTokens: Int? = nil,
        graders: [GraderDefinition], samples: [Sample], prompt: Sample.Input = .text("{input}"),
        isPrivate: Bool = false
    ) {
        self.name = name
        self.title = title
        self.license = license
        self.useCase = useCase
        self.maxTokens = maxTokens
        self.graders = graders
        self.samples = samples
        self.prompt = prompt
        storedPrivate = isPrivate ? true : nil
    }

    /// Whether its texts stay in the database: prompts, targets, responses and what graders say of them. Numbers do not.
    package var isPrivate: Bool { storedPrivate ?? false }

    /// The same task with some of its samples.
    package func with(samples: [Sample]) -> EvaluationTask {
        EvaluationTask(
            name: name, title: title, license: license, useCase: useCase, maxTokens: maxTokens, graders: graders,
            samples: samples, prompt: prompt, isPrivate: isPrivate)
    }

    /// The messages to send for a sample.
    ///
    /// A sample that brings messages of its own is sent as it is. Placeholders are `{input}`, `{choices}` (lettered,
    /// one a line) and `{metadata.key}`; what stands in the sample's own text is never expanded again.
    ///
    /// - Returns: of a chain, the messages of all turns, without the answers between them.
    package func messages(for sample: Sample) -> [Message] {
        if !sample.turns.isEmpty { return messagesOfTurns(of: sample).flatMap(\.self) }
        if case .messages(let own) = sample.input { return own }
        switch prompt {
        case .text(let template): return [Message(role: "user", content: Template(template).filled(from: sample))]
        case .messages(let templates):
            return templates.map { Message(role: $0.role, content: Template($0.content).filled(from: sample)) }
        }
    }

    /// What each turn of a chain adds to the conversation: the whole prompt at first, its last message from then on.
    package func messagesOfTurns(of sample: Sample) -> [[Message]] {
        sample.questions.enumerated().map { index, question in
            let messages = messages(for: question)
            return index == 0 ? messages : messages.suffix(1)
        }
    }
}
