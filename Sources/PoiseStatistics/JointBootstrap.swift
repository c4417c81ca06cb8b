import PoiseCore

/// Resamples of one load in which every candidate meets the same drawn samples and rounds.
///
/// Efron 1979, with the sample as the unit: all trials of a sample are drawn together, so that its epochs and rounds
/// are no evidence of their own. Joint, because candidates that stumble over the same samples differ by less than their
/// own intervals suggest.
struct JointBootstrap: Sendable {
    /// For each candidate in the table's order.
    let candidates: [Outcome]

    struct Outcome: Sendable {
        /// Nil where fewer than two samples have the number.
        let metric: Interval?
        /// The share of the resamples that give the candidate both numbers in which nothing dominates it; nil where
        /// fewer than two samples have them, since every resample of one sample is that sample.
        let frontProbability: Double?
    }

    init(of table: LoadTable, resamples: Int, generator: SeededGenerator) {
        let columns = table.columns
        // Where nobody has a rival, everybody is on the front whatever is drawn, unless the number may have no end.
        let rivals = columns.indices.filter { columns[$0].accuracy.n > 0 && columns[$0].metric.isMeasured }
        let isContested = rivals.count > 1 || rivals.contains { columns[$0].metric.canBeInfinite }
        let portions = ResamplePortions.map(table.samples > 0 ? resamples : 0, generator: generator) {
            Portion(of: table, resamples: $0, isContested: isContested, generator: $1)
        }
        candidates = columns.indices.map { index in
            let column = columns[index]
            let placed = portions.reduce(0) { $0 + $1.placed[index] }
            let onFront = portions.reduce(0) { $0 + $1.onFront[index] }
            let isAlone = !isContested && rivals.contains(index) && resamples > 0
            let varies = column.accuracy.n > 1 && (column.metric.samples > 1 || column.metric.isConstant)
            return Outcome(
                metric: column.metric.samples < 2 ? nil : .percentile(of: portions.flatMap { $0.metrics[index] }),
                frontProbability: !varies ? nil : isAlone ? 1 : placed == 0 ? nil : Double(onFront) / Double(placed)
            )
        }
    }
}

/// Some of the resamples, from one stream of draws.
private struct Portion: Sendable {
    /// By candidate, the estimates of each resample; one that drew nothing of it leaves none.
    private(set) var metrics: [[Double]]
    /// By candidate, resamples that gave it both numbers, and those of them in which nothing dominated it.
    private(set) var placed: [Int]
    private(set) var onFront: [Int]

    init(of table: LoadTable, resamples: Int, isContested: Bool, generator: SeededGenerator) {
        let columns = table.columns
        var draw = ResampleDraw(samples: table.samples, rounds: table.rounds, generator: generator)
        var contest = FrontContest(count: columns.count)
        metrics = Array(repeating: [], count: columns.count)
        for index in columns.indices {
            metrics[index].reserveCapacity(resamples)
        }
        for _ in 0..<resamples {
            draw.next()
            for (index, column) in columns.enumerated() {
                let metric = column.metric.estimate(weights: draw.weights)
                if let metric { metrics[index].append(metric) }
                guard isContested else { continue }
                if let metric, let accuracy = column.accuracy.estimate(counts: draw.counts) {
                    contest.enter(
                        index, accuracy: accuracy, metric: metric, isBetterHigher: table.isBetterHigher)
                }
            }
            contest.settle()
        }
        (placed, onFront) = (contest.placed, contest.onFront)
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
