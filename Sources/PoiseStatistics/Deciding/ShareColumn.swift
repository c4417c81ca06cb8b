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

    /// Of the mean over samples; nil where no sample has a share.
    var evidence: Evidence? { .accuracy(of: shares) }
}
