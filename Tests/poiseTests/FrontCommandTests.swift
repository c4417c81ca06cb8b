import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise front` on other axes, over a run that was really made.
@Suite struct FrontCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func run() async throws {
        var echo = SimulatorConfiguration()
        echo.schedule.answer = .echo
        let simulator = try await Simulator.start(echo)
        let suite = try workplace.writeSuite([("one", simulator.baseURL), ("other", simulator.baseURL)])
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        await simulator.shutdown()
        #expect(output.status == 0, "\(output.standardError)")
    }

    private func front(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(["front", "--db", workplace.database] + arguments).finish()
    }

    @Test func `other axes come as a table, JSON, CSV and a chart`() async throws {
        try await run()
        let table = try await front("--x", "ttfo", "--color", "never")
        #expect(table.status == 0, "\(table.standardError)")
        #expect(table.standardOutput.contains("TTFO ms") && table.standardOutput.contains("sooner →"))
        #expect(table.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })

        let json = try await front("--x", "latency", "--y", "words", "--format", "json")
        let document = try JSONValue(parsing: json.standardOutput)
        #expect(document["axes"]?["y"]?["kind"]?.string == "task")
        let points = try #require(document["points"]?.array)
        #expect(points.compactMap { $0["candidate"]?.string } == ["one", "other"])
        #expect(points.allSatisfy { $0["y"]?["value"]?.number == 1 && $0["n"]?.number == 12 })
        #expect(points.allSatisfy { ($0["x"]?["low"]?.number ?? 1) <= ($0["x"]?["value"]?.number ?? 0) })
        #expect(document["fronts"]?.array?.count == 1)

        let csv = try await front("--y", "exact", "--x", "timeToCorrect", "--format", "csv")
        #expect(csv.standardOutput.hasPrefix("run,candidate,model,quantization,load,n,unscored,score,scoreLow,"))
        #expect(csv.standardOutput.split(separator: "\n").count == 3)

        let svg = try await front("--x", "throughput", "-o", "\(workplace.path)/front.svg")
        #expect(svg.status == 0 && svg.standardOutput.isEmpty)
        #expect(try workplace.read("front.svg").contains("right answers against throughput"))
        #expect(try await front("--x", "latency").standardOutput == front("--x", "latency").standardOutput)
    }

    @Test func `the usual axes keep the points of the run, and their JSON its keys`() async throws {
        try await run()
        let document = try JSONValue(parsing: try await front("--format", "json").standardOutput)
        for key in [
            "run", "points", "calibration", "lags", "taskFigures", "judged", "judges", "runs", "axes", "fronts",
        ] {
            #expect(document[key] != nil, "\(key)")
        }
        let stored = try workplace.rows(
            "SELECT candidate, decodeTPSLow, frontProbability FROM point ORDER BY candidate")
        let points = try #require(document["points"]?.array)
        #expect(points.map { $0["frontProbability"]?.number } == stored.map { $0["frontProbability"] as Double? })
        #expect(points.map { $0["decodeTPSLow"]?.number } == stored.map { $0["decodeTPSLow"] as Double? })
    }

    @Test(arguments: [
        (["--x", "tffo"], Int32(64), "Did you mean ttfo?"), (["--y", "wrods"], 64, "Did you mean words?"),
        (["--task", "word"], 64, "Did you mean words?"), (["--y", "exakt"], 64, "Did you mean exact?"),
        (["--x", "memory"], 1, "engines that Poise starts itself"),
        (["--x", "costToCorrect"], 1, "a price"),
        (["--as", "vllm", "--x", "ttft"], 64, "--as has another tool's own numbers"),
        (["--as", "vllm", "--format", "svg"], 64, "JSON or CSV"), (["-o", "front.xls"], 64, ".svg"),
        (["--format", "svg", "--load", "9"], 64, "--load must be one of 1"),
    ])
    func `what cannot be drawn is said`(arguments: [String], status: Int32, said: String) async throws {
        try await run()
        let output = try await CommandLineTool(["front", "--db", workplace.database] + arguments).finish()
        #expect(output.status == status)
        #expect(output.standardError.contains(said), "\(output.standardError)")
        #expect(output.standardOutput.isEmpty)
    }
}
