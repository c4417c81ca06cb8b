/// Candidates held against one base at one load, sample by sample.
package struct Comparison: Hashable, Codable, Sendable {
    package var base: ComparedSide
    package var load: Load
    /// The tasks that were chosen, by name; nil for all.
    package var tasks: [String]?
    /// Decides every draw.
    package var seed: UInt64
    /// Draws of each bootstrap.
    package var resamples: Int
    /// How often the base says something else when it is asked the same again.
    package var baseRepeats: AnswerRepeats
    /// In the order in which the candidates were named.
    package var rows: [ComparisonRow]

    package init(
        base: ComparedSide, load: Load, tasks: [String]?, seed: UInt64, resamples: Int, baseRepeats: AnswerRepeats,
        rows: [ComparisonRow]
    ) {
        self.base = base
        self.load = load
        self.tasks = tasks
        self.seed = seed
        self.resamples = resamples
        self.baseRepeats = baseRepeats
        self.rows = rows
    }

    /// The level of every decision by p-value.
    package static let level = 0.05

    /// The runs that the candidates come from, the base's first.
    package var runs: [String] {
        rows.reduce(into: [base.run]) { runs, row in
            if !runs.contains(row.candidate.run) { runs.append(row.candidate.run) }
        }
    }
}

/// One of the two that are compared.
package struct ComparedSide: Hashable, Codable, Sendable {
    package var candidate: String
    package var model: String
    package var quantization: String?
    package var run: String

    package init(candidate: String, model: String, quantization: String?, run: String) {
        self.candidate = candidate
        self.model = model
        self.quantization = quantization
        self.run = run
    }

    package init(_ measured: MeasuredCandidate) {
        self.init(
            candidate: measured.candidate, model: measured.model, quantization: measured.quantization,
            run: measured.run)
    }
}

/// One candidate against the base.
package struct ComparisonRow: Hashable, Codable, Sendable {
    package var candidate: ComparedSide
    /// What shapes the numbers and is not the same on both sides.
    package var differences: [CircumstanceDifference]
    package var counted: CountedSamples
    /// In all; nil where no sample has a score on both sides.
    package var accuracy: AccuracyChange?
    /// In the order of the tasks' names; those without a common score left out.
    package var tasks: [TaskChange]
    package var flips: Flips
    package var repeats: AnswerRepeats
    /// Ratios in the order of `ComparisonRow.metrics`; without those of time where `whyNoSpeeds` says why.
    package var measures: [MetricChange]
    package var whyNoSpeeds: SpeedObstacle?
    /// Output tokens a trial, candidate / base, over the samples that both answered: the ratio of totals.
    package var tokenTotals: RatioEstimate?

    package init(
        candidate: ComparedSide, differences: [CircumstanceDifference], counted: CountedSamples,
        accuracy: AccuracyChange?, tasks: [TaskChange], flips: Flips, repeats: AnswerRepeats, measures: [MetricChange],
        whyNoSpeeds: SpeedObstacle?, tokenTotals: RatioEstimate?
    ) {
        self.candidate = candidate
        self.differences = differences
        self.counted = counted
        self.accuracy = accuracy
        self.tasks = tasks
        self.flips = flips
        self.repeats = repeats
        self.measures = measures
        self.whyNoSpeeds = whyNoSpeeds
        self.tokenTotals = tokenTotals
    }

    /// What is compared beside accuracy, in this order.
    package static let metrics: [Metric] = [
        .decodeTPS, .charactersPerSecond, .ttft, .ttfo, .latency, .timeToCorrect, .outputTokens,
    ]

    /// Whether anything at all could be held against the base.
    package var isEmpty: Bool { accuracy == nil && measures.isEmpty && tokenTotals == nil }
}

/// The samples of a comparison, and those that it leaves out.
package struct CountedSamples: Hashable, Codable, Sendable {
    /// Asked on both sides, with the same content.
    package var common: Int
    /// Of them, with a score on both sides.
    package var scored: Int
    /// Of `common`, without a score of the base, and of the candidate.
    package var unscoredBase: Int
    package var unscoredCandidate: Int
    /// Asked on one side only.
    package var onlyBase: Int
    package var onlyCandidate: Int
    /// Named the same, and asking or expecting something else: `task/sample`, in order.
    package var changed: [String]
    /// Of `common`, in tasks whose scores come from graders of other versions; without accuracy and flips.
    package var otherGraders: Int

    package init(
        common: Int, scored: Int, unscoredBase: Int = 0, unscoredCandidate: Int = 0, onlyBase: Int = 0,
        onlyCandidate: Int = 0, changed: [String] = [], otherGraders: Int = 0
    ) {
        self.common = common
        self.scored = scored
        self.unscoredBase = unscoredBase
        self.unscoredCandidate = unscoredCandidate
        self.onlyBase = onlyBase
        self.onlyCandidate = onlyCandidate
        self.changed = changed
        self.otherGraders = otherGraders
    }
}
