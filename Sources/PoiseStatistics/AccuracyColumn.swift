import PoiseCore

/// The scores of one candidate at one load, one for each of its samples.
///
/// A sample's score is the mean over its epochs and rounds: they are not counted as more evidence.
struct AccuracyColumn: Sendable {
    /// Scores are whole multiples of 1 / `one`, so that their sums are exact in any order: candidates that score the
    /// same on different samples are equal, and neither dominates the other by a rounding error.
    ///
    /// The least common multiple of 1 to 16, times a power of 2: means over up to 16 trials that are right or wrong are
    /// exact too, so that three samples right in one round of three make up for one that is right in all.
    private static let one: Int64 = 720_720 << 20

    /// Places of the samples that have a score, in ascending order.
    private let samples: [Int32]
    /// Their scores, in units of `one`.
    private let scores: [Int64]
    /// Samples that were asked and have no score.
    let unscored: Int

    init(_ measurements: [Measurement]) {
        var samples: [Int32] = []
        var scores: [Int64] = []
        var unscored = 0
        for (sample, trials) in Dictionary(grouping: measurements, by: \.sample).sorted(by: { $0.key < $1.key }) {
            // Sorted, so that the sum is the same to the last bit in whatever order the trials come.
            let values = trials.compactMap(\.score).sorted()
            if values.isEmpty {
                unscored += 1
            } else {
                let mean = values.reduce(0, +) / Double(values.count)
                samples.append(Int32(sample))
                scores.append(Int64((mean * Double(Self.one)).rounded()))
            }
        }
        self.samples = samples
        self.scores = scores
        self.unscored = unscored
    }

    /// Samples that have a score.
    var n: Int { samples.count }

    /// The sum of the samples' scores: the number of right answers where scores are 0 or 1.
    var sum: Double { Double(scores.reduce(0, +)) / Double(Self.one) }

    /// The mean score; nil where nothing has one.
    var estimate: Double? {
        n == 0 ? nil : Double(scores.reduce(0, +)) / (Double(n) * Double(Self.one))
    }

    /// Wilson where every sample is right or wrong, nothing between; nil without a score.
    var method: FrontPoint.AccuracyMethod? {
        guard n > 0 else { return nil }
        return scores.allSatisfy { $0 == 0 || $0 == Self.one } ? .wilson : .bootstrap
    }

    /// Samples that are wholly right.
    var correct: Int { scores.count { $0 == Self.one } }

    /// The mean score of a resample; nil where it drew no sample that has one.
    /// - Parameter counts: how often each sample of the load was drawn.
    func estimate(counts: [Int32]) -> Double? {
        var sum: Int64 = 0
        var drawn: Int64 = 0
        for index in samples.indices {
            let count = Int64(counts[Int(samples[index])])
            drawn += count
            sum += count * scores[index]
        }
        return drawn == 0 ? nil : Double(sum) / (Double(drawn) * Double(Self.one))
    }
}
