import Foundation
import PoiseCore

/// A number of one side, as it is of the trials themselves and of any resample of their samples.
struct SideColumn: Sendable {
    /// Samples that the number is taken from.
    let samples: Int
    /// Nil where a resample drew none that has a value.
    let estimate: @Sendable (_ counts: CountVector) -> Double?
}

/// A number of one candidate, or the quotient of two candidates' over the same samples: over all rounds, and of each.
///
/// Samples are drawn with replacement. Rounds are a random effect: three of them are too few to draw from, since the
/// percentiles of so few say far too little of how much the machine drifts.
struct SampledNumber: Sendable {
    let whole: Quotient
    /// What each round says of the number: both sides where a round is the same time for both, else each side by itself.
    let rounds: [[Quotient]]

    /// Both sides' columns, or one side's alone.
    struct Quotient: Sendable {
        let base: SideColumn?
        let candidate: SideColumn?

        /// A resample in which the base has nothing and the candidate something is infinite, and must count as that: left
        /// out, a candidate would pass for the resamples in which it is worst. Nothing / nothing is no number.
        func value(_ counts: CountVector) -> Double? {
            let over = candidate.map { $0.estimate(counts) } ?? 1
            let under = base.map { $0.estimate(counts) } ?? 1
            guard let over, let under, !over.isNaN, !under.isNaN else { return nil }
            if under == 0 { return over > 0 ? .infinity : nil }
            if under.isInfinite { return over.isInfinite ? nil : 0 }
            return over / under
        }

        /// Nil where the number is 0 or without end.
        func logarithm(_ counts: CountVector) -> Double? {
            value(counts).flatMap { $0 > 0 && $0.isFinite ? log($0) : nil }
        }

        var samples: Int { min(base?.samples ?? .max, candidate?.samples ?? .max) }
    }

    /// The evidence of numbers of the same samples, each by the same draws; nil where one has no number, or its base's is 0
    /// or without end.
    static func evidence(of numbers: [SampledNumber], samples: Int, resamples: Int, seed: UInt64) -> [Evidence?] {
        let once = CountVector([Double](repeating: 1, count: samples))
        func isKnown(_ number: SampledNumber) -> Bool {
            if let base = number.whole.base {
                guard let under = base.estimate(once), under > 0, under.isFinite else { return false }
            }
            return number.whole.value(once) != nil
        }
        let known = numbers.indices.filter { isKnown(numbers[$0]) }
        guard !known.isEmpty else { return numbers.map { _ in nil } }
        let wanted = known.map { (number: numbers[$0], scatter: RoundScatter(numbers[$0].rounds, once: once)) }
        let portions = ResamplePortions.map(
            resamples, generator: SeededGenerator(seed: seed, stream: 0x7261_7469_6F00_0000)
        ) { resamples, generator in
            var values = wanted.map { _ in [Double]() }
            var scatters = wanted.map(\.scatter)
            var draw = ResampleDraw(samples: samples, rounds: 1, generator: generator)
            for _ in 0..<resamples {
                draw.next()
                for index in wanted.indices {
                    if let value = wanted[index].number.whole.value(draw.counts) { values[index].append(value) }
                    scatters[index].add(draw.counts)
                }
            }
            return (values: values, noises: scatters.map(\.noises))
        }
        var evidence = [Evidence?](repeating: nil, count: numbers.count)
        for (place, index) in known.enumerated() {
            guard let value = numbers[index].whole.value(once) else { continue }
            evidence[index] = Evidence(
                ratio: value, n: numbers[index].whole.samples, resamples: portions.flatMap { $0.values[place] },
                drifts: wanted[place].scatter.drifts(noises: portions.map { $0.noises[place] }))
        }
        return evidence
    }
}

/// How much a number's logarithm changes from round to round, and how much of that the samples explain.
private struct RoundScatter: Sendable {
    private struct Group: Sendable {
        let rounds: [SampledNumber.Quotient]
        let logarithms: [Double]
    }

    /// A sum over resamples of the variance that a round's deviations from what they were show.
    struct Noise: Sendable {
        var sum = 0.0
        var resamples = 0
    }

    private let groups: [Group]
    /// By group.
    private(set) var noises: [Noise]

    init(_ rounds: [[SampledNumber.Quotient]], once: CountVector) {
        groups = rounds.compactMap { group in
            let known = group.compactMap { round in round.logarithm(once).map { (round, $0) } }
            return known.count >= LoadTable.leastRounds
                ? Group(rounds: known.map(\.0), logarithms: known.map(\.1)) : nil
        }
        noises = groups.map { _ in Noise() }
    }

    mutating func add(_ counts: CountVector) {
        for (index, group) in groups.enumerated() {
            let deviations = zip(group.rounds, group.logarithms).compactMap { round, now in
                round.logarithm(counts).map { $0 - now }
            }
            guard deviations.count == group.rounds.count else { continue }
            noises[index].sum += variance(deviations)
            noises[index].resamples += 1
        }
    }

    /// - Parameter noises: those of each portion of the resamples, by group.
    func drifts(noises: [[Noise]]) -> [RoundDrift] {
        groups.indices.map { index in
            let sum = noises.reduce(0) { $0 + $1[index].sum }
            let resamples = noises.reduce(0) { $0 + $1[index].resamples }
            return RoundDrift(
                rounds: groups[index].rounds.count, between: variance(groups[index].logarithms),
                noise: resamples > 0 ? sum / Double(resamples) : 0)
        }
    }

    /// With n − 1.
    private func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
}
