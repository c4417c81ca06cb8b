import PoiseCore
import PoiseGrading
import PoiseStore

/// The graders of every task, built once.
struct TaskGraders: Sendable {
    private let graders: [String: [Grader]]
    private let samples: [String: [String: Sample]]

    /// - Throws: where a grader's options make no sense.
    init(tasks: [EvaluationTask]) throws {
        graders = try Dictionary(
            tasks.map { ($0.name, try $0.graders.map { try Grader($0) }) }, uniquingKeysWith: { first, _ in first })
        samples = Dictionary(
            tasks.map { task in
                (task.name, Dictionary(task.samples.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    func grade(_ response: Response, task: String, sample: Sample) -> [GraderScore] {
        (graders[task] ?? []).map { $0.grade(response, sample: sample) }
    }

    /// Scores of stored responses, by trial; those whose task or sample is not here are left out.
    func scores(of responses: [RunStore.StoredResponse]) -> [Int64: [GraderScore]] {
        var scores: [Int64: [GraderScore]] = [:]
        for stored in responses {
            guard let sample = samples[stored.task]?[stored.sample] else { continue }
            scores[stored.trial] = grade(stored.response, task: stored.task, sample: sample)
        }
        return scores
    }
}
