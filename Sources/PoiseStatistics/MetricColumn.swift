import PoiseCore

/// One number of one candidate at one load, as it is of the trials themselves and of any resample of them.
struct MetricColumn: Sendable {
    private let form: Form
    /// Trials that the number is taken from.
    let trials: Int
    /// Different samples that they belong to.
    let samples: Int

    private enum Form: Sendable {
        case nothing
        /// METRICS' decode speed, with its rules for few and short trials.
        case speed(SpeedColumn)
        case median(WeightedMedian)
        /// Σ of one / Σ of another, infinite where the second is 0.
        case ratio(CountVector, CountVector)
    }

    /// - Parameters:
    ///   - cells: samples of the load × rounds that are resampled.
    ///   - price: for what a correct answer costs.
    init(_ metric: Metric, of measurements: [Measurement], samples: Int, rounds: Int, price: Price? = nil) {
        func cell(_ measurement: Measurement) -> Int {
            (rounds == 1 ? 0 : measurement.round * samples) + measurement.sample
        }
        func median(_ value: (Measurement) -> Double?) -> (Form, [Measurement]) {
            let measured = measurements.filter { value($0) != nil }
            guard !measured.isEmpty else { return (.nothing, []) }
            let sorted = measured.map { (value: value($0) ?? 0, cell: Int32(cell($0))) }
                .sorted { ($0.value, $0.cell) < ($1.value, $1.cell) }
            return (
                .median(
                    WeightedMedian(
                        ofSorted: sorted.map(\.value), cells: sorted.map(\.cell), cellCount: samples * rounds)),
                measured
            )
        }
        /// What right answers took: nothing is known where no trial has the amount, or none a score.
        func perCorrect(_ amount: (Measurement) -> Double?) -> (Form, [Measurement]) {
            let measured = measurements.filter { amount($0) != nil }
            guard !measured.isEmpty, measurements.contains(where: { $0.score != nil }) else { return (.nothing, []) }
            var amounts = CountVector(count: samples * rounds)
            var scores = CountVector(count: samples * rounds)
            for measurement in measurements {
                amounts[cell(measurement)] += amount(measurement) ?? 0
                scores[cell(measurement)] += measurement.score ?? 0
            }
            return (.ratio(amounts, scores), measured)
        }
        let counted: [Measurement]
        switch metric {
        case .decodeTPS:
            let column = SpeedColumn(measurements, samples: samples, rounds: rounds)
            form = column.method == nil ? .nothing : .speed(column)
            (trials, self.samples) = (column.trials, column.samples)
            return
        case .ttft: (form, counted) = median(\.ttft)
        case .ttfo: (form, counted) = median(\.ttfo)
        case .latency: (form, counted) = median(\.latency)
        case .charactersPerSecond: (form, counted) = median(\.charactersPerSecond)
        case .outputTokens: (form, counted) = median { $0.outputTokens.map(Double.init) }
        case .timeToCorrect: (form, counted) = perCorrect(\.latency)
        case .tokensToCorrect: (form, counted) = perCorrect { $0.outputTokens.map(Double.init) }
        case .costToCorrect:
            let costs = price.flatMap { TrialCosts(of: measurements, at: $0) }
            (form, counted) = perCorrect { trial in costs.flatMap { $0.cost(of: trial) } }
        case .throughput, .memory: (form, counted) = (.nothing, [])
        }
        trials = counted.count
        self.samples = Set(counted.map(\.sample)).count
    }

    /// The number of a resample, or of the trials themselves where every weight is 1; nil where it drew none that has one.
    /// - Parameter weights: how often each cell was drawn, as often as there are cells in all.
    func estimate(weights: CountVector) -> Double? {
        switch form {
        case .nothing: return nil
        case .speed(let column): return column.estimate(weights: weights)
        case .median(let median): return median.value(weights: weights, drawn: Double(weights.count))
        case .ratio(let amounts, let scores):
            let score = scores.dot(weights)
            return score > 0 ? amounts.dot(weights) / score : .infinity
        }
    }
}
