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
        /// Nil where fewer than two samples have a score: one says nothing of how much they vary.
        let accuracy: Interval?
        /// Nil where fewer than two samples were decoded.
        let speed: Interval?
        /// The share of the resamples that give the candidate both numbers in which nothing dominates it.
        let frontProbability: Double?
    }

    init(of table: LoadTable, resamples: Int, generator: SeededGenerator) {
        var draw = Draw(samples: table.samples, rounds: table.rounds, generator: generator)
        let count = table.columns.count
        // One row of estimates for each candidate; not a number where a resample drew nothing of it.
        var accuracies = [[Double]](repeating: [], count: count)
        var speeds = [[Double]](repeating: [], count: count)
        var onFront = [Int](repeating: 0, count: count)
        var placed = [Int](repeating: 0, count: count)
        for index in 0..<count {
            accuracies[index].reserveCapacity(resamples)
            speeds[index].reserveCapacity(resamples)
        }
        var positions = [FrontPosition?](repeating: nil, count: count)
        for _ in 0..<(table.samples > 0 ? resamples : 0) {
            draw.next()
            for (index, column) in table.columns.enumerated() {
                let accuracy = column.accuracy.estimate(counts: draw.counts)
                let speed = column.speed.estimate(weights: draw.weights)
                if let accuracy { accuracies[index].append(accuracy) }
                if let speed { speeds[index].append(speed) }
                positions[index] =
                    if let accuracy, let speed { FrontPosition(accuracy: accuracy, speed: speed) } else { nil }
            }
            for (index, isMember) in FrontPosition.front(of: positions).enumerated() {
                if positions[index] != nil { placed[index] += 1 }
                if isMember { onFront[index] += 1 }
            }
        }
        candidates = table.columns.indices.map { index in
            let column = table.columns[index]
            return Outcome(
                accuracy: column.accuracy.n < 2 ? nil : .percentile(of: accuracies[index]),
                speed: column.speed.samples < 2 ? nil : .percentile(of: speeds[index]),
                frontProbability: placed[index] == 0 ? nil : Double(onFront[index]) / Double(placed[index])
            )
        }
    }
}

/// One resample after another: how often each sample, and each cell of sample × round, was drawn.
private struct Draw {
    private(set) var counts: [Int32]
    private(set) var weights: [Int32]
    private var roundCounts: [Int32]
    private var generator: SeededGenerator

    init(samples: Int, rounds: Int, generator: SeededGenerator) {
        counts = Array(repeating: 0, count: samples)
        weights = Array(repeating: 0, count: samples * rounds)
        roundCounts = Array(repeating: 0, count: rounds)
        self.generator = generator
    }

    mutating func next() {
        Self.fill(&counts, using: &generator)
        guard roundCounts.count > 1 else {
            weights = counts
            return
        }
        Self.fill(&roundCounts, using: &generator)
        var cell = 0
        for count in counts {
            for roundCount in roundCounts {
                weights[cell] = count * roundCount
                cell += 1
            }
        }
    }

    /// As many draws with replacement as there are places.
    private static func fill(_ counts: inout [Int32], using generator: inout SeededGenerator) {
        for index in counts.indices { counts[index] = 0 }
        for _ in counts.indices { counts[generator.next(below: counts.count)] += 1 }
    }
}
