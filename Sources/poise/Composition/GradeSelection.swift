import PoiseCore
import PoiseGrading
import PoiseStore

/// Which scores of a stored run are made anew, and by which graders. Pure.
struct GradeSelection: Sendable {
    /// What was typed.
    struct Request: Sendable {
        /// Tasks that bring graders: all of a suite, or those of task files.
        var tasks: [EvaluationTask] = []
        /// Tasks by their names; empty for all.
        var names: [String] = []
        /// Rubrics that are graded beside what the tasks have.
        var rubrics: [RubricDefinition] = []
    }

    /// A name that no task of the run has.
    struct UnknownTask: ExplainedError, Hashable {
        let name: String
        let known: [String]

        var what: String { "the run has no task “\(name)”" }
        var place: String? { nil }
        var remedy: String? {
            nearest(to: name, among: known).map { "Did you mean \($0)?" }
                ?? "It has \(known.joined(separator: ", "))."
        }
    }

    /// The tasks of the run that are graded, each with the graders that grade it.
    let tasks: [EvaluationTask]
    /// By task: the graders' places among the run's scores.
    let positions: [String: [Int]]
    /// Whether the scores that the tasks have already stay beside the new ones.
    let isBeside: Bool

    /// - Parameters:
    ///   - own: the run's tasks as they were asked.
    ///   - stored: the scores that the run has.
    init(_ request: Request, own: [EvaluationTask], stored: [RunStore.VersionCount]) throws(UnknownTask) {
        let known = own.map(\.name)
        for name in request.names where !known.contains(name) {
            throw UnknownTask(name: name, known: known)
        }
        let isChosen = { (task: EvaluationTask) in
            request.names.isEmpty && request.tasks.isEmpty || request.names.contains(task.name)
                || request.tasks.contains { $0.name == task.name }
        }
        isBeside = !request.rubrics.isEmpty && request.tasks.isEmpty
        var tasks: [EvaluationTask] = []
        var positions: [String: [Int]] = [:]
        for task in own where isChosen(task) {
            let source = request.tasks.first { $0.name == task.name } ?? task
            var graders = source.graders
            var places = Array(graders.indices)
            if isBeside { (graders, places) = ([], []) }
            // Beside the others: at the place where a grader of its name stands already, else behind the last.
            let taken = stored.filter { $0.task == task.name }
            var next = max(source.graders.count, (taken.map(\.position).max() ?? -1) + 1)
            for rubric in request.rubrics {
                graders.append(.rubric(rubric))
                let place =
                    taken.first { $0.grader == rubric.name }?.position
                    ?? source.graders.firstIndex { $0.name == rubric.name }
                places.append(place ?? next)
                if place == nil { next += 1 }
            }
            tasks.append(source.asking(graders))
            positions[task.name] = places
        }
        self.tasks = tasks
        self.positions = positions
    }

    /// The jobs for a run's responses, and how many responses have none since the tasks ask otherwise now.
    func jobs(
        for responses: [RunStore.StoredResponse], by graders: TaskGraders, asked: TaskGraders
    ) -> (jobs: [GradingSession.Job], kept: Int) {
        var jobs: [GradingSession.Job] = []
        var kept = 0
        for stored in responses {
            guard let places = positions[stored.task], let sample = graders.sample(of: stored, asked: asked) else {
                kept += 1
                continue
            }
            for (grader, position) in zip(graders.graders[stored.task] ?? [], places) {
                // Nobody looks at the score of a warm-up, and a judge's costs something.
                if stored.isWarmup, !grader.grader.isImmediate { continue }
                jobs.append(
                    GradingSession.Job(
                        trial: stored.trial, position: position, response: stored.response, sample: sample,
                        grader: grader))
            }
        }
        return (jobs, kept)
    }
}

extension EvaluationTask {
    /// The same task with other graders.
    func asking(_ graders: [GraderDefinition]) -> EvaluationTask {
        EvaluationTask(
            name: name, title: title, license: license, useCase: useCase, maxTokens: maxTokens, graders: graders,
            samples: samples, prompt: prompt, isPrivate: isPrivate)
    }
}
