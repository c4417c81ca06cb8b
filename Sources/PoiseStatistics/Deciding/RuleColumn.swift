import PoiseCore

/// How the number that a rule limits is taken of one side's trials.
struct RuleColumn: Sendable {
    /// Samples that an interval of it takes at least.
    let least: Int
    private let form: Form

    private enum Form: Sendable {
        case metric(Metric)
        case quantile(Double, @Sendable (Measurement) -> Double?)
    }

    /// Samples from which on a bootstrap of means and sums is an interval at all, by common advice.
    static let leastOfMeans = 10

    /// Of numbers of which the trials have values, or that are quotients of sums over them; nil for all others.
    init?(_ rule: GateRule) {
        if rule.quantile != nil || rule.quantity.sampledMetric == nil {
            guard let value = Self.value(of: rule.quantity) else { return nil }
            let probability = rule.quantile ?? 0.5
            least = QuantileColumn.leastSamples(probability)
            form = .quantile(probability, value)
            return
        }
        guard let metric = rule.quantity.sampledMetric else { return nil }
        switch metric {
        case .timeToCorrect, .tokensToCorrect, .costToCorrect: least = Self.leastOfMeans
        case .throughput: least = LoadTable.leastRounds
        default: least = QuantileColumn.leastSamples(0.5)
        }
        form = .metric(metric)
    }

    func column(of measurements: [Measurement], samples: Int, costs: TrialCosts?) -> SideColumn {
        switch form {
        case .metric(let metric):
            return SideColumn(metric, of: measurements, samples: samples, costs: costs)
        case .quantile(let probability, let value):
            let column = QuantileColumn(probability, of: measurements, value: value)
            return SideColumn(samples: column.samples) { column.estimate(counts: $0) }
        }
    }

    /// What a trial adds to a quantile.
    private static func value(of quantity: GateQuantity) -> (@Sendable (Measurement) -> Double?)? {
        switch quantity {
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
    }
}

extension SideColumn {
    /// Shares of samples, each of which counts once however many trials it has.
    init(_ column: ShareColumn) {
        samples = column.samples
        estimate = { column.estimate(counts: $0) }
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
