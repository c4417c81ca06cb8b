import PoiseCore

/// The decode speeds of one candidate at one load.
struct SpeedColumn: Sendable {
    /// Decoded tokens (N − n₁) that make a trial's speed count: METRICS speaks of tokens *decoded*, and the first
    /// chunk's came out of the prefill.
    static let leastTokens = 8
    /// Trials that decoded that many for a median; below, the quotient of sums over all of them.
    static let leastTrials = 10

    /// Nil where nothing was decoded.
    let method: FrontPoint.SpeedMethod?
    /// Nil where the speed is none.
    private let median: WeightedMedian?
    /// Decoded tokens and milliseconds of each cell's trials, for the quotient of sums.
    private let tokens: CountVector
    private let spans: CountVector
    /// Trials that the speed is taken from.
    let trials: Int
    /// Different samples that the trials belong to.
    let samples: Int

    /// - Parameters:
    ///   - samples: samples of the load.
    ///   - rounds: rounds of the load, or 1 where they are not resampled. The cell of a trial, round × samples + sample,
    ///     says how often a resample drew it.
    init(_ measurements: [Measurement], samples: Int, rounds: Int) {
        let decoded = measurements.compactMap { measurement in
            measurement.decoding.map { decoding in
                let cell = (rounds == 1 ? 0 : measurement.round * samples) + measurement.sample
                return (decoding: decoding, sample: measurement.sample, cell: Int32(cell))
            }
        }
        let long = decoded.filter { $0.decoding.tokens >= Self.leastTokens }
        var tokens = CountVector(count: samples * rounds)
        var spans = CountVector(count: samples * rounds)
        if long.count >= Self.leastTrials {
            method = .median
            let sorted = long.sorted { ($0.decoding.speed, $0.cell) < ($1.decoding.speed, $1.cell) }
            median = WeightedMedian(
                ofSorted: sorted.map(\.decoding.speed), cells: sorted.map(\.cell), cellCount: samples * rounds)
        } else {
            method = decoded.isEmpty ? nil : .ratioOfSums
            median = nil
            for trial in decoded {
                tokens[Int(trial.cell)] += Double(trial.decoding.tokens)
                spans[Int(trial.cell)] += trial.decoding.span
            }
        }
        let trials = median == nil ? decoded : long
        self.tokens = tokens
        self.spans = spans
        self.trials = trials.count
        self.samples = Set(trials.map(\.sample)).count
    }

    /// tok/s of a resample, or of the trials themselves where every weight is 1; nil where it drew none that has one.
    /// - Parameter weights: how often each cell was drawn, as often as there are cells in all.
    func estimate(weights: CountVector) -> Double? {
        switch method {
        case .median: median?.value(weights: weights, drawn: Double(weights.count))
        case .ratioOfSums: ratioOfSums(weights: weights)
        case nil: nil
        }
    }

    private func ratioOfSums(weights: CountVector) -> Double? {
        let span = spans.dot(weights)
        return span > 0 ? tokens.dot(weights) / span * 1000 : nil
    }
}
