/// How far a candidate's next-token distributions are from a reference's, along the reference's own texts.
package struct Divergence: Hashable, Codable, Sendable {
    package var candidate: String
    /// The candidate whose texts were followed.
    package var reference: String
    package var load: Load
    package var samples: Int
    /// Positions that were compared.
    package var tokens: Int
    /// The mean Kullback–Leibler divergence from the reference, nats a token, with its interval over samples.
    ///
    /// Over the likeliest tokens of both and all others as one: at most what it is over the whole vocabulary.
    package var meanKL: Double
    package var meanKLLow: Double?
    package var meanKLHigh: Double?
    /// The share of positions at which both find the same token the likeliest, 0…1.
    package var sameTop: Double
    package var sameTopLow: Double?
    package var sameTopHigh: Double?
    /// Likeliest tokens that each side was asked for.
    package var top: Int

    package init(
        candidate: String, reference: String, load: Load, samples: Int, tokens: Int, meanKL: Double,
        meanKLLow: Double?, meanKLHigh: Double?, sameTop: Double, sameTopLow: Double?, sameTopHigh: Double?, top: Int
    ) {
        self.candidate = candidate
        self.reference = reference
        self.load = load
        self.samples = samples
        self.tokens = tokens
        self.meanKL = meanKL
        self.meanKLLow = meanKLLow
        self.meanKLHigh = meanKLHigh
        self.sameTop = sameTop
        self.sameTopLow = sameTopLow
        self.sameTopHigh = sameTopHigh
        self.top = top
    }
}
