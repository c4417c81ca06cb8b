package import PoiseCore

/// What candidates cost, and where an hour of a machine is as cheap as tokens.
package enum CostAnalysis {
    /// - Parameter toCorrect: the cost of a correct answer, with its interval.
    static func cost(
        of candidate: String, at price: Price, measurements: [Measurement], toCorrect: FigureEstimate?
    ) -> CandidateCost {
        // An hour of this run's machine was spent on none of what came from the cache.
        let measurements = price.hour == nil ? measurements : measurements.filter { !$0.isCached }
        let costs = TrialCosts(of: measurements, at: price)
        let known = measurements.compactMap { trial in costs.flatMap { $0.cost(of: trial) } }
        let completed = measurements.count(where: \.hasOutput)
        return CandidateCost(
            candidate: candidate, price: price, trials: measurements.count,
            unknown: costs == nil ? measurements.count : measurements.count - known.count,
            perTrial: known.isEmpty ? nil : known.reduce(0, +) / Double(known.count), toCorrect: toCorrect,
            capacity: costs?.hours.flatMap { $0 > 0 ? Double(completed) / $0 : nil })
    }

    /// For each machine that is paid by the hour and each candidate that is paid by the token in the same currency: the
    /// price of the hour / the mean cost of a request.
    package static func breakEvens(of costs: [CandidateCost]) -> [BreakEven] {
        costs.flatMap { hourly -> [BreakEven] in
            guard let hour = hourly.price.hour else { return [] }
            return costs.compactMap { other in
                guard other.price.hour == nil, other.price.currency == hourly.price.currency,
                    let perTrial = other.perTrial, perTrial > 0
                else { return nil }
                return BreakEven(
                    hourly: hourly.candidate, perToken: other.candidate, requestsPerHour: hour / perTrial,
                    capacity: hourly.capacity)
            }
        }
    }
}
