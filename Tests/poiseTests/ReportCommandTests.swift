import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise report` in its formats, over runs that were really made.
@Suite(.serialized) struct ReportCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func report(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(["report"] + arguments + ["--db", workplace.database], folder: workplace.path)
            .finish()
    }

    private func run(wrong: String = "another word", more: String = "rounds: 1") async throws -> String {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        var other = SimulatorConfiguration()
        other.schedule.answer = .text(wrong)
        let simulators = [try await Simulator.start(echo), try await Simulator.start(other)]
        let suite = try workplace.writeSuite(
            [("right", simulators[0].baseURL), ("wrong", simulators[1].baseURL)], more: more)
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        for simulator in simulators { await simulator.shutdown() }
        try #require(output.status == 0, "\(output.standardError)")
        return try #require(try workplace.rows("SELECT id FROM run ORDER BY startedAt DESC, id DESC").first)["id"]
    }

    private static let rules = "baseline: right\ngate:\n  - accuracy: {non_inferior_by: 0.05}"

    @Test func `one run gives each format by the file's end, and the same bytes again`() async throws {
        _ = try await run(more: Self.rules)
        for (ending, beginning) in [
            ("html", "<!doctype html>"), ("md", "## small: "), ("json", "{\n  \"run\""), ("csv", "run,candidate"),
            ("svg", "<svg"), ("xml", "<?xml"),
        ] {
            let output = try await report("-o", "out/a.\(ending)")
            #expect(output.status == 0, "\(output.standardError)")
            let text = try workplace.read("out/a.\(ending)")
            #expect(text.hasPrefix(beginning), "\(ending): \(text.prefix(80))")
            _ = try await report("-o", "out/b.\(ending)")
            #expect(try workplace.read("out/b.\(ending)") == text)
        }
        let junit = try workplace.read("out/a.xml")
        #expect(junit.contains("<testcase name=\"accuracy non-inferior by 5 points\""))
        #expect(junit.contains("<failure type=\"fail\""))
        #expect(!(try workplace.read("out/a.json")).contains("another word"))

        let printed = try await report("--format", "markdown")
        #expect(printed.standardOutput == (try workplace.read("out/a.md")))
        #expect(printed.standardError.isEmpty)
    }

    @Test func `what cannot be written says why`() async throws {
        let id = try await run()
        func fails(_ arguments: [String], with words: String, status: Int32) async throws {
            let output = try await CommandLineTool(
                ["report"] + arguments + ["--db", workplace.database], folder: workplace.path
            ).finish()
            #expect(output.status == status && output.standardError.contains(words), "\(output.standardError)")
        }
        try await fails(["-o", "a.xml"], with: "the suite of run \(id) has no rules", status: 1)
        try await fails(["-o", "a.pdf"], with: "must end in .html, .md, .json, .csv, .svg or .xml", status: 64)
        try await fails(["-o", "a.html", "--width", "900"], with: "--width and --theme are of a chart", status: 64)
        try await fails(["-o", "a.svg", "--width", "5"], with: "from 100 to 10000 pixels", status: 64)
        try await fails(["--last", "3"], with: "--last goes with --history", status: 64)
        try await fails(["--history", "--compare", "right", "wrong"], with: "two different pages", status: 64)
        try await fails(["--compare", "right", "wrong", "-o", "a.csv"], with: "not as .csv", status: 64)
        try await fails(["--compare", "right", "wrongg"], with: "Did you mean wrong?", status: 1)
        try await fails(["--history", "--load", "7"], with: "none of these runs has a number at load 7", status: 1)
    }

    @Test func `a comparison is a page, Markdown or JSON, within a run and over two`() async throws {
        let first = try await run()
        let second = try await run(wrong: "a third word")
        let page = try await report("--compare", "right", "wrong", "-o", "c.html")
        #expect(page.status == 0, "\(page.standardError)")
        let text = try workplace.read("c.html")
        #expect(text.contains("wrong is right less often than right"))
        #expect(text.contains("Lost: 12 samples that the base has right"))
        #expect(text.contains("<code>a third word</code>"))
        let two = try await report("--compare", "\(first):wrong", "\(second):wrong", "--format", "markdown")
        #expect(two.status == 0, "\(two.standardError)")
        #expect(two.standardOutput.contains("cannot be told apart"))
    }

    @Test func `a history shows what surely changed from run to run, and where the files did`() async throws {
        _ = try await run(wrong: "another word", more: Self.rules)
        _ = try await run(wrong: "another word", more: Self.rules)
        let task = try workplace.read("words.yaml")
        try workplace.write("words.yaml", task + "\n# another file\n")
        let third = try await run(wrong: "word 1", more: Self.rules)
        let page = try await report("--history", "-o", "h.html")
        #expect(page.status == 0, "\(page.standardError)")
        let text = try workplace.read("h.html")
        #expect(text.contains("Over 3 runs, no candidate’s accuracy surely changed."))
        #expect(text.contains("files (") && text.contains("words.yaml"))
        #expect(text.contains("<td class=\"l\">failed"))
        _ = try await report("--history", "-o", "again.html")
        #expect(try workplace.read("again.html") == text)

        let last = try await report("--history", "--last", "2", "--format", "json")
        let runs = try #require(try JSONValue(parsing: last.standardOutput)["runs"]?.array)
        #expect(runs.count == 2 && runs.last?["id"]?.string == third)
        #expect(try await report("--history", third, "--format", "markdown").standardOutput.contains("One run, so"))
    }
}
