/// How much more or less often a candidate is right than the base, over the same samples.
package struct AccuracyChange: Hashable, Codable, Sendable {
    package enum Method: String, Hashable, Codable, Sendable {
        /// Newcombe's interval of paired proportions and the exact McNemar test: every sample is right or wrong.
        case mcNemar
        /// The same interval over as many samples as the scores are worth: scores between 0 and 1, or trials of one sample
        /// that disagree.
        case mover
    }

    /// Mean scores over the samples that have one on both sides, 0…1.
    package var base: Double
    package var candidate: Double
    /// Candidate − base, with its 95% interval; no interval where a single sample has a score.
    package var difference: Double
    package var low: Double?
    package var high: Double?
    /// Samples with a score on both sides.
    package var n: Int
    package var method: Method
    /// Two-sided, of no difference; nil where a single sample has a score.
    package var p: Double?
    /// The same by Holm's correction over all comparisons of its table; nil where `p` is.
    package var adjustedP: Double?

    package init(
        base: Double, candidate: Double, difference: Double, low: Double?, high: Double?, n: Int, method: Method,
        p: Double?, adjustedP: Double? = nil
    ) {
        self.base = base
        self.candidate = candidate
        self.difference = difference
        self.low = low
        self.high = high
        self.n = n
        self.method = method
        self.p = p
        self.adjustedP = adjustedP
    }

    /// What can be said after the correction.
    package var outcome: ChangeOutcome {
        guard let adjustedP, adjustedP < Comparison.level, difference != 0 else { return .undecided }
        return difference > 0 ? .better : .worse
    }
}

/// What the data say of a change; never that two are the same.
package enum ChangeOutcome: String, Hashable, Codable, Sendable {
    case better, worse
    /// The two cannot be told apart by these data.
    case undecided
}

/// An accuracy change on one task.
package struct TaskChange: Hashable, Codable, Sendable {
    package var task: String
    package var accuracy: AccuracyChange

    package init(task: String, accuracy: AccuracyChange) {
        self.task = task
        self.accuracy = accuracy
    }
}
