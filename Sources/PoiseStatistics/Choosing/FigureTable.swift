import Foundation
import PoiseCore

/// Every figure of every candidate at one load, as measured and in each joint resample.
///
/// Joint: a resample draws the same samples and rounds for all candidates and all figures, so that differences between
/// candidates are paired, as Efron's bootstrap 1979 takes them.
struct FigureTable: Sendable {
    /// Set apart from other draws under the run's seed; a load adds itself.
    private static let stream: UInt64 = 0x6368_6F6F_7365_0000

    let figures: [ChoiceFigure]
    let candidates: Int
    let resamples: Int
    /// By figure, then in the candidates' order.
    private let estimates: [ChoiceFigure: [Double?]]
    private let intervals: [ChoiceFigure: [Interval?]]
    /// By figure, then in the candidates' order; NaN where a resample gives none.
    private let drawn: [ChoiceFigure: [[Double]]]
    /// By figure, different samples behind it, in the candidates' order.
    private let samples: [ChoiceFigure: [Int]]

    /// - Parameter measured: in the table's order.
    init(
        of table: LoadTable, measured: [MeasuredCandidate?], figures: [ChoiceFigure], chain: Int, resamples: Int,
        seed: UInt64
    ) {
        self.figures = figures
        candidates = table.columns.count
        let columns = figures.map { figure in
            zip(table.columns, measured).map {
                FigureColumn(figure, of: $0, in: table, measured: $1, chain: chain)
            }
        }
        let once = CountVector([Double](repeating: 1, count: table.samples * table.rounds))
        let all = CountVector([Double](repeating: 1, count: table.samples))
        let isEmpty = table.samples == 0
        self.resamples = isEmpty ? 0 : resamples
        let values = Self.values(
            of: columns, in: table, resamples: self.resamples,
            generator: SeededGenerator(seed: seed, stream: Self.stream &+ table.load.stream))
        var estimates: [ChoiceFigure: [Double?]] = [:]
        var intervals: [ChoiceFigure: [Interval?]] = [:]
        for (place, figure) in figures.enumerated() {
            estimates[figure] = columns[place].map { isEmpty ? nil : $0.estimate(counts: all, weights: once) }
            intervals[figure] = table.columns.indices.map { index in
                if figure.isQuality {
                    let steps = figure == .accuracy ? 1 : chain
                    return Self.accuracyInterval(table.columns[index].accuracy, steps)
                }
                return columns[place][index].samples < 2 ? nil : .percentile(of: values[place][index])
            }
        }
        self.estimates = estimates
        self.intervals = intervals
        drawn = Dictionary(uniqueKeysWithValues: zip(figures, values))
        samples = Dictionary(uniqueKeysWithValues: zip(figures, columns.map { $0.map(\.samples) }))
    }

    /// By figure, then in the candidates' order, the number of each resample; NaN where it gives none.
    private static func values(
        of columns: [[FigureColumn]], in table: LoadTable, resamples: Int, generator: SeededGenerator
    ) -> [[[Double]]] {
        let (samples, rounds) = (table.samples, table.rounds)
        let portions = ResamplePortions.map(resamples, generator: generator) { count, generator in
            var values = columns.map { $0.map { _ in [Double]() } }
            var draw = ResampleDraw(samples: samples, rounds: rounds, generator: generator)
            for _ in 0..<count {
                draw.next()
                for (figure, row) in columns.enumerated() {
                    for (index, column) in row.enumerated() {
                        values[figure][index].append(
                            column.estimate(counts: draw.counts, weights: draw.weights) ?? .nan)
                    }
                }
            }
            return values
        }
        return columns.indices.map { figure in
            columns[figure].indices.map { index in portions.flatMap { $0[figure][index] } }
        }
    }

    /// That of the front; its ends to the power of a chain's steps, which keeps their order.
    private static func accuracyInterval(_ accuracy: AccuracyColumn, _ steps: Int) -> Interval? {
        accuracy.interval().map {
            Interval(low: pow($0.low, Double(steps)), high: pow($0.high, Double(steps)))
        }
    }

