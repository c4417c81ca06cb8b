package import PoiseCore

/// What a rule does not see of a candidate: trials that say nothing of its number, and samples that were never asked.
///
/// Failures are no wrong answers, and those that are not random can hide a loss: a pass must hold where each of them is
/// the worst that it could have been.
struct MissingTrials {
    /// What must be known beside the verdict.
    private(set) var reasons: [GateReason] = []
    /// What takes a pass away that rests on them; nil where there are none.
    private(set) var loss: GateReason?
    /// The candidate with each of them as bad for the rule as it could be.
    private(set) var worst: MeasuredCandidate
    /// Samples that were to be asked and were not, on either side.
    private var unasked = 0
    private let rule: GateRule

    init(_ rule: GateRule, candidate: MeasuredCandidate, base: MeasuredCandidate?) {
        self.rule = rule
        worst = candidate
        let base = rule.needsBaseline ? base : nil
        for (which, side) in [(GateReason.Side.candidate, candidate as MeasuredCandidate?), (.baseline, base)] {
            guard let side else { continue }
            let (missing, planned) = side.unasked(in: rule.task)
            guard missing > 0 else { continue }
            reasons.append(.unasked(which, missing, of: planned))
            // A stopping rule leaves samples out by the user's own word.
            if !side.endsByPlan { unasked += missing }
        }
        let counted = candidate.observations.filter { rule.task == nil || $0.task == rule.task }
        if rule.quantity == .lengthCapped {
            noteUnknownEnds(counted.filter { !$0.hasFailed })
        } else if rule.quantity.dependsOnScores, rule.quantity != .n, rule.quantity != .unscored {
            noteUnscored(counted, candidate, base)
        }
        let failed = counted.count(where: \.hasFailed)
        if failed > 0, !rule.quantity.dependsOnScores, rule.quantity != .failed, rule.quantity != .memory {
            reasons.append(.failedTrials(failed, of: counted.count))
        }
    }

    /// Whether what was not asked leaves it open: what occurred though it must not, and a count of samples, stand.
    func isCutShort(_ result: RuleResult) -> Bool {
        guard unasked > 0, rule.quantity != .n else { return false }
        return result.verdict == .pass || result.verdict == .fail && !rule.forbids
    }

    private mutating func noteUnknownEnds(_ responses: [Observation]) {
        let unknown = responses.count { $0.isLengthCapped == nil }
        guard unknown > 0 else { return }
        reasons.append(.unknownEnds(unknown, of: responses.count))
        loss = .unknownEndsCouldHideALoss
        let isCut = rule.side == .atMost
        worst.observations = worst.observations.map {
            $0.hasFailed || $0.isLengthCapped != nil ? $0 : $0.replacing(isLengthCapped: isCut)
        }
    }

    private mutating func noteUnscored(
        _ counted: [Observation], _ candidate: MeasuredCandidate, _ base: MeasuredCandidate?
    ) {
        let ungraded = Self.ungraded(counted, candidate, base)
        let missing = counted.count { $0.score == nil && !ungraded.contains($0.task) }
        let pairs = base.map {
            PairedSamples(base: $0, candidate: candidate, tasks: rule.task.map { [$0] }).pairs
        }
        let lacking = pairs?.count { $0.candidate == nil && $0.base != nil } ?? 0
        let unmatched = pairs?.count { $0.candidate != nil && $0.base == nil } ?? 0
        if let pairs, lacking + unmatched > 0 {
            reasons.append(.missingScores(candidate: lacking, baseline: unmatched, of: pairs.count))
        } else if missing > 0 {
            reasons.append(.unscoredTrials(missing, of: counted.count))
        }
        guard missing > 0 else { return }
        loss = .missingScoresCouldHideALoss
        // Wrong answers lower an accuracy, and raise what a right one takes.
        let isAccuracy = rule.quantity.kind == .share
        let score = (rule.side == .atLeast) == isAccuracy ? 0.0 : 1
        let times = Means(counted)
        worst.observations = worst.observations.map { trial in
            trial.score != nil || ungraded.contains(trial.task)
                ? trial
                : trial.replacing(
                    score: score, latency: times.latency, outputTokens: times.outputTokens,
                    promptTokens: times.promptTokens)
        }
    }

    /// Tasks that have responses and no graders, so that nothing is missing.
    private static func ungraded(
        _ trials: [Observation], _ candidate: MeasuredCandidate, _ base: MeasuredCandidate?
    ) -> Set<String> {
        var tasks = Set(trials.filter { !$0.hasFailed }.map(\.task))
        tasks.subtract(trials.filter { $0.score != nil }.map(\.task))
        for side in [candidate, base].compactMap(\.self) {
            tasks.subtract(side.circumstances.graders.filter { !$0.value.isEmpty }.keys)
        }
        return tasks
    }

    /// What a trial took in the mean; nil where none has it.
    private struct Means {
        let latency: Double?
        let outputTokens: Int?
        let promptTokens: Int?

        init(_ trials: [Observation]) {
            func mean(_ values: [Double]) -> Double? {
                // Sorted, so that the sum does not depend on the order they come in.
                values.isEmpty ? nil : values.sorted().reduce(0, +) / Double(values.count)
            }
            latency = mean(trials.compactMap(\.latency))
            outputTokens = mean(trials.compactMap { $0.outputTokens.map(Double.init) }).map { Int($0.rounded()) }
            promptTokens = mean(trials.compactMap { $0.promptTokens.map(Double.init) }).map { Int($0.rounded()) }
        }
    }
}

extension MeasuredCandidate {
    /// Samples of the suite that have no trial, and all of them; of one task where it is named.
    package func unasked(in task: String? = nil) -> (missing: Int, planned: Int) {
        var asked: [String: Set<String>] = [:]
        for trial in observations { asked[trial.task, default: []].insert(trial.sample) }
        var (missing, planned) = (0, 0)
        for (name, samples) in samples where task == nil || name == task {
            planned += samples.count
            missing += samples.keys.count { asked[name]?.contains($0) != true }
        }
        return (missing, planned)
    }

    /// Whether the run came to an end at which the suite lets it stop before all samples are asked.
    fileprivate var endsByPlan: Bool {
        let stop = circumstances.settings.stop
        return circumstances.status == .done && (stop.requests != nil || stop.seconds != nil || stop.precision != nil)
    }
}

extension Observation {
    /// The same trial; what is not given stays, and so do times and tokens that it has.
    fileprivate func replacing(
        score: Double? = nil, latency: Double? = nil, outputTokens: Int? = nil, promptTokens: Int? = nil,
        isLengthCapped: Bool? = nil
    ) -> Observation {
        Observation(
            candidate: candidate, task: task, sample: sample, load: load, round: round, score: score ?? self.score,
            ttft: ttft, ttfo: ttfo, latency: isCached ? nil : self.latency ?? latency, decodeTPS: decodeTPS,
            decodedTokens: decodedTokens, decodeSpan: decodeSpan, queueDelay: queueDelay, scheduled: scheduled,
            ended: ended, outputTokens: self.outputTokens ?? outputTokens, epoch: epoch,
            promptTokens: self.promptTokens ?? promptTokens, charactersPerSecond: charactersPerSecond,
            isLengthCapped: self.isLengthCapped ?? isLengthCapped, answer: answer, cachedTokens: cachedTokens,
            hasFailed: hasFailed, isCached: isCached)
    }
}
