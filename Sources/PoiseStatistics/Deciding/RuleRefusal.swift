package import PoiseCore

/// What must not be compared, or cannot.
enum RuleRefusal {
    /// Why a rule must not be decided from these data; nil where it may.
    static func reason(for rule: GateRule, _ item: Gate.Case) -> GateReason? {
        guard let candidate = item.candidate else { return .notMeasured(.candidate) }
        if let task = rule.task, !candidate.observations.contains(where: { $0.task == task }) {
            return .taskNotAsked(task)
        }
        guard rule.needsBaseline else { return nil }
        guard item.hasBaseline else { return .noBaseline }
        guard let base = item.base else { return .notMeasured(.baseline) }
        if let task = rule.task, !base.observations.contains(where: { $0.task == task }) { return .taskNotAsked(task) }
        let (one, other) = (base.circumstances, candidate.circumstances)
        if rule.quantity.isSpeed || rule.quantity == .memory {
            if one.isSimulated != other.isSimulated { return .simulatedAgainstReal }
            if one.machine != other.machine {
                return .otherMachine(baseline: one.machineSummary, candidate: other.machineSummary)
            }
            if one.service != other.service { return .otherService(baseline: one.service, candidate: other.service) }
        }
        if rule.quantity.dependsOnScores {
            let tasks = rule.task.map { [$0] } ?? base.commonTasks(with: candidate)
            let regraded = tasks.filter {
                one.graders[$0] != other.graders[$0] || (one.graders[$0]?.count ?? 0) > 1
            }
            if !regraded.isEmpty { return .otherGraders(tasks: regraded) }
        }
        return nil
    }
}

extension MeasuredCandidate {
    /// Tasks that both were asked, in order of their names.
    package func commonTasks(with other: MeasuredCandidate) -> [String] {
        Set(observations.map(\.task)).intersection(other.observations.map(\.task)).sorted()
    }
}
