package import PoiseCore

/// Decides when a run has met a limit that the user set. Pure: it is told what happened, and how long the run is under
/// way.
///
/// Cost is what the responses' own token counts come to, and of machines that are paid by the hour the time since their
/// candidates were opened. What is in flight, and the next request, count as much as a request of that candidate cost on
/// average so far; before its first response that is not known, and they count nothing.
package struct RunLimitRule: Sendable {
    private struct Spending {
        var known = 0.0
        var count = 0
        /// Completed trials of which nobody counted the tokens; they count with the mean.
        var uncounted = 0
        var inFlight = 0
        var mean: Double { count > 0 ? known / Double(count) : 0 }
    }

    /// So many responses without one count of tokens: there will be none.
    private static let mostUncounted = 5

    private let limits: RunLimits
    private let planned: Int
    private let prices: [String: Price]
    private let privateTasks: Set<String>
    private var failed = 0
    private var spending: [String: Spending] = [:]
    /// Of machines that are paid by the hour.
    private var openSince: [String: Duration] = [:]
    private var paidHours = 0.0
    /// Why nothing more is asked, as a clause; nil while there is no reason.
    package private(set) var reason: String?
    /// Whether the reason stands also where nothing was left to ask.
    private var isError = false
    private var hasLeftOut = false

    /// Why the run is not done; nil where all was asked before the limit was met.
    package var ending: String? { isError || hasLeftOut ? reason : nil }

    /// Trials were not asked since the limit was met.
    package mutating func noteLeftOut() { if reason != nil { hasLeftOut = true } }

    /// - Parameter planned: trials that count.
    package init(_ limits: RunLimits, plan: Plan) {
        self.limits = limits
        planned = plan.trialCount
        prices = Dictionary(plan.candidates.compactMap { candidate in candidate.price.map { (candidate.id, $0) } }) {
            first, _ in first
        }
        privateTasks = plan.privateTasks
    }

    /// Lets the next trial of a candidate out, or ends the run.
    ///
    /// - Parameter elapsed: since the run began.
    package mutating func admit(_ candidate: String, elapsed: Duration) -> Bool {
        guard !isReached(elapsed: elapsed) else {
            hasLeftOut = true
            return false
        }
        if let most = limits.maxCost {
            let next = spending[candidate]?.mean ?? 0
            let spent = spent(elapsed: elapsed)
            guard spent + committed + next <= most else {
                let next = next > 0 ? ", and the next request costs about \(amount(next))" : ""
                reason =
                    "more would cost more than \(amount(most)) (--max-cost): about \(amount(spent + committed)) are spent"
                    + next
                hasLeftOut = true
                return false
            }
        }
        spending[candidate, default: Spending()].inFlight += 1
        return true
    }

    /// Whether nothing more is asked; the time is looked at anew.
    package mutating func isReached(elapsed: Duration) -> Bool {
        if reason == nil, let most = limits.maxTime, elapsed.seconds >= most {
            reason = "its time was over: \(Self.text(seconds: most)) (--max-time)"
        }
        return reason != nil
    }

    /// Notes that a trial that was let out is through.
    ///
    /// - Parameter trial: nil where it left nothing behind.
    package mutating func note(_ trial: Trial?, of candidate: String) {
        spending[candidate, default: Spending()].inFlight -= 1
        guard let trial else { return }
        noteCost(of: trial)
        guard let failure = trial.failure, !trial.key.isWarmup else { return }
        failed += 1
        guard reason == nil, let tolerance = limits.failOnError,
            tolerance.isSpent(failed: failed, planned: planned)
        else { return }
        let why = StopRule.describe(failure, of: trial.key.task, privateTasks: privateTasks)
            .prefix { !$0.isNewline }
        reason =
            "\(failed == 1 ? "a trial" : "\(failed) trials") of \(planned) failed (--fail-on-error \(tolerance)), the last"
            + " because \(why)"
        isError = true
    }

    /// A candidate's machine runs from here on.
    package mutating func noteOpened(_ candidate: String, elapsed: Duration) {
        if prices[candidate]?.hour != nil { openSince[candidate] = elapsed }
    }

    package mutating func noteClosed(_ candidate: String, elapsed: Duration) {
        guard let since = openSince.removeValue(forKey: candidate), let price = prices[candidate]?.hour else { return }
        paidHours += price * (elapsed - since).seconds / 3600
    }

    /// As far as it is known.
    package func spent(elapsed: Duration) -> Double {
        let tokens = spending.values.reduce(0) { $0 + $1.known + Double($1.uncounted) * $1.mean }
        let hours = openSince.reduce(0) { sum, open in
            sum + (prices[open.key]?.hour ?? 0) * (elapsed - open.value).seconds / 3600
        }
        return tokens + paidHours + hours
    }

    /// What is in flight will have cost.
    private var committed: Double {
        spending.values.reduce(0) { $0 + Double($1.inFlight) * $1.mean }
    }

    private mutating func noteCost(of trial: Trial) {
        guard limits.maxCost != nil, let price = prices[trial.key.candidate], price.hour == nil else { return }
        var own = spending[trial.key.candidate] ?? Spending()
        defer { spending[trial.key.candidate] = own }
        // A chain that failed was paid for as far as it came.
        let responses = trial.exchanges.isEmpty ? [trial.response].compactMap(\.self) : trial.exchanges.map(\.response)
        guard !responses.isEmpty else { return }
        let costs = responses.map { response in
            price.cost(
                promptTokens: response.report.promptTokens, cached: response.report.cachedTokens,
                outputTokens: TrialMetrics(response).outputTokens)
        }
        if costs.contains(nil) {
            own.uncounted += 1
            if own.count == 0, own.uncounted >= Self.mostUncounted {
                reason =
                    reason
                    ?? "\(trial.key.candidate) does not say how many tokens it read, so that nobody knows what it costs"
                    + " (--max-cost)"
            }
        } else {
            own.known += costs.compactMap(\.self).reduce(0, +)
            own.count += 1
        }
    }

    private func amount(_ value: Double) -> String {
        let currency = prices.values.first?.currency ?? ""
        // Four digits that count, as prices of single requests are small.
        var text = "\(value)"
        if value > 0, value < 1e6 {
            var scale = 1.0
            while value * scale < 1000 { scale *= 10 }
            let rounded = (value * scale).rounded() / scale
            text = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
        }
        return currency.isEmpty ? text : "\(text) \(currency)"
    }

    private static func text(seconds: Double) -> String {
        func said(_ value: Double) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
        if seconds >= 3600, seconds.truncatingRemainder(dividingBy: 3600) == 0 { return "\(said(seconds / 3600)) h" }
        if seconds >= 60, seconds.truncatingRemainder(dividingBy: 60) == 0 { return "\(said(seconds / 60)) min" }
        return "\(said(seconds)) s"
    }
}

