/// A number of a point that candidates are placed and compared by, beside accuracy; METRICS' names.
package enum Metric: String, Hashable, Codable, Sendable, CaseIterable {
    case decodeTPS, ttft, ttfo, latency, charactersPerSecond, throughput, outputTokens
    case timeToCorrect, tokensToCorrect, costToCorrect
    case memory

    /// Whether more of it is better.
    package var isBetterHigher: Bool {
        switch self {
        case .decodeTPS, .charactersPerSecond, .throughput: true
        case .ttft, .ttfo, .latency, .outputTokens, .timeToCorrect, .tokensToCorrect, .costToCorrect, .memory: false
        }
    }

    /// What its values are in.
    package enum Unit: String, Hashable, Codable, Sendable {
        case tokensPerSecond, charactersPerSecond, milliseconds, tokens, currency, bytes
    }

    package var unit: Unit {
        switch self {
        case .decodeTPS, .throughput: .tokensPerSecond
        case .charactersPerSecond: .charactersPerSecond
        case .ttft, .ttfo, .latency, .timeToCorrect: .milliseconds
        case .outputTokens, .tokensToCorrect: .tokens
        case .costToCorrect: .currency
        case .memory: .bytes
        }
    }
}
