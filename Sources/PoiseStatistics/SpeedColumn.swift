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
    /// tok/s, ascending: walked to the middle for each resample.
    private let speeds: [Double]
    /// Decoded tokens and milliseconds of each trial, for the quotient of sums.
    private let tokens: [Double]
    private let spans: [Double]
    /// For each trial the cell, sample × rounds + round, that says how often a resample drew it.
    private let cells: [Int32]
    /// Different samples that the trials belong to.
    let samples: Int

    /// - Parameter rounds: rounds of the load, or 1 where they are not resampled.
    init(_ measurements: [Measurement], rounds: Int) {
        let decoded = measurements.compactMap { measurement in
            measurement.decoding.map { decoding in
                let cell = measurement.sample * rounds + (rounds == 1 ? 0 : measurement.round)
                return (decoding: decoding, sample: measurement.sample, cell: Int32(cell))
            }
        }
        let long = decoded.filter { $0.decoding.tokens >= Self.leastTokens }
        let trials: [(decoding: Measurement.Decoding, sample: Int, cell: Int32)]
        if long.count >= Self.leastTrials {
            method = .median
            trials = long.sorted { ($0.decoding.speed, $0.cell) < ($1.decoding.speed, $1.cell) }
        } else {
            method = decoded.isEmpty ? nil : .ratioOfSums
            trials = decoded
        }
        speeds = trials.map(\.decoding.speed)
        tokens = trials.map { Double($0.decoding.tokens) }
        spans = trials.map(\.decoding.span)
        cells = trials.map(\.cell)
        samples = Set(trials.map(\.sample)).count
    }

    /// Trials that the speed is taken from.
    var trials: Int { cells.count }

    /// tok/s of a resample, or of the trials themselves where every weight is 1; nil where it drew none that has one.
    /// - Parameter weights: how often each cell was drawn.
    func estimate(weights: [Int32]) -> Double? {
        switch method {
        case .median: weightedMedian(ofSorted: speeds, cells: cells, weights: weights)
        case .ratioOfSums: ratioOfSums(weights: weights)
        case nil: nil
        }
    }

    private func ratioOfSums(weights: [Int32]) -> Double? {
        var token = 0.0
        var span = 0.0
        for index in cells.indices {
            let weight = Double(weights[Int(cells[index])])
            token += weight * tokens[index]
            span += weight * spans[index]
        }
        return span > 0 ? token / span * 1000 : nil
    }
}
