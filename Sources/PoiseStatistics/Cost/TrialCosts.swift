import PoiseCore

/// What each trial of one candidate at one load cost.
///
/// By the token: prompt tokens × input + output tokens × output, those from a cache at their own price. By the hour: the
/// machine is paid from the first start to the last end of each round of the load level, and the round's trials share
/// that equally, since they share the machine. Measurements must have their own rounds.
///
/// A response from the cache costs by the token what generating it costs, though this run did not pay it: the figure is that
/// of the candidate and not a bill. By the hour it has no cost, since nobody knows its share of one.
struct TrialCosts: Sendable {
    private let price: Price
    /// By round, what each of its trials bears of the hour; empty where tokens are paid.
    private let shares: [Int: Double]
    /// Hours that the machine was under way; nil where tokens are paid.
    let hours: Double?

    /// Nil where it cannot be said: a response's tokens were not counted, or it was not recorded when trials were under
    /// way. Half of the cost would be the cost of nothing.
    init?(of measurements: [Measurement], at price: Price) {
        self.price = price
        guard let hour = price.hour else {
            let isKnown = measurements.allSatisfy { trial in
                !trial.hasTokens || trial.promptTokens != nil && trial.outputTokens != nil
            }
            guard isKnown, measurements.contains(where: \.hasTokens) else { return nil }
            shares = [:]
            hours = nil
            return
        }
        var rounds: [Int: (span: ClosedRange<Double>, trials: Int)] = [:]
        for trial in measurements where !trial.isCached {
            guard let span = trial.span else { return nil }
            let known = rounds[trial.round] ?? (span, 0)
            let low = min(known.span.lowerBound, span.lowerBound)
            let high = max(known.span.upperBound, span.upperBound)
            rounds[trial.round] = (low...high, known.trials + 1)
        }
        guard !rounds.isEmpty else { return nil }
        func length(_ span: ClosedRange<Double>) -> Double { (span.upperBound - span.lowerBound) / 3_600_000 }
        shares = rounds.mapValues { length($0.span) * hour / Double($0.trials) }
        // By round, so that the sum is the same in every run of the program.
        self.hours = rounds.sorted { $0.key < $1.key }.reduce(0) { $0 + length($1.value.span) }
    }

    /// Nil for a failed trial where tokens are paid: nobody knows whether its tokens were.
    func cost(of trial: Measurement) -> Double? {
        if price.hour != nil { return trial.isCached ? nil : shares[trial.round] }
        guard trial.hasTokens else { return nil }
        return price.cost(
            promptTokens: trial.promptTokens, cached: trial.cachedTokens, outputTokens: trial.outputTokens)
    }
}
