import PoiseCore

/// Resamples of one load in which every candidate meets the same drawn samples and rounds.
///
/// Efron 1979, with the sample as the unit: all trials of a sample are drawn together, so that its epochs and rounds
/// are no evidence of their own. Joint, because candidates that stumble over the same samples differ by less than their
/// own intervals suggest.
struct JointBootstrap: Sendable {
    /// By metric, then for each candidate in the table's order.
    let outcomes: [[Outcome]]

    struct Outcome: Sendable {
        /// Nil where fewer than two samples have the number.
        let metric: Interval?
        /// The share of the resamples that give the candidate both numbers in which nothing dominates it; nil where
        /// fewer than two samples have them, since every resample of one sample is that sample.
        let frontProbability: Double?
    }

    /// The draws are the same whatever metrics are asked for: each has the numbers that it has alone.
    init(of table: LoadTable, resamples: Int, generator: SeededGenerator) {
        let columns = table.columns
        let contests = table.metrics.indices.map { Contest($0, in: table) }
        let portions = ResamplePortions.map(table.samples > 0 ? resamples : 0, generator: generator) {
            Portion(of: table, contests, resamples: $0, generator: $1)
        }
        outcomes = contests.enumerated().map { place, contest in
            columns.indices.map { index in
                let (accuracy, metric) = (columns[index].accuracy, columns[index].metrics[place])
                let placed = portions.reduce(0) { $0 + $1.contests[place].placed[index] }
                let onFront = portions.reduce(0) { $0 + $1.contests[place].onFront[index] }
                let isAlone = !contest.isContested && contest.rivals.contains(index) && resamples > 0
                let varies = accuracy.n > 1 && (metric.samples > 1 || metric.isConstant)
                return Outcome(
                    metric: metric.samples < 2
                        ? nil : .percentile(of: portions.flatMap { $0.metrics[place][index] }),
                    frontProbability: !varies ? nil : isAlone ? 1 : placed == 0 ? nil : Double(onFront) / Double(placed)
                )
            }
        }
    }
}

/// Who can stand on the front of one metric.
private struct Contest: Sendable {
    let isBetterHigher: Bool
    /// Those that have both numbers.
    let rivals: [Int]
    /// Where nobody has a rival, everybody is on the front whatever is drawn, unless the number may have no end.
    let isContested: Bool

    init(_ place: Int, in table: LoadTable) {
        let columns = table.columns
        isBetterHigher = table.metrics[place].isBetterHigher
        rivals = columns.indices.filter { columns[$0].accuracy.n > 0 && columns[$0].metrics[place].isMeasured }
        isContested = rivals.count > 1 || rivals.contains { columns[$0].metrics[place].canBeInfinite }
    }
}

/// Some of the resamples, from one stream of draws.
private struct Portion: Sendable {
    /// By metric and candidate, the estimates of each resample; one that drew nothing of it leaves none.
    private(set) var metrics: [[[Double]]]
    /// By metric.
    private(set) var contests: [FrontContest]

    init(of table: LoadTable, _ fields: [Contest], resamples: Int, generator: SeededGenerator) {
        let columns = table.columns
        var draw = ResampleDraw(samples: table.samples, rounds: table.rounds, generator: generator)
        var contests = fields.map { _ in FrontContest(count: columns.count) }
        var metrics = fields.map { _ in columns.map { _ in [Double]() } }
        for place in fields.indices {
            for index in columns.indices { metrics[place][index].reserveCapacity(resamples) }
        }
        let needsAccuracy = fields.contains(where: \.isContested)
        var accuracies = [Double?](repeating: nil, count: columns.count)
        for _ in 0..<resamples {
            draw.next()
            let weights = draw.weights
            for (index, column) in columns.enumerated() {
                if needsAccuracy { accuracies[index] = column.accuracy.estimate(counts: draw.counts) }
                for place in fields.indices {
                    guard let metric = column.metrics[place].estimate(weights: weights) else { continue }
                    metrics[place][index].append(metric)
                    guard fields[place].isContested, let accuracy = accuracies[index] else { continue }
                    contests[place].enter(
                        index, accuracy: accuracy, metric: metric, isBetterHigher: fields[place].isBetterHigher)
                }
            }
            for place in fields.indices where fields[place].isContested { contests[place].settle() }
        }
        (self.metrics, self.contests) = (metrics, contests)
    }
}

/// Counts in how many resamples each candidate had a place, and in how many nothing dominated it.
private struct FrontContest {
    private var positions: [FrontPosition]
    /// The candidates that have a place in this resample.
    private var entered: [Int] = []
    private(set) var placed: [Int]
    private(set) var onFront: [Int]

    init(count: Int) {
        positions = Array(repeating: FrontPosition(accuracy: 0, speed: 0), count: count)
        placed = Array(repeating: 0, count: count)
        onFront = Array(repeating: 0, count: count)
    }

    /// What never comes has been measured and is beaten, whatever the others are.
    mutating func enter(_ index: Int, accuracy: Double, metric: Double, isBetterHigher: Bool) {
        placed[index] += 1
        guard
            let position = FrontPosition(accuracy: accuracy, metric: metric, isBetterHigher: isBetterHigher)
        else { return }
        positions[index] = position
        entered.append(index)
    }

    /// Ends a resample.
    mutating func settle() {
        for index in entered where !entered.contains(where: { positions[$0].dominates(positions[index]) }) {
            onFront[index] += 1
        }
        entered.removeAll(keepingCapacity: true)
    }
}
