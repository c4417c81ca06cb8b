import Foundation

extension PairedCounts {
    /// How other samples of the kind would fare, were the difference another.
    ///
    /// What flips in both directions stays as often as it is, and a difference comes on top of it as gains or losses; the
    /// base's share stays. Of what flipped, as much more in one direction as chance alone gives counts for both. The chances are sums over the numbers gained and lost, which are trinomial: the table itself is
    /// judged each time, as it will be. Where they are many, every s-th stands for s of them.
    var prospect: Prospect {
        let n = Double(max(1, n))
        let base = Double(kept + lost) / n
        let flips = Double(gained + lost)
        // The mean of the difference's size where each flip goes either way.
        let chance = (2 * flips / Double.pi).squareRoot()
        let both = (flips - max(0, abs(Double(gained - lost)) - chance)) / 2
        let churn = min(both / n, base, 1 - base)
        return Prospect { truth, samples, bound, confidence in
            let (up, down) = (churn + max(0, truth), churn + max(0, -truth))
            // What is lost was right, what is gained was wrong; the margin is for rounding.
            guard down <= base + 1e-12, up <= 1 - base + 1e-12 else { return nil }
            let (kept, missed) = (max(0, base - down), max(0, 1 - base - up))
            let z = NormalDistribution.quantile((1 + confidence) / 2)
            var (below, above, whole) = (0.0, 0.0, 0.0)
            for (gains, chance) in likelyCounts(of: samples, p: up) {
                let left = samples - gains
                let conditional = up < 1 ? min(1, down / (1 - up)) : 0
                for (losses, share) in likelyCounts(of: left, p: conditional) {
                    let rest = Double(left - losses)
                    let part = kept + missed > 0 ? kept / (kept + missed) : 0
                    let table = PairedTable(
                        kept: rest * part, gained: Double(gains), lost: Double(losses), missed: rest * (1 - part))
                    guard let interval = table.newcombe(z: z) else { continue }
                    whole += chance * share
                    if interval.high < bound { below += chance * share }
                    if interval.low > bound { above += chance * share }
                }
            }
            return whole > 0 ? Prospect.Chances(below: below / whole, above: above / whole) : nil
        }
    }
}

/// The counts of a binomial that are likely at all, with their chances: all of few, evenly spaced ones of many.
private func likelyCounts(of n: Int, p: Double) -> [(count: Int, chance: Double)] {
    // Standard deviations to each side, and some for the tails of small means.
    let (reach, most) = (5.0, 50)
    let (mean, deviation) = (Double(n) * p, (Double(n) * p * (1 - p)).squareRoot())
    let low = max(0, Int(mean - reach * deviation - 3))
    let high = min(n, Int((mean + reach * deviation + 3).rounded(.up)))
    return stride(from: low, through: high, by: max(1, (high - low) / most)).map {
        ($0, exp(Binomial.logChance($0, of: n, p: p)))
    }
}
