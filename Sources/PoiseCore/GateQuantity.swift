/// A number that a rule of a gate can put a limit to: columns of the database's views, and shares of what went wrong.
package enum GateQuantity: String, Hashable, Codable, Sendable, CaseIterable {
    /// The mean score over samples; `score` is what the view of trials calls it.
    case accuracy, score
    /// The ends of its 95% interval.
    case accuracyLow, accuracyHigh
    case decodeTPS, decodeTPSLow, decodeTPSHigh
    case ttft, ttfo, latency, queueDelay
    case charactersPerSecond, throughput
    case outputTokens, promptTokens
    case timeToCorrect, tokensToCorrect, costToCorrect
    case memory
    /// The share of responses that the length cap cut.
    case lengthCapped = "length_capped"
    /// The share of trials without a score.
    case unscored
    /// The share of trials without a response.
    case failed
    /// Samples that have a score.
    case n
    case onFront, frontProbability

    /// What its values, and limits to them, are written in.
    package enum Kind: Hashable, Sendable {
        /// 0…1
        case share
        /// Milliseconds.
        case time
        case tokensPerSecond, charactersPerSecond
        case tokens
        case count
        case bytes
        /// Of the price's currency.
        case money
    }

    package var kind: Kind {
        switch self {
        case .accuracy, .score, .accuracyLow, .accuracyHigh, .lengthCapped, .unscored, .failed, .onFront,
            .frontProbability:
            .share
        case .ttft, .ttfo, .latency, .queueDelay, .timeToCorrect: .time
        case .decodeTPS, .decodeTPSLow, .decodeTPSHigh, .throughput: .tokensPerSecond
        case .charactersPerSecond: .charactersPerSecond
        case .outputTokens, .promptTokens, .tokensToCorrect: .tokens
        case .n: .count
        case .memory: .bytes
        case .costToCorrect: .money
        }
    }

    /// Whether it is what a right answer is worth, so that graders must agree before it is compared.
    package var isAccuracy: Bool { self == .accuracy || self == .score }

    /// Whether graders have a say in it.
    package var dependsOnScores: Bool {
        switch self {
        case .accuracy, .score, .accuracyLow, .accuracyHigh, .timeToCorrect, .tokensToCorrect, .costToCorrect, .onFront,
            .frontProbability, .n, .unscored:
            true
        default: false
        }
    }

    /// Whether it says as much of the machine as of the candidate.
    package var isSpeed: Bool {
        switch kind {
        case .time, .tokensPerSecond, .charactersPerSecond: true
        default: false
        }
    }

    /// Whether it is a value of each trial, of which any quantile can be taken.
    package var hasQuantiles: Bool {
        switch self {
        case .decodeTPS, .ttft, .ttfo, .latency, .queueDelay, .charactersPerSecond, .outputTokens, .promptTokens: true
        default: false
        }
    }

    /// Whether it is a number of the whole point, which has none for one task.
    package var isOfPoint: Bool {
        switch self {
        case .accuracyLow, .accuracyHigh, .decodeTPSLow, .decodeTPSHigh, .onFront, .frontProbability, .memory,
            .throughput:
            true
        default: false
        }
    }

    /// Whether a limit may be a multiple of the baseline's.
    package var canBeRelative: Bool {
        switch self {
        case .accuracyLow, .accuracyHigh, .decodeTPSLow, .decodeTPSHigh, .onFront, .frontProbability, .failed,
            .unscored:
            false
        default: true
        }
    }
}
