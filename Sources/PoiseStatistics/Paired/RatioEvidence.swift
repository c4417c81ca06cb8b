import Foundation

/// How a ratio's logarithm moved from round to round.
struct RoundDrift: Sendable {
    let rounds: Int
    /// The variance of the rounds' values.
    let between: Double
    /// The part of it that other samples would give anyway.
    let noise: Double

    /// What it adds to the variance of the ratio over all rounds.
    ///
    /// The variance component of a random effect, as analysis of variance takes it, and never less than none. Of three
    /// rounds little is known: Tests/Conformance measures what comes of it.
    var variance: Double { max(0, (between - noise) / Double(rounds)) }

    /// The drift that other rounds of the kind are likely to show: where these happened to show none, chance alone gives
    /// every second run some.
    var expected: RoundDrift {
        RoundDrift(rounds: rounds, between: max(between, Self.likely * noise), noise: noise)
    }

    /// Chosen by what makes the effects that gates print come true; Tests/Conformance measures it.
    private static let likely = 1.5
}

extension Evidence {
    /// A ratio from a bootstrap over samples, with what rounds add.
    ///
    /// The bootstrap's interval is stretched, on the logarithmic scale and about the estimate, by the root of the whole
    /// variance / that of the samples; and from the normal quantile to Student's, with the degrees of freedom of
    /// Satterthwaite 1946, "An approximate distribution of estimates of variance components", where the drift is known from
    /// few rounds alone.
    init(ratio: Double, n: Int, resamples: [Double], drifts: [RoundDrift]) {
        let logarithms = resamples.map { log($0) }
        guard ratio > 0, ratio.isFinite, drifts.contains(where: { $0.between > 0 }),
            // One without end only lies beyond every number; one that is 0 has no place on this scale.
            logarithms.allSatisfy({ $0 > -.infinity }), logarithms.count(where: \.isFinite) > 1
        else {
            self.init(estimate: ratio, n: n, resamples: resamples, scale: .ratio)
            return
        }
        let now = DriftedRatio(ratio: ratio, logarithms: logarithms, drifts: drifts)
        let expected = DriftedRatio(ratio: ratio, logarithms: logarithms, drifts: drifts.map(\.expected))
        self.init(
            estimate: ratio, n: n, scale: .ratio, least: 1 / Double(resamples.count + 1),
            prospect: Prospect(estimate: ratio, n: n, scale: .ratio) { expected.interval(confidence: $0) }
        ) { now.interval(confidence: $0) }
    }
}

/// A ratio's resamples over samples, and the variance that rounds add.
private struct DriftedRatio: Sendable {
    let ratio: Double
    /// Of the resamples, less that of the ratio, ascending.
    let deviations: [Double]
    /// Variances of the logarithm: that of the samples, and all.
    let sampled: Double
    let whole: Double
    /// Without end where rounds add nothing.
    let freedom: Double

    init(ratio: Double, logarithms: [Double], drifts: [RoundDrift]) {
        self.ratio = ratio
        deviations = logarithms.map { $0 - log(ratio) }.sorted()
        let finite = logarithms.filter(\.isFinite)
        let mean = finite.reduce(0, +) / Double(finite.count)
        sampled = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(finite.count - 1)
        whole = drifts.reduce(sampled) { $0 + $1.variance }
        freedom = whole * whole / drifts.reduce(0) { $0 + $1.variance * $1.variance / Double($1.rounds - 1) }
    }

    func interval(confidence: Double) -> Interval? {
        guard let drawn = Interval.percentile(ofSorted: deviations, confidence: confidence) else { return nil }
        guard whole > sampled else { return Interval(low: ratio * exp(drawn.low), high: ratio * exp(drawn.high)) }
        let student = StudentDistribution.quantile((1 + confidence) / 2, freedom: freedom)
        guard sampled > 0 else {
            let reach = student * whole.squareRoot()
            return Interval(low: ratio * exp(-reach), high: ratio * exp(reach))
        }
        let normal = NormalDistribution.quantile((1 + confidence) / 2)
        let factor = student / normal * (whole / sampled).squareRoot()
        return Interval(low: ratio * exp(factor * drawn.low), high: ratio * exp(factor * drawn.high))
    }
}
