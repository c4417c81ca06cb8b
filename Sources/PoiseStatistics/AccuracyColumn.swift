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

    /// Of the samples that have one, in units of `one`.
    private let scores: [Int64]
    /// The same at each sample's place, 0 where it has none, in units of 1 / `fineness`: as small as they go.
    private let numerators: CountVector
    private let fineness: Double
    /// 1 for each sample that has a score; nil where all have one.
    private let hasScore: CountVector?
    /// Samples that were asked and have no score.
    let unscored: Int

    /// - Parameter samples: samples of the load, whether this candidate was asked them or not.
    init(_ measurements: [Measurement], samples: Int) {
        var scores = [Int64?](repeating: nil, count: samples)
        var (unscored, start) = (0, 0)
        // Sorted, so that the sum is the same to the last bit in whatever order the trials come.
        let trials = measurements.map { (sample: $0.sample, score: $0.score) }
            .sorted { ($0.sample, $0.score ?? -1) < ($1.sample, $1.score ?? -1) }
        while start < trials.count {
            let sample = trials[start].sample
            let end = trials[start...].firstIndex { $0.sample != sample } ?? trials.count
            let values = trials[start..<end].compactMap(\.score)
            if values.isEmpty {
                unscored += 1
            } else {
                let mean = values.reduce(0, +) / Double(values.count)
                scores[sample] = Int64((mean * Double(Self.one)).rounded())
            }
            start = end
        }
        let unit = scores.reduce(Self.one) { Self.greatestCommonDivisor($0, $1 ?? 0) }
        self.scores = scores.compactMap(\.self)
        self.unscored = unscored
        numerators = CountVector(scores.map { Double(($0 ?? 0) / unit) })
        fineness = Double(Self.one / unit)
        hasScore = scores.contains(nil) ? CountVector(scores.map { $0 == nil ? 0 : 1 }) : nil
    }

    private static func greatestCommonDivisor(_ one: Int64, _ other: Int64) -> Int64 {
        var (one, other) = (one, other)
        while other != 0 { (one, other) = (other, one % other) }
        return one
    }

    /// Samples that have a score.
    var n: Int { scores.count }

    /// The sum of the samples' scores: the number of right answers where scores are 0 or 1.
    var sum: Double { Double(scores.reduce(0, +)) / Double(Self.one) }

    /// The mean score; nil where nothing has one.
    var estimate: Double? {
        n == 0 ? nil : Double(scores.reduce(0, +)) / (Double(n) * Double(Self.one))
    }

    /// Plain where every sample is right or wrong, nothing between; nil without a score.
    var method: FrontPoint.AccuracyMethod? {
        guard n > 0 else { return nil }
        return scores.allSatisfy { $0 == 0 || $0 == Self.one } ? .wilson : .effectiveWilson
    }

    /// Samples that are wholly right.
    var correct: Int { scores.count { $0 == Self.one } }

    /// Nil without a score, and where a single one is neither right nor wrong.
    func interval(confidence: Double = Interval.confidence) -> Interval? {
        guard confidence > 0, confidence < 1, n > 1 || method == .wilson else { return nil }
        return EffectiveSamples(scores.map { Double($0) / Double(Self.one) })?
            .interval(z: NormalDistribution.quantile((1 + confidence) / 2))
    }

    /// The mean score of a resample; nil where it drew no sample that has one.
    /// - Parameter counts: how often each sample of the load was drawn, as often as there are samples in all.
    func estimate(counts: CountVector) -> Double? {
        let drawn = hasScore.map { $0.dot(counts) } ?? Double(counts.count)
        return drawn > 0 ? numerators.dot(counts) / (drawn * fineness) : nil
    }
}
