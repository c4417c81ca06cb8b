/// What a front is drawn over: how well candidates answer, against how fast, large or dear they are.
package struct FrontAxes: Hashable, Codable, Sendable {
    package var x: Metric
    package var y: Quality
    /// The tasks whose trials both axes are taken from; empty for all.
    package var tasks: [String]

    /// How well a candidate answers, 0…1.
    package enum Quality: Hashable, Codable, Sendable {
        /// The mean score of the graders that decide.
        case accuracy
        /// The same on one task.
        case task(String)
        /// The mean score of one grader, whether it decides or is reported beside the one that does.
        case grader(String)

        /// `accuracy`, or the name of the task or the grader.
        package var name: String {
            switch self {
            case .accuracy: "accuracy"
            case .task(let name), .grader(let name): name
            }
        }
    }

    /// Accuracy against decode speed over all tasks, where nothing else is said.
    package init(x: Metric = .decodeTPS, y: Quality = .accuracy, tasks: [String] = []) {
        self.x = x
        self.y = y
        self.tasks = tasks
    }

    /// Whether it is the front that every run ends with.
    package var isUsual: Bool { self == FrontAxes() }
}
