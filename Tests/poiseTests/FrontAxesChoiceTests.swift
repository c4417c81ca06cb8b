import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// What `poise front` says where an axis, a task or a load has nothing to show.
@Suite struct FrontAxesChoiceTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
        try workplace.write(
            "parts.yaml",
            """
            name: parts
            samples: words.jsonl
            prompt: "{input}"
            graders:
              - check: normalized
            """)
    }

    private func run(_ faults: SimulatorFaults = SimulatorFaults(), _ options: String...) async throws {
        var configuration = SimulatorConfiguration(faults: faults)
        configuration.schedule.answer = .echo
        let simulator = try await Simulator.start(configuration)
        try workplace.write(
            "suite.yaml",
            """
            name: two-tasks
            candidates:
              - {model: one, endpoint: {base_url: "\(simulator.baseURL)", model: one}}
            tasks: [words.yaml, parts.yaml]
            warmup: 0
            """)
        let output = try await CommandLineTool(
            ["run", "\(workplace.path)/suite.yaml", "--db", workplace.database, "--no-calibrate"] + options
        ).finish()
        await simulator.shutdown()
        try #require(FileManager.default.fileExists(atPath: workplace.database), "\(output.standardError)")
    }

    private func front(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(["front", "--db", workplace.database] + arguments).finish()
    }

    @Test(arguments: ["ttft", "timeToCorrect", "costToCorrect", "throughput"])
    func `where every request failed, that is said and no metric's remedy`(axis: String) async throws {
        try await run(.always(.status(400)))
        let trials = try workplace.trialCount(where: "status = 'failed'")
        try #require(trials > 0)
        let output = try await front("--x", axis)
        #expect(output.status == 1 && output.standardOutput.isEmpty)
        #expect(output.standardError.contains("all of the \(trials) requests failed"), "\(output.standardError)")
        #expect(!output.standardError.contains("Choose another"))
    }

    @Test func `where nothing was asked, that is said`() async throws {
        try await run()
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(sql: "UPDATE trial SET isWarmup = 1")
        }
        let output = try await front("--x", "ttft")
        #expect(output.status == 1 && output.standardOutput.isEmpty)
        #expect(output.standardError.contains("nothing was asked"), "\(output.standardError)")
        // Where there are responses, the metric's own remedy is what helps.
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(sql: "UPDATE trial SET isWarmup = 0")
        }
        #expect(try await front("--x", "memory").standardError.contains("engines that Poise starts itself"))
    }

    @Test func `one sample has no probability of being on the front`() async throws {
        try await run(SimulatorFaults(), "--limit", "1")
        for arguments in [["--x", "ttft", "--task", "words"], ["--x", "latency", "--task", "parts"]] {
            let output = try await CommandLineTool(
                ["front", "--db", workplace.database, "--format", "json"] + arguments
            ).finish()
            let points = try #require(try JSONValue(parsing: output.standardOutput)["points"]?.array)
            #expect(points.count == 1 && points[0]["n"]?.number == 1)
            #expect(points[0]["frontProbability"] == .null)
        }
    }

    @Test func `a task that the grader is not in is refused`() async throws {
        try await run()
        let output = try await front("--y", "exact", "--task", "parts")
        #expect(output.status == 64 && output.standardOutput.isEmpty)
        #expect(output.standardError.contains("The grader exact is in no task that --task names; it is in words."))
    }

    @Test func `an unknown load is refused in every form, and a known one is all that is shown`() async throws {
        try await run()
        for arguments in [
            [], ["--format", "json"], ["--format", "csv"], ["--format", "svg"], ["--x", "ttft"], ["--as", "vllm"],
        ] {
            let command = ["front", "--db", workplace.database] + arguments
            let unknown = try await CommandLineTool(command + ["--load", "9"]).finish()
            #expect(unknown.status == 64 && unknown.standardOutput.isEmpty, "\(arguments)")
            #expect(unknown.standardError.contains("--load must be one of 1, and is 9"), "\(arguments)")
            let known = try await CommandLineTool(command + ["--load", "1"]).finish()
            #expect(known.status == 0 && !known.standardOutput.isEmpty, "\(arguments): \(known.standardError)")
        }
    }

    @Test func `a run that was interrupted says so under its table`() async throws {
        try await run()
        #expect(!(try await front().standardOutput.contains("interrupted")))
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(sql: "UPDATE run SET status = 'interrupted'")
        }
        #expect(try await front().standardOutput.contains("was interrupted"))
        #expect(try await front("--x", "ttft").standardOutput.contains("was interrupted"))
    }
}
