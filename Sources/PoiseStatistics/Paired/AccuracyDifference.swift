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

/// Two candidates' scores of the same samples, where they may lie between 0 and 1.
struct PairedScores: Sendable {
    private let base: EffectiveSamples
    private let candidate: EffectiveSamples
    private let correlation: Double
    private let difference: Double
    /// The mean square of what a sample loses when it is lost wholly / the mean of it; and of what it gains.
    private let weights: (loss: Double, gain: Double)

    /// Nil where there is no sample.
    init?(_ scores: [(base: Double, candidate: Double)]) {
        guard let base = EffectiveSamples(scores.map(\.base)),
            let candidate = EffectiveSamples(scores.map(\.candidate))
        else { return nil }
        self.base = base
        self.candidate = candidate
        let n = Double(scores.count)
        difference = scores.reduce(0) { $0 + ($1.candidate - $1.base) } / n
        var (joint, ofBase, ofCandidate) = (0.0, 0.0, 0.0)
        for score in scores {
            let (left, right) = (score.base - base.mean, score.candidate - candidate.mean)
            joint += left * right / n
            ofBase += left * left / n
            ofCandidate += right * right / n
        }
        let spread = (ofBase * ofCandidate).squareRoot()
        func weight(_ values: [Double]) -> Double {
            let sum = values.reduce(0, +)
            return sum > 0 ? values.reduce(0) { $0 + $1 * $1 } / sum : 1
        }
        weights = (weight(scores.map(\.base)), weight(scores.map { 1 - $0.base }))
        // Newcombe's correction for continuity, of half a sample: a part of one where a sample is worth several.
        let corrected = joint > 0 ? max(0, joint - 0.5 / (base.worth * candidate.worth).squareRoot()) : joint
        correlation = spread > 0 ? min(1, max(-1, corrected / spread)) : 0
    }

    /// Zou and Donner 2008, "Construction of confidence limits about effect measures: a general approach": from each side's
    /// interval and their correlation. With one 0 or 1 a sample it is Newcombe's.
    var evidence: Evidence {
        Evidence(estimate: difference, n: base.n, method: .mover, prospect: prospect) { interval(confidence: $0) }
    }

    private func interval(confidence: Double) -> Interval {
        let z = NormalDistribution.quantile((1 + confidence) / 2)
        return .difference(
            candidate.mean, candidate.interval(z: z), base.mean, base.interval(z: z), correlation: correlation)
    }

    /// How other samples of the kind would fare, were the difference another: what it differs by comes on top, as samples
    /// that are lost or gained wholly, and their variance with them.
    private var prospect: Prospect {
        Prospect { truth, samples, bound, confidence in
            guard (-base.mean...1 - base.mean).contains(truth) else { return nil }
            let around = interval(confidence: confidence)
            let z = NormalDistribution.quantile((1 + confidence) / 2)
            let beyond = truth - difference
            let added =
                abs(beyond) * (beyond < 0 ? weights.loss : weights.gain) + difference * difference - truth * truth
            func error(_ arm: Double) -> Double {
                let now = arm / z * (arm / z) * Double(base.n)
                return (max(now / 4, now + added) / Double(samples)).squareRoot()
            }
            let (left, right) = (error(difference - around.low), error(around.high - difference))
            guard left > 0, right > 0 else { return nil }
            return Prospect.Chances(
                below: NormalDistribution.cumulative((bound - truth) / right - z),
                above: NormalDistribution.cumulative((truth - bound) / left - z))
        }
    }
}
