import Foundation
package import PoiseCore

/// A number held against a bound: pass, fail or inconclusive, and what it would have taken.
///
/// Non-inferiority with a margin m is the difference held against −m: Piaggio et al. 2012, "Reporting of noninferiority
/// and equivalence randomized trials". Both sides are tested, each at (1 − confidence) / 2, so that a pass has the whole
/// interval on the good side of the bound and a fail has it on the other.
package struct MarginTest: Sendable {
    /// Which side of the bound is good.
    package enum Side: String, Hashable, Codable, Sendable { case atLeast, atMost }

    package let evidence: Evidence?
    package let bound: Double
    package let side: Side
    package let confidence: Double

    package init(_ evidence: Evidence?, bound: Double, side: Side, confidence: Double = Interval.confidence) {
        self.evidence = evidence
        self.bound = bound
        self.side = side
        self.confidence = confidence
    }

    /// One-sided, of the hypothesis that the number is on the wrong side of the bound, or on it; nil where the data say
    /// nothing of how much it varies.
    package var passPValue: Double? {
        side == .atLeast ? judged?.pValue(atMost: bound) : judged?.pValue(atLeast: bound)
    }

    /// One-sided, of the hypothesis that the number is on the right side of the bound, or on it.
    package var failPValue: Double? {
        side == .atLeast ? judged?.pValue(atLeast: bound) : judged?.pValue(atMost: bound)
    }

    /// What each side is tested at.
    package var level: Double { (1 - confidence) / 2 }

    /// No evidence, a single sample and what is no number decide nothing.
    package var verdict: Verdict {
        guard let passPValue, let failPValue else { return .inconclusive }
        if passPValue < level { return .pass }
        return failPValue < level ? .fail : .inconclusive
    }

    /// The distance beyond the bound, on the wrong side, at which it would have failed with this power: nil where no
    /// distance would do, or where the data show no spread to reckon with.
    ///
    /// In the number's own units, of ratios too: 0.03 beyond a bound of 0.95 is a ratio of 0.92.
    package func smallestEffect(power: Double = 0.8) -> Double? {
        guard let judged, (0..<1).contains(power) else { return nil }
        func fails(_ truth: Double) -> Bool? {
            judged.prospect.chances(truth: truth, n: judged.n, bound: bound, confidence: confidence)
                .map { (side == .atLeast ? $0.below : $0.above) >= power }
        }
        /// The bound with a distance beyond it.
        func beyond(_ distance: Double) -> Double { side == .atLeast ? bound - distance : bound + distance }
        guard let start = judged.interval(confidence: confidence).map({ $0.high - $0.low }), start > 0, start.isFinite
        else { return nil }
        var (near, far) = (0.0, start)
        // Doubled until it fails, as far as the number can go.
        var isSeen = fails(beyond(far))
        var steps = 0
        while isSeen == false, steps < 60 {
            (near, far) = (far, 2 * far)
            (isSeen, steps) = (fails(beyond(far)), steps + 1)
        }
        while isSeen == nil, steps < 120 {
            far = near + (far - near) / 2
            (isSeen, steps) = (fails(beyond(far)), steps + 1)
        }
        guard isSeen == true else { return nil }
        while far - near > 1e-9 * far {
            let middle = (near + far) / 2
            if fails(beyond(middle)) == true { far = middle } else { near = middle }
        }
        return far
    }

    /// Samples that would decide it with this power if the number is what the estimate says.
    ///
    /// Nil where it is decided, and where no number of samples would: the estimate lies on the bound, or there is none.
    package func samplesToDecide(power: Double = 0.8) -> Int? {
        guard let judged, verdict == .inconclusive, judged.estimate != bound, (0..<1).contains(power) else {
            return nil
        }
        let isGood = (judged.estimate > bound) == (side == .atLeast)
        func decides(_ n: Int) -> Bool {
            guard
                let chances = judged.prospect.chances(
                    truth: judged.estimate, n: n, bound: bound, confidence: confidence)
            else { return false }
            return (isGood == (side == .atLeast) ? chances.above : chances.below) >= power
        }
        var (few, many) = (judged.n, 2 * judged.n)
        while !decides(many) {
            guard many < Self.mostSamples else { return nil }
            (few, many) = (many, 2 * many)
        }
        // To three digits: what it rests on is not known better.
        while many - few > max(1, many / 1000) {
            let middle = few + (many - few) / 2
            if decides(middle) { many = middle } else { few = middle }
        }
        return many
    }

    /// Beyond it, nobody will ask.
    private static let mostSamples = 1_000_000_000

    /// The evidence, where it can be held against a bound at all.
    private var judged: Evidence? {
        guard bound.isFinite, !(evidence?.estimate.isNaN ?? true), confidence > 0, confidence < 1 else { return nil }
        return evidence
    }
}
