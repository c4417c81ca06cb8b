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
    /// ms.
    package var median: Double
    package var p90: Double
    package var p99: Double
    /// Counts in bins of equal ratio; the bin k holds what is from `low` × `ratio`^k to below `low` × `ratio`^(k+1), ms.
    package var counts: [Int]
    package var low: Double
    package var ratio: Double

    package init(
        candidate: String, load: Load, kind: Kind, n: Int, sampledTrials: Int? = nil, median: Double, p90: Double,
        p99: Double, counts: [Int], low: Double, ratio: Double
    ) {
        self.candidate = candidate
        self.load = load
        self.kind = kind
        self.n = n
        self.sampledTrials = sampledTrials
        self.median = median
        self.p90 = p90
        self.p99 = p99
        self.counts = counts
        self.low = low
        self.ratio = ratio
    }
}
