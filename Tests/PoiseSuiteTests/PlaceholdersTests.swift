import PoiseCore
import Testing

@testable import PoiseSuite

struct PlaceholdersTests {
    private func workspace(prompt: String, samples: [String]) throws -> Workspace {
        try Workspace([
            "Datasets/tiny/add.yaml": "prompt: \(prompt)\nsamples: add.jsonl\ngraders: [{check: exact}]\n",
            "Datasets/tiny/add.jsonl": samples.joined(separator: "\n"),
        ])
    }

    @Test func `the first sample that lacks a placeholder is named with its line`() throws {
        let workspace = try workspace(
            prompt: "\"{input} {metadata.unit}\"",
            samples: [
                #"{"id": "a", "input": "1", "metadata": {"unit": "m"}}"#, #"{"id": "b", "input": "2"}"#,
                #"{"id": "c", "input": "3"}"#,
            ])
        #expect(
            try workspace.problems() == [
                "Datasets/tiny/add.jsonl:2: sample “b” (and 1 more) has no metadata.unit, which the prompt names"
            ]
        )
        #expect(try workspace.remedies() == ["{metadata.unit} stands in Datasets/tiny/add.yaml:1."])
    }

    @Test func `choices must be there where a prompt names them`() throws {
        let workspace = try workspace(prompt: "\"{input}\\n{choices}\"", samples: [#"{"input": "1"}"#])
        #expect(
            try workspace.problems() == [
                "Datasets/tiny/add.jsonl:1: sample “1” has no choices, which the prompt names"
            ]
        )
    }

    @Test func `samples with messages of their own need nothing of the prompt`() throws {
        let workspace = try workspace(
            prompt: "\"{metadata.unit}\"", samples: [#"{"input": [{"role": "user", "content": "hi"}]}"#])
        #expect(try workspace.problems() == [])
    }

    @Test func `a slip in a placeholder finds its neighbour in the metadata`() throws {
        let workspace = try workspace(
            prompt: "\"{metadta.unit}\"", samples: [#"{"input": "1", "metadata": {"unit": "m"}}"#])
        #expect(try workspace.remedies() == ["Did you mean “metadata.unit”?"])
    }

    @Test func `a value that is filled in a thousand times is refused where it would become a text without end`() throws
    {
        let prompt = "\"{input}" + String(repeating: "{metadata.text}", count: 1000) + "\""
        let long = String(repeating: "x", count: 100_000)
        let workspace = try workspace(
            prompt: prompt,
            samples: [
                #"{"input": "1", "metadata": {"text": "short"}}"#,
                #"{"input": "2", "metadata": {"text": "\#(long)"}}"#,
            ])
        #expect(
            try workspace.problems() == ["Datasets/tiny/add.jsonl:2: sample “2” makes a text of more than 64 MB"])
    }

    @Test func `braces that hold no name are text`() throws {
        let workspace = try workspace(prompt: "'{input} Answer as {\"n\": 1} or { }.'", samples: [#"{"input": "1"}"#])
        #expect(try workspace.problems() == [])
    }
}
