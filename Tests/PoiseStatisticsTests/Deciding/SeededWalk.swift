import Foundation
import PoiseCore

/// Normal random walks.
struct SeededWalk {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func normal() -> Double {
        (-2 * log(1 - generator.nextUnit())).squareRoot() * cos(2 * Double.pi * generator.nextUnit())
    }

    /// Whether a walk is beyond a bound at any look, in standard deviations of its place there.
    mutating func leaves(_ bounds: [Double], at fractions: [Double]) -> Bool {
        var (place, time) = (0.0, 0.0)
        for (bound, fraction) in zip(bounds, fractions) {
            place += (fraction - time).squareRoot() * normal()
            time = fraction
            if abs(place) > bound * fraction.squareRoot() { return true }
        }
        return false
    }
}
