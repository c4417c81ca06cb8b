import PoiseCore

/// The keys of one rule of `gate`: what stands behind the name of the number that it limits.
enum GateKeys {
    static let nonInferiorBy = Key<Double>.optional(
        "non_inferior_by", .share,
        "The candidate is at most so much worse than the baseline: 0.03 or 3% is 3 points. Decided by the interval of the"
            + " paired difference, not by the estimate."
    )
    static let task = Key.optional(
        "task", Form<LocatedText>.locatedText, "The task that counts, by its name; all together where it is left out."
    )
    static let load = Key<Load>.optional(
        "load", .load, "The load at which the rule counts; each that was measured where it is left out."
    )
    static let quantile = Key.optional(
        "quantile", Form.oneOf(quantiles.map(\.name)), default: "median", as: .string("median"),
        "Which of the trials' values: p95 is the one that 95 of 100 do not exceed."
    )

    static let quantiles: [(name: String, share: Double)] = [
        ("p5", 0.05), ("p25", 0.25), ("median", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99),
    ]

    static func atLeast(_ quantity: GateQuantity) -> Key<GateRule.Limit> {
        .optional("at_least", .limit(to: quantity), "It is surely not below this: \(example(of: quantity)).")
    }

    static func atMost(_ quantity: GateQuantity) -> Key<GateRule.Limit> {
        .optional("at_most", .limit(to: quantity), "It is surely not above this: \(example(of: quantity)).")
    }

    /// The keys that a rule about a number may have.
    static func keys(of quantity: GateQuantity) -> [KeyDeclaration] {
        (quantity.isAccuracy ? [nonInferiorBy.declaration] : [])
            + [atLeast(quantity).declaration, atMost(quantity).declaration]
            + (quantity.isOfPoint ? [] : [task.declaration]) + [load.declaration]
            + (quantity.hasQuantiles ? [quantile.declaration] : [])
    }

    /// Of which a rule has one.
    static func limits(of quantity: GateQuantity) -> [String] {
        (quantity.isAccuracy ? [nonInferiorBy.name] : []) + ["at_least", "at_most"]
    }

    /// One rule: the name of a number with the limit to it.
    static let shape = Shape.oneOfMappings(
        GateQuantity.allCases.map { quantity in
            [
                KeyDeclaration(
                    name: quantity.rawValue, summary: summary(of: quantity),
                    shape: .mapping(keys(of: quantity), exactlyOne: limits(of: quantity)), fallback: nil,
                    isRequired: true)
            ]
        })

    /// A limit as it is written.
    static func example(of quantity: GateQuantity) -> String {
        let own =
            switch quantity.kind {
            case .share: "0.7 or 70%"
            case .time: "500 ms or 1.2 s"
            case .tokensPerSecond: "20 tok/s"
            case .charactersPerSecond: "80 characters/s"
            case .tokens: "200"
            case .count: "100"
            case .bytes: "8 GB"
            case .money: "0.002"
            }
        return quantity.canBeRelative ? "\(own), or 0.95 of baseline" : own
    }

    private static func summary(of quantity: GateQuantity) -> String {
        switch quantity {
        case .accuracy, .score: "The mean score over samples."
        case .accuracyLow: "The lower end of the accuracy's 95% interval."
        case .accuracyHigh: "The upper end of the accuracy's 95% interval."
        case .decodeTPS: "The decode speed: the median over responses."
        case .decodeTPSLow: "The lower end of the decode speed's 95% interval."
        case .decodeTPSHigh: "The upper end of the decode speed's 95% interval."
        case .ttft: "The time to the first token, thinking included."
        case .ttfo: "The time to the first token of the answer."
        case .latency: "The time to the last token."
        case .queueDelay: "The wait before a request went out; at an arrival rate only."
        case .charactersPerSecond: "Characters of the answer per second of decoding."
        case .throughput: "Output tokens of all responses per second of the load level."
        case .outputTokens: "Tokens of a response."
        case .promptTokens: "Tokens of a prompt."
        case .timeToCorrect: "What a person waits for a right answer: all latency per right answer."
        case .tokensToCorrect: "All output tokens per right answer."
        case .costToCorrect: "All cost per right answer, in the price's currency."
        case .memory: "The most memory that the engine held."
        case .lengthCapped: "The share of responses that the length cap cut."
        case .unscored: "The share of trials without a score."
        case .failed: "The share of trials without a response."
        case .n: "Samples that have a score."
        case .onFront: "1 where no candidate of the run beats it on accuracy and decode speed, else 0."
        case .frontProbability: "The share of resamples in which nothing beats it."
        }
    }
}
