import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite

struct GateReaderTests {
    private func workspace(_ rules: String) throws -> Workspace {
        let suite = try #require(Workspace.good["Suites/ladder.yaml"])
        let before = suite.prefix(upTo: try #require(suite.range(of: "gate:")?.lowerBound))
        return try Workspace(["Suites/ladder.yaml": before + "gate:\n" + rules + "\n"])
    }

    private func rules(_ text: String) throws -> [GateRule] {
        try workspace(text).load(environment: nil).gate
    }

    @Test func `the rules of the formats page are read`() throws {
        #expect(
            try Workspace().load().gate == [
                GateRule(.accuracy, .atLeast, .nonInferior(by: 0.03)),
                GateRule(.decodeTPS, .atLeast, .relative(0.95)),
                GateRule(.ttfo, .atMost, .absolute(500)),
            ])
    }

    @Test(arguments: [
        (
            "accuracy: {non_inferior_by: 5%, task: add}",
            GateRule(.accuracy, .atLeast, .nonInferior(by: 0.05), task: "add")
        ),
        ("accuracy: {at_least: 70%}", GateRule(.accuracy, .atLeast, .absolute(0.7))),
        ("accuracy: {at_least: 95% of baseline}", GateRule(.accuracy, .atLeast, .relative(0.95))),
        ("ttfo: {at_most: 1.2 s, quantile: p95}", GateRule(.ttfo, .atMost, .absolute(1200), quantile: 0.95)),
        ("ttft: {at_most: 500 ms, quantile: median}", GateRule(.ttft, .atMost, .absolute(500))),
        ("decodeTPS: {at_least: 20 tok/s, load: 4}", GateRule(.decodeTPS, .atLeast, .absolute(20), load: 4)),
        ("decodeTPS: {at_least: 20}", GateRule(.decodeTPS, .atLeast, .absolute(20))),
        ("charactersPerSecond: {at_least: 80 characters/s}", GateRule(.charactersPerSecond, .atLeast, .absolute(80))),
        ("length_capped: {at_most: 1%}", GateRule(.lengthCapped, .atMost, .absolute(0.01))),
        ("failed: {at_most: 0}", GateRule(.failed, .atMost, .absolute(0))),
        ("outputTokens: {at_most: 1.2 of baseline}", GateRule(.outputTokens, .atMost, .relative(1.2))),
        ("outputTokens: {at_most: 200 tokens}", GateRule(.outputTokens, .atMost, .absolute(200))),
        ("memory: {at_most: 8 GB}", GateRule(.memory, .atMost, .absolute(8e9))),
        ("n: {at_least: 100}", GateRule(.n, .atLeast, .absolute(100))),
        ("frontProbability: {at_least: 0.5}", GateRule(.frontProbability, .atLeast, .absolute(0.5))),
    ])
    func `a rule is read with its unit`(text: String, rule: GateRule) throws {
        #expect(try rules("  - " + text) == [rule])
    }

