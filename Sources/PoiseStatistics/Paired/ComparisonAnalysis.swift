package import PoiseCore

/// Holds candidates against one base. Pure: the same trials give the same numbers.
package struct ComparisonAnalysis: Sendable {
    private let base: MeasuredCandidate
    /// The tasks that count; nil for all.
    private let tasks: Set<String>?
    private let resamples: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - tasks: the tasks that count; nil for all.
    ///   - resamples: draws of each bootstrap.
    package init(base: MeasuredCandidate, tasks: Set<String>? = nil, resamples: Int = 10_000, seed: UInt64) {
        self.base = base
        self.tasks = tasks
        self.resamples = resamples
        self.seed = seed
    }

    /// P-values are adjusted over the candidates, and those of tasks over tasks × candidates.
    package func compare(with candidates: [MeasuredCandidate]) -> Comparison {
        let baseAnswers = base.answers(tasks: tasks)
        let rows = Self.adjusted(candidates.map { row(of: $0, baseAnswers: baseAnswers) })
        return Comparison(
            base: ComparedSide(base), load: base.load, tasks: tasks?.sorted(), seed: seed, resamples: resamples,
            baseRepeats: AnswerRepeats(of: baseAnswers.values), rows: rows)
    }

    private func row(
        of candidate: MeasuredCandidate, baseAnswers: [PairedSamples.Name: SampleAnswers]
    ) -> ComparisonRow {
        let all = PairedSamples(base: base, candidate: candidate, tasks: tasks)
        let common = Set(all.pairs.map(\.name.task)).sorted()
        let regraded = CircumstanceDifferences.regraded(base, candidate, tasks: common)
        let comparable = Set(common).subtracting(regraded)
        // Scores of two versions of a grader are two different measures: those tasks only lend their timings.
        let graded = regraded.isEmpty ? all : PairedSamples(base: base, candidate: candidate, tasks: comparable)
        let answers = candidate.answers(tasks: tasks)
        let (measures, obstacle) = measures(of: candidate, all, graded)
        return ComparisonRow(
            candidate: ComparedSide(candidate),
            differences: CircumstanceDifferences.between(base, candidate, tasks: common),
            counted: CountedSamples(
                common: all.pairs.count, scored: graded.scored.count,
                unscoredBase: graded.pairs.count { $0.base == nil },
                unscoredCandidate: graded.pairs.count { $0.candidate == nil },
                onlyBase: all.onlyBase, onlyCandidate: all.onlyCandidate,
                changed: all.changed.map { "\($0.task)/\($0.sample)" },
                otherGraders: all.pairs.count - graded.pairs.count),
            accuracy: accuracy(graded),
            tasks: comparable.sorted().compactMap { task in
                accuracy(PairedSamples(base: base, candidate: candidate, tasks: [task]))
                    .map { TaskChange(task: task, accuracy: $0) }
            },
            flips: graded.flips(base: baseAnswers, candidate: answers), repeats: AnswerRepeats(of: answers.values),
            measures: measures, whyNoSpeeds: obstacle,
            tokenTotals: all.tokenTotals(resamples: resamples, seed: seed).map(RatioEstimate.init))
    }

    private func accuracy(_ pairs: PairedSamples) -> AccuracyChange? {
        guard let evidence = pairs.accuracyDifference else { return nil }
        let scored = pairs.scored
        let interval = evidence.interval()
        let counts = pairs.counts
        return AccuracyChange(
            base: scored.map(\.base).reduce(0, +) / Double(scored.count),
            candidate: scored.map(\.candidate).reduce(0, +) / Double(scored.count), difference: evidence.estimate,
            low: interval?.low, high: interval?.high, n: evidence.n,
            method: evidence.method == .newcombe ? .mcNemar : .mover,
            p: evidence.n > 1 ? counts.map(\.mcNemar) ?? evidence.twoSidedP(of: 0) : nil)
    }

    /// Times count only on one machine; lengths on all.
    private func measures(
        of candidate: MeasuredCandidate, _ all: PairedSamples, _ graded: PairedSamples
    ) -> ([MetricChange], SpeedObstacle?) {
        let (one, other) = (base.circumstances, candidate.circumstances)
        let isSameMachine = one.machine == other.machine
        let isTimed = { (metric: Metric) in metric != .outputTokens }
        let wanted = ComparisonRow.metrics.filter { isSameMachine || !isTimed($0) }
        let needsScores = { (metric: Metric) in metric == .timeToCorrect }
        var changes = all.changes(
            of: wanted.filter { !needsScores($0) || graded.pairs.count == all.pairs.count }, resamples: resamples,
            seed: seed)
        if graded.pairs.count < all.pairs.count {
            changes += graded.changes(of: wanted.filter(needsScores), resamples: resamples, seed: seed)
        }
        let ordered = wanted.compactMap { metric in changes.first { $0.metric == metric } }
        if !isSameMachine {
            return (ordered, .otherMachine(base: one.machineSummary, candidate: other.machineSummary))
        }
        return (ordered, ordered.contains { isTimed($0.metric) } ? nil : .nothingTimed)
    }

    // MARK: - Several comparisons at once

    private static func adjusted(_ rows: [ComparisonRow]) -> [ComparisonRow] {
        var rows = rows
        let overall = rows.indices.filter { rows[$0].accuracy?.p != nil }
        let adjustedOverall = Holm.adjusted(overall.compactMap { rows[$0].accuracy?.p })
        for (row, p) in zip(overall, adjustedOverall) { rows[row].accuracy?.adjustedP = p }
        let cells = rows.indices.flatMap { row in
            rows[row].tasks.indices.filter { rows[row].tasks[$0].accuracy.p != nil }.map { (row: row, task: $0) }
        }
        let adjustedCells = Holm.adjusted(cells.compactMap { rows[$0.row].tasks[$0.task].accuracy.p })
        for (cell, p) in zip(cells, adjustedCells) { rows[cell.row].tasks[cell.task].accuracy.adjustedP = p }
        return rows
    }
}

extension Evidence {
    /// Twice the smaller of the one-sided p-values, 1 at most; nil where there is no interval.
    func twoSidedP(of value: Double) -> Double? {
        guard let above = pValue(atMost: value), let below = pValue(atLeast: value) else { return nil }
        return min(1, 2 * min(above, below))
    }
}
