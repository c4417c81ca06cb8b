import PoiseCore
import Testing

@testable import PoiseSuite

struct YAMLSourceTests {
    private func problems(in text: String) -> [InvalidSuite.Problem] {
        let log = ProblemLog()
        _ = YAMLSource(path: "a.yaml", log: log).root(of: text)
        return log.problems
    }

    @Test(arguments: [
        ("", "a.yaml", "the file is empty"),
        ("# only a comment\n", "a.yaml", "the file is empty"),
        ("- a\n- b\n", "a.yaml:1:1", "expected keys with values, found a list"),
        ("just words\n", "a.yaml:1:1", "expected keys with values, found the text \"just words\""),
        ("name: a\n\trounds: 2\n", "a.yaml:2:1", "a tab stands where the indentation is"),
        ("name: a\ntasks:\n\t- b\n", "a.yaml:3:1", "a tab stands where the indentation is"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1", "a second document starts here"),
        ("name: a\nseed: *nowhere\n", "a.yaml:2:7", "not valid YAML: found undefined alias"),
        ("name: a: b\n", "a.yaml:1:8", "not valid YAML: mapping values are not allowed in this context"),
        ("name: a\nload: 1\nname: b\n", "a.yaml:3:1", "the key “name” stands here again; it is on line 1 already"),
        (
            "a: 1\nb:\n  c: 1\n  d: 2\n  \"c\": 3\nz: 1\n", "a.yaml:5:3",
            "the key “c” stands here again; it is on line 3 already"
        ),
        ("load: {a: 1, a: 2}\n", "a.yaml:1", "the key “a” stands here again; it is on line 1 already"),
        (
            "name: a\nrounds: @2\n", "a.yaml:2:9",
            "not valid YAML: found character that cannot start any token (while scanning for the next token, from line 2)"
        ),
        ("na\u{7}me: a\n", "a.yaml:1", "not valid YAML: control characters are not allowed"),
    ])
    func `what is not one mapping is refused with its place`(text: String, place: String, what: String) {
        let problems = problems(in: text)
        #expect(problems.map(\.place) == [place])
        #expect(problems.map(\.what) == [what])
    }

    @Test(arguments: ["\u{FEFF}name: a\n", "name: a\r\nload: 1\r\n", "---\nname: a\n", "{name: a, load: 1}", "name: a"])
    func `what other editors write is read`(text: String) {
        let log = ProblemLog()
        let root = YAMLSource(path: "a.yaml", log: log).root(of: text)
        #expect(root?.pairs?.first?.name == "name")
        #expect(root?.pairs?.first?.value.text == "a")
        #expect(log.count == 0)
    }

    @Test func `an open quote says what is open`() {
        let problems = problems(in: "name: 'a\nload: 1\n")
        #expect(problems.first?.expected == "A quote or a bracket is still open.")
    }
}
