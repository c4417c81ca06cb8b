package import PoiseCore

/// From trials to a recommendation: what is out by which limit, what is picked, and how sure that is.
///
/// The same observations, profile and seed give the same choice, bit for bit.
package struct ChoiceAnalysis: Sendable {
    private let profile: Profile
    private let resamples: Int
    private let seed: UInt64

    /// - Parameter resamples: joint bootstrap resamples behind intervals and shares.
    package init(profile: Profile, resamples: Int = 10_000, seed: UInt64) {
        self.profile = profile
        self.resamples = max(0, resamples)
        self.seed = seed
    }

    /// What is shown of every candidate, whatever the profile asks for.
    private static let shown: [ChoiceFigure] = [
        .accuracy, .metric(.ttft), .metric(.ttfo), .metric(.decodeTPS), .metric(.latency), .metric(.timeToCorrect),
        .metric(.costToCorrect), .metric(.memory),
    ]

    private var figures: [ChoiceFigure] {
        let asked = profile.optimise + profile.allLimits.map(\.figure)
        let chain: [ChoiceFigure] = profile.chain == nil ? [] : [.chainTime, .chainSuccess]
        return (Self.shown + chain + asked).reduce(into: []) { all, figure in
            if !all.contains(figure) { all.append(figure) }
        }
    }

    /// The choice at one load of one machine.
    ///
    /// - Parameters:
    ///   - candidates: all that the suite names, in its order; one that was not measured is a contender without figures.
    ///   - measured: in any order; those of other loads are left out.
    ///   - tasks: the tasks that count; nil for all.
    package func choice(
        among candidates: [Candidate], measured: [MeasuredCandidate], load: Load, tasks: Set<String>? = nil
    ) -> Choice {
        let byName = Dictionary(
            measured.filter { $0.load == load }.map { candidate in
                var counted = candidate
                counted.observations.removeAll { !(tasks?.contains($0.task) ?? true) }
                return (candidate.candidate, counted)
            }, uniquingKeysWith: { first, _ in first })
        let sides = candidates.map { byName[$0.id] }
        let trials = TrialColumns(sides.flatMap { $0?.observations ?? [] })
        let loadTable = LoadTable(
            load: load, rows: trials.places.indices.map(Int32.init), of: trials, candidates: candidates,
            withMeasurements: true)
        let table = FigureTable(
            of: loadTable, measured: sides, figures: figures, chain: profile.chain ?? Profile.usualChain,
            resamples: resamples, seed: seed)
        var contenders = candidates.indices.map { index in
            contender(
                candidates[index], loadTable.columns[index], table, index, currency: sides[index]?.price?.currency)
        }
        let costs = candidates.indices.compactMap { index in
            sides[index]?.price.map { price in
                CostAnalysis.cost(
                    of: candidates[index].id, at: price, measurements: loadTable.columns[index].measurements,
                    toCorrect: contenders[index].figures[.metric(.costToCorrect)])
            }
        }
        let eligible = contenders.indices.filter { contenders[$0].isEligible }
        let (rule, unusable) = rule(for: eligible.map { contenders[$0] })
        var evidence = PairEvidence(measured: sides, table: table, rule: rule)
        // Where nobody ever was right there is nothing to recommend, whatever else is good.
        let trace =
            eligible.contains { contenders[$0].isEverRight }
            ? rule.decide(
                among: eligible, value: { table.estimate($0, of: $1) }, pValue: { evidence.pValue($0, $1, $2) })
            : nil
        let shares = shares(of: contenders, in: table, rule: rule, evidence: &evidence)
        for index in contenders.indices { contenders[index].pickShare = shares?.picked[index] }
        var choice = Choice(
            profile: profile, load: load, contenders: contenders, unusable: eligible.isEmpty ? [] : unusable,
            noneShare: shares?.none, costs: costs, breakEvens: CostAnalysis.breakEvens(of: costs),
            resamples: table.resamples, seed: seed)
        if let trace {
            choice.decision = decision(trace, eligible, contenders, table, rule, evidence: &evidence)
        } else if eligible.isEmpty {
            choice.nearest = nearest(of: contenders)
        }
        return choice
    }

    private func contender(
        _ candidate: Candidate, _ columns: LoadTable.Columns, _ table: FigureTable, _ index: Int, currency: String?
    ) -> Contender {
        let figures = Dictionary(
            uniqueKeysWithValues: table.figures.compactMap { figure in
                table.figure(figure, of: index).map { (figure, $0) }
            })
        return Contender(
            id: candidate.id, model: candidate.model, quantization: candidate.quantization, n: columns.accuracy.n,
            unscored: columns.accuracy.unscored, figures: figures,
            limits: profile.allLimits.map {
                LimitCheck.finding($0, figures[$0.figure], currency: currency)
            }, currency: currency)
    }

    /// What can be optimised among those who meet the limits: figures that all of them have, money in one currency.
    private func rule(for eligible: [Contender]) -> (rule: ChoiceRule, unusable: [ChoiceFigure]) {
        let isOneCurrency = Set(eligible.map(\.currency)).count <= 1
        func isUsable(_ figure: ChoiceFigure) -> Bool {
            eligible.allSatisfy { $0.figures[figure] != nil } && (figure != .metric(.costToCorrect) || isOneCurrency)
        }
        let cheapness: [ChoiceFigure] = [.metric(.costToCorrect), .metric(.memory), payless, .metric(.decodeTPS)]
        return (
            ChoiceRule(
                objectives: profile.optimise.filter(isUsable), cheapness: cheapness.filter(isUsable),
                noFurtherGain: profile.speed?.noFurtherGain),
            profile.optimise.filter { !isUsable($0) }
        )
    }

    /// The profile's pace where there is no money to weigh.
    private var payless: ChoiceFigure {
        profile.pace == .metric(.costToCorrect) ? .metric(.timeToCorrect) : profile.pace
    }

    // MARK: - How sure

    /// In how many resamples each would be picked by the same rule, limits included.
    ///
    /// Whether two can be told apart is asked in each resample anew, so that a pick which hangs on a close difference
    /// is seen to do so.
    private func shares(
        of contenders: [Contender], in table: FigureTable, rule: ChoiceRule, evidence: inout PairEvidence
    ) -> (picked: [Double], none: Double)? {
        // One sample is drawn again and again: that looks sure, and says nothing.
        guard table.resamples > 0, contenders.contains(where: { $0.n > 1 }) else { return nil }
        var picked = [Int](repeating: 0, count: contenders.count)
        var none = 0
        let limits = profile.allLimits
        // A limit in a currency that is not the candidate's, or on a number that it does not have, holds in no resample.
        let isOpen = contenders.map { contender in
            contender.isScored && contender.limits.allSatisfy { $0.standing != .unmeasured }
        }
        for resample in 0..<table.resamples {
            func value(_ figure: ChoiceFigure, _ index: Int) -> Double? { table.value(figure, of: index, in: resample) }
            let eligible = contenders.indices.filter { index in
                isOpen[index] && value(.accuracy, index) != nil
                    && limits.allSatisfy { limit in value(limit.figure, index).map(limit.holds) ?? false }
                    && rule.objectives.allSatisfy { value($0, index) != nil }
            }
            let trace =
                eligible.contains { value(.accuracy, $0) ?? 0 > 0 }
                ? rule.decide(
                    among: eligible, value: value, pValue: { evidence.pValue($0, $1, $2, in: resample) })
                : nil
            if let trace { picked[trace.pick] += 1 } else { none += 1 }
        }
        let total = Double(table.resamples)
        return (picked.map { Double($0) / total }, Double(none) / total)
    }

    // MARK: - The pick and what is beside it

    private func decision(
        _ trace: ChoiceRule.Trace, _ eligible: [Int], _ contenders: [Contender], _ table: FigureTable,
        _ rule: ChoiceRule, evidence: inout PairEvidence
    ) -> Decision {
        func names(_ places: [Int]) -> [String] { places.map { contenders[$0].id } }
        let pick = trace.pick
        let others = eligible.filter { $0 != pick }
        // One family: the pick against everybody else who meets the limits.
        let adjusted = Holm.adjusted(others.map { evidence.pValue(.accuracy, pick, $0) ?? 1 })
        func compared(_ other: Int?) -> Decision.Comparison? {
            guard let other, let place = others.firstIndex(of: other) else { return nil }
            return evidence.comparison(
                of: other, with: pick, name: contenders[other].id,
                isToldApart: adjusted[place] <= 1 - rule.confidence)
        }
        let second = rule.decide(
            among: others, value: { table.estimate($0, of: $1) }, pValue: { evidence.pValue($0, $1, $2) })
        let steps = FrontSteps(pick: pick, among: eligible, pace: pace(rule), rule: rule) { table.estimate($0, of: $1) }
        let most = eligible.max { left, right in
            let (one, other) = (table.estimate(.accuracy, of: left) ?? 0, table.estimate(.accuracy, of: right) ?? 0)
            // Among equals the pick: nothing is right more often than it is.
            return (one, left == pick ? 1 : 0, -left) < (other, right == pick ? 1 : 0, -right)
        }
        return Decision(
            pick: contenders[pick].id,
            stages: trace.stages.map {
                Decision.Stage(
                    figure: $0.figure, leader: contenders[$0.leader].id, kept: names($0.kept),
                    dropped: names($0.dropped))
            }, equals: names(trace.equals),
            tiebreaks: trace.tiebreaks.map { Decision.Tiebreak(figure: $0.figure, kept: names($0.kept)) },
            runnerUp: compared(second?.pick),
            up: compared(steps.up), down: compared(steps.down), mostAccurate: compared(most))
    }

    /// What is weighed against right answers: the profile's pace, as far as it can be used.
    private func pace(_ rule: ChoiceRule) -> ChoiceFigure {
        rule.objectives.first { !$0.isQuality } ?? payless
    }

    /// The one whose worst miss is the least, in proportion to its limit.
    private func nearest(of contenders: [Contender]) -> String? {
        let misses = contenders.map { contender in
            contender.isScored ? contender.limits.map(LimitCheck.miss).max() ?? .infinity : .infinity
        }
        guard let least = misses.min(), least.isFinite, let place = misses.firstIndex(of: least) else { return nil }
        return contenders[place].id
    }
}
