import PoiseCore
import PoiseGrading
import PoiseStore

/// The graders of every task, built once.
struct TaskGraders: Sendable {
    private let graders: [String: [Grader]]
    private let questions: [String: [String: Question]]

    /// A sample and what is sent for it.
    private struct Question {
        let sample: Sample
        let messages: [Message]
    }

    /// - Throws: where a grader's options make no sense.
    init(tasks: [EvaluationTask]) throws {
        graders = try Dictionary(
            tasks.map { ($0.name, try $0.graders.map { try Grader($0) }) }, uniquingKeysWith: { first, _ in first })
        questions = Self.questions(of: tasks)
    }

    private static func questions(of tasks: [EvaluationTask]) -> [String: [String: Question]] {
        Dictionary(
            tasks.map { task in
                let questions = task.samples.map { ($0.id, Question(sample: $0, messages: task.messages(for: $0))) }
                return (task.name, Dictionary(questions, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    func grade(_ response: Response, task: String, sample: Sample) -> [GraderScore] {
        (graders[task] ?? []).map { $0.grade(response, sample: sample) }
    }

    /// Scores of stored responses, by trial; those whose task or sample is not here are left out.
    ///
    /// - Parameter asked: the tasks as the run asked them. A sample that keeps its id and is asked otherwise now is
    ///   another question: the stored response would be graded against an answer that nobody asked for.
    func scores(of responses: [RunStore.StoredResponse], asked: [EvaluationTask]) -> [Int64: [GraderScore]] {
        let asked = Self.questions(of: asked)
        var scores: [Int64: [GraderScore]] = [:]
        for stored in responses {
            guard let question = questions[stored.task]?[stored.sample],
                question.messages == asked[stored.task]?[stored.sample]?.messages
            else { continue }
            scores[stored.trial] = grade(stored.response, task: stored.task, sample: question.sample)
        }
        return scores
    }
}
