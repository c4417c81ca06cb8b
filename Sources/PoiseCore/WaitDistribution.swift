/// How long people waited for one thing, as a distribution over trials, or over the gaps within them.
package struct WaitDistribution: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        /// `itl`: every gap between token-bearing chunks, pooled over trials.
        case ttft, ttfo, itl, latency
    }

    package var candidate: String
    package var load: Load
    package var kind: Kind
    /// Trials, or gaps.
    package var n: Int
    /// Trials that it was taken from, where not all were read; nil where all were.
    package var sampledTrials: Int?
    /// Stored streams that could not be read back.
    package var damagedTrials: Int
    /// ms.
    package var median: Double
    /// Nil of fewer than 10, of which it is the largest.
    package var p90: Double?
    /// Nil of fewer than 100, of which it is the largest.
    package var p99: Double?
    /// Counts in bins of equal ratio; the bin k holds what is from `low` × `ratio`^k to below `low` × `ratio`^(k+1), ms.
    ///
    /// What took no time at all has no place on a logarithmic scale: it is in `n` and in the quantiles, in no bin.
    package var counts: [Int]
    package var low: Double
    package var ratio: Double

    package init(
        candidate: String, load: Load, kind: Kind, n: Int, sampledTrials: Int? = nil, damagedTrials: Int = 0,
        median: Double, p90: Double?, p99: Double?, counts: [Int], low: Double, ratio: Double
    ) {
        self.candidate = candidate
        self.load = load
        self.kind = kind
        self.n = n
        self.sampledTrials = sampledTrials
        self.damagedTrials = damagedTrials
        self.median = median
        self.p90 = p90
        self.p99 = p99
        self.counts = counts
        self.low = low
        self.ratio = ratio
    }

    /// Waits of no time: of gaps, chunks that came in the same network read as the one before.
    package var zeros: Int { n - counts.reduce(0, +) }
}
