/// One machine that took part in a run, without its name: what was measured on it, and how wrong its client's times are.
package struct NodeSummary: Hashable, Sendable {
    /// From 1, in the order in which they began; the same machine has one number in all of a plan's shards.
    package let number: Int
    package let machine: MachineFacts
    /// Shards that it worked on, from 0.
    package let shards: [Int]
    /// Candidates with a trial there, by name.
    package let candidates: [String]
    /// Candidate × load × round with a trial there.
    package let levels: Int
    /// Warm-up left out.
    package let trials: Int
    /// The client's own error there; of several measurements the largest.
    package let calibration: Calibration?

    package init(
        number: Int, machine: MachineFacts, shards: [Int], candidates: [String], levels: Int, trials: Int,
        calibration: Calibration?
    ) {
        self.number = number
        self.machine = machine
        self.shards = shards
        self.candidates = candidates
        self.levels = levels
        self.trials = trials
        self.calibration = calibration
    }
}
