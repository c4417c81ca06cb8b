import PoiseCore
import PoiseGrading
import PoiseStore

/// The graders of every task, built once, each with the version that its scores are kept under.
struct TaskGraders: Sendable {
    /// A grader with what tells it from others of its name.
    struct Versioned: Sendable {
        let definition: GraderDefinition
        let grader: Grader
        let version: String
        /// Whether it puts questions to judges.
        let asksJudge: Bool

        /// Throws where the grader's options make no sense.
        init(_ definition: GraderDefinition, judges: [Candidate]) throws(GraderError) {
            self.definition = definition
            grader = try Grader(definition)
            version = definition.version(judges: judges)
            asksJudge = definition.asksJudge
        }

        /// Throws also where it cannot grade the turns of the task's samples.
        init(
            _ definition: GraderDefinition, of task: EvaluationTask, isDeciding: Bool, judges: [Candidate]
        ) throws(GraderError) {
            self.definition = definition
            grader = try Grader(definition, of: task, isDeciding: isDeciding)
            version = definition.version(judges: judges)
            asksJudge = definition.asksJudge
        }
    }

    /// In the order in which the files name them.
    let definitions: [GraderDefinition]
    /// By the task's name, in the order of its file.
    let graders: [String: [Versioned]]
    private let questions: [String: [String: Question]]

    /// A sample and what is sent for it.
    private struct Question {
        let sample: Sample
        let messages: [Message]

        /// Whether another one asks the same, and its tools answer the same.
        func asks(as other: Question?) -> Bool {
            guard let other else { return false }
            return messages == other.messages && sample.tools == other.sample.tools
                && sample.turns.map(\.toolResults) == other.sample.turns.map(\.toolResults)
        }
    }

    /// - Parameters:
    ///   - judges: whom rubrics put their questions to.
    ///   - isBeside: whether none of the graders decides, since they grade beside those that the tasks have.
    /// - Throws: where a grader's options make no sense.
    init(tasks: [EvaluationTask], judges: [Candidate], isBeside: Bool = false) throws {
        definitions = tasks.flatMap(\.graders)
        graders = try Dictionary(
            tasks.map { task in
                (
                    task.name,
                    try task.graders.enumerated().map { index, grader in
                        try Versioned(grader, of: task, isDeciding: index == 0 && !isBeside, judges: judges)
                    }
                )
            }, uniquingKeysWith: { first, _ in first })
        questions = Self.questions(of: tasks)
    }

    private static func questions(of tasks: [EvaluationTask]) -> [String: [String: Question]] {
        Dictionary(
            tasks.map { task in
                let questions = task.samples.map { ($0.id, Question(sample: $0, messages: task.messages(for: $0))) }
                return (task.name, Dictionary(questions, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// By task, the version of each grader by its name.
    var versions: [String: [String: String]] {
        graders.mapValues { own in
            Dictionary(own.map { ($0.definition.name, $0.version) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Whether the texts alone decide every score.
    var areImmediate: Bool { graders.values.joined().allSatisfy(\.grader.isImmediate) }

    /// A score for each grader of the task; those that need services are unscored for now.
    func grade(_ response: Response, task: String, sample: Sample) -> [GraderScore] {
        (graders[task] ?? []).map { versioned in
            var score = versioned.grader.grade(response, sample: sample)
            score.version = versioned.version
            return score
        }
    }

    /// The sample that a stored response answers; nil where its task or sample is not here.
    ///
    /// - Parameter asked: the graders of the tasks as the run asked them. A sample that keeps its id and is asked
    ///   otherwise now is another question: the stored response would be graded against an answer that nobody asked for.
    func sample(of stored: RunStore.StoredResponse, asked: TaskGraders) -> Sample? {
        guard let question = questions[stored.task]?[stored.sample],
            question.asks(as: asked.questions[stored.task]?[stored.sample])
        else { return nil }
        return question.sample
    }
}
