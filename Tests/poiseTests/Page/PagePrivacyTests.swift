import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// What of the texts leaves the database, by the real commands.
@Suite(.serialized) struct PagePrivacyTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write(
            "open.jsonl",
            """
            {"id": "o1", "input": "Write to jane@example.com now", "target": "Write to jane@example.com now"}
            {"id": "o2", "input": "Ticket ACME-77 is open", "target": "no such answer"}
            """)
        try place.write("open.yaml", "name: open\nsamples: open.jsonl\ngraders:\n  - check: exact\n")
        try place.write(
            "closed.jsonl",
            """
            {"id": "c1", "input": "the zebra question", "target": "the zebra question"}
            {"id": "c2", "input": "the walrus question", "target": "giraffe target"}
            """)
        try place.write(
            "closed.yaml", "name: closed\nprivate: true\nsamples: closed.jsonl\ngraders:\n  - check: exact\n")
    }

    /// One candidate repeats what it is asked, the other says something else.
    private func run(
        _ more: String..., names: [String] = ["echo", "other"]
    ) async throws -> CommandLineTool.Output {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        var other = SimulatorConfiguration()
        other.schedule.answer = .text("an okapi answer of several words")
        let simulators = [try await Simulator.start(echo), try await Simulator.start(other)]
        _ = try place.writeSuite(
            [(names[0], simulators[0].baseURL), (names[1], simulators[1].baseURL)], more: "warmup: 0")
        let suite = try place.read("suite.yaml").replacing("[words.yaml]", with: "[open.yaml, closed.yaml]")
        try place.write("suite.yaml", suite)
        let output = try await CommandLineTool(
            ["run", "\(place.path)/suite.yaml", "--db", place.database, "--no-calibrate"] + more
        ).finish()
        for simulator in simulators { await simulator.shutdown() }
        try #require(output.status == 0, "\(output.standardError)")
        return output
    }

    private func report(_ arguments: String...) async throws -> String {
        let output = try await CommandLineTool(
            ["report", "--db", place.database, "-o", "\(place.path)/page.html"] + arguments
        ).finish()
        try #require(output.status == 0, "\(output.standardError)")
        return try place.read("page.html")
    }

    /// Words of the private task's prompts, targets, and of the responses to it alone.
    private static let secrets = ["zebra", "walrus", "giraffe"]

    @Test func `no text of a private task leaves by any command, and its numbers do`() async throws {
        let run = try await run()
        var texts = [run.standardOutput, run.standardError, try place.read("out/small.html")]
        #expect(texts[2].contains("The 2 samples of closed are private"))
        #expect(texts[2].contains("okapi") && texts[2].contains("ACME-77"))
        let commands: [[String]] = [
            ["export"], ["export", "--format", "json"], ["export", "--format", "csv", "--timelines"],
            ["export", "--as", "vllm"], ["export", "--as", "vllm", "--format", "json"], ["export", "--as", "aiperf"],
            ["export", "--as", "guidellm"], ["export", "--as", "llmperf", "--format", "csv"],
            ["compare", "echo", "other", "--flips", "all"],
            ["compare", "echo", "other", "--flips", "all", "--format", "json"],
            ["compare", "echo", "other", "--flips", "all", "--format", "markdown"], ["front", "--format", "json"],
            ["gate", "--write-baseline", "\(place.path)/baseline.json", "--baseline", "echo"],
            ["gate", "--baseline", "echo", "--format", "json"], ["gate", "--baseline", "echo", "--format", "markdown"],
        ]
        for command in commands {
            let output = try await CommandLineTool(command + ["--db", place.database]).finish()
            texts += [output.standardOutput, output.standardError]
            if command[0] == "export" {
                #expect(
                    output.standardError.contains("left out the texts of 4 trials: closed is private"), "\(command)")
                // Its numbers are there all the same.
                if command.count == 1 { #expect(output.standardOutput.split(separator: "\n").count == 8) }
            }
            if command.contains("--write-baseline") {
                #expect(output.standardError.contains("left out the texts of 2 answers: closed is private"))
            }
            if command[0] == "compare" {
                #expect(output.standardError.contains("left out the texts of 2 changed samples: closed is private"))
            }
        }
        for ending in ["csv", "json", "svg"] {
            let output = try await CommandLineTool.run(
                "report", "--db", place.database, "-o", "\(place.path)/points.\(ending)")
            #expect(output.status == 0, "\(output.standardError)")
            texts.append(try place.read("points.\(ending)"))
        }
        texts.append(try await report("--no-redact", "--transcripts", "all"))
        if let baseline = try? place.read("baseline.json") { texts.append(baseline) }
        for text in texts {
            for secret in Self.secrets { #expect(!text.contains(secret), "\(secret)") }
        }
        // The database keeps them.
        #expect(try place.rows("SELECT * FROM trial WHERE response LIKE '%zebra%'").count == 1)
    }

    @Test func `what one of several runs holds private, the report of all of them does`() async throws {
        let closed = try place.read("closed.yaml")
        try place.write("closed.yaml", closed.replacing("private: true", with: "private: false"))
        _ = try await run(names: ["early", "earlier"])
        try place.write("closed.yaml", closed)
        _ = try await run()
        let ids = try place.rows("SELECT id FROM run ORDER BY startedAt, id").map { $0["id"] as String }
        try #require(ids.count == 2)
        let page = try await report(ids[0], ids[1])
        #expect(page.contains("The 2 samples of closed are private") && page.contains("ACME-77"))
        for secret in Self.secrets { #expect(!page.contains(secret), "\(secret)") }
    }

    @Test func `scores of responses to a private task file are values alone`() async throws {
        try place.write(
            "answers.jsonl",
            "{\"id\": \"c1\", \"response\": \"okapi\"}\n{\"id\": \"c2\", \"response\": \"giraffe target\"}\n")
        let output = try await CommandLineTool.run(
            "grade", "\(place.path)/closed.yaml", "--responses", "\(place.path)/answers.jsonl")
        #expect(output.status == 0, "\(output.standardError)")
        let lines = try output.standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.map { $0["value"]?.number } == [0, 1])
        #expect(lines.allSatisfy { $0["answer"] == .null && $0["explanation"] == .null })
        #expect(output.standardError.contains("left out the texts of 2 responses: closed is private"))
    }

    @Test func `a page blacks out what looks personal, counts it, and leaves it where that is wanted`() async throws {
        _ = try await run("--redact-pattern", "ACME-\\d+")
        let first = try place.read("out/small.html")
        #expect(!first.contains("jane@example.com") && first.contains("Write to [e-mail] now"))
        // The pattern may spell what it hides: the command that the page shows is without it.
        #expect(first.contains("--redact-pattern [redacted]") && !first.contains("ACME-\\d"))
        #expect(first.contains("Ticket [redacted] is open") && !first.contains("ACME-77"))
        #expect(first.contains("e-mail addresses") && first.contains("blacked out; the database keeps them"))
        let open = try await report("--no-redact")
        #expect(
            open.contains("jane@example.com") && open.contains("ACME-77") && !open.contains("blacked out; the database")
        )
        let own = try await report("--no-redact", "--redact-pattern", "jane")
        #expect(own.contains("[redacted]@example.com") && own.contains("ACME-77"))
        let again = try await report("--no-redact", "--redact-pattern", "jane")
        #expect(own == again)
    }

    @Test func `transcripts may be left out, or only what went wrong may stand there`() async throws {
        _ = try await run()
        let none = try await report("--transcripts", "none")
        #expect(!none.contains("id=\"samples\"") && !none.contains("okapi") && !none.contains("ACME-77"))
        try place.change("UPDATE score SET value = 1 WHERE trial IN (SELECT id FROM trial WHERE sample = 'o1')")
        let failures = try await report("--transcripts", "failures")
        #expect(failures.contains("id=\"s-open-o2\"") && !failures.contains("id=\"s-open-o1\""))
        #expect(failures.contains("1 of 2 samples stands here"))
        #expect(failures.contains("those that all got right are left out on request"))
        let all = try await report("--transcripts", "all")
        #expect(all.contains("id=\"s-open-o1\"") && all.contains("All 2 samples stand here"))
    }

    @Test func `a wrong pattern or a wrong word is wrong usage, and says where`() async throws {
        let pattern = try await CommandLineTool.run("report", "--db", place.database, "--redact-pattern", "a(b")
        #expect(pattern.status == 64)
        #expect(
            pattern.standardError.contains("the regular expression “a(b” cannot be read: the bracket ( is never closed")
        )
        #expect(pattern.standardError.contains("at character 2"))
        let word = try await CommandLineTool.run("report", "--db", place.database, "--transcripts", "some")
        #expect(word.status == 64 && word.standardError.contains("none"))
    }
}
