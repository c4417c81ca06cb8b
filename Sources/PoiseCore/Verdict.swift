/// What a rule says of a candidate.
package enum Verdict: String, Hashable, Codable, Sendable, CaseIterable {
    case pass, fail
    /// The data do not decide it; never a pass.
    case inconclusive
}
