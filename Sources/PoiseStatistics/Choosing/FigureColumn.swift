import Foundation
import PoiseCore

/// One figure of one candidate at one load, as it is of the trials themselves and of any resample of them.
struct FigureColumn: Sendable {
    private enum Form: Sendable {
        case nothing
        /// What no resample changes: memory.
        case constant(Double)
        /// The share of right answers, to a power.
        case quality(AccuracyColumn, steps: Int)
        case metric(MetricColumn)
        /// Σ of one / Σ of another × a number of steps.
        case mean(CountVector, CountVector, steps: Int)
    }

    private let form: Form
    /// Different samples behind it; below 2 nothing is known of how much it varies.
    let samples: Int

    /// - Parameters:
    ///   - measured: where its price and its memory come from.
    ///   - chain: steps of a chain.
    init(
        _ figure: ChoiceFigure, of columns: LoadTable.Columns, in table: LoadTable, measured: MeasuredCandidate?,
        chain: Int
    ) {
        let measurements = columns.measurements
        switch figure {
        case .accuracy, .chainSuccess:
            let accuracy = columns.accuracy
            form = accuracy.n == 0 ? .nothing : .quality(accuracy, steps: figure == .accuracy ? 1 : chain)
            samples = accuracy.n
        case .chainTime:
            var sums = CountVector(count: table.samples * table.rounds)
            var counts = CountVector(count: table.samples * table.rounds)
            for trial in measurements {
                guard let latency = trial.latency else { continue }
                let cell = (table.rounds == 1 ? 0 : trial.round * table.samples) + trial.sample
                sums[cell] += latency
                counts[cell] += 1
            }
            let measured = measurements.filter { $0.latency != nil }
            form = measured.isEmpty ? .nothing : .mean(sums, counts, steps: chain)
            samples = Set(measured.map(\.sample)).count
        case .metric(.memory):
            form = measured?.peakMemory.map { .constant(Double($0)) } ?? .nothing
            samples = 0
        case .metric(let metric):
            let column = MetricColumn(
                metric, of: measurements, samples: table.samples, rounds: table.rounds, price: measured?.price)
            if metric == .throughput, column.trials == 0 {
                form = measurements.throughput.map(Form.constant) ?? .nothing
                samples = 0
            } else {
                form = column.trials == 0 ? .nothing : .metric(column)
                samples = column.samples
            }
        }
    }

    var isMeasured: Bool {
        if case .nothing = form { false } else { true }
    }

    /// - Parameters:
    ///   - counts: how often each sample was drawn.
    ///   - weights: how often each cell of round × sample was drawn.
    func estimate(counts: CountVector, weights: CountVector) -> Double? {
        switch form {
        case .nothing: return nil
        case .constant(let value): return value
        case .quality(let accuracy, let steps):
            return accuracy.estimate(counts: counts).map { steps == 1 ? $0 : pow($0, Double(steps)) }
        case .metric(let column): return column.estimate(weights: weights)
        case .mean(let sums, let counts, let steps):
            let count = counts.dot(weights)
            return count > 0 ? sums.dot(weights) / count * Double(steps) : nil
        }
    }
}
