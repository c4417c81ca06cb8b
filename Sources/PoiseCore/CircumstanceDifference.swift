/// Something that shapes two candidates' numbers, should be the same for both, and is not.
package struct CircumstanceDifference: Hashable, Codable, Sendable {
    package enum Subject: String, Hashable, Codable, Sendable, CaseIterable {
        /// The run did not come to its end.
        case status
        case simulated
        case machine
        /// Other machines of one kind.
        case nodes
        case service
        case prompts, graders
        /// Scores of several versions of a grader are mixed within one side.
        case mixedGraders
        case chatTemplate, sampling
        case engine, engineBuild, engineArguments
        case settings, rounds, epochs, warmup
        case poiseVersion
    }

    package var subject: Subject
    /// What it is on each side, for people; nil where it is not known.
    package var base: String?
    package var candidate: String?
    /// The tasks that it concerns; empty where it is all.
    package var tasks: [String]

    package init(_ subject: Subject, base: String?, candidate: String?, tasks: [String] = []) {
        self.subject = subject
        self.base = base
        self.candidate = candidate
        self.tasks = tasks
    }
}
