package import PoiseCore

/// A number held between two bounds: pass where it surely lies between them, fail where it surely does not.
///
/// Two one-sided tests: Schuirmann 1987, "A comparison of the two one-sided tests procedure and the power approach for
/// assessing the equivalence of average bioavailability". Each is held at (1 − confidence) / 2, so that a pass has the
/// interval of that confidence between the bounds; a TOST at level 0.05 is one with a confidence of 0.9.
package struct EquivalenceTest: Sendable {
    /// Of the number being more than the lower bound.
    package let above: MarginTest
    /// Of the number being less than the upper bound.
    package let below: MarginTest

    package init(_ evidence: Evidence?, low: Double, high: Double, confidence: Double = Interval.confidence) {
        above = MarginTest(evidence, bound: low, side: .atLeast, confidence: confidence)
        below = MarginTest(evidence, bound: high, side: .atMost, confidence: confidence)
    }

    /// The larger of the two one-sided p-values.
    package var passPValue: Double? {
        above.passPValue.flatMap { above in below.passPValue.map { max(above, $0) } }
    }

    package var verdict: Verdict {
        switch (above.verdict, below.verdict) {
        case (.pass, .pass): .pass
        case (.fail, _), (_, .fail): .fail
        default: .inconclusive
        }
    }
}
