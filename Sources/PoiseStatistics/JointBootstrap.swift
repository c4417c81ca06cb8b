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
        /// Nil where another method gives the interval, and where fewer than two samples have a score: one says nothing
        /// of how much they vary.
        let accuracy: Interval?
        /// Nil where fewer than two samples were decoded.
        let speed: Interval?
        /// The share of the resamples that give the candidate both numbers in which nothing dominates it.
        let frontProbability: Double?
    }

    init(of table: LoadTable, resamples: Int, generator: SeededGenerator) {
        let columns = table.columns
        var draw = ResampleDraw(samples: table.samples, rounds: table.rounds, generator: generator)
        // Where nobody has a rival, everybody is on the front whatever is drawn.
        let rivals = columns.indices.filter { columns[$0].accuracy.n > 0 && columns[$0].speed.method != nil }
        let isContested = rivals.count > 1
        // Estimates of each candidate; a resample that drew nothing of it leaves none.
        var accuracies = [[Double]](repeating: [], count: columns.count)
        var speeds = [[Double]](repeating: [], count: columns.count)
        let needsAccuracy = columns.map { $0.accuracy.method == .bootstrap && $0.accuracy.n > 1 }
        for index in columns.indices {
            if needsAccuracy[index] { accuracies[index].reserveCapacity(resamples) }
            speeds[index].reserveCapacity(resamples)
        }
        var contest = FrontContest(count: columns.count)
        for _ in 0..<(table.samples > 0 ? resamples : 0) {
            draw.next()
            for (index, column) in columns.enumerated() {
                let speed = column.speed.estimate(weights: draw.weights)
                if let speed { speeds[index].append(speed) }
                guard needsAccuracy[index] || isContested else { continue }
                let accuracy = column.accuracy.estimate(counts: draw.counts)
                if let accuracy, needsAccuracy[index] { accuracies[index].append(accuracy) }
                if let accuracy, let speed { contest.enter(index, accuracy: accuracy, speed: speed) }
            }
            contest.settle()
        }
        candidates = columns.indices.map { index in
            let column = columns[index]
            let isAlone = !isContested && rivals.contains(index) && resamples > 0
            return Outcome(
                accuracy: needsAccuracy[index] ? .percentile(of: accuracies[index]) : nil,
                speed: column.speed.samples < 2 ? nil : .percentile(of: speeds[index]),
                frontProbability: isAlone ? 1 : contest.frontProbability(of: index)
            )
        }
    }
}

/// Counts in how many resamples each candidate had a place, and in how many nothing dominated it.
private struct FrontContest {
    private var positions: [FrontPosition]
    /// The candidates that have a place in this resample.
    private var entered: [Int] = []
    private var placed: [Int]
    private var onFront: [Int]

    init(count: Int) {
        positions = Array(repeating: FrontPosition(accuracy: 0, speed: 0), count: count)
        placed = Array(repeating: 0, count: count)
        onFront = Array(repeating: 0, count: count)
    }

    mutating func enter(_ index: Int, accuracy: Double, speed: Double) {
        positions[index] = FrontPosition(accuracy: accuracy, speed: speed)
        entered.append(index)
    }

    /// Ends a resample.
    mutating func settle() {
        for index in entered {
            placed[index] += 1
            if !entered.contains(where: { positions[$0].dominates(positions[index]) }) { onFront[index] += 1 }
        }
        entered.removeAll(keepingCapacity: true)
    }

    func frontProbability(of index: Int) -> Double? {
        placed[index] == 0 ? nil : Double(onFront[index]) / Double(placed[index])
    }
}
