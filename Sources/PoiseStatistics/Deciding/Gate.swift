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
        let judgements = cases.flatMap { item in
            rules.filter { $0.load == nil || $0.load == item.load }.map { judgement($0, item) }
        }
        var results = judgements.map(\.result)
        let tested = results.indices.filter { results[$0].failPValue != nil }
        let level = (1 - confidence) / 2
        let adjusted = Holm.adjusted(tested.map { results[$0].failPValue ?? .nan })
        for (index, value) in zip(tested, adjusted) {
            results[index].adjustedFailPValue = value
            results[index].tested = tested.count
            if results[index].verdict == .fail, value >= level {
                results[index].verdict = .inconclusive
                results[index].reasons.append(.failsOnlyAlone(rules: tested.count))
            }
            // Holm's strictest step: what fails there fails whatever the others say.
            let rule = results[index].rule
            func test(at level: Double) -> MarginTest {
                MarginTest(
                    judgements[index].evidence, bound: rule.bound, side: rule.side == .atLeast ? .atLeast : .atMost,
                    confidence: 1 - 2 * level)
            }
            let strictest = test(at: level / Double(tested.count))
            results[index].smallestEffect = strictest.smallestEffect()
            guard results[index].verdict == .inconclusive else { continue }
            // A pass needs no correction, a fail does.
            let isGood = (results[index].toSpare ?? 0) > 0
            results[index].samplesToDecide = (isGood ? test(at: level) : strictest).samplesToDecide()
        }
        return results
    }

    // MARK: - One rule

    /// What a rule says alone, and what is to be held against the bound again among the others.
    private struct Judged {
        var result: RuleResult
        var evidence: Evidence?
    }

    private func judgement(_ rule: GateRule, _ item: Case) -> Judged {
        var judged = Judged(
            result: RuleResult(
                rule: rule, candidate: item.name, load: item.load, verdict: .inconclusive, confidence: confidence))
        if let refusal = RuleRefusal.reason(for: rule, item) {
            judged.result.reasons = [refusal]
            return judged
        }
        guard let candidate = item.candidate else { return judged }
        judge(figure(of: rule, candidate, item), into: &judged)
        let missing = MissingTrials(rule, candidate: candidate, base: item.base)
        guard judged.result.estimate != nil else { return judged }
        judged.result.reasons += missing.reasons
        if judged.result.verdict == .pass, let loss = missing.loss, !holdsAtWorst(missing, judged.result, item) {
            judged.result.verdict = .inconclusive
            judged.result.reasons.append(loss)
        }
        if missing.isCutShort(judged.result) { judged.result.verdict = .inconclusive }
        return judged
    }

    private func figure(of rule: GateRule, _ candidate: MeasuredCandidate, _ item: Case) -> RuleFigure {
        RuleEvidence(candidate: candidate, base: item.base, point: item.point, seed: seed, resamples: resamples)
            .figure(of: rule)
    }

    private func judge(_ figure: RuleFigure, into judged: inout Judged) {
        let rule = judged.result.rule
        switch figure {
        case .absent(let reason): judged.result.reasons = [reason]
        case .plain(let value, let n, let reason):
            judged.result.estimate = value
            judged.result.n = n
            judged.result.method = .asItIs
            judged.result.reasons = [reason]
            judged.result.verdict =
                (rule.side == .atLeast ? value >= rule.bound : value <= rule.bound) ? .pass : .fail
        case .evidence(let evidence, let least): judge(evidence, least: least, into: &judged)
        }
    }

    private func judge(_ evidence: Evidence, least: Int, into judged: inout Judged) {
        let rule = judged.result.rule
        judged.result.estimate = evidence.estimate
        judged.result.method = RuleResult.Method(evidence.method)
        if rule.quantity == .throughput, evidence.n < least {
            judged.result.reasons.append(.tooFewWindows(least: least))
            return
        }
        judged.result.n = evidence.n
        guard evidence.n > 1 else {
            judged.result.reasons.append(.singleSample)
            return
        }
        let interval = evidence.interval(confidence: confidence)
        judged.result.low = interval?.low
        judged.result.high = interval?.high
        guard evidence.n >= least else {
            judged.result.reasons.append(.tooFewSamples(n: evidence.n, least: least))
            return
        }
        // A median of whole numbers rarely moves; a mean that does not says that all samples are alike.
        let isMean = rule.quantity.kind == .share
        guard let interval, interval.low < interval.high || !isMean else {
            judged.result.reasons.append(.noSpread)
            return
        }
        let test = MarginTest(
            evidence, bound: rule.bound, side: rule.side == .atLeast ? .atLeast : .atMost, confidence: confidence)
        judged.result.passPValue = test.passPValue
        judged.result.failPValue = test.failPValue
        judged.result.verdict = test.verdict
        judged.evidence = evidence
    }

    /// Whether it passes too where every trial that says nothing speaks against the rule.
    private func holdsAtWorst(_ missing: MissingTrials, _ result: RuleResult, _ item: Case) -> Bool {
        var judged = Judged(result: result)
        judged.result.verdict = .inconclusive
        let rule = result.rule
        switch rule.quantity {
        case .accuracyLow, .accuracyHigh:
            // Of the point, which knows no other scores: by the interval of the same mean.
            let mean = GateRule(.accuracy, rule.side, rule.limit, load: rule.load)
            guard case .evidence(let evidence, _) = figure(of: mean, missing.worst, item),
                let interval = evidence.interval()
            else { return false }
            let end = rule.quantity == .accuracyLow ? interval.low : interval.high
            return rule.side == .atLeast ? end >= rule.bound : end <= rule.bound
        // Of all points together: what another score would make of them is not known here.
        case .onFront, .frontProbability: return rule.side == .atMost
        default:
            judge(figure(of: rule, missing.worst, item), into: &judged)
            return judged.result.verdict == .pass
        }
    }
}

extension RuleResult.Method {
    init(_ method: Evidence.Method) {
        self =
            switch method {
            case .newcombe: .newcombe
            case .mover: .mover
            case .wilson: .wilson
            case .effectiveWilson: .effectiveWilson
            case .bootstrap: .bootstrap
            }
    }
}
