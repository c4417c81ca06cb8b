package import PoiseCore
import Foundation

extension WaitDistribution {
    /// Bins of a decade: fine enough for a hill of two peaks, coarse enough for some hundred waits.
    package static let binsPerDecade = 20

    /// Quantiles and counts of waits in milliseconds; nil where there are none. Values that are no times are left out.
    ///
    /// Bins begin at powers of 10^(1/20), so that those of all candidates are the same. A quantile is given where at
    /// least one value lies beyond it: p90 from 10 values on, p99 from 100.
    package init?(
        candidate: String, load: Load, kind: Kind, waits: [Double], sampledTrials: Int? = nil, damagedTrials: Int = 0
    ) {
        let sorted = waits.filter { $0 >= 0 && $0.isFinite }.sorted()
        guard let median = quantile(0.5, ofSorted: sorted) else { return nil }
        let (counts, low) = Self.bins(ofSorted: sorted)
        self.init(
            candidate: candidate, load: load, kind: kind, n: sorted.count, sampledTrials: sampledTrials,
            damagedTrials: damagedTrials, median: median,
            p90: sorted.count >= 10 ? quantile(0.9, ofSorted: sorted) : nil,
            p99: sorted.count >= 100 ? quantile(0.99, ofSorted: sorted) : nil, counts: counts, low: low,
            ratio: pow(10, 1 / Double(Self.binsPerDecade)))
    }

    private static func bins(ofSorted waits: [Double]) -> (counts: [Int], low: Double) {
        let positive = waits.drop { $0 <= 0 }
        guard let first = positive.first.map(bin), let last = positive.last.map(bin) else { return ([], 1) }
        var counts = [Int](repeating: 0, count: last - first + 1)
        for wait in positive { counts[bin(of: wait) - first] += 1 }
        return (counts, edge(first))
    }

    /// The bin that begins at or below a wait; 0 begins at 1 ms.
    private static func bin(of wait: Double) -> Int {
        let near = Int((log10(wait) * Double(binsPerDecade)).rounded(.down))
        // The logarithm of an edge may come out a little below it.
        return edge(near + 1) <= wait ? near + 1 : edge(near) > wait ? near - 1 : near
    }

    private static func edge(_ bin: Int) -> Double { pow(10, Double(bin) / Double(binsPerDecade)) }
}
