import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise run` against the simulated endpoint: what a user sees, keeps and gets as exit code.
@Suite(.serialized) struct RunCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func withSimulators<Result>(
        _ configurations: [SimulatorConfiguration], _ body: ([Simulator]) async throws -> Result
    ) async throws -> Result {
        var simulators: [Simulator] = []
        for configuration in configurations { simulators.append(try await Simulator.start(configuration)) }
        do {
            let result = try await body(simulators)
            for simulator in simulators { await simulator.shutdown() }
            return result
        } catch {
            for simulator in simulators { await simulator.shutdown() }
            throw error
        }
    }

    /// Echoes the prompt, which is the target: every answer is right.
    private func echo(_ faults: SimulatorFaults = SimulatorFaults()) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration(faults: faults)
        configuration.schedule.answer = .echo
        return configuration
    }

    private func wrong() -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration()
        configuration.schedule.answer = .text("another word")
        return configuration
    }

    @Test func `a run prints the front, keeps every trial, writes the page, and says that it is simulated`()
        async throws
    {
        try await withSimulators([echo(), wrong()]) { simulators in
            let suite = try workplace.writeSuite(
                [("right", simulators[0].baseURL), ("wrong", simulators[1].baseURL)], more: "warmup: 1\nrounds: 2")
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status == 0, "\(output.standardError)")
            #expect(output.standardOutput.contains("right"))
            #expect(output.standardOutput.contains("100"))
            #expect(output.standardError.contains("12/12 trials"))
            #expect(try workplace.rows("SELECT * FROM trialMetric").count == 2 * 2 * 12)
            #expect(try workplace.rows("SELECT * FROM trialMetric WHERE score = 1").count == 24)
            #expect(try workplace.rows("SELECT * FROM trial WHERE isWarmup").count == 4)
            let points = try workplace.rows("SELECT * FROM frontPoint ORDER BY candidate")
            #expect(points.map { $0["accuracy"] as Double? } == [1, 0])
            #expect(points.map { $0["n"] as Int } == [12, 12])
            let page = try workplace.read("out/small.html")
            #expect(page.contains("<svg"))
            #expect(page.contains("simulated"))
        }
    }

    @Test func `JSON on standard output is one document and nothing else`() async throws {
        try await withSimulators([echo()]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)])
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--format", "json")
            let document = try JSONValue(parsing: output.standardOutput)
            let point = try #require(document["points"]?.array?.first)
            #expect(point["candidate"] == .string("right"))
            #expect(point["accuracy"] == .number(1))
            #expect(point["n"] == .number(12))
        }
    }

    @Test func `the same database gives the same page, byte for byte, from every command`() async throws {
        try await withSimulators([echo(), wrong()]) { simulators in
            let suite = try workplace.writeSuite([
                ("right", simulators[0].baseURL), ("wrong", simulators[1].baseURL),
            ])
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            let first = try workplace.read("out/small.html")
            let again = "\(workplace.path)/again.html"
            let report = try await CommandLineTool.run("report", "--db", workplace.database, "-o", again)
            #expect(report.status == 0, "\(report.standardError)")
            #expect(try workplace.read("again.html") == first)
            let graded = try await CommandLineTool.run("grade", "--db", workplace.database)
            #expect(graded.status == 0, "\(graded.standardError)")
            _ = try await CommandLineTool.run("report", "--db", workplace.database, "-o", again)
            #expect(try workplace.read("again.html") == first)
            let table = try await CommandLineTool.run("front", "--db", workplace.database)
            #expect(table.standardOutput == graded.standardOutput)
        }
    }

    @Test func `responses are graded anew with another grader, without asking again`() async throws {
        try await withSimulators([wrong()]) { simulators in
            let suite = try workplace.writeSuite([("wrong", simulators[0].baseURL)])
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            let asked = simulators[0].requests.count
            let task = try workplace.read("words.yaml")
            try workplace.write(
                "words.yaml",
                task.replacingOccurrences(of: "check: exact", with: "check: contains_any\n    of: [another]"))
            let output = try await CommandLineTool.run("grade", "--suite", suite, "--db", workplace.database)
            #expect(output.status == 0, "\(output.standardError)")
            #expect(try workplace.rows("SELECT accuracy FROM frontPoint").map { $0[0] as Double? } == [1])
            #expect(simulators[0].requests.count == asked)
        }
    }

    @Test func `a response is not graded against a sample that asks something else`() async throws {
        try await withSimulators([echo()]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)])
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            let samples = try workplace.read("words.jsonl").split(separator: "\n")
            let other = #"{"id": "w1", "input": "another question", "target": "another answer"}"#
            try workplace.write("words.jsonl", ([Substring(other)] + samples.dropFirst()).joined(separator: "\n"))
            let output = try await CommandLineTool.run("grade", "--suite", suite, "--db", workplace.database)
            #expect(output.status == 0, "\(output.standardError)")
            #expect(output.standardError.contains("graded 12 responses"))
            #expect(output.standardError.contains("keep their scores"))
            #expect(try workplace.rows("SELECT accuracy FROM frontPoint").map { $0[0] as Double? } == [1])

            try workplace.write("words.jsonl", other)
            let nothing = try await CommandLineTool.run("grade", "--suite", suite, "--db", workplace.database)
            #expect(nothing.status == 1)
            #expect(nothing.standardError.contains("nothing was graded"))
            #expect(try workplace.rows("SELECT * FROM trialMetric WHERE score = 1").count == 12)
        }
    }

    @Test func `a failed request is unscored, never wrong, and the run says so`() async throws {
        let faults = SimulatorFaults([SimulatorFaults.Rule(.status(400), on: .requests(3, 5))])
        try await withSimulators([echo(faults)]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)])
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status == 0)
            let point = try #require(try workplace.rows("SELECT * FROM frontPoint").first)
            #expect(point["accuracy"] == 1.0)
            #expect(point["n"] == 10)
            #expect(point["unscored"] == 2)
            #expect(try workplace.read("out/small.html").contains("2 requests failed"))
        }
    }

    @Test func `a model that answers nothing is an error, is not scored, and ends with 1`() async throws {
        var silent = SimulatorConfiguration()
        silent.schedule.answer = .nothing
        try await withSimulators([silent, echo()]) { simulators in
            let suite = try workplace.writeSuite([
                ("silent", simulators[0].baseURL), ("right", simulators[1].baseURL),
            ])
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status == 1)
            #expect(output.standardError.contains("silent is left out"))
            #expect(output.standardError.contains("answers nothing"))
            #expect(
                try workplace.rows("SELECT * FROM trialMetric WHERE candidate = 'silent' AND score IS NOT NULL").isEmpty
            )
            #expect(try workplace.rows("SELECT * FROM trialMetric WHERE candidate = 'right' AND score = 1").count == 12)
            // Graded anew, silence is still not an answer.
            _ = try await CommandLineTool.run("grade", "--db", workplace.database)
            #expect(
                try workplace.rows("SELECT * FROM trialMetric WHERE candidate = 'silent' AND score IS NOT NULL").isEmpty
            )
        }
    }

    @Test func `an endpoint that is not there ends with 1 and says what to do`() async throws {
        try await withSimulators([echo()]) { simulators in
            let suite = try workplace.writeSuite([
                ("gone", "http://127.0.0.1:9/v1"), ("right", simulators[0].baseURL),
            ])
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status == 1)
            #expect(output.standardError.contains("nothing answers at http://127.0.0.1:9/v1"))
            #expect(try workplace.rows("SELECT status FROM run").map { $0[0] as String } == ["incomplete"])
        }
    }

    @Test func `a key comes from the environment and is nowhere in what Poise writes`() async throws {
        var guarded = echo()
        guarded.apiKey = "very-secret-1234"
        try await withSimulators([guarded]) { simulators in
            try workplace.write(
                "suite.yaml",
                """
                name: small
                candidates:
                  - model: right
                    endpoint: {base_url: "\(simulators[0].baseURL)", model: right, api_key_env: POISE_TEST_KEY}
                tasks: [words.yaml]
                """)
            let without = try await CommandLineTool.run(
                "run", "\(workplace.path)/suite.yaml", "--db", workplace.database)
            #expect(without.status == 1 || without.status == 64)
            #expect(without.standardError.contains("POISE_TEST_KEY"))
            let output = try await CommandLineTool.run(
                "run", "\(workplace.path)/suite.yaml", "--db", workplace.database,
                environment: ["POISE_TEST_KEY": "very-secret-1234"])
            #expect(output.status == 0, "\(output.standardError)")
            for file in try FileManager.default.subpathsOfDirectory(atPath: "\(workplace.path)/out") {
                let data = FileManager.default.contents(atPath: "\(workplace.path)/out/\(file)") ?? Data()
                #expect(data.range(of: Data("very-secret-1234".utf8)) == nil, "\(file)")
            }
            #expect(!(output.standardError + output.standardOutput).contains("very-secret-1234"))
        }
    }

    @Test func `an interrupt keeps what finished and ends with 130`() async throws {
        var slow = echo()
        slow.schedule.timeToFirstToken = .milliseconds(100)
        try await withSimulators([slow]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)], more: "rounds: 20")
            let tool = try CommandLineTool(["run", suite, "--db", workplace.database])
            for await line in tool.errorLines where line.contains("round 1/20") { break }
            tool.process.interrupt()
            #expect(await tool.status() == 130)
            let done = try workplace.rows("SELECT * FROM trialMetric").count
            #expect(done >= 12 && done < 240)
            #expect(try workplace.rows("SELECT status FROM run").map { $0[0] as String } == ["interrupted"])
            #expect(try workplace.rows("SELECT * FROM frontPoint").count == 1)
            #expect(try workplace.read("out/small.html").contains("interrupted"))
        }
    }
}
