package import PoiseCore

/// The samples that two candidates were both asked, with what each of them measured.
package struct PairedSamples: Sendable {
    /// A sample's name.
    package struct Name: Hashable, Comparable, Sendable {
        package let task: String
        package let sample: String

        package static func < (left: Name, right: Name) -> Bool {
            (left.task, left.sample) < (right.task, right.sample)
        }
    }

    /// One sample of the pair.
    package struct Pair: Sendable {
        package let name: Name
        /// The mean over epochs and rounds; nil where no trial has a score.
        package let base: Double?
        package let candidate: Double?
    }

    /// In order of their names.
    package let pairs: [Pair]
    /// Samples that ask or expect something else on the other side; left out.
    package let changed: [Name]
    /// Samples that only one side was asked; left out.
    package let onlyBase: Int
    package let onlyCandidate: Int
    let baseMeasurements: [Measurement]
    let candidateMeasurements: [Measurement]
    /// Rounds of each side that a resample draws from; 1 where rounds are left as they are.
    let baseRounds: Int
    let candidateRounds: Int
    /// Whether both come from one run, so that a round is the same stretch of time for both.
    let areRoundsShared: Bool
    /// What each side's trials cost; nil where it has no price, or it cannot be said.
    let baseCosts: TrialCosts?
    let candidateCosts: TrialCosts?
    /// Whether both have a price in the same currency.
    let hasOneCurrency: Bool

    /// - Parameters:
    ///   - tasks: the tasks that count; nil for all.
    package init(base: MeasuredCandidate, candidate: MeasuredCandidate, tasks: Set<String>? = nil) {
        func trials(_ side: MeasuredCandidate) -> [Name: [Observation]] {
            let counted = side.observations.filter { tasks?.contains($0.task) ?? true }
            return Dictionary(grouping: counted) { Name(task: $0.task, sample: $0.sample) }
        }
        let (ofBase, ofCandidate) = (trials(base), trials(candidate))
        let common = ofBase.keys.filter { ofCandidate[$0] != nil }.sorted()
        func digest(_ name: Name, _ side: MeasuredCandidate) -> String? { side.samples[name.task]?[name.sample] }
        let same = common.filter { digest($0, base) == digest($0, candidate) }
        changed = common.filter { digest($0, base) != digest($0, candidate) }
        onlyBase = ofBase.count - common.count
        onlyCandidate = ofCandidate.count - common.count
        areRoundsShared = base.run == candidate.run && base.load == candidate.load
        (baseMeasurements, baseRounds, baseCosts) = Self.measurements(ofBase, of: same, in: base)
        (candidateMeasurements, candidateRounds, candidateCosts) = Self.measurements(
            ofCandidate, of: same, in: candidate)
        hasOneCurrency = base.price.map { $0.currency == candidate.price?.currency } ?? false
        let (baseScores, candidateScores) = (
            Self.scores(baseMeasurements, samples: same.count), Self.scores(candidateMeasurements, samples: same.count)
        )
        pairs = same.indices.map { Pair(name: same[$0], base: baseScores[$0], candidate: candidateScores[$0]) }
    }

    private static func measurements(
        _ trials: [Name: [Observation]], of names: [Name], in side: MeasuredCandidate
    ) -> (measurements: [Measurement], rounds: Int, costs: TrialCosts?) {
        let rounds = LoadTable.places(of: names.flatMap { trials[$0, default: []].map(\.round) })
        let resampled = rounds.count >= LoadTable.leastRounds
        let measurements = names.enumerated().flatMap { place, name in
            trials[name, default: []].map {
                Measurement(of: $0, sample: place, round: rounds[$0.round] ?? 0)
            }
        }
        let costs = side.price.flatMap { price in
            // An hour is shared with the trials that are left out here; tokens are each trial's own.
            let all =
                price.hour == nil
                ? measurements
                : side.observations.map { Measurement(of: $0, sample: 0, round: rounds[$0.round] ?? -1) }
            return TrialCosts(of: all, at: price)
        }
        return (measurements.sorted(by: Measurement.inOrder), resampled ? rounds.count : 1, costs)
    }

    private static func scores(_ measurements: [Measurement], samples: Int) -> [Double?] {
        var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: samples)
        for measurement in measurements {
            guard let score = measurement.score else { continue }
            sums[measurement.sample].sum += score
            sums[measurement.sample].count += 1
        }
        return sums.map { $0.count > 0 ? $0.sum / $0.count : nil }
    }
}
