import PoiseCore

/// What the data say of the number that a rule limits.
enum RuleFigure: Sendable {
    /// A number with its interval, and the samples that such an interval takes at least.
    case evidence(Evidence, least: Int)
    /// A number as it stands, with the samples behind it.
    case plain(Double, n: Int?, GateReason)
    case absent(GateReason)
}

/// One candidate at one load, with what it is held against.
struct RuleEvidence: Sendable {
    let candidate: MeasuredCandidate
    let base: MeasuredCandidate?
    /// The candidate's own point among all of its run.
    let point: FrontPoint?
    let seed: UInt64
    let resamples: Int

    /// Apart from other draws under a run's seed.
    private static let stream: UInt64 = 0x6761_7465_0000_0000

    func figure(of rule: GateRule) -> RuleFigure {
        if case .absolute = rule.limit { return own(rule) }
        guard let base else { return .absent(.noBaseline) }
        if case .plain(let value, let n, _) = standing(rule, of: candidate, point: point) {
            guard case .plain(let under, _, _) = standing(rule, of: base, point: nil) else {
                return .absent(.undefined(.baseline))
            }
            return under > 0 ? .plain(value / under, n: n, .asItStands) : .absent(.baselineIsZero)
        }
        let pair = PairedSamples(base: base, candidate: candidate, tasks: rule.task.map { [$0] })
        guard !pair.pairs.isEmpty else { return .absent(.noCommonSamples(changed: pair.changed.count)) }
        return compared(rule, pair)
    }

    // MARK: - Against a limit of its own

    private func own(_ rule: GateRule) -> RuleFigure {
        let plain = standing(rule, of: candidate, point: point)
        if let plain { return plain }
        let tasks = rule.task.map { Set([$0]) }
        // Paired with itself: the same table of samples and rounds as where there are two.
        let own = PairedSamples(base: candidate, candidate: candidate, tasks: tasks)
        guard !own.pairs.isEmpty else { return .absent(.notMeasured(.candidate)) }
        if let shares = shares(rule, of: candidate, in: own) {
            if rule.forbids, shares.trials > 0 {
                return .plain(
                    shares.hits / Double(shares.trials), n: shares.samples,
                    .counted(Int(shares.hits.rounded()), of: shares.trials))
            }
            guard let evidence = shares.evidence else { return .absent(absence(rule, of: .candidate)) }
            return .evidence(evidence, least: 2)
        }
        guard
            let column = RuleColumn(
                rule, of: own.candidateMeasurements, samples: own.pairs.count, rounds: own.candidateRounds,
                price: candidate.price),
            let estimate = column.estimate(once(own.pairs.count * own.candidateRounds))
        else { return .absent(absence(rule, of: .candidate)) }
        var draw = ResampleDraw(
            samples: own.pairs.count, rounds: own.candidateRounds,
            generator: SeededGenerator(seed: seed, stream: Self.stream))
        let drawn = (0..<resamples).compactMap { _ in
            draw.next()
            return column.estimate(draw.weights)
        }
        return .evidence(
            Evidence(estimate: estimate, n: column.samples, resamples: drawn, scale: .ratio), least: column.least)
    }

    /// Numbers without an interval; nil for all others.
    private func standing(_ rule: GateRule, of side: MeasuredCandidate, point: FrontPoint?) -> RuleFigure? {
        let which: GateReason.Side = side == candidate ? .candidate : .baseline
        func plain(_ value: Double?, n: Int? = nil) -> RuleFigure {
            value.map { .plain($0, n: n, .asItStands) } ?? .absent(.undefined(which))
        }
        switch rule.quantity {
        case .accuracyLow: return plain(point?.accuracyLow, n: point?.n)
        case .accuracyHigh: return plain(point?.accuracyHigh, n: point?.n)
        case .decodeTPSLow: return plain(point?.decodeTPSLow)
        case .decodeTPSHigh: return plain(point?.decodeTPSHigh)
        // A single sample has a probability of 0 or 1, whatever it is worth.
        case .frontProbability:
            return (point?.n ?? 2) < 2 ? .absent(.singleSample) : plain(point?.frontProbability, n: point?.n)
        case .onFront: return plain(point.map { $0.onFront ? 1 : 0 })
        case .memory: return plain(side.peakMemory.map(Double.init))
        case .n:
            let own = PairedSamples(base: side, candidate: side, tasks: rule.task.map { [$0] })
            return plain(Double(own.scored.count), n: own.scored.count)
        default: return nil
        }
    }

    // MARK: - Against the baseline

