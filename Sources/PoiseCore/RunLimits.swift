/// What ends a whole run before all of its trials are asked: what is finished is kept, and the rest can be asked later.
package struct RunLimits: Hashable, Codable, Sendable {
    package var failOnError: ErrorTolerance?
    /// In the currency of the candidates' prices.
    package var maxCost: Double?
    /// Seconds from the run's beginning.
    package var maxTime: Double?

    package init(failOnError: ErrorTolerance? = nil, maxCost: Double? = nil, maxTime: Double? = nil) {
        self.failOnError = failOnError
        self.maxCost = maxCost
        self.maxTime = maxTime
    }

    package var isNever: Bool { self == RunLimits() }

    /// These where they say something, else those of before.
    package func over(_ others: RunLimits?) -> RunLimits {
        RunLimits(
            failOnError: failOnError ?? others?.failOnError, maxCost: maxCost ?? others?.maxCost,
            maxTime: maxTime ?? others?.maxTime)
    }
}

/// How many trials may fail before the run ends: `3`, `10%` or `0.1`.
///
/// As inspect_ai reads its `--fail-on-error`: the run ends as soon as so many have failed, so that 1 is the first of them.
package enum ErrorTolerance: Hashable, Sendable {
    case count(Int)
    /// Of the trials that the plan has, 0…1.
    case share(Double)

    package func isSpent(failed: Int, planned: Int) -> Bool {
        switch self {
        case .count(let most): failed >= most
        case .share(let share): failed > 0 && Double(failed) >= share * Double(planned)
        }
    }
}

extension ErrorTolerance: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .count(let most): "\(most)"
        case .share(let share): "\((share * 1e6).rounded() / 1e4)%"
        }
    }

    /// - Returns: nil for what is neither a count from 1 on nor a share above 0 and of at most 100%.
    package init?(_ text: String) {
        if let count = Int(text) {
            guard count >= 1 else { return nil }
            self = .count(count)
            return
        }
        let isPercent = text.hasSuffix("%")
        let digits = isPercent ? text.dropLast() : text[...]
        guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits) else {
            return nil
        }
        let share = isPercent ? number / 100 : number
        // Nobody knows whether 1.0 is all of them or the first.
        guard share > 0, isPercent ? share <= 1 : share < 1 else { return nil }
        self = .share(share)
    }
}

extension ErrorTolerance: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let read = ErrorTolerance(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither a count nor a share")
        }
        self = read
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
