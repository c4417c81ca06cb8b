import Foundation

/// Shares of samples: each sample's own share is the mean over its epochs and rounds.
struct ShareColumn: Sendable {
    /// Of the samples where it is known, by their places.
    private let shares: [Double]
    /// At each sample's place the share, 0 where it is not known.
    private let values: CountVector
    private let known: CountVector
    /// Trials where it was so, and where it is known.
    let hits: Double
    let trials: Int

    /// - Parameter trials: each trial's place in the samples, and 1 where it was so, 0 where not, or a score between.
    init(_ trials: [(sample: Int, value: Double)], samples: Int) {
        var sums = [Double](repeating: 0, count: samples)
        var counts = [Double](repeating: 0, count: samples)
        // Sorted, so that sums of fractions do not depend on the order they come in.
        for trial in trials.sorted(by: { ($0.sample, $0.value) < ($1.sample, $1.value) }) {
            sums[trial.sample] += trial.value
            counts[trial.sample] += 1
        }
        let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : nil }
        shares = means.compactMap(\.self)
        values = CountVector(means.map { $0 ?? 0 })
        known = CountVector(means.map { $0 == nil ? 0 : 1 })
        hits = sums.reduce(0, +)
        self.trials = trials.count
    }

    /// Samples where it is known.
    var samples: Int { shares.count }

    /// Nil where a resample drew no sample where it is known.
    /// - Parameter counts: how often each sample was drawn.
    func estimate(counts: CountVector) -> Double? {
        let drawn = known.dot(counts)
        return drawn > 0 ? values.dot(counts) / drawn : nil
    }

    /// Wilson's interval where each sample says yes or no; else the same over as many samples as the shares are worth: the
    /// number that would scatter as much if each said yes or no.
    ///
    /// The effective number is that of Korn and Graubard 1998, "Confidence intervals for proportions with small expected
    /// number of positive counts estimated from survey data". Nil where no sample has a share; without an interval where
    /// all have the same one between 0 and 1, which says nothing of how they scatter.
    var evidence: Evidence? {
        guard !shares.isEmpty else { return nil }
        let n = Double(shares.count)
        let mean = shares.reduce(0, +) / n
        if shares.allSatisfy({ $0 == 0 || $0 == 1 }) {
            let hits = shares.count { $0 == 1 }
            return Evidence(estimate: mean, n: shares.count, method: .wilson, prospect: Self.prospect(worth: 1)) {
                Interval.wilson(successes: hits, of: Int(n), confidence: $0)
            }
        }
        let variance = n > 1 ? shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1) : 0
        let effective = variance > 0 ? mean * (1 - mean) / variance * n : 0
        return Evidence(
            estimate: mean, n: shares.count, method: .effectiveWilson, prospect: Self.prospect(worth: effective / n)
        ) { confidence in
            guard effective > 0 else { return nil }
            return Interval.wilson(
                share: mean, of: effective, z: NormalDistribution.quantile((1 + confidence) / 2))
        }
    }

    /// How other samples would fare, were the share another: each is worth as many yes-or-no samples as these are.
    private static func prospect(worth: Double) -> Prospect {
        Prospect { truth, samples, bound, confidence in
            guard (0...1).contains(truth), worth > 0 else { return nil }
            let n = Double(samples) * worth
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
