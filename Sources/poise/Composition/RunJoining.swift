import PoiseCore
import PoiseStore
import PoiseStore

/// Which runs may stand in one report, and which of them on one front.
///
/// Runs of one report have the same tasks. Those on machines of one kind share their fronts, where no candidate was
/// measured twice at one load; those on other machines have fronts of their own. Pure: it looks at nothing but the runs.
enum RunJoining {
    enum Failure: ExplainedError, Hashable {
        case twice(run: String)
        case otherTasks(difference: String, first: String, second: String)
        case otherGrading(first: String, second: String)
        case sameCandidate(String, load: String, first: String, second: String, isPooled: Bool)
        case otherCandidate(String, difference: String, first: String, second: String)

        var what: String {
            switch self {
            case .twice: "the run is named twice"
            case .otherTasks(let difference, let first, _):
                "its tasks are not those of run \(first): \(difference)"
            case .otherGrading(let first, _):
                "its responses were not graded by the same graders as those of run \(first)"
            case .sameCandidate(let candidate, let load, let first, _, let isPooled):
                "candidate \(candidate) was measured at load \(load) in run \(first) too"
                    + (isPooled ? "" : ", on a machine of the same kind") + "; numbers of two runs are never pooled"
            case .otherCandidate(let candidate, let difference, let first, _):
                "candidate \(candidate) is not the same as in run \(first): \(difference)"
            }
        }
        var place: String? {
            switch self {
            case .twice(let run), .otherTasks(_, _, let run), .otherGrading(_, let run),
                .sameCandidate(_, _, _, let run, _), .otherCandidate(_, _, _, let run):
                "run \(run)"
            }
        }
        var remedy: String? {
            switch self {
            case .twice: "Name each run once."
            case .otherTasks: "Only answers to the same questions can be compared; run one suite's tasks in both."
            case .otherGrading(let first, let second):
                "Grade both with the same suite: poise grade \(first) --suite FILE, and the same for \(second)."
            case .sameCandidate(_, _, _, _, isPooled: true):
                "Name only one of the two runs; where they are of one plan, poise merge --pool makes one run of its shards."
            case .sameCandidate: "Name only one of the two runs; `poise runs` lists them."
            case .otherCandidate: "Give one of the two another name in its suite and run it again."
            }
        }
    }

    /// The runs by the kind of their machine, both in the order given.
    ///
    /// - Throws: `Failure`, where they cannot stand in one report.
    static func machines(of runs: [MeasuredRun]) throws -> [[MeasuredRun]] {
        var groups: [[MeasuredRun]] = []
        for (index, run) in runs.enumerated() {
            if runs[..<index].contains(where: { $0.record.id == run.record.id }) {
                throw Failure.twice(run: run.record.id)
            }
            if let first = runs.first, index > 0 { try checkTasks(first, run) }
            if let group = groups.firstIndex(where: { $0[0].record.machine.identity == run.record.machine.identity }) {
                for other in groups[group] { try checkCandidates(other, run) }
                groups[group].append(run)
            } else {
                groups.append([run])
            }
        }
        return groups
    }

    private static func checkTasks(_ first: MeasuredRun, _ second: MeasuredRun) throws {
        let (one, other) = (first.record.id, second.record.id)
        if let difference = difference(of: second.plan.tasks, from: first.plan.tasks) {
            throw Failure.otherTasks(difference: difference, first: one, second: other)
        }
        let (ours, theirs) = (deciding(first), deciding(second))
        guard ours.allSatisfy({ theirs[$0.key] == nil || theirs[$0.key] == $0.value }) else {
            throw Failure.otherGrading(first: one, second: other)
        }
        // Graders of another suite stand in for the run's own.
        guard first.grading?.digests == second.grading?.digests else {
            throw Failure.otherGrading(first: one, second: other)
        }
    }

    /// By task, the versions of the grader that decides, as far as they gave scores.
    private static func deciding(_ run: MeasuredRun) -> [String: Set<String>] {
        var versions: [String: Set<String>] = [:]
        for count in run.versions where count.position == 0 && count.scores > count.unscored {
            if let version = count.version { versions[count.task, default: []].insert(version) }
        }
        return versions
    }

    /// The first difference as a clause; nil where both ask the same.
    private static func difference(of tasks: [EvaluationTask], from others: [EvaluationTask]) -> String? {
        for other in others where !tasks.contains(where: { $0.name == other.name }) {
            return "it does not have the task \(other.name)"
        }
        for task in tasks {
            guard let other = others.first(where: { $0.name == task.name }) else {
                return "it has the task \(task.name) besides"
            }
            if task.samples.count != other.samples.count {
                return "the task \(task.name) has \(task.samples.count) samples, there \(other.samples.count)"
            }
            let samples = Dictionary(other.samples.map { ($0.id, $0) }) { first, _ in first }
            for sample in task.samples where samples[sample.id] != sample {
                return samples[sample.id] == nil
                    ? "the task \(task.name) has the sample \(sample.id), which is missing there"
                    : "the sample \(sample.id) of the task \(task.name) differs"
            }
            if task.prompt != other.prompt { return "the task \(task.name) asks with another prompt" }
            if task.graders != other.graders { return "the task \(task.name) has other graders" }
            if task.maxTokens != other.maxTokens { return "the task \(task.name) has another length cap" }
        }
        return nil
    }

    private static func checkCandidates(_ first: MeasuredRun, _ second: MeasuredRun) throws {
        let (one, other) = (first.record.id, second.record.id)
        for candidate in second.plan.candidates {
            guard let twin = first.plan.candidates.first(where: { $0.id == candidate.id }) else { continue }
            if let load = second.plan.loads.first(where: first.plan.loads.contains) {
                throw Failure.sameCandidate(
                    candidate.id, load: load.description, first: one, second: other,
                    isPooled: first.record.machine.pooled != nil)
            }
            if let difference = difference(of: candidate, from: twin) {
                throw Failure.otherCandidate(candidate.id, difference: difference, first: one, second: other)
            }
        }
    }

    private static func difference(of candidate: Candidate, from twin: Candidate) -> String? {
        if candidate.sampling != twin.sampling { return "it has other sampling settings" }
        if candidate.serving != twin.serving { return "it is served otherwise" }
        return nil
    }
}
