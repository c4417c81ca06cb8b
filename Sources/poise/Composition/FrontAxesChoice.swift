import ArgumentParser
import PoiseCore
import PoiseStore

/// The axes as they are written on the command line, before it is known what they name.
struct FrontAxesChoice: Sendable {
    var x: Metric
    var y: String
    /// Empty for all.
    var tasks: [String]

    /// Whether the answer is the front that was kept with the run.
    var isUsual: Bool { x == .decodeTPS && y == FrontAxes.Quality.accuracy.name && tasks.isEmpty }

    /// What the names mean in a run: `--y` is `accuracy`, else a task, else a grader.
    ///
    /// Both axes are taken from the same trials: those of the tasks that are named, of the task that is the y axis, or of
    /// the tasks that the grader is in.
    /// - Throws: `ValidationError` that names what was likely meant.
    func resolved(in run: RunRecord, _ plan: Plan, store: RunStore) async throws -> FrontAxes {
        let all = plan.tasks.map(\.name)
        for task in tasks where !all.contains(task) {
            throw Self.unknown("task", task, option: "--task", among: all, of: run.id)
        }
        if y == FrontAxes.Quality.accuracy.name { return FrontAxes(x: x, y: .accuracy, tasks: ordered(tasks, by: all)) }
        if all.contains(y) {
            guard tasks.isEmpty || tasks == [y] else {
                throw ValidationError(
                    "--y \(y) is a task, and both axes are taken from its trials alone. Leave out --task.")
            }
            return FrontAxes(x: x, y: .task(y), tasks: [y])
        }
        let graders = try await store.graders(in: run.id)
        guard graders.contains(y) else {
            throw Self.unknown(
                "task or grader", y, option: "--y", among: [FrontAxes.Quality.accuracy.name] + all + graders, of: run.id
            )
        }
        let graded = try await store.tasks(gradedBy: y, in: run.id)
        let common = tasks.isEmpty ? graded : graded.filter(tasks.contains)
        guard !common.isEmpty else {
            throw ValidationError(
                "The grader \(y) is in no task that --task names; it is in \(graded.joined(separator: ", ")).")
        }
        return FrontAxes(x: x, y: .grader(y), tasks: ordered(common, by: all))
    }

    private func ordered(_ names: [String], by all: [String]) -> [String] { all.filter(names.contains) }

    private static func unknown(
        _ kind: String, _ name: String, option: String, among known: [String], of run: String
    ) -> ValidationError {
        var seen: Set<String> = []
        let known = known.filter { seen.insert($0).inserted }
        let meant = nearest(to: name, among: known).map { " Did you mean \($0)?" } ?? ""
        return ValidationError(
            "\(option) \(name): run \(run) has no such \(kind).\(meant) There are: \(known.joined(separator: ", ")).")
    }
}

extension Metric {
    /// - Throws: `ValidationError` with all of them.
    static func axis(named name: String) throws -> Metric {
        if let metric = Metric(rawValue: name) { return metric }
        let all = allCases.map(\.rawValue)
        if let meant = all.first(where: { $0.lowercased() == name.lowercased() }).flatMap(Metric.init) { return meant }
        let meant = nearest(to: name, among: all).map { " Did you mean \($0)?" } ?? ""
        throw ValidationError("There is no axis \(name).\(meant) There are: \(all.joined(separator: ", ")).")
    }
}
