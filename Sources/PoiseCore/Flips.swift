/// Samples that a candidate answers otherwise than the base.
///
/// A sample is right where its mean score over epochs and rounds is at least one half; its answer is the one that most of
/// its trials gave, the earliest of those that are equally many.
package struct Flips: Hashable, Codable, Sendable {
    /// Samples with a score on both sides.
    package var n: Int
    /// Right in both, and in neither.
    package var kept: Int
    package var missed: Int
    /// Right only in the candidate, and only in the base.
    package var gained: Int
    package var lost: Int
    /// Samples with an answer on both sides whose answer is the same, out of those; nil where there is none.
    package var agreement: ShareEstimate?
    /// Lost, then gained, then those whose answer alone changed, each in the order of task and sample.
    package var list: [Flip]

    package init(
        n: Int, kept: Int, missed: Int, gained: Int, lost: Int, agreement: ShareEstimate?, list: [Flip]
    ) {
        self.n = n
        self.kept = kept
        self.missed = missed
        self.gained = gained
        self.lost = lost
        self.agreement = agreement
        self.list = list
    }

    /// Samples whose answer changed at all, right or wrong.
    package var changed: Int { agreement.map { $0.n - $0.count } ?? 0 }
}

/// One sample that a candidate answers otherwise than the base.
package struct Flip: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case lost, gained
        /// Another answer that is as right or as wrong.
        case changed
    }

    package var kind: Kind
    package var task: String
    package var sample: String
    /// What the deciding grader read, else the response; nil where there is none.
    package var base: String?
    package var candidate: String?
    /// Mean scores over epochs and rounds.
    package var baseScore: Double
    package var candidateScore: Double

    package init(
        kind: Kind, task: String, sample: String, base: String?, candidate: String?, baseScore: Double,
        candidateScore: Double
    ) {
        self.kind = kind
        self.task = task
        self.sample = sample
        self.base = base
        self.candidate = candidate
        self.baseScore = baseScore
        self.candidateScore = candidateScore
    }
}

/// How often one candidate says something else when it is asked the same sample again at the same settings.
package struct AnswerRepeats: Hashable, Codable, Sendable {
    /// Samples with several answered trials; 0 where each was asked once, and nothing is known of it.
    package var samples: Int
    /// Of them, those whose trials do not all have one answer.
    package var answersDiffer: Int
    /// Of them, those of which some trials are right and others wrong.
    package var correctnessDiffers: Int

    package init(samples: Int, answersDiffer: Int, correctnessDiffers: Int) {
        self.samples = samples
        self.answersDiffer = answersDiffer
        self.correctnessDiffers = correctnessDiffers
    }
}
