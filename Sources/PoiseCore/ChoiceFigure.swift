/// A number of a candidate that a choice looks at; its name is METRICS' word.
package enum ChoiceFigure: Hashable, Sendable {
    /// The share of right answers.
    case accuracy
    case metric(Metric)
    /// A chain of k dependent steps: k × mean latency.
    case chainTime
    /// The chance that all k steps are right: accuracyᵏ.
    case chainSuccess

    package static let allCases: [ChoiceFigure] =
        [.accuracy] + Metric.allCases.map(ChoiceFigure.metric) + [.chainTime, .chainSuccess]

    package enum Unit: Hashable, Sendable {
        case share
        case metric(Metric.Unit)
    }

    package var unit: Unit {
        switch self {
        case .accuracy, .chainSuccess: .share
        case .metric(let metric): .metric(metric.unit)
        case .chainTime: .metric(.milliseconds)
        }
    }

    /// Whether more of it is better.
    package var isBetterHigher: Bool {
        switch self {
        case .accuracy, .chainSuccess: true
        case .metric(let metric): metric.isBetterHigher
        case .chainTime: false
        }
    }

    /// Whether it says how many answers are right, whatever they took.
    package var isQuality: Bool { self == .accuracy || self == .chainSuccess }
}

extension ChoiceFigure: RawRepresentable, Codable {
    package init?(rawValue: String) {
        guard let figure = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = figure
    }

    package var rawValue: String {
        switch self {
        case .accuracy: "accuracy"
        case .metric(let metric): metric.rawValue
        case .chainTime: "chainTime"
        case .chainSuccess: "chainSuccess"
        }
    }
}
