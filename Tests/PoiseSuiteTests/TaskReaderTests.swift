import PoiseCore
import Testing

@testable import PoiseSuite

struct TaskReaderTests {
    private static let path = "Datasets/tiny/add.yaml"

    private func problems(_ text: String, with other: String) throws -> [String] {
        try Workspace([Self.path: Workspace.replacing(text, with: other, in: Self.path)]).problems()
    }

    @Test func `a task is private where it says so`() throws {
        let open = try #require(try Workspace().load().tasks.first)
        #expect(!open.isPrivate)
        let text = "name: add\n"
        let closed = try Workspace([Self.path: Workspace.replacing(text, with: text + "private: true\n", in: Self.path)]
        )
        #expect(try closed.load().tasks.first?.isPrivate == true)
        #expect(try problems(text, with: text + "private: yes please\n").first?.contains("true or false") == true)
    }

    @Test func `a task carries its words, graders and samples`() throws {
        let task = try #require(try Workspace().load().tasks.first)
        #expect(task.name == "add")
        #expect(task.title == "Sums of two numbers up to 999")
        #expect(task.license == "Apache-2.0")
        #expect(task.useCase == "reasoning")
        #expect(task.maxTokens == 16)
        #expect(task.prompt == .text("{input}"))
        #expect(task.samples.map(\.id) == ["add-1", "add-2"])
        #expect(
            task.graders == [
                .check(CheckDefinition(name: "number", options: ["extract": .string("last_number")])),
                .rubric(
                    RubricDefinition(
                        name: "conciseness", description: "Short and to the point.",
                        criteria: [
                            .init(
                                name: "covers the facts", weight: 3, required: false,
                                measure: .check(
                                    CheckDefinition(name: "contains_all", options: ["of": .string("{metadata.facts}")]))
                            ),
                            .init(
                                name: "is one number", weight: 1, required: true,
                                measure: .check(
                                    CheckDefinition(name: "regex", options: ["pattern": .string(#"^\d{1,4}$"#)]))),
                        ])),
            ]
        )
    }

    @Test func `a task needs no more than samples and graders`() throws {
        let workspace = try Workspace([Self.path: "samples: add.jsonl\ngraders: [{check: exact}]\n"])
        let task = try #require(try workspace.load().tasks.first)
        #expect(task.name == "add")
        #expect(task.prompt == .text("{input}"))
        #expect(task.graders == [.check(CheckDefinition(name: "exact"))])
    }

    @Test func `a prompt may be messages`() throws {
        let prompt = "prompt:\n  - {role: system, content: Be brief.}\n  - {role: user, content: \"{input}\"}\n"
        let workspace = try Workspace([
            Self.path: Workspace.replacing("prompt: \"{input}\"", with: prompt, in: Self.path)
        ])
        #expect(
            try workspace.load().tasks.first?.prompt
                == .messages([
                    Message(role: "system", content: "Be brief."), Message(role: "user", content: "{input}"),
                ])
        )
    }

    @Test(arguments: [
        ("samples: add.jsonl", "samples: sub.jsonl", "5:10: the dataset “sub.jsonl” does not exist"),
        ("samples: add.jsonl", "sample: add.jsonl", "5:1: unknown key “sample” in a task"),
        ("max_tokens: 16", "max_tokens: 0", "7:13: expected a whole number of at least 1, found the number 0"),
        ("prompt: \"{input}\"", "prompt: {input}", "6:9: expected a text or a list of messages, found a mapping"),
        ("prompt: \"{input}\"", "prompt: \"Answer.\"", "6:9: the prompt asks every sample the same"),
        ("prompt: \"{input}\"", "prompt: \"{inptu}\"", "6:9: unknown placeholder {inptu} in the prompt"),
        ("prompt: \"{input}\"", "prompt: \"{input} {target}\"", "6:9: {target} in the prompt gives the answer away"),
        (
            "prompt: \"{input}\"", "prompt: [{role: robot, content: \"{input}\"}]",
            "6:17: “robot” is not known here"
        ),
        ("  - check: number", "  - chek: number", "9:5: a grader without “check” or “rubric”"),
        (
            "  - check: number", "  - rubric: conciseness\n    check: number",
            "9:5: a grader with both “check” and “rubric”"
        ),
        ("  - rubric: conciseness", "  - conciseness", "11:5: expected a grader, found the text \"conciseness\""),
    ])
    func `a wrong task is told with its line and column`(text: String, other: String, problem: String) throws {
        let problems = try problems(text, with: other)
        #expect(problems.contains("\(Self.path):\(problem)"), "\(problems)")
    }
}
