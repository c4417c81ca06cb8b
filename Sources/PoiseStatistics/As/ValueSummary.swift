import PoiseCore

/// The statistics that other tools print of a list of values; nil where there is no value.
package struct ValueSummary: Sendable {
    /// In ascending order.
    private let values: [Double]

    package init(_ values: some Sequence<Double>) {
        self.values = values.sorted()
    }

    package var mean: Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    package var minimum: Double? { values.first }
    package var maximum: Double? { values.last }

    /// Linear between ranks, as in NumPy and pandas.
    package func percentile(_ percent: Double) -> Double? {
        quantile(percent / 100, ofSorted: values)
    }

    /// - Parameter degreesOfFreedomLost: 0 for NumPy's deviation (of the population), 1 for pandas' (of a sample).
    package func standardDeviation(degreesOfFreedomLost lost: Int = 0) -> Double? {
        guard let mean, values.count > lost else { return nil }
        let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - lost)).squareRoot()
    }
}

/// Gaps between chunks in whole microseconds, counted: a run has millions of gaps and few different ones.
package struct GapCounts: Sendable {
    private var counts: [Int64: Int] = [:]
    private var total = 0

    package init() {}

    package mutating func add(_ gaps: [Int64]) {
        for gap in gaps { counts[gap, default: 0] += 1 }
        total += gaps.count
    }

    /// The same statistics as of the gaps written out, in milliseconds.
    package func summary() -> Summary {
        var before = 0
        let steps = counts.sorted { $0.key < $1.key }.map { gap, count in
            before += count
            return (value: Double(gap) / 1000, count: count, upTo: before)
        }
        return Summary(steps: steps, total: total)
    }

    package struct Summary: Sendable {
        /// Different values in ascending order, each with its count and the count of all up to it.
        fileprivate let steps: [(value: Double, count: Int, upTo: Int)]
        fileprivate let total: Int

        package var mean: Double? {
            total > 0 ? steps.reduce(0.0) { $0 + $1.value * Double($1.count) } / Double(total) : nil
        }

        /// Of the population, as NumPy has it.
        package var standardDeviation: Double? {
            guard let mean else { return nil }
            let squares = steps.reduce(0.0) { $0 + ($1.value - mean) * ($1.value - mean) * Double($1.count) }
            return (squares / Double(total)).squareRoot()
        }

        /// Linear between ranks, as in NumPy.
        package func percentile(_ percent: Double) -> Double? {
            guard total > 0 else { return nil }
            let rank = Double(total - 1) * percent / 100
            let below = Int(rank)
            guard let low = value(at: below) else { return nil }
            guard let high = value(at: below + 1) else { return low }
            return low + (high - low) * (rank - Double(below))
        }

        /// The value at a rank counted from 0, by bisection.
        private func value(at rank: Int) -> Double? {
            var (low, high) = (0, steps.count)
            while low < high {
                let middle = (low + high) / 2
                if steps[middle].upTo > rank { high = middle } else { low = middle + 1 }
            }
            return low < steps.count ? steps[low].value : nil
        }
    }
}

/// Values with weights and no interpolation: the quantile is the least value with enough weight up to it.
package struct WeightedValues: Sendable {
    private let steps: [(value: Double, upTo: Double)]
    private let sum: Double

    /// Values without weight do not count.
    package init(_ values: some Sequence<(value: Double, weight: Double)>) {
        var total = 0.0
        var sum = 0.0
        steps = values.filter { $0.weight > 0 }.sorted { $0.value < $1.value }.map { value, weight in
            total += weight
            sum += value * weight
            return (value, total)
        }
        self.sum = sum
    }

    private var total: Double { steps.last?.upTo ?? 0 }

    package var mean: Double? { total > 0 ? sum / total : nil }

    package func quantile(_ probability: Double) -> Double? {
        // Shares are sums of fractions: half of 10 equal weights must be found although 5 × 0.1 may be a hair less.
        let enough = total * probability * (1 - 1e-12)
        return steps.first { $0.upTo >= enough }?.value
    }
}
