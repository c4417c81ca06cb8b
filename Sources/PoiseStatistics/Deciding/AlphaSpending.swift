import Foundation

/// How much of a test's level may be used up by which share of the data, so that it may be looked at while they come.
///
/// Lan and DeMets 1983, "Discrete sequential boundaries for clinical trials".
package enum AlphaSpending: String, Hashable, Codable, Sendable, CaseIterable {
    /// Nearly nothing early, so that the last look costs little: 2 − 2Φ(z / √t), z at the level / 2.
    case oBrienFleming
    /// About as much at each look: level × ln(1 + (e − 1)t).
    case pocock

    /// What may be spent up to an information fraction.
    ///
    /// - Parameters:
    ///   - fraction: samples so far / samples at most; all is spent from 1 on, nothing up to 0.
    ///   - level: of one side.
    package func spent(at fraction: Double, level: Double) -> Double {
        guard fraction < 1 else { return level }
        guard fraction > 0 else { return 0 }
        switch self {
        case .oBrienFleming:
            return 2 * NormalDistribution.cumulative(NormalDistribution.quantile(level / 2) / fraction.squareRoot())
        case .pocock: return level * log(1 + (M_E - 1) * fraction)
        }
    }

    /// The one-sided level that each look is held at, so that all looks together keep to `level` on each side; nil where
    /// the fractions do not rise within 0…1 or the level is not within 0…½.
    ///
    /// Both sides stop: on the bound itself, the chance that any look decides is twice the level. Exact for a normal random
    /// walk, by the recursion of Armitage, McPherson and Rowe 1969, "Repeated significance tests on accumulating data".
    package func levels(at fractions: [Double], level: Double = (1 - Interval.confidence) / 2) -> [Double]? {
        guard level > 0, level < 0.5, !fractions.isEmpty, fractions.allSatisfy({ $0 > 0 && $0 <= 1 }),
            zip(fractions, fractions.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        var levels: [Double] = []
        var walk = StoppedWalk()
        var used = 0.0
        for (look, fraction) in fractions.enumerated() {
            let spent = spent(at: fraction, level: level)
            let next = look + 1 < fractions.count ? fractions[look + 1] : nil
            let bound = walk.advance(to: fraction, next: next, stopping: spent - used)
            levels.append(NormalDistribution.cumulative(-bound))
            used = spent
        }
        return levels
    }
}

/// A normal random walk that ends where it leaves the bounds, symmetric about 0: how likely it is where, if it goes on.
private struct StoppedWalk {
    /// Where the walk may be and how likely, each place with its part of the integral; nil before the first look.
    private var places: [(at: Double, mass: Double)]?
    private var time = 0.0

    /// Goes on to an information time, and stops there with this chance on each side.
    ///
    /// - Parameter next: the look after it; nil where this is the last.
    /// - Returns: the bound in standard deviations.
    mutating func advance(to end: Double, next: Double?, stopping chance: Double) -> Double {
        let step = (end - time).squareRoot()
        let deviation = end.squareRoot()
        func tail(_ bound: Double) -> Double {
            guard let places else { return NormalDistribution.cumulative(-bound) }
            return places.reduce(0) {
                $0 + $1.mass * NormalDistribution.cumulative(($1.at - bound * deviation) / step)
            }
        }
        var (low, high) = (0.0, 40.0)
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if tail(middle) > chance { low = middle } else { high = middle }
        }
        let bound = high
        defer { time = end }
        guard let next else { return bound }
        // Fine enough for the bell of this step and that of the next.
        let reach = min(bound, 9) * deviation
        let width = 0.5 * min(step, (next - end).squareRoot())
        let panels = max(1, Int((2 * reach / width).rounded(.up)))
        let before = places
        places = GaussLegendre.nodes(from: -reach, to: reach, panels: panels).map { at, weight in
            let density =
                before?.reduce(0) { $0 + $1.mass * bell((at - $1.at) / step) / step } ?? bell(at / deviation)
                / deviation
            return (at, weight * density)
        }
        return bound
    }

    private func bell(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
}

/// Places and weights that integrate smooth functions nearly exactly.
private enum GaussLegendre {
    /// Of the rule with eight points on −1…1 (Abramowitz and Stegun 1964, table 25.4).
    private static let points: [(at: Double, weight: Double)] = [
        (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
    ]

    static func nodes(from low: Double, to high: Double, panels: Int) -> [(at: Double, weight: Double)] {
        let half = (high - low) / Double(2 * panels)
        return (0..<panels).flatMap { panel in
            let centre = low + half * Double(2 * panel + 1)
            return points.flatMap { point in
                [-1.0, 1].map { (centre + $0 * half * point.at, half * point.weight) }
            }
        }
    }
}
