import Foundation

extension PairedCounts {
    /// The exact two-sided p-value of the hypothesis that as many samples are gained as lost.
    ///
    /// McNemar 1947, "Note on the sampling error of the difference between correlated proportions or percentages"; exact:
    /// gained is binomial of the changed ones with a chance of ½, twice the smaller tail, at most 1. 1 where nothing changed.
    package var mcNemar: Double {
        let (changed, fewer) = (gained + lost, min(gained, lost))
        guard changed > 2 * fewer else { return 1 }
        return min(1, 2 * Binomial.evenTail(atMost: fewer, of: changed))
    }
}

/// The binomial distribution, as far as exact tests need it.
enum Binomial {
    /// The chance of at most this many heads, at most half of them, of so many fair coins.
    ///
    /// Summed from its largest term downwards, each from the one before it, until they add nothing: no loss where counts
    /// are large, and no underflow of the small ones before the large.
    static func evenTail(atMost heads: Int, of coins: Int) -> Double {
        precondition(0 <= heads && 2 * heads <= coins)
        let (n, k) = (Double(coins), Double(heads))
        var (term, sum) = (1.0, 1.0)
        var place = k
        while place > 0 {
            term *= place / (n - place + 1)
            place -= 1
            sum += term
            if term < sum * 1e-18 { break }
        }
        return sum * exp(logChance(heads, of: coins, p: 0.5))
    }

    /// ln of the chance of exactly this many of n.
    ///
    /// Loader 2000, "Fast and accurate computation of binomial probabilities": by deviance, so that nothing large cancels.
    static func logChance(_ count: Int, of n: Int, p: Double) -> Double {
        guard (0...n).contains(count) else { return -.infinity }
        if p <= 0 { return count == 0 ? 0 : -.infinity }
        if p >= 1 { return count == n ? 0 : -.infinity }
        let (k, m) = (Double(count), Double(n))
        if count == 0 { return m * log1p(-p) }
        if count == n { return m * log(p) }
        let error = stirlingError(m) - stirlingError(k) - stirlingError(m - k)
        return error - deviance(k, m * p) - deviance(m - k, m * (1 - p))
            - 0.5 * log(2 * Double.pi * k * (m - k) / m)
    }

    /// x ln(x / mean) + mean − x.
    private static func deviance(_ x: Double, _ mean: Double) -> Double {
        let difference = x - mean
        guard abs(difference) < 0.1 * (x + mean) else { return x * log(x / mean) - difference }
        // Its series in (x − mean) / (x + mean), where the terms above would cancel.
        let ratio = difference / (x + mean)
        var (sum, power) = (difference * ratio, 2 * x * ratio)
        for step in 1..<1000 {
            power *= ratio * ratio
            let next = sum + power / Double(2 * step + 1)
            if next == sum { break }
            sum = next
        }
        return sum
    }

    /// ln n! − Stirling's formula of it.
    private static func stirlingError(_ n: Double) -> Double {
        guard n > 15 else { return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * Double.pi) }
        let square = n * n
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188 / square) / square) / square) / square) / n
    }
}
