package import PoiseCore

extension PairedSamples {
    private static let ratioStream: UInt64 = 0x7261_7469_6F00_0000

    /// The candidate's number / the base's over the same samples, each as METRICS defines it of a point; nil where one of
    /// them has none, or the base's is 0.
    ///
    /// The same samples are drawn for both; rounds too where there are at least three, the same where both come from
    /// one run.
    package func ratios(
        of metrics: [Metric], resamples: Int = 10_000, seed: UInt64
    ) -> [Metric: Evidence] {
        let columns = metrics.map { metric in
            (
                metric: metric,
                base: MetricColumn(metric, of: baseMeasurements, samples: pairs.count, rounds: baseRounds),
                candidate: MetricColumn(
                    metric, of: candidateMeasurements, samples: pairs.count, rounds: candidateRounds)
            )
        }
        func ratio(_ index: Int, _ base: CountVector, _ candidate: CountVector) -> Double? {
            guard let under = columns[index].base.estimate(weights: base), under > 0, under.isFinite,
                let over = columns[index].candidate.estimate(weights: candidate)
            else { return nil }
            return over / under
        }
        func once(_ rounds: Int) -> CountVector { CountVector([Double](repeating: 1, count: pairs.count * rounds)) }
        let estimates = columns.indices.map { ratio($0, once(baseRounds), once(candidateRounds)) }
        let wanted = columns.indices.filter { estimates[$0] != nil }
        guard !wanted.isEmpty else { return [:] }
        var drawn = [[Double]](repeating: [], count: columns.count)
        var draw = PairedDraw(
            samples: pairs.count, baseRounds: baseRounds, candidateRounds: candidateRounds,
            areRoundsShared: areRoundsShared && baseRounds == candidateRounds,
            generator: SeededGenerator(seed: seed, stream: Self.ratioStream))
        for _ in 0..<resamples {
            draw.next()
            for index in wanted {
                if let value = ratio(index, draw.base, draw.candidate) { drawn[index].append(value) }
            }
        }
        return Dictionary(
            uniqueKeysWithValues: wanted.compactMap { index in
                estimates[index].map { estimate in
                    let samples = min(columns[index].base.samples, columns[index].candidate.samples)
                    return (
                        columns[index].metric,
                        Evidence(estimate: estimate, n: samples, resamples: drawn[index], scale: .ratio)
                    )
                }
            })
    }
}

/// Resamples in which both sides meet the same samples, and the same rounds where they share them.
struct PairedDraw {
    private var shared: ResampleDraw
    /// Rounds of the candidate, where they are its own.
    private var rounds: IndexDraws
    private var roundCounts: CountVector
    private(set) var base: CountVector
    private(set) var candidate: CountVector
    private let samples: Int
    private let areRoundsShared: Bool

    init(
        samples: Int, baseRounds: Int, candidateRounds: Int, areRoundsShared: Bool, generator: SeededGenerator
    ) {
        var generator = generator
        self.samples = samples
        self.areRoundsShared = areRoundsShared
        shared = ResampleDraw(samples: samples, rounds: baseRounds, generator: generator)
        // Far from the words that the first draw begins with.
        rounds = IndexDraws(SeededGenerator(seed: generator.next(), stream: 1))
        roundCounts = CountVector(count: candidateRounds)
        base = shared.weights
        candidate = CountVector(count: samples * candidateRounds)
    }

    mutating func next() {
        shared.next()
        base = shared.weights
        guard !areRoundsShared else {
            candidate = base
            return
        }
        guard roundCounts.count > 1 else {
            candidate = shared.counts
            return
        }
        rounds.fill(&roundCounts)
        let (counts, roundCounts, samples) = (shared.counts, roundCounts, samples)
        candidate.withUnsafeMutableValues { cells in
            for round in 0..<roundCounts.count {
                for sample in 0..<samples { cells[round * samples + sample] = counts[sample] * roundCounts[round] }
            }
        }
    }
}
