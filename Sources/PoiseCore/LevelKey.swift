/// One candidate at one load in one round.
package struct LevelKey: Hashable, Sendable {
    package let candidate: String
    package let load: Load
    package let round: Int

    package init(candidate: String, load: Load, round: Int) {
        self.candidate = candidate
        self.load = load
        self.round = round
    }
}
