import PoiseCore

/// The number that a rule limits, of one candidate, as it is of the trials themselves and of any resample of them.
struct RuleColumn: Sendable {
    /// Samples that the number is taken from; of a throughput, rounds.
    let samples: Int
    /// Samples that an interval of it takes at least.
    let least: Int
    /// Nil where a resample drew none that has a value.
    let estimate: @Sendable (_ weights: CountVector) -> Double?

    /// Samples from which on a bootstrap of means and sums is an interval at all, by common advice.
    private static let leastOfMeans = 10

    /// Numbers of which the trials have values, or that are quotients of sums over them; nil for all others.
    init?(
        _ rule: GateRule, of measurements: [Measurement], samples: Int, rounds: Int, price: Price?
    ) {
        if let column = Self.quantileColumn(of: rule, measurements, samples: samples, rounds: rounds) {
            self.samples = column.samples
            least = QuantileColumn.leastSamples(column.probability)
            estimate = { column.estimate(weights: $0) }
            return
        }
        guard let metric = rule.quantity.sampledMetric else { return nil }
        let column = MetricColumn(metric, of: measurements, samples: samples, rounds: rounds, price: price)
        self.samples = column.samples
        switch metric {
        case .timeToCorrect, .tokensToCorrect, .costToCorrect: least = Self.leastOfMeans
        case .throughput: least = LoadTable.leastRounds
        default: least = QuantileColumn.leastSamples(0.5)
        }
        estimate = { column.estimate(weights: $0) }
    }

    /// Shares of samples, each of which counts once however many trials it has.
    init(_ column: ShareColumn) {
        samples = column.samples
        least = Self.leastOfMeans
        estimate = { column.estimate(counts: $0) }
    }

    /// Of a quantile that the rule names, and of the numbers that no metric stands for.
    private static func quantileColumn(
        of rule: GateRule, _ measurements: [Measurement], samples: Int, rounds: Int
    ) -> QuantileColumn? {
        let value: ((Measurement) -> Double?)? =
            switch rule.quantity {
            case .decodeTPS:
                { $0.decoding.flatMap { $0.tokens >= SpeedColumn.leastTokens ? $0.speed : nil } }
            case .ttft: { $0.ttft }
            case .ttfo: { $0.ttfo }
            case .latency: { $0.latency }
            case .queueDelay: { $0.queueDelay }
            case .charactersPerSecond: { $0.charactersPerSecond }
            case .outputTokens: { $0.outputTokens.map(Double.init) }
            case .promptTokens: { $0.promptTokens.map(Double.init) }
            default: nil
            }
        guard let value, rule.quantile != nil || rule.quantity.sampledMetric == nil else { return nil }
        return QuantileColumn(
            rule.quantile ?? 0.5, of: measurements, samples: samples, rounds: rounds, value: value)
    }
}

extension GateQuantity {
    /// The metric whose number it is, where that is taken from samples.
    var sampledMetric: Metric? {
        switch self {
        case .decodeTPS: .decodeTPS
        case .ttft: .ttft
        case .ttfo: .ttfo
        case .latency: .latency
        case .charactersPerSecond: .charactersPerSecond
        case .outputTokens: .outputTokens
        case .throughput: .throughput
        case .timeToCorrect: .timeToCorrect
        case .tokensToCorrect: .tokensToCorrect
        case .costToCorrect: .costToCorrect
        default: nil
        }
    }
}
