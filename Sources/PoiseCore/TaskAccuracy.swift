/// One candidate on one task at one load.
package struct TaskAccuracy: Hashable, Codable, Sendable {
    package var candidate: String
    package var task: String
    package var load: Load
    /// The sum of the samples' scores: the number of right answers where scores are 0 or 1.
    package var correct: Double
    /// Samples that have a score.
    package var n: Int
    package var unscored: Int

    package init(candidate: String, task: String, load: Load, correct: Double, n: Int, unscored: Int = 0) {
        self.candidate = candidate
        self.task = task
        self.load = load
        self.correct = correct
        self.n = n
        self.unscored = unscored
    }

    /// 0…1; nil where no sample has a score.
    package var accuracy: Double? { n > 0 ? correct / Double(n) : nil }
}
