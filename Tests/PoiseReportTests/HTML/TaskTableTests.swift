import PoiseCore
import Testing

@testable import PoiseReport

struct TaskTableTests {
    private func table(_ scores: [TaskAccuracy], _ points: [FrontPoint]) -> TaskTable {
        var content = Demo.content(points: points)
        content.tasks = [
            TaskSummary(name: "add", title: "Sums", sampleCount: 4),
            TaskSummary(name: "sort", title: nil, sampleCount: 4),
        ]
        content.taskAccuracies = scores
        return TaskTable(content, FrontView(content, load: 1))
    }

    private let points = [Demo.point("a", "f16", correct: 300, speed: 1), Demo.point("b", "f16", correct: 3, speed: 2)]

    @Test func `the highest of a row is marked, what is not scored is a dash`() {
        let table = table(
            [
                TaskAccuracy(candidate: "a@f16", task: "add", load: 1, correct: 1, n: 4),
                TaskAccuracy(candidate: "b@f16", task: "add", load: 1, correct: 3, n: 3, unscored: 1),
                TaskAccuracy(candidate: "a@f16", task: "sort", load: 1, correct: 4, n: 4),
                TaskAccuracy(candidate: "b@f16", task: "sort", load: 1, correct: 0, n: 0, unscored: 4),
            ], points
        )
        #expect(table.rows.map(\.name) == ["Sums", "sort"])
        #expect(table.rows[0].cells.map(\.text) == ["25", "100"])
        #expect(table.rows[0].cells.map(\.isMost) == [false, true])
        #expect(table.rows[0].n == "3–4")
        #expect(table.rows[1].cells.map(\.text) == ["100", "–"])
        #expect(
            table.finding
                == "a at f16, which gets the most right over all, is lowest on “Sums” (1 of 4) and highest on “sort” (4 of 4)."
        )
    }

    @Test func `without scores there is no table and no finding`() {
        let empty = table([], points)
        #expect(!empty.hasRows && empty.finding.isEmpty)
    }

    @Test func `tasks that tie for the best or the worst are counted, not named`() {
        var content = Demo.content(points: points)
        content.tasks = ["add", "sort", "date"].map { TaskSummary(name: $0, title: nil, sampleCount: 4) }
        content.taskAccuracies = zip(content.tasks, [1.0, 4, 4]).map {
            TaskAccuracy(candidate: "a@f16", task: $0.name, load: 1, correct: $1, n: 4)
        }
        #expect(
            TaskTable(content, FrontView(content, load: 1)).finding.hasSuffix(
                "is lowest on “add” (1 of 4) and highest on 2 tasks (100% each)."))
    }

    @Test func `scores of another load are left out`() {
        let other = table([TaskAccuracy(candidate: "a@f16", task: "add", load: 4, correct: 1, n: 4)], points)
        #expect(!other.hasRows)
    }
}
