/// The server's own decode speed beside ours.
package struct ServerSpeed: Hashable, Codable, Sendable {
    /// The median over trials of our decode speed / the server's own.
    package var medianRatio: Double
    /// Trials with at least `minimumTokens` output tokens for which both are known.
    package var trials: Int
    package var minimumTokens: Int

    package init(medianRatio: Double, trials: Int, minimumTokens: Int = 16) {
        self.medianRatio = medianRatio
        self.trials = trials
        self.minimumTokens = minimumTokens
    }
}
