import Foundation

/// Two candidates' scores of the same samples, where they may lie between 0 and 1.
struct PairedScores: Sendable {
    private let n: Int
    private let shares: PairedShares
    private let moments: PairedMoments

    /// Nil where there is no sample.
    init?(_ scores: [(base: Double, candidate: Double)]) {
        guard let base = EffectiveSamples(scores.map(\.base)),
            let candidate = EffectiveSamples(scores.map(\.candidate))
        else { return nil }
        n = scores.count
        let count = Double(scores.count)
        var (joint, ofBase, ofCandidate) = (0.0, 0.0, 0.0)
        for score in scores {
            let (left, right) = (score.base - base.mean, score.candidate - candidate.mean)
            joint += left * right / count
            ofBase += left * left / count
            ofCandidate += right * right / count
        }
        shares = PairedShares(base, candidate, joint: joint, spread: (ofBase * ofCandidate).squareRoot())
        moments = PairedMoments(scores)
    }

    /// Zou and Donner 2008, "Construction of confidence limits about effect measures: a general approach": from each side's
    /// interval and their correlation. With one 0 or 1 a sample it is Newcombe's.
    var evidence: Evidence {
        Evidence(estimate: moments.difference, n: n, method: .mover, prospect: prospect) {
            shares.interval(z: NormalDistribution.quantile((1 + $0) / 2))
        }
    }

    /// How other samples of the kind would fare, were the difference another: what it differs by comes on top, as samples
    /// that are lost or gained wholly. Their interval is that of their moments, their estimate scatters normally.
    private var prospect: Prospect {
        Prospect { truth, samples, bound, confidence in
            guard let other = moments.moved(to: truth) else { return nil }
            let z = NormalDistribution.quantile((1 + confidence) / 2)
            let around = other.shares(of: samples).interval(z: z)
            // Samples that are all alike say little of how much others vary: half of what the interval takes it for.
            func error(_ arm: Double) -> Double {
                max((other.variance / Double(samples)).squareRoot(), arm / z / 2)
            }
            let (left, right) = (error(truth - around.low), error(around.high - truth))
            guard left > 0, right > 0 else { return nil }
            return Prospect.Chances(
                below: NormalDistribution.cumulative((bound - around.high) / right),
                above: NormalDistribution.cumulative((around.low - bound) / left))
        }
    }
}

/// Both sides' shares, and how they go together.
private struct PairedShares: Sendable {
    let base: EffectiveSamples
    let candidate: EffectiveSamples
    let correlation: Double

    /// - Parameters:
    ///   - joint: the covariance of a sample's two scores, with n.
    ///   - spread: the product of their standard deviations.
    init(_ base: EffectiveSamples, _ candidate: EffectiveSamples, joint: Double, spread: Double) {
        self.base = base
        self.candidate = candidate
        // Newcombe's correction for continuity, of half a sample: a part of one where a sample is worth several.
        let corrected = joint > 0 ? max(0, joint - 0.5 / (base.worth * candidate.worth).squareRoot()) : joint
        correlation = spread > 0 ? min(1, max(-1, corrected / spread)) : 0
    }

    func interval(z: Double) -> Interval {
        .difference(candidate.mean, candidate.interval(z: z), base.mean, base.interval(z: z), correlation: correlation)
    }
}

/// Means over samples of both scores, of their squares and of their product: those of a mixture are mixed alike.
private struct PairedMoments: Sendable {
    var base = 0.0
    var candidate = 0.0
    var baseSquared = 0.0
    var candidateSquared = 0.0
    var product = 0.0

    init(_ scores: [(base: Double, candidate: Double)]) {
        let n = Double(scores.count)
        for score in scores {
            base += score.base / n
            candidate += score.candidate / n
            baseSquared += score.base * score.base / n
            candidateSquared += score.candidate * score.candidate / n
            product += score.base * score.candidate / n
        }
    }

    var difference: Double { candidate - base }

    /// Of a sample's difference.
    var variance: Double {
        max(0, baseSquared + candidateSquared - 2 * product - difference * difference)
    }

    /// With some samples, whatever their scores, lost or gained wholly by the candidate, so that the difference is
    /// another; nil where there are not as many.
    func moved(to truth: Double) -> PairedMoments? {
        let beyond = truth - difference
        let score = beyond < 0 ? 0.0 : 1
        let room = abs(score - candidate)
        // The margin is for rounding.
        guard abs(beyond) <= room + 1e-12 else { return nil }
        let share = room > 0 ? min(1, abs(beyond) / room) : 0
        var moved = self
        moved.candidate += share * (score - candidate)
        moved.candidateSquared += share * (score - candidateSquared)
        moved.product += share * (score * base - product)
        return moved
    }

    /// What as many samples with these moments say.
    func shares(of n: Int) -> PairedShares {
        func worth(_ mean: Double, _ squared: Double) -> EffectiveSamples {
            EffectiveSamples(n: n, mean: mean, within: Double(n) * max(0, mean - squared))
        }
        let (ofBase, ofCandidate) = (baseSquared - base * base, candidateSquared - candidate * candidate)
        return PairedShares(
            worth(base, baseSquared), worth(candidate, candidateSquared), joint: product - base * candidate,
            spread: (max(0, ofBase) * max(0, ofCandidate)).squareRoot())
    }
}
