/// What a candidate's responses cost at one load, in its price's currency.
package struct CandidateCost: Hashable, Sendable {
    package var candidate: String
    package let price: Price
    package let trials: Int
    /// Failed trials, of which nobody knows what they cost; they add nothing where tokens are paid.
    package let unknown: Int
    /// The mean over trials; nil where tokens were not counted, or where it was not recorded when trials were under way.
    package let perTrial: Double?
    /// Infinite where nothing was correct.
    package let toCorrect: FigureEstimate?
    /// Completed trials an hour at this load, where hours are paid.
    package let capacity: Double?

    package init(
        candidate: String, price: Price, trials: Int, unknown: Int, perTrial: Double?, toCorrect: FigureEstimate?,
        capacity: Double?
    ) {
        self.candidate = candidate
        self.price = price
        self.trials = trials
        self.unknown = unknown
        self.perTrial = perTrial
        self.toCorrect = toCorrect
        self.capacity = capacity
    }

    package var perThousand: Double? { perTrial.map { $0 * 1000 } }
}

/// How many requests an hour make a machine that is paid by the hour as cheap as one that is paid by the token.
package struct BreakEven: Hashable, Sendable {
    package let hourly: String
    package let perToken: String
    /// Above it the hour is cheaper.
    package let requestsPerHour: Double
    /// What the machine served an hour at the measured load; nil where that is not known.
    package let capacity: Double?

    package init(hourly: String, perToken: String, requestsPerHour: Double, capacity: Double?) {
        self.hourly = hourly
        self.perToken = perToken
        self.requestsPerHour = requestsPerHour
        self.capacity = capacity
    }

    /// Whether the machine can serve so many at the measured load; nil where that is not known.
    package var isServable: Bool? { capacity.map { $0 >= requestsPerHour } }
}
