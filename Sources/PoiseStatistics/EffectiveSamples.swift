import Foundation

/// Scores of samples between 0 and 1, and how many samples that are either right or wrong they are worth.
///
/// Epochs that disagree tell more of a share than one of them does, and never less: a sample's mean varies at most as much
/// as a 0 or 1 does.
struct EffectiveSamples: Sendable {
    let n: Int
    /// 0…1
    let mean: Double
    /// At least n; exactly n where every score is 0 or 1.
    let worth: Double

    /// Nil where there is no score.
    ///
    /// The samples divided by the design effect, which is the scores' variance / that of as many rights and wrongs: Korn
    /// and Graubard 1998, "Confidence intervals for proportions with small expected number of positive counts estimated
    /// from survey data"; with Wilson's interval over it as Franco et al. 2019, "Comparative study of confidence intervals
    /// for proportions in complex sample surveys". Both variances begin with a quarter of one sample's, so that the few
    /// wrong answers of a good model do not pass for knowledge of how much its samples differ. The coverage of what comes
    /// of it is measured by Tests/Conformance.
    init?(_ scores: [Double]) {
        guard !scores.isEmpty else { return nil }
        self.init(
            n: scores.count, mean: scores.reduce(0, +) / Double(scores.count),
            // A 0 or 1 leaves out no rounding: it is then exactly 0.
            within: scores.reduce(0) { $0 + $1 * (1 - $1) })
    }

    /// - Parameter within: the sum of score × (1 − score).
    init(n: Int, mean: Double, within: Double) {
        let count = Double(n)
        self.n = n
        self.mean = mean
        let whole = count * mean * (1 - mean)
        let between = max(0, whole - within)
        worth = count * (4 * whole + 1) / (4 * between + 1)
    }

    /// Wilson's interval over what they are worth.
    func interval(z: Double) -> Interval { .wilson(share: mean, of: worth, z: z) }

    /// How other samples would fare, were the share another: each is worth as many yes-or-no samples as these are.
    var prospect: Prospect {
        let worthOfOne = worth / Double(n)
        return Prospect { truth, samples, bound, confidence in
            guard (0...1).contains(truth) else { return nil }
            let n = Double(samples) * worthOfOne
            let z = NormalDistribution.quantile((1 + confidence) / 2)
            let spread = (truth * (1 - truth) / n).squareRoot()
            /// The share at which the interval's end meets the bound: the score test's own limit.
            let reach = z * (bound * (1 - bound) / n).squareRoot()
            func chance(below value: Double) -> Double {
                spread > 0 ? NormalDistribution.cumulative((value - truth) / spread) : truth < value ? 1 : 0
            }
            return Prospect.Chances(below: chance(below: bound - reach), above: 1 - chance(below: bound + reach))
        }
    }
}

extension Evidence {
    /// The mean of samples' scores, 0…1; nil where there is none.
    ///
    /// Wilson's interval where every score is 0 or 1, else that over as many samples as the scores are worth.
    package static func accuracy(of scores: [Double]) -> Evidence? {
        guard let samples = EffectiveSamples(scores) else { return nil }
        let isPlain = scores.allSatisfy { $0 == 0 || $0 == 1 }
        return Evidence(
            estimate: samples.mean, n: samples.n, method: isPlain ? .wilson : .effectiveWilson,
            prospect: samples.prospect
        ) {
            samples.interval(z: NormalDistribution.quantile((1 + $0) / 2))
        }
    }
}
