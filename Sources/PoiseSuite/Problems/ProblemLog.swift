import PoiseCore

/// Where the readers of one load leave what they found wrong, so that one mistake does not hide the next.
final class ProblemLog {
    private var found: [InvalidSuite.Problem] = []
    private var known: Set<InvalidSuite.Problem> = []

    /// Keeps a problem; the same one again (from another combination of a matrix) is not news.
    func add(_ problem: InvalidSuite.Problem) {
        if known.insert(problem).inserted { found.append(problem) }
    }

    /// How many there are by now; equal before and after a step says that the step went well.
    var count: Int { found.count }

    /// File by file in the order in which they were first named, each by line and column.
    var problems: [InvalidSuite.Problem] {
        var order: [String: Int] = [:]
        for problem in found where order[problem.path] == nil { order[problem.path] = order.count }
        return found.enumerated().sorted { left, right in
            sortKey(of: left, order) < sortKey(of: right, order)
        }.map(\.element)
    }

    private func sortKey(
        of entry: (offset: Int, element: InvalidSuite.Problem), _ order: [String: Int]
    ) -> (Int, Int, Int, Int) {
        let problem = entry.element
        return (order[problem.path] ?? 0, problem.line ?? 0, problem.column ?? 0, entry.offset)
    }
}

/// `Did you mean “tasks”?`, or the whole menu where nothing is near.
func suggestion(for name: String, among known: [String], called plural: String) -> String {
    if let near = nearest(to: name, among: known) { return "Did you mean “\(near)”?" }
    return "Known \(plural): \(known.joined(separator: ", "))."
}
