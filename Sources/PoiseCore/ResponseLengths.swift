/// How long one candidate's responses were at one load, and how fast they could be read.
package struct ResponseLengths: Hashable, Codable, Sendable {
    package var candidate: String
    package var load: Load
    /// Responses whose output tokens were counted.
    package var n: Int
    /// Output tokens; nil where nobody counted them.
    package var median: Double?
    /// Nil of fewer than 10.
    package var p90: Double?
    /// The median over trials; nil where no answer took time to write.
    package var charactersPerSecond: Double?

    package init(
        candidate: String, load: Load, n: Int, median: Double?, p90: Double?, charactersPerSecond: Double?
    ) {
        self.candidate = candidate
        self.load = load
        self.n = n
        self.median = median
        self.p90 = p90
        self.charactersPerSecond = charactersPerSecond
    }
}
