import PoiseCore
import Testing

@testable import PoiseSuite

struct InvalidSuiteTests {
    @Test func `what a file holds cannot steer the terminal`() {
        let problem = InvalidSuite.Problem(path: "s.yaml", what: "unknown key “\u{1B}[2J\n”", expected: "\u{7}")
        #expect(problem.what == "unknown key “\u{FFFD}[2J\u{FFFD}”")
        #expect(problem.expected == "\u{FFFD}")
    }

    private let first = InvalidSuite.Problem(
        path: "a.yaml", line: 3, column: 5, what: "x is wrong", expected: "Write y.")
    private let second = InvalidSuite.Problem(path: "b.jsonl", line: 2, what: "not JSON")

    @Test func `one problem says what, where and what to do`() {
        let error = InvalidSuite(problems: [first])
        #expect(error.what == "x is wrong")
        #expect(error.place == "a.yaml:3:5")
        #expect(error.remedy == "Write y.")
        #expect(error.errorDescription == "a.yaml:3:5: x is wrong\n  Write y.")
    }

    @Test func `several problems are listed one after the other`() {
        let error = InvalidSuite(problems: [first, second])
        #expect(error.what == "the suite has 2 problems")
        #expect(error.errorDescription == "a.yaml:3:5: x is wrong\n  Write y.\nb.jsonl:2: not JSON")
    }

    @Test func `a flood of problems is cut and counted`() {
        let many = (1...100).map { InvalidSuite.Problem(path: "a", line: $0, what: "x") }
        let lines = InvalidSuite(problems: many).errorDescription?.split(separator: "\n")
        #expect(lines?.count == 41)
        #expect(lines?.last == "… and 60 more")
    }
}