    private func compared(_ rule: GateRule, _ pair: PairedSamples) -> RuleFigure {
        guard let base else { return .absent(.noBaseline) }
        if case .nonInferior = rule.limit {
            guard let evidence = pair.accuracyDifference(seed: seed) else { return .absent(unscored(pair, rule)) }
            return .evidence(evidence, least: 2)
        }
        // A throughput belongs to rounds, which the ratio below draws from; the others to samples.
        if rule.quantile == nil, let metric = rule.quantity.sampledMetric, metric != .throughput {
            guard let evidence = pair.ratios(of: [metric], resamples: resamples, seed: seed)[metric] else {
                return .absent(absence(rule, of: .candidate))
            }
            let column = RuleColumn(rule, of: [], samples: 1, rounds: 1, price: nil)
            return .evidence(evidence, least: column?.least ?? 2)
        }
        let columns: (base: RuleColumn, candidate: RuleColumn)
        let isBySample: Bool
        if rule.quantity.isAccuracy {
            // Only samples with both: what is missing on one side must not move the quotient.
            let places = pair.pairs.indices.filter { pair.pairs[$0].base != nil && pair.pairs[$0].candidate != nil }
            guard !places.isEmpty else { return .absent(unscored(pair, rule)) }
            func column(_ score: (PairedSamples.Pair) -> Double?) -> RuleColumn {
                RuleColumn(
                    ShareColumn(
                        places.map { (sample: $0, value: score(pair.pairs[$0]) ?? 0) }, samples: pair.pairs.count))
            }
            (columns, isBySample) = ((column(\.base), column(\.candidate)), true)
        } else if let under = shares(rule, of: base, in: pair), let over = shares(rule, of: candidate, in: pair) {
            (columns, isBySample) = ((RuleColumn(under), RuleColumn(over)), true)
        } else if let under = RuleColumn(
            rule, of: pair.baseMeasurements, samples: pair.pairs.count, rounds: pair.baseRounds, price: base.price),
            let over = RuleColumn(
                rule, of: pair.candidateMeasurements, samples: pair.pairs.count, rounds: pair.candidateRounds,
                price: candidate.price)
        {
            (columns, isBySample) = ((under, over), false)
        } else {
            return .absent(.undefined(.candidate))
        }
        return ratio(rule, columns.base, columns.candidate, pair, isBySample: isBySample)
    }

    private func ratio(
        _ rule: GateRule, _ base: RuleColumn, _ candidate: RuleColumn, _ pair: PairedSamples, isBySample: Bool
    ) -> RuleFigure {
        let (baseRounds, candidateRounds) = isBySample ? (1, 1) : (pair.baseRounds, pair.candidateRounds)
        func quotient(_ weights: CountVector, _ others: CountVector) -> Double? {
            guard let under = base.estimate(weights), under > 0, let over = candidate.estimate(others) else {
                return nil
            }
            return over / under
        }
        guard let under = base.estimate(once(pair.pairs.count * baseRounds)) else {
            return .absent(absence(rule, of: .baseline))
        }
        guard under > 0 else { return .absent(.baselineIsZero) }
        guard
            let estimate = quotient(once(pair.pairs.count * baseRounds), once(pair.pairs.count * candidateRounds))
        else { return .absent(absence(rule, of: .candidate)) }
        var draw = PairedDraw(
            samples: pair.pairs.count, baseRounds: baseRounds, candidateRounds: candidateRounds,
            areRoundsShared: isBySample || pair.areRoundsShared && baseRounds == candidateRounds,
            generator: SeededGenerator(seed: seed, stream: Self.stream &+ 1))
        let drawn = (0..<resamples).compactMap { _ in
            draw.next()
            return quotient(draw.base, draw.candidate)
        }
        return .evidence(
            Evidence(
                estimate: estimate, n: min(base.samples, candidate.samples), resamples: drawn, scale: .ratio),
            least: max(base.least, candidate.least))
    }

    // MARK: - Parts

    private func once(_ count: Int) -> CountVector { CountVector([Double](repeating: 1, count: count)) }

    /// Shares of samples; nil for numbers that are none.
    private func shares(_ rule: GateRule, of side: MeasuredCandidate, in table: PairedSamples) -> ShareColumn? {
        let value: (Observation) -> Double?
        switch rule.quantity {
        case .accuracy, .score: value = { $0.score.flatMap { (0...1).contains($0) ? $0 : nil } }
        case .unscored: value = { $0.score == nil ? 1 : 0 }
        case .failed: value = { $0.hasFailed ? 1 : 0 }
        // Nothing is known of a response that does not say why it ended; a failed trial has none.
        case .lengthCapped: value = { $0.hasFailed ? nil : $0.isLengthCapped.map { $0 ? 1 : 0 } }
        default: return nil
        }
        let places = Dictionary(
            table.pairs.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return ShareColumn(
            side.observations.compactMap { trial in
                places[PairedSamples.Name(task: trial.task, sample: trial.sample)].flatMap { place in
                    value(trial).map { (sample: place, value: $0) }
                }
            }, samples: table.pairs.count)
    }

    /// Why one side's number is not there.
    private func absence(_ rule: GateRule, of which: GateReason.Side) -> GateReason {
        let side = which == .candidate ? candidate : base ?? candidate
        let trials = side.observations.filter { rule.task == nil || $0.task == rule.task }
        if trials.isEmpty { return .notMeasured(which) }
        if trials.allSatisfy(\.hasFailed) { return .allFailed(which, trials: trials.count) }
        if rule.quantity.dependsOnScores, trials.allSatisfy({ $0.score == nil }) {
            return .allUnscored(which, trials: trials.count)
        }
        return .undefined(which)
    }

    /// Why no sample has a score on both sides.
    private func unscored(_ pair: PairedSamples, _ rule: GateRule) -> GateReason {
        for which in [GateReason.Side.candidate, .baseline] {
            let reason = absence(rule, of: which)
            if reason != .undefined(which) { return reason }
        }
        return .missingScores(
            candidate: pair.pairs.count { $0.candidate == nil }, baseline: pair.pairs.count { $0.base == nil },
            of: pair.pairs.count)
    }
}
