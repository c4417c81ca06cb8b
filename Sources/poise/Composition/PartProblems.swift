import PoiseCore
import PoiseRunner
import PoiseStore

/// What becomes of a run's problems when a part of it ends. Pure.
///
/// A candidate that was given up before is tried again: its old problem stays until it is through, and goes then. That a
/// server could not keep up with a rate is a finding; its level stays as it ended, and so does what was said of it.
struct PartProblems {
    typealias Problem = (candidate: String, reason: String)

    let gone: [Problem]
    let new: [Problem]
    let status: RunRecord.Status

    init(before: [Problem], ending outcome: RunOutcome, finished: FinishedWork) {
        let overloads = finished.levels.filter { $0.value.stop == .overload }.keys
        let standing = before.filter { problem in
            overloads.contains {
                $0.candidate == problem.candidate && problem.reason.hasPrefix("at \($0.load), round \($0.round), ")
            }
        }
        func isStanding(_ problem: Problem) -> Bool { standing.contains { $0 == problem } }
        let ended = Set(outcome.problems.map(\.candidate))
        gone = before.filter { problem in
            if isStanding(problem) { return false }
            return outcome.status != .interrupted || problem.candidate == RunStore.wholeRun
                || ended.contains(problem.candidate)
        }
        new = outcome.problems.map { (candidate: $0.candidate, reason: $0.reason) }.filter { !isStanding($0) }
        status = outcome.status == .done && !standing.isEmpty ? .incomplete : outcome.status
    }
}
