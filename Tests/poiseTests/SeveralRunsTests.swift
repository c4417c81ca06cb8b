import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// Reports of several runs that were really made, one after the other.
@Suite struct SeveralRunsTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    /// Runs each of the candidates on its own; the ids of the runs.
    private func run(_ candidates: [String]) async throws -> [String] {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        let simulator = try await Simulator.start(echo)
        for candidate in candidates {
            let suite = try workplace.writeSuite([(candidate, simulator.baseURL)])
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status == 0, "\(output.standardError)")
        }
        await simulator.shutdown()
        return try workplace.rows("SELECT id FROM run ORDER BY startedAt, id").map { $0["id"] as String }
    }

    @Test func `candidates of two runs stand on one front, in the table, the JSON and the page`() async throws {
        let runs = try await run(["one", "other"])
        let json = try await CommandLineTool.run(
            "front", runs[0], runs[1], "--format", "json", "--db", workplace.database)
        #expect(json.status == 0, "\(json.standardError)")
        let points = try #require(try JSONValue(parsing: json.standardOutput)["points"]?.array)
        #expect(points.compactMap { $0["candidate"]?.string } == ["one", "other"])
        #expect(points.compactMap { $0["run"]?.string } == runs)
        #expect(Set(points.compactMap { $0["machine"]?.string }).count == 1)

        let page = "\(workplace.path)/both.html"
        let report = try await CommandLineTool.run(
            "report", runs[0], runs[1], "-o", page, "--db", workplace.database)
        #expect(report.status == 0, "\(report.standardError)")
        let text = try workplace.read("both.html")
        #expect(runs.allSatisfy { text.contains($0) })
        #expect(text.contains("2 candidates of 2 models"))
    }

    @Test func `a front of runs that were not made alike says so, in every form`() async throws {
        let runs = try await run(["one", "other"])
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(
                sql: "UPDATE run SET plan = json_set(plan, '$.warmup', 7) WHERE id = ?", arguments: [runs[1]])
        }
        for options in [[], ["--format", "json"], ["--x", "latency"]] {
            let front = try await CommandLineTool(
                ["front", runs[0], runs[1], "--db", workplace.database] + options
            ).finish()
            #expect(front.status == 0)
            #expect(front.standardError.contains("not made alike"), "\(options): \(front.standardError)")
        }
        #expect(
            !(try await CommandLineTool.run("front", runs[0], "--db", workplace.database))
                .standardError.contains("alike"))
    }

    @Test func `a run that was killed shows the trials that it left`() async throws {
        let run = try #require(try await run(["one"]).first)
        // As a kill leaves it: trials, no points, no end.
        try await DatabaseQueue(path: workplace.database).write { db in
            try db.execute(sql: "DELETE FROM point")
            try db.execute(sql: "UPDATE run SET status = 'running', endedAt = NULL")
        }
        let output = try await CommandLineTool.run("front", "--format", "json", "--db", workplace.database)
        #expect(output.status == 0, "\(output.standardError)")
        let document = try JSONValue(parsing: output.standardOutput)
        #expect(document["points"]?.array?.compactMap { $0["candidate"]?.string } == ["one"])
        #expect(output.standardOutput.contains(run))
    }

    @Test func `a candidate that was measured twice is refused, and both runs are named`() async throws {
        let runs = try await run(["one", "one"])
        let output = try await CommandLineTool.run("front", runs[0], runs[1], "--db", workplace.database)
        #expect(output.status == 1)
        #expect(output.standardOutput.isEmpty)
        #expect(runs.allSatisfy { output.standardError.contains($0) })
        #expect(output.standardError.contains("never pooled"))
    }
}
