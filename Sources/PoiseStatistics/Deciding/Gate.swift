package import PoiseCore

/// Holds candidates against rules: every verdict with what it rests on.
///
/// A rule passes where the whole interval is on the good side of its bound, and fails where it is on the other after
/// Holm's correction over all rules of all candidates: where nothing is wrong, the chance that anything fails stays what it
/// is for one rule. All must pass for a pass, which needs no correction (Berger 1982).
package struct Gate: Sendable {
    /// One candidate at one load.
    package struct Case: Sendable {
        package let name: String
        package let load: Load
        /// nil where it has no trial at the load.
        package let candidate: MeasuredCandidate?
        /// nil where there is none at the load.
        package let base: MeasuredCandidate?
        /// Whether a baseline was named at all.
        package let hasBaseline: Bool
        package let point: FrontPoint?

        package init(
            name: String, load: Load, candidate: MeasuredCandidate?, base: MeasuredCandidate?, hasBaseline: Bool,
            point: FrontPoint? = nil
        ) {
            self.name = name
            self.load = load
            self.candidate = candidate
            self.base = base
            self.hasBaseline = hasBaseline
            self.point = point
        }
    }

    private let rules: [GateRule]
    private let confidence: Double
    private let seed: UInt64
    private let resamples: Int

    /// Missing scores on one side up to this share of the samples are only told.
    private static let smallShare = 0.01

    /// - Parameters:
    ///   - confidence: of the intervals; each side of a rule is held at (1 − confidence) / 2.
    ///   - seed: of the run, for draws that are the same each time.
    package init(
        rules: [GateRule], confidence: Double = Interval.confidence, seed: UInt64, resamples: Int = 10_000
    ) {
        self.rules = rules
        self.confidence = confidence
        self.seed = seed
        self.resamples = resamples
    }

    /// By case and rule, in their order; rules of other loads are left out.
    package func results(of cases: [Case]) -> [RuleResult] {
        var results = cases.flatMap { item in
            rules.filter { $0.load == nil || $0.load == item.load }.map { result(of: $0, item) }
        }
        let tested = results.indices.filter { results[$0].failPValue != nil }
        let adjusted = Holm.adjusted(tested.map { results[$0].failPValue ?? .nan })
        for (index, value) in zip(tested, adjusted) {
            results[index].adjustedFailPValue = value
            guard results[index].verdict == .fail, value >= (1 - confidence) / 2 else { continue }
            results[index].verdict = .inconclusive
            results[index].reasons.append(.failsOnlyAlone(rules: tested.count))
        }
        return results
    }

    // MARK: - One rule

    private func result(of rule: GateRule, _ item: Case) -> RuleResult {
        var result = RuleResult(
            rule: rule, candidate: item.name, load: item.load, verdict: .inconclusive, confidence: confidence)
        if let refusal = refusal(of: rule, item) {
            result.reasons = [refusal]
            return result
        }
        guard let candidate = item.candidate else { return result }
        let data = RuleEvidence(
            candidate: candidate, base: item.base, point: item.point, seed: seed, resamples: resamples)
        switch data.figure(of: rule) {
        case .absent(let reason): result.reasons = [reason]
        case .plain(let value, let n, let reason):
            result.estimate = value
            result.n = n
            result.method = .asItIs
            result.reasons = [reason]
            result.verdict = (rule.side == .atLeast ? value >= rule.bound : value <= rule.bound) ? .pass : .fail
        case .evidence(let evidence, let least): judge(evidence, least: least, into: &result)
        }
        if rule.needsBaseline, rule.quantity.isAccuracy { noteMissing(rule, item, into: &result) }
        return result
    }

    private func judge(_ evidence: Evidence, least: Int, into result: inout RuleResult) {
        let rule = result.rule
        result.estimate = evidence.estimate
        result.n = evidence.n
        result.method = RuleResult.Method(rawValue: evidence.method.rawValue) ?? .none
        guard evidence.n > 1 else {
            result.reasons.append(.singleSample)
            return
        }
        let interval = evidence.interval(confidence: confidence)
        result.low = interval?.low
        result.high = interval?.high
        guard evidence.n >= least else {
            result.reasons.append(.tooFewSamples(n: evidence.n, least: least))
            return
        }
        // A median of whole numbers rarely moves; a mean that does not says that all samples are alike.
        let isMean = rule.quantity.kind == .share
        guard let interval, interval.low < interval.high || !isMean else {
            result.reasons.append(.noSpread)
            return
        }
        let test = MarginTest(
            evidence, bound: rule.bound, side: rule.side == .atLeast ? .atLeast : .atMost, confidence: confidence)
        result.passPValue = test.passPValue
        result.failPValue = test.failPValue
        result.verdict = test.verdict
        result.smallestEffect = test.smallestEffect()
        result.samplesToDecide = test.samplesToDecide()
    }

    /// Why a rule must not be decided from these data; nil where it may.
    private func refusal(of rule: GateRule, _ item: Case) -> GateReason? {
        guard let candidate = item.candidate else { return .notMeasured(.candidate) }
        if let task = rule.task, !candidate.observations.contains(where: { $0.task == task }) {
            return .taskNotAsked(task)
        }
        guard rule.needsBaseline else { return nil }
        guard item.hasBaseline else { return .noBaseline }
        guard let base = item.base else { return .notMeasured(.baseline) }
        if let task = rule.task, !base.observations.contains(where: { $0.task == task }) { return .taskNotAsked(task) }
        let (one, other) = (base.circumstances, candidate.circumstances)
        if rule.quantity.isSpeed {
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

    /// Failures that are not random can hide a loss: they are told, and take a pass away that rests on them.
    private func noteMissing(_ rule: GateRule, _ item: Case, into result: inout RuleResult) {
        guard let base = item.base, let candidate = item.candidate, let estimate = result.estimate else { return }
        let pairs = PairedSamples(base: base, candidate: candidate, tasks: rule.task.map { [$0] }).pairs
        let lacking = pairs.count { $0.candidate == nil && $0.base != nil }
        let unmatched = pairs.count { $0.candidate != nil && $0.base == nil }
        guard lacking + unmatched > 0, !pairs.isEmpty else { return }
        result.reasons.append(.missingScores(candidate: lacking, baseline: unmatched, of: pairs.count))
        let share = Double(lacking) / Double(pairs.count)
        guard result.verdict == .pass, rule.side == .atLeast, share > Self.smallShare else { return }
        // As far as the estimate goes, with each of them wrong; a ratio shrinks by the share, a difference by that of it.
        let worst: Double
        if case .nonInferior = rule.limit {
            let right = pairs.reduce(0.0) { $0 + ($1.candidate == nil ? $1.base ?? 0 : 0) }
            worst = estimate * (1 - share) - right / Double(pairs.count)
        } else {
            worst = estimate * (1 - share)
        }
        guard worst < rule.bound else { return }
        result.verdict = .inconclusive
        result.reasons.append(.missingScoresCouldHideALoss)
    }
}

extension MeasuredCandidate {
    /// Tasks that both were asked, in order of their names.
    package func commonTasks(with other: MeasuredCandidate) -> [String] {
        Set(observations.map(\.task)).intersection(other.observations.map(\.task)).sorted()
    }
}
