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
    /// The share of the reference's probability that is on tokens which both sides named, 0…1; nil where it is not known.
    package var covered: Double?
    /// Tokens of the vocabulary; nil where the server does not tell.
    package var vocabulary: Int?
    /// Responses that were to be followed and could not be.
    package var leftOut: Int
    /// The tasks whose responses were followed, in the suite's order.
    package var tasks: [String]

    package init(
        candidate: String, reference: String, load: Load, samples: Int, tokens: Int, meanKL: Double,
        meanKLLow: Double?, meanKLHigh: Double?, sameTop: Double, sameTopLow: Double?, sameTopHigh: Double?, top: Int,
        covered: Double? = nil, vocabulary: Int? = nil, leftOut: Int = 0, tasks: [String] = []
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
        self.covered = covered
        self.vocabulary = vocabulary
        self.leftOut = leftOut
        self.tasks = tasks
    }

    /// Whether every token of the vocabulary was compared by itself: the divergence is then exact, and no lower bound.
    package var isWhole: Bool { vocabulary.map { top >= $0 } ?? false }
}
