/// A grader in one version, with the scores that it gave in one task.
package struct GraderVersion: Hashable, Codable, Sendable {
    package var task: String
    /// 0 decides.
    package var position: Int
    package var grader: String
    /// The SHA-256 of its definition; nil in runs of before it was kept.
    package var version: String?
    package var scores: Int
    /// Of `scores`, those that could not be given.
    package var unscored: Int

    package init(task: String, position: Int, grader: String, version: String?, scores: Int, unscored: Int) {
        self.task = task
        self.position = position
        self.grader = grader
        self.version = version
        self.scores = scores
        self.unscored = unscored
    }
}