/// A limit on cost that cannot be kept.
package enum RunLimitFailure: ExplainedError, Equatable {
    case unpriced([String])
    case currencies([String])

    package var what: String {
        switch self {
        case .unpriced(let candidates):
            "--max-cost needs to know what requests cost, and \(candidates.joined(separator: ", "))"
                + " \(candidates.count == 1 ? "has" : "have") no price"
        case .currencies(let currencies):
            "--max-cost is one amount, and the prices are in \(currencies.joined(separator: " and "))"
        }
    }
    package var place: String? { nil }
    package var remedy: String? {
        switch self {
        case .unpriced:
            "Give each candidate a price, as price: {input: 0.15, output: 0.60, per: million tokens}; one that costs"
                + " nothing has price: {input: 0, output: 0}."
        case .currencies: "Write all prices in one currency."
        }
    }

    /// Holds a plan against its limits before anything is asked.
    ///
    /// Judges may have no price: what they cost is counted as far as it is known.
    package static func check(_ limits: RunLimits, of plan: Plan) throws {
        guard limits.maxCost != nil else { return }
        let unpriced = plan.candidates.filter { $0.price == nil }.map(\.id)
        guard unpriced.isEmpty else { throw RunLimitFailure.unpriced(unpriced) }
        let currencies = Set((plan.candidates + plan.judges).compactMap { $0.price?.currency }).sorted()
        guard currencies.count < 2 else { throw RunLimitFailure.currencies(currencies) }
    }
}
