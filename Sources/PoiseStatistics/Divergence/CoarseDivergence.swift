import Foundation
package import PoiseCore

/// How far two distributions of one next token are apart, where only the likeliest tokens of each are known.
///
/// Kullback and Leibler 1951, "On information and sufficiency", over the tokens that both sides name and all others as
/// one. Putting outcomes together never raises it (the data-processing inequality: Cover and Thomas, "Elements of
/// Information Theory", 2.8), so that it is at most what it is over the whole vocabulary.
package struct CoarseDivergence: Hashable, Sendable {
    /// Nats, 0 or more.
    package let kl: Double
    /// Whether both find the same token the likeliest.
    package let isSameTop: Bool
    /// The share of the reference's probability that is on tokens which both sides name, 0…1.
    package let covered: Double

    /// Nil where one side names no token.
    package init?(reference: NextTokens, candidate: NextTokens) {
        guard let top = reference.top, let other = candidate.top else { return nil }
        let expected = Dictionary(
            candidate.tokens.map { ($0.id, $0.logProbability) }, uniquingKeysWith: { first, _ in first })
        var divergence = 0.0
        var (named, namedByCandidate) = (0.0, 0.0)
        for token in reference.tokens {
            guard let logarithm = expected[token.id] else { continue }
            let probability = token.probability
            divergence += probability * (Double(token.logProbability) - Double(logarithm))
            named += probability
            namedByCandidate += exp(Double(logarithm))
        }
        let rest = 1 - named
        if rest > 0 { divergence += rest * log(rest / max(1 - namedByCandidate, Self.leastRest)) }
        // What rounding leaves of two equal distributions is no divergence, and none is below 0.
        kl = max(0, divergence)
        isSameTop = top == other
        covered = min(1, named)
    }

    /// The least probability that the candidate's unnamed tokens are taken to have together: sums of single-precision
    /// probabilities are no more exact. More for them makes the divergence less, so that it stays a lower bound.
    private static let leastRest = 1e-6
}
