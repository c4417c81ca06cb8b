import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

struct DatasetReaderTests {
    private func read(_ data: Data) -> (samples: [Sample], lines: [Int], problems: [String]) {
        let log = ProblemLog()
        let lines = DatasetReader(path: "a.jsonl", log: log).samples(in: data)
        return (lines.map(\.sample), lines.map(\.number), log.problems.map { "\($0.place): \($0.what)" })
    }

    private func read(_ text: String) -> (samples: [Sample], lines: [Int], problems: [String]) {
        read(Data(text.utf8))
    }

    @Test func `a line is a sample`() {
        let text = #"{"id": "a", "input": "Q", "target": "T", "choices": ["x", 2], "metadata": {"k": [1]}}"#
        let read = read(text)
        #expect(
            read.samples == [
                Sample(
                    id: "a", input: .text("Q"), target: ["T"], choices: ["x", "2"],
                    metadata: ["k": .array([.number(1)])])
            ]
        )
        #expect(read.problems == [])
    }

    @Test func `messages are an input too`() {
        let text = #"{"input": [{"role": "system", "content": "S"}, {"role": "user", "content": ""}]}"#
        #expect(
            read(text).samples.map(\.input) == [
                .messages([Message(role: "system", content: "S"), Message(role: "user", content: "")])
            ]
        )
    }

    @Test(arguments: [
        (#""132""#, ["132"]), ("132", ["132"]), ("29.00", ["29.00"]),
        ("12345678901234567890", ["12345678901234567890"]),
        (#"["a", 1]"#, ["a", "1"]), ("[]", []), (#""""#, [""]),
    ])
    func `a target is a text, a number with its digits, or a list`(target: String, expected: [String]) {
        #expect(read("{\"input\": \"Q\", \"target\": \(target)}").samples.map(\.target) == [expected])
    }

    @Test func `a sample without an id is called by its position among the samples`() {
        let read = read("{\"input\": \"a\"}\n\n{\"input\": \"b\", \"id\": 7}\n{\"input\": \"c\"}\n")
        #expect(read.samples.map(\.id) == ["1", "7", "3"])
        #expect(read.lines == [1, 3, 4])
    }

    @Test(arguments: [
        "\u{FEFF}{\"input\": \"a\"}\n", "{\"input\": \"a\"}\r\n\r\n", "\n \n{\"input\": \"a\"}", "{\"input\": \"a\"}",
    ])
    func `a byte order mark, other line ends and blank lines do no harm`(text: String) {
        #expect(read(text).samples.map(\.input) == [.text("a")])
        #expect(read(text).problems == [])
    }

    @Test func `a line separator inside of a text ends no line`() {
        #expect(read("{\"input\": \"a\u{2028}b\u{85}c\"}\n").samples.map(\.input) == [.text("a\u{2028}b\u{85}c")])
    }

    @Test(arguments: [
        ("", "a.jsonl: the dataset has no samples"),
        ("\n  \n", "a.jsonl: the dataset has no samples"),
        ("{\"input\": \"a\"", "a.jsonl:1:14: not valid JSON: expected “,” or “}”, saw the end of the line"),
        ("\n[1]", "a.jsonl:2: a sample is a JSON object"),
        (#"{"inputs": "a"}"#, "a.jsonl:1:2: unknown key “inputs” in a sample"),
        (#"{"target": "a"}"#, "a.jsonl:1: a sample without “input”"),
        (#"{"input": ""}"#, "a.jsonl:1:2: expected “input” to be a text or a list of messages, found the text \"\""),
        (#"{"input": 3}"#, "a.jsonl:1:2: expected “input” to be a text or a list of messages, found the number 3"),
        (#"{"input": []}"#, "a.jsonl:1:2: expected “input” to be a text or a list of messages, found an empty list"),
        (
            #"{"input": ["a"]}"#,
            "a.jsonl:1:2: expected “input” to be a list of messages with role and content, found the text \"a\""
        ),
        (
            #"{"input": [{"role": "robot", "content": "a"}]}"#,
            "a.jsonl:1:2: expected “input” to be messages with a role of system, developer, user, assistant, "
                + "found the text \"robot\""
        ),
        (
            #"{"input": [{"role": "user", "content": [{"type": "image"}]}]}"#,
            "a.jsonl:1:2: expected “input” to be messages whose content is a text, found a list"
        ),
        (
            #"{"input": [{"role": "user", "content": "", "name": "x"}]}"#,
            "a.jsonl:1:2: expected “input” to be messages with role and content, found the key “name”"
        ),
        (#"{"input": "a", "id": ""}"#, "a.jsonl:1:16: expected “id” to be a text or a number, found the text \"\""),
        (
            #"{"input": "a", "target": true}"#,
            "a.jsonl:1:16: expected “target” to be a text, a number, or a list of them, found true"
        ),
        (
            #"{"input": "a", "choices": "b"}"#,
            "a.jsonl:1:16: expected “choices” to be a list of texts, found the text \"b\""
        ),
        (#"{"input": "a", "metadata": []}"#, "a.jsonl:1:16: expected “metadata” to be an object, found an empty list"),
        (
            "{\"id\": \"x\", \"input\": \"a\"}\n{\"id\": \"x\", \"input\": \"b\"}",
            "a.jsonl:2: a second sample “x”; the first is on line 1"
        ),
        (
            "{\"input\": \"a\"}\n{\"id\": \"1\", \"input\": \"b\"}",
            "a.jsonl:2: a second sample “1”; the first is on line 1"
        ),
    ])
    func `a wrong line is told with its place`(text: String, problem: String) {
        #expect(read(text).problems == [problem])
    }

    @Test func `more choices than letters are refused`() {
        let choices = (1...27).map(String.init).joined(separator: ", ")
        #expect(
            read("{\"input\": \"a\", \"choices\": [\(choices)]}").problems == [
                "a.jsonl:1:16: expected “choices” to be a list of at most 26 texts, found 27 of them"
            ]
        )
    }

    @Test func `bytes that are no text are told with their line`() {
        let data = Data("{\"input\": \"a\"}\n".utf8) + Data([0x7B, 0xFF, 0x7D, 0x0A])
        #expect(read(data).problems == ["a.jsonl:2: not UTF-8 text"])
        #expect(read(data).samples.count == 1)
    }
}
