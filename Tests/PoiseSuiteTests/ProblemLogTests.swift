import Testing

@testable import PoiseSuite

struct ProblemLogTests {
    @Test func `problems come by file, line and column, each once`() {
        let log = ProblemLog()
        for (path, line, column) in [("b", 2, 1), ("a", 9, 1), ("b", 1, 7), ("b", 1, 3), ("a", 9, 1)] {
            log.add(.init(path: path, line: line, column: column, what: "x"))
        }
        #expect(log.problems.map(\.place) == ["b:1:3", "b:1:7", "b:2:1", "a:9:1"])
    }

    @Test func `a suggestion is the nearest name or the whole menu`() {
        #expect(suggestion(for: "tasts", among: ["tasks", "load"], called: "keys") == "Did you mean “tasks”?")
        #expect(suggestion(for: "zzz", among: ["tasks", "load"], called: "keys") == "Known keys: tasks, load.")
    }
}
