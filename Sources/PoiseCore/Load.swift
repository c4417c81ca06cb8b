/// The load under which responses are measured: how the next request finds its moment.
///
/// Written as a number (`4` requests in flight) or as a text (`5/s`, `5/s constant`), in databases, JSON and on the
/// command line alike.
package enum Load: Hashable, Sendable {
    /// Closed loop: so many requests in flight; the next one goes out when one is done.
    case concurrency(Int)
    /// Open loop: requests go out when their time has come, whatever the server does.
    case rate(perSecond: Double, arrivals: Arrivals)

    package enum Arrivals: String, Hashable, Codable, Sendable, CaseIterable {
        /// Exponential gaps, as people who know nothing of each other make them.
        case poisson
        /// Equal gaps.
        case constant
    }

    /// Requests in flight, where the load says how many.
    package var concurrency: Int? {
        if case .concurrency(let count) = self { count } else { nil }
    }

    package var isOpenLoop: Bool { concurrency == nil }

    /// A number of its own for each load, to set its random draws apart from those of another.
    package var stream: UInt64 {
        switch self {
        case .concurrency(let count): UInt64(bitPattern: Int64(count))
        case .rate(let perSecond, let arrivals): perSecond.bitPattern ^ (arrivals == .poisson ? 0 : 1)
        }
    }
}

extension Load: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .concurrency(let count): "\(count)"
        case .rate(let perSecond, .poisson): "\(Self.number(perSecond))/s"
        case .rate(let perSecond, .constant): "\(Self.number(perSecond))/s constant"
        }
    }

    /// Reads what `description` writes.
    package init?(_ text: String) {
        if let count = Int(text) {
            guard count > 0 else { return nil }
            self = .concurrency(count)
            return
        }
        let words = text.split(separator: " ")
        guard (1...2).contains(words.count), words[0].hasSuffix("/s"),
            let perSecond = Double(words[0].dropLast(2)), perSecond > 0, perSecond.isFinite,
            let arrivals = words.count == 1 ? .poisson : Arrivals(rawValue: String(words[1]))
        else { return nil }
        self = .rate(perSecond: perSecond, arrivals: arrivals)
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}

extension Load: Comparable {
    /// Closed loops before open ones, each by its size.
    package static func < (left: Load, right: Load) -> Bool {
        switch (left, right) {
        case (.concurrency(let one), .concurrency(let other)): one < other
        case (.concurrency, .rate): true
        case (.rate, .concurrency): false
        case (.rate(let one, let arrivals), .rate(let other, let others)):
            (one, arrivals.rawValue) < (other, others.rawValue)
        }
    }
}

extension Load: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) {
        self = .concurrency(value)
    }
}

extension Load: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let count = try? container.decode(Int.self) {
            self = .concurrency(count)
            return
        }
        let text = try container.decode(String.self)
        guard let load = Load(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "“\(text)” is no load")
        }
        self = load
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .concurrency(let count): try container.encode(count)
        case .rate: try container.encode(description)
        }
    }
}
