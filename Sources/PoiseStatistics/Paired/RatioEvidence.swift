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

    /// What is to be reckoned with in rounds to come: none where chance alone shows as much in more than one run of twenty.
    ///
    /// Every third run of three rounds shows some where there is none; to reckon with that would make most effects that
    /// are printed larger than they are. A drift that is small beside the noise is missed by it. One of twenty was chosen
    /// with the simulation of Tests/Conformance at hand, which had shown that.
    var expected: RoundDrift {
        between > noise * scatter(at: 0.95) ? self : RoundDrift(rounds: rounds, between: noise, noise: noise)
    }

    /// What other rounds would show if these show how it is: even where nothing drifts, some will seem to, and their
    /// intervals are longer.
    /// - Parameter share: of the rounds that would show less; 0…1, both excluded.
    func drawn(at share: Double) -> RoundDrift {
        RoundDrift(rounds: rounds, between: between * scatter(at: share), noise: noise)
    }

    /// A quantile of the rounds' variance / what it is on average: χ², with a degree of freedom less than there are
    /// rounds, as Wilson and Hilferty 1931 reckon it, "The distribution of chi-square".
    private func scatter(at share: Double) -> Double {
        let ninth = 2 / (9 * Double(rounds - 1))
        let root = max(0, 1 - ninth + NormalDistribution.quantile(share) * ninth.squareRoot())
        return root * root * root
    }
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
        let drifted = DriftedRatio(ratio: ratio, logarithms: logarithms, drifts: drifts)
        self.init(
            estimate: ratio, n: n, scale: .ratio, least: 1 / Double(resamples.count + 1),
            prospect: drifted.prospect(n: n)
        ) { drifted.interval(confidence: $0) }
    }
}

/// A ratio's resamples over samples, and the variance that rounds add.
private struct DriftedRatio: Sendable {
    let ratio: Double
    /// Of the resamples, less that of the ratio, ascending.
    let deviations: [Double]
    let drifts: [RoundDrift]
    /// The variance of the logarithm that samples give.
    let sampled: Double

    init(ratio: Double, logarithms: [Double], drifts: [RoundDrift]) {
        self.ratio = ratio
        self.drifts = drifts
        deviations = logarithms.map { $0 - log(ratio) }.sorted()
        let finite = logarithms.filter(\.isFinite)
        let mean = finite.reduce(0, +) / Double(finite.count)
        sampled = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(finite.count - 1)
    }

    /// The whole variance, and the quantile that an interval takes.
    private func scatter(_ drifts: [RoundDrift], confidence: Double) -> (variance: Double, quantile: Double) {
        let whole = drifts.reduce(sampled) { $0 + $1.variance }
        guard whole > sampled else { return (whole, NormalDistribution.quantile((1 + confidence) / 2)) }
        let freedom = whole * whole / drifts.reduce(0) { $0 + $1.variance * $1.variance / Double($1.rounds - 1) }
        return (whole, StudentDistribution.quantile((1 + confidence) / 2, freedom: freedom))
    }

    func interval(confidence: Double) -> Interval? {
        guard let drawn = Interval.percentile(ofSorted: deviations, confidence: confidence) else { return nil }
        let (whole, student) = scatter(drifts, confidence: confidence)
        guard whole > sampled else { return Interval(low: ratio * exp(drawn.low), high: ratio * exp(drawn.high)) }
        // Where samples add nothing, what is left of their variance is rounding.
        guard sampled > whole * 1e-12 else {
            let reach = student * whole.squareRoot()
            return Interval(low: ratio * exp(-reach), high: ratio * exp(reach))
        }
        let normal = NormalDistribution.quantile((1 + confidence) / 2)
        let factor = student / normal * (whole / sampled).squareRoot()
        return Interval(low: ratio * exp(factor * drawn.low), high: ratio * exp(factor * drawn.high))
    }

    /// How such data would fare: the logarithm scatters normally, as widely as each arm of the interval says, shorter with
    /// √n; and the interval is as long as rounds to come happen to make it.
    func prospect(n: Int) -> Prospect {
        let expected = drifts.map(\.expected)
        let whole = expected.reduce(sampled) { $0 + $1.variance }
        return Prospect { truth, samples, bound, confidence in
            guard truth > 0, bound > 0, let around = interval(confidence: confidence) else { return nil }
            // Of one standard error, with the drift that is expected and not the one that was seen.
            let now = scatter(drifts, confidence: confidence)
            let shrunk = (Double(n) / Double(samples) * whole / now.variance).squareRoot() / now.quantile
            let (left, right) = (log(ratio / around.low) * shrunk, log(around.high / ratio) * shrunk)
            guard left > 0, right > 0, left.isFinite, right.isFinite else { return nil }
            // Standard errors from the estimate to the interval's end.
            let reaches = (0..<Self.draws).map { draw in
                let drawn = expected.enumerated().map { index, drift in
                    let place = index.isMultiple(of: 2) ? draw : draw * Self.turn % Self.draws
                    return drift.drawn(at: (Double(place) + 0.5) / Double(Self.draws))
                }
                let other = scatter(drawn, confidence: confidence)
                return other.quantile * (other.variance / whole).squareRoot()
            }
            func mean(_ distance: Double) -> Double {
                reaches.reduce(0) { $0 + NormalDistribution.cumulative(distance - $1) } / Double(reaches.count)
            }
            return Prospect.Chances(
                below: mean(log(bound / truth) / right), above: mean(log(truth / bound) / left))
        }
    }

    /// A lattice of Fibonacci's numbers covers the square evenly, where each side has rounds of its own.
    private static let (draws, turn) = (34, 21)
}
