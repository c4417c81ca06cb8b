/// A condition that decides whether a candidate passes, as a suite states it.
package struct GateRule: Hashable, Codable, Sendable {
    /// What the number is held against.
    package enum Limit: Hashable, Codable, Sendable {
        /// At most so much below the baseline, as a share: 0.03 is 3 points.
        case nonInferior(by: Double)
        /// In the quantity's own unit; milliseconds, bytes, shares 0…1.
        case absolute(Double)
        /// So many times the baseline's.
        case relative(Double)
    }

    package enum Side: String, Hashable, Codable, Sendable {
        case atLeast, atMost
    }

    package let quantity: GateQuantity
    package let side: Side
    package let limit: Limit
    /// The task that counts; nil for all of them together.
    package let task: String?
    /// The load at which it counts; nil for each that was measured.
    package let load: Load?
    /// Of the trials' values, 0…1; nil for the point's own number, which is a median where trials have values.
    package let quantile: Double?

    package init(
        _ quantity: GateQuantity, _ side: Side, _ limit: Limit, task: String? = nil, load: Load? = nil,
        quantile: Double? = nil
    ) {
        self.quantity = quantity
        self.side = side
        self.limit = limit
        self.task = task
        self.load = load
        self.quantile = quantile
    }

    /// The end of what passes: −0.03 of a difference, 0.95 of a ratio, 500 of a value.
    package var bound: Double {
        switch limit {
        case .nonInferior(let margin): -margin
        case .absolute(let value), .relative(let value): value
        }
    }

    package var needsBaseline: Bool {
        if case .absolute = limit { false } else { true }
    }

    /// Nothing of its kind may occur: what occurred is counted, since no sample can show that something never happens.
    package var forbids: Bool {
        guard side == .atMost, limit == .absolute(0) else { return false }
        return quantity == .failed || quantity == .unscored || quantity == .lengthCapped
    }
}
