/// What one rule of a gate says of one candidate at one load, and why.
package struct RuleResult: Hashable, Codable, Sendable {
    /// How the estimate came to its interval.
    package enum Method: String, Hashable, Codable, Sendable {
        case newcombe, mover, wilson, effectiveWilson, bootstrap
        /// No interval: the number was counted, or is compared as it stands.
        case asItIs
        /// Nothing could be computed.
        case none
    }

    package let rule: GateRule
    package let candidate: String
    package let load: Load
    package var verdict: Verdict
    /// A difference, a ratio or a value, as the rule's limit is; nil where there is none.
    package var estimate: Double?
    /// Of the interval at `confidence`.
    package var low: Double?
    package var high: Double?
    package var confidence: Double
    /// Samples behind it.
    package var n: Int?
    package var method: Method
    /// How likely data that speak as clearly for it would be if the rule did not hold, one-sided.
    package var passPValue: Double?
    /// How likely data that speak as clearly against it would be if the rule did hold, one-sided.
    package var failPValue: Double?
    /// The same after Holm's correction over all rules and candidates that were looked at together.
    package var adjustedFailPValue: Double?
    /// The true distance beyond the bound at which it fails in at least 80 of 100 cases, among all that are tested.
    package var smallestEffect: Double?
    /// Samples that would decide it in 80 of 100 cases if the estimate were true; nil where it is decided, or never is.
    package var samplesToDecide: Int?
    /// Verdicts that are tested together, this one among them; nil where it is not tested.
    package var tested: Int?
    /// Why it is inconclusive, or what must be known beside the verdict.
    package var reasons: [GateReason]

    package init(
        rule: GateRule, candidate: String, load: Load, verdict: Verdict, estimate: Double? = nil, low: Double? = nil,
        high: Double? = nil, confidence: Double = 0.95, n: Int? = nil, method: Method = .none,
        passPValue: Double? = nil, failPValue: Double? = nil, adjustedFailPValue: Double? = nil,
        smallestEffect: Double? = nil, samplesToDecide: Int? = nil, tested: Int? = nil, reasons: [GateReason] = []
    ) {
        self.rule = rule
        self.candidate = candidate
        self.load = load
        self.verdict = verdict
        self.estimate = estimate
        self.low = low
        self.high = high
        self.confidence = confidence
        self.n = n
        self.method = method
        self.passPValue = passPValue
        self.failPValue = failPValue
        self.adjustedFailPValue = adjustedFailPValue
        self.smallestEffect = smallestEffect
        self.samplesToDecide = samplesToDecide
        self.tested = tested
        self.reasons = reasons
    }

    /// How far the estimate is on the side that passes; negative on the other.
    package var toSpare: Double? {
        estimate.map { rule.side == .atLeast ? $0 - rule.bound : rule.bound - $0 }
    }
}
