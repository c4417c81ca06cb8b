/// How far one candidate's load level in one round fell short of its load, since its endpoint turned requests away or
/// failed again and again, so that nothing was sent to it for a while.
package struct LevelShortfall: Hashable, Codable, Sendable {
    package let candidate: String
    package let load: Load
    package let round: Int
    /// Requests that were made, repeated ones among them.
    package let requests: Int
    /// Those that the endpoint answered with 429, too many requests.
    package let turnedAway: Int
    /// How often it failed so many times in a row that it was left alone.
    package let outages: Int
    /// While this level had something to send and held it back, ms.
    package let waited: Double
    /// What was offered instead of the load: the mean number of requests in flight, or of an open loop the mean number of
    /// trials that went out in a second; nil where too little went out to tell.
    package let kept: Double?

    package init(
        candidate: String, load: Load, round: Int, requests: Int, turnedAway: Int, outages: Int, waited: Double,
        kept: Double?
    ) {
        self.candidate = candidate
        self.load = load
        self.round = round
        self.requests = requests
        self.turnedAway = turnedAway
        self.outages = outages
        self.waited = waited
        self.kept = kept
    }
}
