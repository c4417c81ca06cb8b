import Foundation
import PoiseCore

/// Seeded draws from the distributions that data sets are made of.
struct Draws {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed, stream: 0x636F_7665_7261_6765) }

    mutating func unit() -> Double { generator.nextUnit() }

    mutating func word() -> UInt64 { generator.next() }

    mutating func happens(_ chance: Double) -> Bool { unit() < chance }

    /// Standard normal (Box and Muller 1958).
    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * Double.pi * unit())
    }

    /// A sample's own chance of a right answer: beta-distributed about the rate, with this correlation of two epochs of one
    /// sample; at 1 each sample is right or wrong for good.
    mutating func chance(rate: Double, correlation: Double) -> Double {
        guard correlation < 1 else { return happens(rate) ? 1 : 0 }
        guard correlation > 0 else { return rate }
        let scale = (1 - correlation) / correlation
        let (right, wrong) = (gamma(rate * scale), gamma((1 - rate) * scale))
        return right + wrong > 0 ? right / (right + wrong) : (happens(rate) ? 1 : 0)
    }

    /// The mean of epochs that are each right with a chance.
    mutating func score(chance: Double, epochs: Int) -> Double {
        Double((0..<epochs).count { _ in happens(chance) }) / Double(epochs)
    }

    /// Marsaglia and Tsang 2000, "A simple method for generating gamma variables".
    private mutating func gamma(_ shape: Double) -> Double {
        guard shape >= 1 else { return gamma(shape + 1) * pow(1 - unit(), 1 / shape) }
        let d = shape - 1.0 / 3
        while true {
            let x = normal()
            let v = pow(1 + x / (9 * d).squareRoot(), 3)
            if v > 0, log(1 - unit()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
    }
}
