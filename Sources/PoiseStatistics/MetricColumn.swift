import PoiseCore

/// One number of one candidate at one load, as it is of the trials themselves and of any resample of them.
struct MetricColumn: Sendable {
    private let form: Form
    /// Trials that the number is taken from.
    let trials: Int
    /// Different samples that they belong to; of a throughput, rounds that a resample draws from. One alone says nothing
    /// of how much the number varies.
    let samples: Int

    private enum Form: Sendable {
        case nothing
        /// The same in every resample.
        case constant(Double)
        /// METRICS' decode speed, with its rules for few and short trials.
        case speed(SpeedColumn)
        case median(WeightedMedian)
        /// Σ of one / Σ of another, infinite where the second is 0.
        case ratio(CountVector, CountVector)
        /// Tokens and milliseconds of each round that is resampled, and the samples of which it is made.
        case rounds([Throughput.Round], samples: Int)
    }

    /// - Parameters:
    ///   - samples: samples of the load.
    ///   - rounds: rounds that are resampled, 1 where they are left as they are. The cell of a trial, round × samples +
    ///     sample, says how often a resample drew it.
    ///   - price: for what a correct answer costs.
    ///   - costs: the same where trials that are not among these share an hour with them.
    ///   - memory: bytes, for the metric that no trial has.
    init(
        _ metric: Metric, of measurements: [Measurement], samples: Int, rounds: Int, price: Price? = nil,
        costs: TrialCosts? = nil, memory: Int64? = nil
    ) {
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
        /// What right answers took: nothing is known where no trial has the amount, or none a score. A response from the
        /// cache counts only where it has the amount: what it took, if anything, was taken in another run.
        func perCorrect(_ amount: (Measurement) -> Double?) -> (Form, [Measurement]) {
            let counted = measurements.filter { !$0.isCached || amount($0) != nil }
            let measured = counted.filter { amount($0) != nil }
            guard !measured.isEmpty, counted.contains(where: { $0.score != nil }) else { return (.nothing, []) }
            var amounts = CountVector(count: samples * rounds)
            var scores = CountVector(count: samples * rounds)
            for measurement in counted {
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
        case .throughput:
            let all = measurements.throughputRounds ?? []
            form =
                all.isEmpty
                ? .nothing
                : rounds == 1 || all.count < rounds
                    ? Throughput.speed(of: all).map(Form.constant) ?? .nothing : .rounds(all, samples: samples)
            trials = measurements.count { !$0.isCached }
            if case .rounds = form { self.samples = rounds } else { self.samples = 1 }
            return
        case .memory:
            form = memory.map { .constant(Double($0)) } ?? .nothing
            (trials, self.samples) = (0, memory == nil ? 0 : 1)
            return
        case .costToCorrect:
            let costs = costs ?? price.flatMap { TrialCosts(of: measurements, at: $0) }
            (form, counted) = perCorrect { trial in costs.flatMap { $0.cost(of: trial) } }
        }
        trials = counted.count
        self.samples = Set(counted.map(\.sample)).count
    }

    /// The number of a resample, or of the trials themselves where every weight is 1; nil where it drew none that has one.
    /// - Parameter weights: how often each cell was drawn, as often as there are cells in all.
    func estimate(weights: CountVector) -> Double? {
        switch form {
        case .nothing: return nil
        case .constant(let value): return value
        case .speed(let column): return column.estimate(weights: weights)
        case .median(let median): return median.value(weights: weights, drawn: Double(weights.count))
        case .ratio(let amounts, let scores):
            let score = scores.dot(weights)
            return score > 0 ? amounts.dot(weights) / score : .infinity
        case .rounds(let rounds, let samples):
            // Every sample of a round is drawn as often as its round beside its own count, so that the sum over them
            // is the round's count times the number of samples.
            let drawn = rounds.indices.map { round in
                (0..<samples).reduce(0) { $0 + weights[round * samples + $1] } / Double(samples)
            }
            return Throughput.speed(of: rounds, drawn: drawn)
        }
    }

    /// Whether there is a number at all.
    var isMeasured: Bool {
        if case .nothing = form { false } else { true }
    }

    /// Whether it is the same in every resample: the memory of an engine, a throughput whose rounds are left as they are.
    var isConstant: Bool {
        if case .constant = form { true } else { false }
    }

    /// Whether a resample may have drawn nothing that it is divided by.
    var canBeInfinite: Bool {
        if case .ratio = form { true } else { false }
    }

    /// How a decode speed was taken; nil of another metric.
    var speedMethod: FrontPoint.SpeedMethod? {
        if case .speed(let column) = form { column.method } else { nil }
    }
}
