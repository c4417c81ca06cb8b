import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

struct SuiteLoaderTests {
    @Test func `the suite of the documentation becomes a plan`() throws {
        let workspace = try Workspace()
        let plan = try workspace.load()
        #expect(plan.name == "tiny-ladder")
        #expect(plan.description == "Three sizes of a toy model at two quantizations, on what they know.")
        #expect(
            plan.candidates.map(\.id) == [
                "tiny-xs@f16", "tiny-xs@q4_0", "tiny-s@f16", "tiny-s@q4_0", "tiny-m@f16", "tiny-m@q4_0",
                "qwen3-8b@q4_k_m",
            ]
        )
        #expect(plan.loads == [1, 4])
        #expect(plan.rounds == 2)
        #expect(plan.epochs == 1)
        #expect(plan.warmup == 3)
        #expect(plan.seed == 1)
        #expect(plan.baseline == "tiny-m@f16")
        #expect(plan.trialCount == 7 * 2 * 2 * 2)
    }

    @Test func `a candidate carries its engine, settings and price`() throws {
        let workspace = try Workspace()
        let candidates = try workspace.load().candidates
        let sampling = SamplingSettings(temperature: 0, maxTokens: 96, seed: 1)
        #expect(
            candidates.first
                == Candidate(
                    id: "tiny-xs@f16", model: "tiny-xs", quantization: "f16",
                    serving: .managed(
                        ManagedEngine(
                            engine: .llamaCpp, file: workspace.folder + "/Models/tiny-xs-f16.gguf", threads: 1)),
                    sampling: sampling
                )
        )
        #expect(
            candidates.last
                == Candidate(
                    id: "qwen3-8b@q4_k_m", model: "qwen3-8b", quantization: "q4_k_m",
                    serving: .endpoint(
                        Endpoint(
                            baseURL: "http://127.0.0.1:11434/v1", model: "qwen3:8b-q4_K_M",
                            apiKeyVariable: "OPENAI_API_KEY")),
                    sampling: sampling,
                    price: Price(
                        input: 0.05, output: 0.2, per: "million tokens", currency: "USD", source: "price list",
                        date: "2026-11-01")
                )
        )
    }

    @Test func `everything has a default but candidates and tasks`() throws {
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suiteWithCandidate(
                "  - model: qwen\n    endpoint: {base_url: \"http://localhost:1/v1/\"}")
        ])
        let plan = try workspace.load()
        #expect(plan.loads == [1])
        #expect(plan.rounds == 1)
        #expect(plan.epochs == 1)
        #expect(plan.warmup == 3)
        #expect(plan.seed == 1)
        #expect(plan.baseline == nil)
        #expect(plan.candidates.map(\.id) == ["qwen"])
        #expect(plan.candidates.first?.sampling == SamplingSettings(temperature: 0, maxTokens: 1024))
        #expect(
            plan.candidates.first?.serving == .endpoint(Endpoint(baseURL: "http://localhost:1/v1", model: "qwen")))
    }

    @Test func `every file that was read is recorded with its digest`() throws {
        let workspace = try Workspace()
        let source = try workspace.load().source
        #expect(source.path == workspace.suite)
        #expect(source.text == Workspace.good["Suites/ladder.yaml"])
        let paths = [
            "../Datasets/tiny/add.jsonl", "../Datasets/tiny/add.yaml", "../Rubrics/conciseness.yaml", "ladder.yaml",
        ]
        #expect(source.digests.keys.sorted() == paths)
        let text = try #require(Workspace.good["Datasets/tiny/add.jsonl"])
        #expect(source.digests["../Datasets/tiny/add.jsonl"] == SHA256Digest.of(Data(text.utf8)))
    }

    @Test func `tasks come in sorted order and each file once`() throws {
        let task = try #require(Workspace.good["Datasets/tiny/add.yaml"])
        let workspace = try Workspace([
            "Datasets/tiny/b.yaml": task.replacingOccurrences(of: "name: add", with: "name: b"),
            "Datasets/tiny/B.yaml": task.replacingOccurrences(of: "name: add", with: "name: B"),
            "Suites/ladder.yaml": Workspace.suite(
                replacing: "tasks: [../Datasets/tiny/*.yaml] ",
                with: "tasks: [../Datasets/**/b.yaml, ../Datasets/tiny/*.yaml]"),
        ])
        #expect(try workspace.load().tasks.map(\.name) == ["b", "B", "add"])
    }

    @Test(arguments: [
        ("name: tiny-ladder", "nmae: tiny-ladder", "1:1: unknown key “nmae” in a suite"),
        ("rounds: 2", "rounds: two", "24:9: expected a whole number from 1 to 1000, found the text \"two\""),
        ("rounds: 2", "rounds: \"2\"", "24:9: expected a whole number from 1 to 1000, found the text \"2\""),
        ("rounds: 2", "rounds: 0", "24:9: expected a whole number from 1 to 1000, found the number 0"),
        ("rounds: 2", "rounds: 2.5", "24:9: expected a whole number from 1 to 1000, found the number 2.5"),
        ("rounds: 2", "rounds:", "24:8: expected a whole number from 1 to 1000, found nothing"),
        ("warmup: 3", "warmup: -1", "26:9: expected a whole number from 0 to 10000, found the number -1"),
        ("load: [1, 4]", "load: [1, 0]", "25:11: expected a whole number from 1 to 10000, found the number 0"),
        ("load: [1, 4]", "load: [4, 4]", "25:7: a load level stands here twice"),
        ("load: [1, 4]", "load: []", "25:7: expected a list, found an empty list"),
        ("load: [1, 4]", "load: {rate: 5 per day}", "25:14: expected a number from 0.001 to 100000, or a rate as"),
        ("load: [1, 4]", "load: [1, {rate: 0}]", "25:18: “0” is out of range"),
        ("load: [1, 4]", "load: [1, {rates: 5}]", "25:12: unknown key “rates” in a load"),
        ("load: [1, 4]", "load: {arrivals: constant}", "25:7: a load without “rate”"),
        ("load: [1, 4]", "load: {rate: 5, arrivals: gamma}", "25:27: “gamma” is not known here"),
        ("load: [1, 4]", "load: [{rate: 60 per minute}, {rate: 1}]", "25:7: a load level stands here twice"),
        ("load: [1, 4]", "stop: {}", "25:7: “stop” without a condition"),
        (
            "load: [1, 4]", "stop: {time: 60}",
            "25:14: expected a time as 500 ms, 10 s, 2 min or 1 h, found the number 60"
        ),
        ("load: [1, 4]", "stop: {time: 0 s}", "25:14: “0 s” is out of range"),
        ("load: [1, 4]", "stop: {precision: 500%}", "25:19: “500%” is out of range"),
        ("load: [1, 4]", "stop: {requests: 0}", "25:18: expected a whole number of at least 1, found the number 0"),
        ("load: [1, 4]", "limits: {conect: 1 s}", "25:10: unknown key “conect” in “limits”"),
        (
            "load: [1, 4]", "limits: {stall: inf}",
            "25:17: expected a time as 500 ms, 10 s, 2 min or 1 h, found the text"
        ),
        ("load: [1, 4]", "unique_prefix: 1", "25:16: expected true or false, found the number 1"),
        (
            "load: [1, 4]", "candidates_at_once: 2",
            "25:21: “tiny-xs@f16” is served on this machine, where candidates that are asked at once take each other's cores"
        ),
        ("profile: chat", "profile: chatt", "27:10: “chatt” is not known here"),
        ("baseline: tiny-m@f16", "baseline: tiny-m@f15", "28:11: the baseline “tiny-m@f15” is none of the candidates"),
        ("  - ttfo: {at_most: 500 ms}", "  - ttfo", "32:5: expected a rule, found the text \"ttfo\""),
        (
            "sampling: {temperature: 0,", "sampling: {temprature: 0,",
            "22:12: unknown key “temprature” in “sampling”"
        ),
        (
            "sampling: {temperature: 0,", "sampling: {temperature: 3,",
            "22:25: expected a number from 0 to 2, found the number 3"
        ),
        (
            "../Datasets/tiny/*.yaml", "../Datasets/tinny/*.yaml",
            "21:9: no task file matches “../Datasets/tinny/*.yaml”"
        ),
        (
            "../Datasets/tiny/*.yaml", "../Datasets/tiny/ad.yaml",
            "21:9: the task “../Datasets/tiny/ad.yaml” does not exist"
        ),
        ("../Datasets/tiny/*.yaml", "../Datasets/tiny", "21:9: the task “../Datasets/tiny” is a folder"),
    ])
    func `a slip in the suite is told with its line and column`(line: String, other: String, problem: String) throws {
        let workspace = try Workspace(["Suites/ladder.yaml": Workspace.suite(replacing: line, with: other)])
        let problems = try workspace.problems()
        #expect(problems.contains { $0.hasPrefix("Suites/ladder.yaml:\(problem)") }, "\(problems)")
    }

    @Test(arguments: [
        ("rounds: 2", "ronds: 2", "Did you mean “rounds”?"),
        ("profile: chat", "profile: voise", "Did you mean “voice”?"),
        ("profile: chat", "profile: zzzzzz", "Known names: chat, voice, code, summary, agent, batch."),
        ("baseline: tiny-m@f16", "baseline: tiny-m@f15", "Did you mean “tiny-m@f16”?"),
        (
            "../Datasets/tiny/*.yaml", "../Datasets/tiny/ad.yaml",
            "Looked for Datasets/tiny/ad.yaml. Did you mean “add.yaml”?"
        ),
        ("rounds: 2", "rounds: 1_000", "Write it without “_”; only some readers of YAML skip it."),
        ("rounds: 2", "rounds: 012", "Write it without the leading 0; some readers of YAML take that for octal."),
        ("rounds: 2", "rounds: 0x1F", "Write it in decimal digits."),
        ("rounds: 2", "rounds: 99999999999999999999", "It is too large."),
    ])
    func `a slip comes with what was expected`(line: String, other: String, remedy: String) throws {
        let workspace = try Workspace(["Suites/ladder.yaml": Workspace.suite(replacing: line, with: other)])
        #expect(try workspace.remedies() == [remedy])
    }

    @Test func `all problems of all files are told at once, file by file`() throws {
        let workspace = try Workspace([
            "Suites/ladder.yaml": Workspace.suite(replacing: "rounds: 2", with: "ronds: 2")
                .replacingOccurrences(of: "threads: 1", with: "threads: one"),
            "Datasets/tiny/add.yaml": Workspace.replacing(
                "check: number", with: "check: numbr", in: "Datasets/tiny/add.yaml"),
            "Datasets/tiny/add.jsonl": "{\"input\": \"a\"}\n{\"input\": }\n",
        ])
        #expect(
            try workspace.problems() == [
                "Suites/ladder.yaml:12:16: expected a whole number from 1 to 4096, found the text \"one\"",
                "Suites/ladder.yaml:24:1: unknown key “ronds” in a suite",
                "Datasets/tiny/add.yaml:9:12: unknown check “numbr”",
                "Datasets/tiny/add.jsonl:1: sample “1” has no metadata.facts, which “of” names",
                "Datasets/tiny/add.jsonl:2:11: not valid JSON: expected a value, saw “}”",
            ]
        )
    }

    @Test func `what is missing is named with what it is for`() throws {
        let workspace = try Workspace(["Suites/ladder.yaml": "description: nothing else\n"])
        #expect(
            try workspace.problems() == [
                "Suites/ladder.yaml:1:1: a suite without “name”",
                "Suites/ladder.yaml:1:1: a suite without “candidates”",
                "Suites/ladder.yaml:1:1: a suite without “tasks”",
            ]
        )
        #expect(try workspace.remedies().first?.hasPrefix("name: A short name") == true)
    }

    @Test func `a suite that is not there is told with its neighbour`() throws {
        let workspace = try Workspace()
        let error = #expect(throws: InvalidSuite.self) {
            try SuiteLoader(checks: Workspace.checks).load(suiteAt: workspace.folder + "/Suites/lader.yaml")
        }
        #expect(error?.problems.first?.what == "the suite “lader.yaml” does not exist")
        #expect(error?.problems.first?.expected?.hasSuffix("Did you mean “ladder.yaml”?") == true)
    }

    @Test func `two tasks of one name are refused`() throws {
        let workspace = try Workspace(["Datasets/tiny/add2.yaml": Workspace.good["Datasets/tiny/add.yaml", default: ""]]
        )
        #expect(
            try workspace.problems() == [
                "Datasets/tiny/add2.yaml: a second task “add”; the first is Datasets/tiny/add.yaml"
            ]
        )
    }

    @Test func `a limit draws a random subset, keeps its order and says so`() throws {
        let lines = (1...50).map { #"{"id": "s\#($0)", "input": "?", "metadata": {"facts": []}}"# }
        let workspace = try Workspace([
            "Datasets/tiny/add.jsonl": lines.joined(separator: "\n"),
            "Suites/ladder.yaml": Workspace.suite(replacing: "warmup: 3", with: "limit: 20"),
        ])
        let plan = try workspace.load()
        let ids = try #require(plan.tasks.first?.samples.map(\.id))
        #expect(ids.count == 20)
        #expect(ids == ids.sorted { Int($0.dropFirst()) ?? 0 < Int($1.dropFirst()) ?? 0 })
        #expect(ids != (1...20).map { "s\($0)" })
        #expect(plan.limit == 20)
        #expect(try workspace.load(limit: 500).limit == nil)
        #expect(try workspace.load(limit: 5).tasks.first?.samples.count == 5)
        #expect(try workspace.load(limit: 500).tasks.first?.samples.count == 50)
        #expect(try workspace.load() == plan)
        #expect(throws: InvalidSuite.self) { try workspace.load(limit: 0) }
        #expect(throws: InvalidSuite.self) { try workspace.load(limit: -1) }
    }

    @Test func `what a check says of its options is told at the grader`() throws {
        struct Refusal: ExplainedError {
            let what = "the tolerance is negative"
            let place: String? = nil
            let remedy: String? = "Give 0 or more."
        }
        let workspace = try Workspace([
            "Datasets/tiny/add.yaml": Workspace.replacing(
                "extract: last_number", with: "tolerance: -1", in: "Datasets/tiny/add.yaml")
        ])
        let loader = SuiteLoader(checks: Workspace.checks) { definition in
            if let tolerance = definition.options["tolerance"]?.number, tolerance < 0 { throw Refusal() }
        }
        let error = #expect(throws: InvalidSuite.self) { try loader.load(suiteAt: workspace.suite) }
        #expect(error?.problems.map(\.line) == [9])
        #expect(error?.problems.map(\.what) == ["number: the tolerance is negative"])
        #expect(error?.problems.map(\.expected) == ["Give 0 or more."])
    }
}
