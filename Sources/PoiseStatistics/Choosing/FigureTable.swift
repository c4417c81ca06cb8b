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
        var values = columns.map { $0.map { _ in [Double]() } }
        for figure in values.indices {
            for index in values[figure].indices { values[figure][index].reserveCapacity(self.resamples) }
        }
        var draw = ResampleDraw(
            samples: table.samples, rounds: table.rounds,
            generator: SeededGenerator(seed: seed, stream: Self.stream &+ table.load.stream))
        for _ in 0..<self.resamples {
            draw.next()
            let weights = draw.weights
            for (figure, row) in columns.enumerated() {
                for (index, column) in row.enumerated() {
                    values[figure][index].append(column.estimate(counts: draw.counts, weights: weights) ?? .nan)
                }
            }
        }
        var estimates: [ChoiceFigure: [Double?]] = [:]
        var intervals: [ChoiceFigure: [Interval?]] = [:]
        for (place, figure) in figures.enumerated() {
            estimates[figure] = columns[place].map { isEmpty ? nil : $0.estimate(counts: all, weights: once) }
            intervals[figure] = table.columns.indices.map { index in
                if figure.isQuality {
                    let steps = figure == .accuracy ? 1 : chain
                    return Self.accuracyInterval(table.columns[index].accuracy, drawn: values[place][index], steps)
                }
                return columns[place][index].samples < 2 ? nil : .percentile(of: values[place][index])
            }
        }
        self.estimates = estimates
        self.intervals = intervals
        drawn = Dictionary(uniqueKeysWithValues: zip(figures, values))
        samples = Dictionary(uniqueKeysWithValues: zip(figures, columns.map { $0.map(\.samples) }))
    }

    /// That of the front: Wilson's where every sample is right or wrong, else the bootstrap's; its ends to the power of
    /// a chain's steps, which keeps their order.
    private static func accuracyInterval(_ accuracy: AccuracyColumn, drawn: [Double], _ steps: Int) -> Interval? {
        guard accuracy.method == .wilson else { return accuracy.n < 2 ? nil : .percentile(of: drawn) }
        return Interval.wilson(successes: accuracy.correct, of: accuracy.n).map {
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

    /// The standard deviation of a difference over the joint resamples; nil where too little was measured to say.
    func standardError(_ figure: ChoiceFigure, _ one: Int, _ other: Int, goodness: (Double) -> Double) -> Double? {
        guard let left = drawn[figure]?[one], let right = drawn[figure]?[other],
            [one, other].allSatisfy({ samples[figure]?[$0] != 1 })
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
