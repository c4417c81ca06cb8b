import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise export`, and `--as`, as a user runs them.
struct ExportCommandTests {
    @Test func `every trial is a line, in any shape, and the same bytes every time`() async throws {
        let place = try Workplace()
        try await run(in: place)
        let lines = try await CommandLineTool.run(
            "export", "--db", place.database, "--timelines", folder: place.path)
        #expect(lines.status == 0)
        let records = try lines.standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(records.count == 12)
        #expect(records.allSatisfy { $0["status"]?.string == "completed" && $0["at"]?.array?.isEmpty == false })
        let rows = try place.rows("SELECT sample, ttft, decodeTPS, outputTokens FROM trialMetric ORDER BY sample")
        let sorted = records.sorted { ($0["sample"]?.string ?? "") < ($1["sample"]?.string ?? "") }
        for (row, record) in zip(rows, sorted) {
            #expect(row["sample"] == record["sample"]?.string && row["ttft"] == record["ttft"]?.number)
            #expect(row["decodeTPS"] == record["decodeTPS"]?.number)
            #expect(row["outputTokens"] == record["outputTokens"]?.number.map { Int($0) })
        }
        let again = try await CommandLineTool.run(
            "export", "--db", place.database, "--timelines", "-o", "out/trials.jsonl", folder: place.path)
        #expect(again.status == 0 && again.standardOutput.isEmpty)
        #expect(try place.read("out/trials.jsonl") == lines.standardOutput)
    }

    @Test(arguments: ForeignTool.allCases)
    func `another tool's words are on front, report and export`(_ tool: ForeignTool) async throws {
        let place = try Workplace()
        try await run(in: place)
        let front = try await CommandLineTool.run(
            "front", "--db", place.database, "--as", tool.rawValue, folder: place.path)
        #expect(front.status == 0)
        #expect(front.standardOutput.hasPrefix("The same run in \(tool.name)'s definitions (\(tool.version))"))
        #expect(front.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let json = try await CommandLineTool.run(
            "front", "--db", place.database, "--as", tool.rawValue, "--format", "json", folder: place.path)
        let document = try JSONValue(parsing: json.standardOutput)
        #expect(document["as"]?.string == tool.rawValue && document["points"]?.array?.count == 1)
        let report = try await CommandLineTool.run(
            "report", "--db", place.database, "--as", tool.rawValue, "-o", "points.json", folder: place.path)
        #expect(report.status == 0)
        #expect(try place.read("points.json") == json.standardOutput)
        for format in ["jsonl", "json", "csv"] {
            let export = try await CommandLineTool.run(
                "export", "--db", place.database, "--as", tool.rawValue, "--format", format, folder: place.path)
            #expect(export.status == 0 && !export.standardOutput.isEmpty)
        }
    }

    @Test func `a tool that is not known is wrong usage and answered with those that are`() async throws {
        let place = try Workplace()
        let result = try await CommandLineTool.run(
            "export", "--as", "vlm", folder: place.path)
        #expect(result.status == 64)
        #expect(result.standardError.contains("Did you mean vllm? Known are vllm, aiperf, guidellm, llmperf."))
        let both = try await CommandLineTool.run(
            "export", "--as", "vllm", "--timelines", folder: place.path)
        #expect(both.status == 64)
    }

    @Test func `a file that cannot be written is said and leaves nothing behind`() async throws {
        let place = try Workplace()
        try await run(in: place)
        try place.write("file", "")
        let result = try await CommandLineTool.run(
            "export", "--db", place.database, "-o", "file/trials.jsonl", folder: place.path)
        #expect(result.status == 1)
        #expect(result.standardError.contains("the export cannot be written"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).allSatisfy { !$0.contains(".part-") })
    }

    /// Twelve samples against the simulated endpoint.
    private func run(in place: Workplace) async throws {
        var configuration = SimulatorConfiguration()
        configuration.schedule.answer = .echo
        let simulator = try await Simulator.start(configuration)
        let suite = try place.writeSuite([("right", simulator.baseURL)])
        let output = try await CommandLineTool.run("run", suite, "--db", place.database)
        await simulator.shutdown()
        try #require(output.status == 0, "\(output.standardError)")
    }
}
