import PoiseCore

/// What each candidate does in each task at one load, and which two of them stand against each other.
struct TaskComparison {
    /// A number with its 95% interval.
    typealias Value = FrontPlace.Value

    struct Task {
        let name: String
        let title: String
        /// By candidate's place in `candidates`; nil where it has no score, or no response.
        let right: [Value?]
        let latency: [Value?]
        /// Samples with a score, of the candidates that have any.
        let counts: [Int]
    }

    /// In the suite's order.
    let candidates: [ViewCandidate]
    /// By the first candidate's share of right answers, falling; those without one last.
    let tasks: [Task]
    /// The pick; else the one that is most often right.
    let first: Int
    /// The runner-up; else the next most often right of another model, else of any.
    let second: Int?
    let isPick: Bool

    /// Nil where no task is scored.
    init?(_ content: ReportContent, _ view: FrontView) {
        let scored = view.candidates.filter { candidate in
            content.taskAccuracies.contains { $0.load == view.load && $0.candidate == candidate.id }
        }
        guard !scored.isEmpty, !content.tasks.isEmpty else { return nil }
        let tasks = content.tasks.map { Self.task($0, scored, content, view.load) }
        let decision = content.detail?.choices.first { $0.load == view.load }?.decision
        let pick = decision.flatMap { decision in scored.firstIndex { $0.id == decision.pick } }
        let order = scored.indices.sorted { one, other in
            (scored[other].accuracy, scored[other].speed, one) < (scored[one].accuracy, scored[one].speed, other)
        }
        let first = pick ?? order[0]
        let runnerUp = decision?.runnerUp.flatMap { runnerUp in scored.firstIndex { $0.id == runnerUp.candidate } }
        let others = order.filter { $0 != first }
        candidates = scored
        self.first = first
        second = runnerUp ?? others.first { scored[$0].family != scored[first].family } ?? others.first
        isPick = pick != nil
        self.tasks = tasks.enumerated().sorted { one, other in
            let (left, right) = (one.element.right[first]?.estimate ?? -1, other.element.right[first]?.estimate ?? -1)
            return (right, one.offset) < (left, other.offset)
        }.map(\.element)
    }

    /// Whether right answers have intervals: those of the fronts that are drawn of single tasks.
    var hasIntervals: Bool { tasks.contains { $0.right.contains { $0?.low != nil } } }

    var hasLatency: Bool { tasks.contains { $0.latency.contains { $0 != nil } } }

    /// Tasks whose whole interval lies below what the first candidate gets right over all, the weakest first.
    var weak: [Task] {
        guard let over = candidates[first].point.accuracy else { return [] }
        return tasks.filter { ($0.right[first]?.high ?? 1) < over }.reversed()
    }

    private static func task(
        _ task: TaskSummary, _ candidates: [ViewCandidate], _ content: ReportContent, _ load: Load
    ) -> Task {
        let front = content.detail?.fronts.fronts.first { front in
            front.axes.x == .latency && front.axes.tasks == [task.name] && front.axes.y == .accuracy
        }
        let own = (front?.places ?? []).filter { $0.load == load }
        let byCandidate = Dictionary(own.map { ($0.candidate, $0) }) { first, _ in first }
        let scores = content.taskAccuracies.filter { $0.load == load && $0.task == task.name }
        let plain = Dictionary(scores.map { ($0.candidate, $0) }) { first, _ in first }
        return Task(
            name: task.name, title: task.title ?? task.name,
            right: candidates.map { candidate in
                byCandidate[candidate.id]?.y
                    ?? plain[candidate.id]?.accuracy.map { Value(estimate: $0) }
            },
            latency: candidates.map { candidate in
                byCandidate[candidate.id]?.x.flatMap { $0.estimate.isFinite && $0.estimate > 0 ? $0 : nil }
            }, counts: candidates.compactMap { plain[$0.id]?.n }.filter { $0 > 0 })
    }
}
