import Foundation
package import PoiseCore

extension PairedSamples {
    private static let ratioStream: UInt64 = 0x7261_7469_6F00_0000

    /// The candidate's number / the base's over the same samples, each as METRICS defines it of a point; nil where one of
    /// them has none, or the base's is 0.
    ///
    /// The same samples are drawn for both. Rounds, where there are at least three, lengthen the interval by as much as the
    /// ratio changed from one to the next beyond what samples explain.
    package func ratios(
        of metrics: [Metric], resamples: Int = 10_000, seed: UInt64
    ) -> [Metric: Evidence] {
        let sides = metrics.map { MetricSides($0, of: self) }
        let once = CountVector([Double](repeating: 1, count: pairs.count))
        let wanted = sides.filter { $0.whole.ratio(once) != nil }
        guard !wanted.isEmpty else { return [:] }
        var drawn = wanted.map { RoundScatter($0.rounds, once: once, resamples: resamples) }
        var ratios = [[Double]](repeating: [], count: wanted.count)
        var draw = ResampleDraw(
            samples: pairs.count, rounds: 1, generator: SeededGenerator(seed: seed, stream: Self.ratioStream))
        for _ in 0..<resamples {
            draw.next()
            for (index, side) in wanted.enumerated() {
                if let ratio = side.whole.ratio(draw.counts) { ratios[index].append(ratio) }
                drawn[index].add(draw.counts)
            }
        }
        var evidence: [Metric: Evidence] = [:]
        for (index, side) in wanted.enumerated() {
            guard let ratio = side.whole.ratio(once) else { continue }
            evidence[side.metric] = Evidence(
                ratio: ratio, n: side.whole.samples, resamples: ratios[index], drifts: drawn[index].drifts)
        }
        return evidence
    }
}

/// One metric of both sides: over all rounds, and of each round.
private struct MetricSides {
    let metric: Metric
    let whole: Sides
    /// What each round says of the ratio: both sides where a round is the same time for both; else each side by itself.
    let rounds: [[Sides]]

    /// Both sides' columns, or one side's alone.
    struct Sides {
        let base: MetricColumn?
        let candidate: MetricColumn?

        func ratio(_ counts: CountVector) -> Double? {
            var (over, under) = (1.0, 1.0)
            if let base {
                guard let value = base.estimate(weights: counts), value > 0, value.isFinite else { return nil }
                under = value
            }
            if let candidate {
                guard let value = candidate.estimate(weights: counts) else { return nil }
                over = value
            }
            return over / under
        }

        var samples: Int { min(base?.samples ?? .max, candidate?.samples ?? .max) }
    }

    init(_ metric: Metric, of pair: PairedSamples) {
        func column(_ measurements: [Measurement], round: Int? = nil) -> MetricColumn {
            let counted = round.map { round in measurements.filter { $0.round == round } } ?? measurements
            return MetricColumn(metric, of: counted, samples: pair.pairs.count, rounds: 1)
        }
        self.metric = metric
        whole = Sides(base: column(pair.baseMeasurements), candidate: column(pair.candidateMeasurements))
        let (ofBase, ofCandidate) = (pair.baseRounds, pair.candidateRounds)
        if pair.areRoundsShared, ofBase == ofCandidate {
            let both = (0..<ofBase).map { round in
                Sides(
                    base: column(pair.baseMeasurements, round: round),
                    candidate: column(pair.candidateMeasurements, round: round))
            }
            rounds = ofBase > 1 ? [both] : []
        } else {
            let base = (0..<ofBase).map { Sides(base: column(pair.baseMeasurements, round: $0), candidate: nil) }
            let candidate = (0..<ofCandidate).map {
                Sides(base: nil, candidate: column(pair.candidateMeasurements, round: $0))
            }
            rounds = [base, candidate].filter { $0.count > 1 }
        }
    }
}

/// How much a ratio's logarithm changes from round to round, and how much of that the samples explain.
private struct RoundScatter {
    private let groups: [(sides: [MetricSides.Sides], logarithms: [Double])]
    /// Sums over the resamples of the variance that a round's deviations from what they were show.
    private var noise: [Double]
    private var resamples: [Int]

    init(_ rounds: [[MetricSides.Sides]], once: CountVector, resamples: Int) {
        groups = rounds.compactMap { group in
            let known = group.compactMap { side in side.logarithm(once).map { (side, $0) } }
            return known.count >= LoadTable.leastRounds ? (known.map(\.0), known.map(\.1)) : nil
        }
        noise = groups.map { _ in 0 }
        self.resamples = groups.map { _ in 0 }
    }

    mutating func add(_ counts: CountVector) {
        for (index, group) in groups.enumerated() {
            let deviations = zip(group.sides, group.logarithms).compactMap { side, now in
                side.logarithm(counts).map { $0 - now }
            }
            guard deviations.count == group.sides.count else { continue }
            noise[index] += variance(deviations)
            resamples[index] += 1
        }
    }

    var drifts: [RoundDrift] {
        groups.indices.map { index in
            let noise = resamples[index] > 0 ? noise[index] / Double(resamples[index]) : 0
            return RoundDrift(
                rounds: groups[index].sides.count, between: variance(groups[index].logarithms), noise: noise)
        }
    }

    /// With n − 1.
    private func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
}

extension MetricSides.Sides {
    /// Nil where the ratio is 0 or without end.
    fileprivate func logarithm(_ counts: CountVector) -> Double? {
        ratio(counts).flatMap { $0 > 0 && $0.isFinite ? log($0) : nil }
    }
}
