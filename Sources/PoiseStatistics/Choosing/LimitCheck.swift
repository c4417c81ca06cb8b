import Foundation
import PoiseCore

/// Whether limits hold, by a number and its interval.
enum LimitCheck {
    /// - Parameter currency: of the candidate's price; a limit in another one says nothing of it.
    static func finding(_ limit: ProfileLimit, _ estimate: FigureEstimate?, currency: String?) -> LimitFinding {
        guard let estimate, limit.currency == nil || limit.currency == currency else {
            return LimitFinding(limit: limit, estimate: nil, standing: .unmeasured)
        }
        return LimitFinding(limit: limit, estimate: estimate, standing: standing(limit, estimate))
    }

    /// The estimate decides whether it holds; the interval, whether that is sure. A number without an interval that
    /// cannot vary (memory) is sure; of one that was measured on one sample nothing is.
    private static func standing(_ limit: ProfileLimit, _ estimate: FigureEstimate) -> LimitFinding.Standing {
        let holds = limit.holds(for: estimate.value)
        let ends: [Double]
        if let low = estimate.low, let high = estimate.high {
            ends = [low, high]
        } else if limit.figure == .metric(.memory) {
            ends = [estimate.value]
        } else {
            ends = []
        }
        let isSure = !ends.isEmpty && ends.allSatisfy { limit.holds(for: $0) == holds }
        return holds ? (isSure ? .keptSurely : .keptProbably) : (isSure ? .brokenSurely : .brokenProbably)
    }

    /// How far a number is beyond a limit, as the logarithm of their quotient: 0 where it holds, infinite where there is
    /// no number.
    static func miss(_ finding: LimitFinding) -> Double {
        guard !finding.standing.isKept else { return 0 }
        guard let value = finding.estimate?.value, value > 0, finding.limit.value > 0 else { return .infinity }
        return abs(log(value / finding.limit.value))
    }
}