    func estimate(_ figure: ChoiceFigure, of index: Int) -> Double? { estimates[figure]?[index] }

    func figure(_ figure: ChoiceFigure, of index: Int) -> FigureEstimate? {
        estimate(figure, of: index).map { value in
            let interval = intervals[figure]?[index]
            return FigureEstimate(value, low: interval?.low, high: interval?.high)
        }
    }

    /// Nil where the resample gives none.
    func value(_ figure: ChoiceFigure, of index: Int, in resample: Int) -> Double? {
        guard let value = drawn[figure]?[index][resample], !value.isNaN else { return nil }
        return value
    }

    /// The two-sided p-value of the hypothesis that two candidates are equal in a figure; nil where too little was
    /// measured to say.
    ///
    /// The share of joint resamples in which the difference has the other sign or none, with the data themselves as one
    /// more resample (Davison and Hinkley 1997, section 4.2).
    func pValue(_ figure: ChoiceFigure, _ one: Int, _ other: Int, goodness: (Double) -> Double) -> Double? {
        guard let left = drawn[figure]?[one], let right = drawn[figure]?[other] else { return nil }
        guard let ours = estimate(figure, of: one), let theirs = estimate(figure, of: other) else { return nil }
        // What no resample changes is known, and differs or does not.
        let counted = [one, other].compactMap { samples[figure]?[$0] }
        if counted == [0, 0] { return goodness(ours) == goodness(theirs) ? 1 : 0 }
        guard counted.allSatisfy({ $0 > 1 }) else { return nil }
        var (below, above, total) = (0, 0, 0)
        for (a, b) in zip(left, right) where !a.isNaN && !b.isNaN {
            let (a, b) = (goodness(a), goodness(b))
            total += 1
            if a <= b { below += 1 }
            if a >= b { above += 1 }
        }
        guard total > 0 else { return nil }
        return min(1, 2 * Double(min(below, above) + 1) / Double(total + 1))
    }

    /// Whether enough was measured of two candidates to say how much a figure varies, or nothing of it does.
    func areComparable(_ figure: ChoiceFigure, _ one: Int, _ other: Int) -> Bool {
        [one, other].allSatisfy { samples[figure]?[$0] != 1 }
    }

    /// The standard deviation of a difference over the joint resamples; nil where too little was measured to say.
    func standardError(_ figure: ChoiceFigure, _ one: Int, _ other: Int, goodness: (Double) -> Double) -> Double? {
        guard let left = drawn[figure]?[one], let right = drawn[figure]?[other], areComparable(figure, one, other)
        else { return nil }
        var (count, mean, squares) = (0.0, 0.0, 0.0)
        for (a, b) in zip(left, right) {
            let difference = goodness(a) - goodness(b)
            guard difference.isFinite else { continue }
            // Welford 1962: no squares of large numbers are taken from each other.
            count += 1
            let step = difference - mean
            mean += step / count
            squares += step * (difference - mean)
        }
        return count > 1 ? (squares / (count - 1)).squareRoot() : nil
    }

    /// One candidate's figure / another's, with the interval of the joint resamples; nil where the second is 0.
    func ratio(_ figure: ChoiceFigure, of one: Int, to other: Int) -> FigureEstimate? {
        guard let ours = estimate(figure, of: one), let theirs = estimate(figure, of: other), theirs > 0,
            ours.isFinite, theirs.isFinite
        else { return nil }
        guard [one, other].allSatisfy({ (samples[figure]?[$0] ?? 0) > 1 }), let over = drawn[figure]?[one],
            let under = drawn[figure]?[other]
        else { return FigureEstimate(ours / theirs) }
        let interval = Interval.percentile(of: zip(over, under).map { $1 > 0 ? $0 / $1 : .nan })
        return FigureEstimate(ours / theirs, low: interval?.low, high: interval?.high)
    }
}
