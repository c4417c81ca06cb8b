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
        guard let column = RuleColumn(rule) else { return .absent(absence(rule, of: .candidate)) }
        let number = own.own { column.column(of: $0, samples: own.pairs.count, costs: $1) }
        return evidence(of: number, in: own, least: column.least) ?? .absent(absence(rule, of: .candidate))
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
            guard let evidence = pair.accuracyDifference else { return .absent(unscored(pair, rule)) }
            return .evidence(evidence, least: 2)
        }
        if rule.quantity == .costToCorrect, !pair.hasOneCurrency, let own = candidate.price, let other = base.price {
            return .absent(.otherCurrency(baseline: other.currency, candidate: own.currency))
        }
        if let column = RuleColumn(rule) {
            let number = pair.ratio { column.column(of: $0, samples: pair.pairs.count, costs: $1) }
            return ratio(rule, number, pair, least: column.least)
        }
        let columns: (base: ShareColumn, candidate: ShareColumn)
        if rule.quantity.isAccuracy {
            // Only samples with both: what is missing on one side must not move the quotient.
            let places = pair.pairs.indices.filter { pair.pairs[$0].base != nil && pair.pairs[$0].candidate != nil }
            guard !places.isEmpty else { return .absent(unscored(pair, rule)) }
            func column(_ score: (PairedSamples.Pair) -> Double?) -> ShareColumn {
                ShareColumn(places.map { (sample: $0, value: score(pair.pairs[$0]) ?? 0) }, samples: pair.pairs.count)
            }
            columns = (column(\.base), column(\.candidate))
        } else if let under = shares(rule, of: base, in: pair), let over = shares(rule, of: candidate, in: pair) {
            columns = (under, over)
        } else {
            return .absent(.undefined(.candidate))
        }
        // A sample's share is one number over all rounds: rounds are no effect of their own on it.
        let number = SampledNumber(
            whole: SampledNumber.Quotient(base: SideColumn(columns.base), candidate: SideColumn(columns.candidate)),
            rounds: [])
        return ratio(rule, number, pair, least: RuleColumn.leastOfMeans)
    }

    private func ratio(
        _ rule: GateRule, _ number: SampledNumber, _ pair: PairedSamples, least: Int
    ) -> RuleFigure {
        let once = CountVector([Double](repeating: 1, count: pair.pairs.count))
        guard let under = number.whole.base?.estimate(once) else { return .absent(absence(rule, of: .baseline)) }
        guard under > 0 else { return .absent(.baselineIsZero) }
        guard under.isFinite else { return .absent(.undefined(.baseline)) }
        return evidence(of: number, in: pair, least: least) ?? .absent(absence(rule, of: .candidate))
    }

    private func evidence(of number: SampledNumber, in pair: PairedSamples, least: Int) -> RuleFigure? {
        SampledNumber.evidence(of: [number], samples: pair.pairs.count, resamples: resamples, seed: seed)[0]
            .map { .evidence($0, least: least) }
    }

    // MARK: - Parts

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