    @Test(arguments: [
        (
            "accurcy: {at_least: 0.7}", "30:5: a rule about “accurcy”, which is no number that Poise knows",
            "Did you mean “accuracy”?"
        ),
        ("response: {at_least: 0.7}", "30:5: a rule about “response”", "Known numbers: accuracy, "),
        ("accuracy: {at_lest: 0.7}", "30:16: unknown key “at_lest”", "Did you mean “at_least”?"),
        (
            "accuracy: {}", "30:15: the rule about accuracy has no limit",
            "Write one of non_inferior_by, at_least, at_most."
        ),
        (
            "accuracy: {at_least: 0.7, at_most: 0.9}", "30:15: the rule about accuracy has 2 limits",
            "Make a rule of each."
        ),
        ("accuracy: 0.7", "30:15: expected the rule about accuracy, found the number 0.7", "It is a mapping"),
        ("accuracy: {at_least: 70}", "30:26: “70” is out of range", "It is from 0 to 1"),
        ("accuracy: {non_inferior_by: 0}", "30:33: “0” is out of range", "above 0"),
        ("accuracy: {at_least: 500 ms}", "30:26: expected", ""),
        ("ttfo: {at_most: 500}", "30:21: expected a time", "Write its unit."),
        ("ttfo: {at_most: -5 ms}", "30:21: expected a time", ""),
        ("ttfo: {at_most: 500 ms, quantile: p94}", "30:39: “p94” is not known here", "Did you mean “p90”?"),
        ("ttfo: {at_most: 0 of baseline}", "30:21: “0 of baseline” is out of range", "above 0"),
        ("accuracy: {at_least: 0.7, quantile: p95}", "30:31: accuracy is one number", "Leave “quantile” out."),
        ("accuracy: {at_least: 0.7, task: ad}", "30:37: the task “ad” is none of the suite's", "Did you mean “add”?"),
        ("accuracy: {at_least: 0.7, load: 2}", "30:37: the load 2 is none of the suite's", "Known loads: 1, 4."),
        ("memory: {at_most: 8 GB, task: add}", "30:29: memory is a number of all tasks together", "Leave “task” out."),
        ("ttft: {non_inferior_by: 0.03}", "30:12: “non_inferior_by” is a margin of accuracy", "at_most"),
        ("failed: {at_most: 1.1 of baseline}", "30:23: failed is not compared with a baseline's", "Write"),
        ("{accuracy: {at_least: 0.7}, ttfo: {at_most: 1 s}}", "30:5: a rule about 2 numbers", "Each rule limits one"),
        ("accuracy", "30:5: expected a rule, found the text \"accuracy\"", "Write - accuracy"),
    ])
    func `a rule that cannot be read is an error with its place`(text: String, problem: String, remedy: String) throws {
        let workspace = try workspace("  - " + text)
        let problems = try workspace.problems()
        #expect(problems.count >= 1)
        let found = try #require(problems.first)
        #expect(found.contains("Suites/ladder.yaml:\(problem)"), "\(found)")
        let remedies = try workspace.remedies()
        #expect(remedy.isEmpty || remedies.first?.contains(remedy) == true, "\(remedies)")
    }

    @Test func `an empty gate and a rule that stands twice are errors`() throws {
        #expect(try workspace("  []").problems().first?.contains("found an empty list") == true)
        let twice = "  - n: {at_least: 5}\n  - n: {at_least: 5}"
        #expect(try workspace(twice).problems() == ["Suites/ladder.yaml:31:5: this rule stands here twice"])
    }

    @Test func `a file may hold rules alone, held against the tasks of the run`() throws {
        let workspace = try Workspace(["rules.yaml": "gate:\n  - accuracy: {at_least: 0.7, task: add}\n"])
        let loader = SuiteLoader(checks: Workspace.checks)
        let path = workspace.folder + "/rules.yaml"
        #expect(try loader.load(gateAt: path, tasks: ["add"], loads: [1]).count == 1)
        #expect(throws: InvalidSuite.self) { try loader.load(gateAt: path, tasks: ["sort"], loads: [1]) }
        #expect(try loader.load(gateAt: workspace.suite, tasks: nil, loads: nil).count == 3)
    }

    @Test func `a file without rules is an error, not a gate that passes`() throws {
        let workspace = try Workspace(["rules.yaml": "name: nothing\n"])
        let error = #expect(throws: InvalidSuite.self) {
            try SuiteLoader(checks: Workspace.checks).load(
                gateAt: workspace.folder + "/rules.yaml", tasks: nil, loads: nil)
        }
        #expect(error?.problems.first?.what == "the file has no rules")
    }

    @Test func `every number has a form in the schema`() throws {
        let items = try #require(SuiteSchema.suite(checks: [])["properties"]?["gate"]?["items"]?["anyOf"]?.array)
        #expect(items.count == GateQuantity.allCases.count)
        let accuracy = try #require(items.first { $0["properties"]?["accuracy"] != nil }?["properties"]?["accuracy"])
        #expect(accuracy["properties"]?["non_inferior_by"] != nil)
        #expect(accuracy["oneOf"]?.array?.count == 3)
    }
}
