import Foundation
import PoiseCore
import PoiseSimulator
import Testing

/// `poise gate` through the binary, on runs against the simulated endpoint.
@Suite(.serialized) struct GateCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    /// `right` and `also` echo the prompt, which is the target; `wrong` answers something else.
    private func withRun(_ more: String = "", _ body: (_ suite: String) async throws -> Void) async throws {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        let simulators = [
            try await Simulator.start(echo), try await Simulator.start(echo),
            try await Simulator.start(SimulatorConfiguration()),
        ]
        let suite = try workplace.writeSuite(
            zip(["right", "also", "wrong"], simulators).map { (name: $0, url: $1.baseURL) },
            more: "warmup: 0\nbaseline: right\n" + more)
        let failure: (any Error)?
        do {
            try await body(suite)
            failure = nil
        } catch {
            failure = error
        }
        for simulator in simulators { await simulator.shutdown() }
        if let failure { throw failure }
    }

    private func stored(_ more: String = "", _ body: () async throws -> Void) async throws {
        try await withRun(more) { suite in
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
            try #require(output.status == 0, "\(output.standardError)")
            try await body()
        }
    }

    private func gate(_ arguments: String..., environment: [String: String] = [:]) async throws
        -> CommandLineTool.Output
    {
        try await CommandLineTool(
            ["gate", "--db", workplace.database] + arguments, environment: environment
        ).finish()
    }

    @Test func `each verdict has its exit code`() async throws {
        try await stored("gate:\n  - accuracy: {at_least: 0.5}\n  - failed: {at_most: 0}") {
            let passed = try await gate("also")
            #expect(passed.status == 0, "\(passed.standardError)")
            #expect(passed.standardOutput.contains("Gate passed (2 rules, 1 candidate): also passes."))
            let failed = try await gate()
            #expect(failed.status == 100)
            #expect(failed.standardOutput.contains("wrong fails 1 of 2 rules"))

            try workplace.write("close.yaml", "gate:\n  - accuracy: {non_inferior_by: 0.03}\n")
            let rules = "\(workplace.path)/close.yaml"
            let open = try await gate("also", "--rules", rules)
            #expect(open.status == 101)
            #expect(open.standardOutput.contains("samples would decide it"))
            #expect(try await gate("also", "--rules", rules, "--inconclusive", "fail").status == 100)
            let loud = try await gate("also", "--rules", rules, "--inconclusive", "pass")
            #expect(loud.status == 0)
            #expect(loud.standardOutput.contains("NOT DECIDED, AND LET THROUGH"))
            #expect(loud.standardError.contains("warning: NOT DECIDED"))
            #expect(try await gate("also", "--rules", rules, "--inconclusive", "warn").status == 0)
        }
    }

    @Test func `what is wrong in the rules or the names ends with 64, and never with a pass`() async throws {
        try await stored {
            let none = try await gate("also")
            #expect(none.status == 64)
            #expect(none.standardError.contains("had no rules"))
            try workplace.write("bad.yaml", "gate:\n  - accurcy: {at_least: 0.7}\n")
            let unknown = try await gate("--rules", "\(workplace.path)/bad.yaml")
            #expect(unknown.status == 64)
            #expect(unknown.standardError.contains("bad.yaml:2:5"))
            #expect(unknown.standardError.contains("Did you mean “accuracy”?"))
            try workplace.write("task.yaml", "gate:\n  - accuracy: {at_least: 0.7, task: word}\n")
            #expect(try await gate("--rules", "\(workplace.path)/task.yaml").status == 64)
            try workplace.write("good.yaml", "gate:\n  - accuracy: {at_least: 0.5}\n")
            let rules = "\(workplace.path)/good.yaml"
            #expect(try await gate("--rules", rules, "alsoo").standardError.contains("did you mean also?"))
            #expect(try await gate("--rules", rules, "right").status == 64)
            #expect(try await gate("--rules", rules, "also", "also").status == 64)
            #expect(try await gate("--rules", rules, "--load", "7").status == 64)
            #expect(try await gate("--rules", rules, "--baseline", "nobody").status == 64)
            #expect(try await gate("--rules", "\(workplace.path)/nowhere.yaml").status == 64)
            #expect(try await gate("--inconclusive", "maybe").status == 64)
            #expect(try await gate("--sequential").status == 64)
            #expect(try await gate("--looks", "3").status == 64)
        }
    }

    @Test func `a gate without a rule at its load is wrong usage, and what is left out is named`() async throws {
        try await stored("load: [1, 2]\n") {
            try workplace.write("two.yaml", "gate:\n  - accuracy: {at_least: 0.5, load: 2}\n")
            let rules = "\(workplace.path)/two.yaml"
            let none = try await gate("also", "--rules", rules, "--load", "1")
            #expect(none.status == 64)
            #expect(none.standardError.contains("No rule is left: all are of load 2, and what counts is load 1."))
            try workplace.write(
                "three.yaml",
                "gate:\n  - accuracy: {at_least: 0.5, load: 2}\n  - accuracy: {at_least: 0.4}\n")
            let some = try await gate("also", "--rules", "\(workplace.path)/three.yaml", "--load", "1")
            #expect(some.status == 0, "\(some.standardError)")
            #expect(some.standardOutput.contains("1 rule of load 2 left out by --load"))
        }
    }

    @Test func `a run that did not come to its end passes nothing without a word`() async throws {
        try await stored("gate:\n  - accuracy: {at_least: 0.5}") {
            #expect(try await gate("also").status == 0)
            try workplace.change("UPDATE run SET status = 'interrupted'")
            let whole = try await gate("also")
            #expect(whole.status == 0)
            #expect(whole.standardOutput.contains("did not come to its end: it is"))
            try workplace.change("DELETE FROM trial WHERE sample = (SELECT MAX(sample) FROM trial)")
            let part = try await gate("also")
            #expect(part.status == 101, "\(part.standardOutput)")
            #expect(part.standardOutput.contains("warning: also: 1 of 12 planned samples never asked at load 1"))
        }
    }

    @Test func `what cannot be done ends with 1`() async throws {
        #expect(try await gate().status == 1)
        try await stored("gate:\n  - accuracy: {non_inferior_by: 0.5}") {
            let missing = try await gate("--baseline", "\(workplace.path)/nowhere.json")
            #expect(missing.status == 1)
            #expect(missing.standardError.contains("there is no such file"))
            try workplace.write("broken.json", "{\"poiseBaseline\": 9}")
            let broken = try await gate("--baseline", "\(workplace.path)/broken.json")
            #expect(broken.status == 1)
            #expect(broken.standardError.contains("its format 9 is not known"))
        }
    }

    @Test func `a baseline file decides as the run that it was written from`() async throws {
        try await stored("gate:\n  - accuracy: {non_inferior_by: 0.5}\n  - ttft: {at_most: 5 of baseline}") {
            let file = "\(workplace.path)/base.json"
            let written = try await gate("--write-baseline", file)
            #expect(written.status == 0, "\(written.standardError)")
            #expect(written.standardError.contains("wrote right of run"))
            let first = try workplace.read("base.json")
            _ = try await gate("--write-baseline", file)
            #expect(try workplace.read("base.json") == first)
            let stored = try await gate("also", "wrong", "--format", "json")
            let kept = try await gate("also", "wrong", "--baseline", file, "--format", "json")
            #expect(stored.status == 100)
            #expect(kept.status == 100)
            let (one, other) = (
                try JSONValue(parsing: stored.standardOutput), try JSONValue(parsing: kept.standardOutput)
            )
            #expect(other["baseline"]?["file"] == .string(file))
            for index in 0..<4 {
                #expect(one["results"]?.array?[index]["verdict"] == other["results"]?.array?[index]["verdict"])
            }
            #expect(
                one["results"]?.array?.first?["estimate"] == other["results"]?.array?.first?["estimate"])
            let byRun = try await gate("also", "--baseline", "2:right", "--format", "json")
            #expect(byRun.status == 0 || byRun.status == 101, "\(byRun.standardError)")
        }
    }

    @Test func `every format is written, and the step summary is added to`() async throws {
        try await stored("gate:\n  - accuracy: {at_least: 0.5}") {
            let path = { (name: String) in "\(workplace.path)/\(name)" }
            try workplace.write("summary.md", "before\n")
            let output = try await gate(
                "also", "--junit", path("gate.xml"), "--json", path("gate.json"), "--markdown", path("summary.md"),
                "--format", "github", environment: ["GITHUB_STEP_SUMMARY": path("summary.md")])
            #expect(output.status == 0)
            #expect(output.standardOutput.contains("::notice title=Poise gate passed::"))
            #expect(try workplace.read("gate.xml").contains("<testcase name=\"accuracy at least 50%\""))
            #expect(try JSONValue(parsing: try workplace.read("gate.json"))["verdict"] == .string("pass"))
            let summary = try workplace.read("summary.md")
            #expect(summary.hasPrefix("before\n\n## Poise gate: passed\n"))
            _ = try await gate("also", "--markdown", path("summary.md"))
            #expect(try workplace.read("summary.md").hasPrefix("## Poise gate: passed\n"))
            let (first, second) = (try await gate("also"), try await gate("also"))
            #expect(first.standardOutput == second.standardOutput)
        }
    }

    @Test func `answers that were graded anew are not held against a baseline of before`() async throws {
        try await stored("gate:\n  - accuracy: {non_inferior_by: 0.9}") {
            let file = "\(workplace.path)/base.json"
            _ = try await gate("--write-baseline", file)
            #expect(try await gate("also", "--baseline", file).status == 0)
            let task = try workplace.read("words.yaml")
            try workplace.write(
                "words.yaml",
                task.replacingOccurrences(of: "check: exact", with: "check: contains_any\n    of: [word]"))
            let graded = try await CommandLineTool.run(
                "grade", "--suite", "\(workplace.path)/suite.yaml", "--db", workplace.database)
            #expect(graded.status == 0, "\(graded.standardError)")
            let output = try await gate("also", "--baseline", file)
            #expect(output.status == 101)
            #expect(output.standardOutput.contains("not graded by the same graders"))
        }
    }

    @Test func `looks end where all is decided, and each is a run`() async throws {
        try await withRun("gate:\n  - accuracy: {non_inferior_by: 0.5}\n  - accuracy: {at_least: 0.1}") { suite in
            let output = try await CommandLineTool.run(
                "gate", "wrong", "--sequential", "--suite", suite, "--looks", "3", "--spending", "pocock", "--db",
                workplace.database, "--format", "json")
            #expect(output.status == 100, "\(output.standardError)")
            let document = try JSONValue(parsing: output.standardOutput)
            let looks = try #require(document["looks"]?.array)
            #expect(looks.map { $0["samples"] }.first == .number(4))
            let runs = try workplace.rows("SELECT id FROM run").count
            #expect(runs == looks.count)
            let asked = try workplace.rows("SELECT DISTINCT sample FROM trial WHERE candidate = 'wrong'")
            #expect(asked.count == looks.count * 4)
            #expect(try workplace.rows("SELECT * FROM trial WHERE candidate = 'also'").isEmpty)
            #expect(output.standardError.contains("look 1: 4 of 12 samples"))
        }
    }
}
