import Dispatch
import PoiseCore

/// Where responses are graded.
///
/// A grader may take milliseconds. Swift's tasks share as many threads as there are cores, so that two slow graders
/// would hold up every request of an open loop that is due meanwhile: there, a thread of their own keeps them apart.
struct GradingThread: Sendable {
    private let grade: @Sendable (Response, EvaluationTask, Sample) -> [GraderScore]
    private let queue = DispatchQueue(label: "poise.grading", qos: .utility)

    init(grade: @escaping @Sendable (Response, EvaluationTask, Sample) -> [GraderScore]) {
        self.grade = grade
    }

    /// - Parameter isApart: whether it happens on the thread of its own, one response after the other.
    func scores(of response: Response, task: EvaluationTask, sample: Sample, isApart: Bool) async -> [GraderScore] {
        guard isApart else { return grade(response, task, sample) }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: grade(response, task, sample)) }
        }
    }
}
