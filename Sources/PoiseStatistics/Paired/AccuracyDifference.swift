import PoiseCore

extension PairedSamples {
    /// The samples that have a score on both sides.
    package var scored: [(name: Name, base: Double, candidate: Double)] {
        pairs.compactMap { pair in
            pair.base.flatMap { base in pair.candidate.map { (pair.name, base, $0) } }
        }
    }

    /// Right and wrong on both sides; nil where a score is neither, or where epochs or rounds disagree.
    package var counts: PairedCounts? {
        PairedCounts(scored.map { (base: $0.base, candidate: $0.candidate) })
    }

    /// The candidate's mean score − the base's, over the samples that have a score on both sides; nil where none has.
    ///
    /// Newcombe's hybrid interval where every sample is right or wrong on both sides; else the same over as many samples as
    /// each side's scores are worth.
    package var accuracyDifference: Evidence? {
        Evidence.accuracyDifference(of: scored.map { (base: $0.base, candidate: $0.candidate) })
    }
}

extension Evidence {
    /// The candidate's mean score − the base's over the same samples; nil where there is none.
    package static func accuracyDifference(of scores: [(base: Double, candidate: Double)]) -> Evidence? {
        guard !scores.isEmpty else { return nil }
        return PairedCounts(scores)?.evidence ?? PairedScores(scores)?.evidence
    }
}

extension PairedCounts {
    /// Nil where a score is neither 0 nor 1.
    package init?(_ scores: [(base: Double, candidate: Double)]) {
        var (kept, gained, lost, missed) = (0, 0, 0, 0)
        for score in scores {
            switch (score.base, score.candidate) {
            case (1, 1): kept += 1
            case (0, 1): gained += 1
            case (1, 0): lost += 1
            case (0, 0): missed += 1
            default: return nil
            }
        }
        self.init(kept: kept, gained: gained, lost: lost, missed: missed)
    }
}
