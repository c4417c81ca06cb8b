import Foundation

/// Student's distribution, as far as intervals need it.
package enum StudentDistribution {
    /// The share of the distribution below a value.
    ///
    /// By the incomplete beta function: Abramowitz and Stegun 1964, 26.7.1.
    /// - Parameter freedom: degrees of freedom, more than 0; they need not be whole.
    package static func cumulative(_ value: Double, freedom: Double) -> Double {
        guard freedom > 0, !value.isNaN else { return .nan }
        guard freedom < 1e12 else { return NormalDistribution.cumulative(value) }
        let square = value * value
        guard square.isFinite else { return value < 0 ? 0 : 1 }
        // Each half by the argument that keeps its digits.
        let tail =
            square < 1
            ? 0.5 - incompleteBeta(square / (freedom + square), 0.5, freedom / 2) / 2
            : incompleteBeta(freedom / (freedom + square), freedom / 2, 0.5) / 2
        return value < 0 ? tail : 1 - tail
    }

    /// The value below which a share of the distribution lies; found by halving.
    package static func quantile(_ probability: Double, freedom: Double) -> Double {
        guard freedom > 0, probability > 0, probability < 1 else {
            return probability == 0 ? -.infinity : probability == 1 ? .infinity : .nan
        }
        guard probability != 0.5 else { return 0 }
        guard probability < 0.5 else { return -quantile(1 - probability, freedom: freedom) }
        guard freedom < 1e12 else { return NormalDistribution.quantile(probability) }
        // On the logarithmic scale: with few degrees of freedom the tail is very long.
        var (near, far) = (-40.0, 700.0)
        for _ in 0..<200 where far - near > 1e-15 * max(1, abs(near)) {
            let middle = (near + far) / 2
            if cumulative(-exp(middle), freedom: freedom) > probability { near = middle } else { far = middle }
        }
        return -exp((near + far) / 2)
    }

    /// The regularized incomplete beta function I_x(a, b).
    ///
    /// The continued fraction of Abramowitz and Stegun 1964, 26.5.8, evaluated forwards as Lentz 1976 does.
    private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
        let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
        let tiny = 1e-300
        var (value, above, below) = (1.0, 1.0, 0.0)
        for step in 0..<10_000 {
            let m = Double(step / 2)
            let term: Double =
                if step == 0 {
                    1
                } else if step.isMultiple(of: 2) {
                    m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                } else {
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                }
            below = 1 + term * below
            below = 1 / (abs(below) < tiny ? tiny : below)
            above = 1 + term / above
            above = abs(above) < tiny ? tiny : above
            value *= above * below
            if abs(above * below - 1) < 4e-16 { break }
        }
        return front * (value - 1)
    }
}
