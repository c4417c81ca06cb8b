import Foundation
import GRDB
import Testing

/// `poise run` on real llama.cpp with real weights; `make setup` installs both.
@Suite(.serialized) struct EngineRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    /// The processes that a command has started and that still live: proc(5), the fourth field of `stat`.
    private func children(of tool: CommandLineTool) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.filter { process in
            let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
            let parent = stat.split(separator: ")").last?.split(separator: " ").dropFirst().first
            return parent.flatMap { Int32($0) } == tool.process.processIdentifier
        }
    }

    @Test func `real responses are scored, timed and stored with the facts of their engine`() async throws {
        let suite = try workplace.writeEngineSuite(more: "rounds: 1")
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--limit", "20")
        #expect(output.status == 0, "\(output.standardError)")
        let trials = try workplace.rows("SELECT * FROM trial WHERE NOT isWarmup")
        #expect(trials.count == 40)
        #expect(trials.allSatisfy { ($0["status"] as String) == "completed" })
        let scores: [Double] = try workplace.rows("SELECT score FROM trialMetric").map { $0["score"] }
        // What tiny-s can do; far from all wrong and far from all right.
        #expect((0.2...0.98).contains(scores.reduce(0, +) / Double(scores.count)))
        let engine = try #require(try workplace.rows("SELECT * FROM engine").first)
        #expect((engine["build"] as String).contains("llama"))
        #expect((engine["modelFile"] as String).contains(#""architecture":"llama""#))
        #expect((engine["loadTime"] as Double) > 0)
        #if os(Linux)
            #expect((engine["peakMemory"] as Int64) > 1_000_000)
        #endif
    }

    @Test func `the demo's candidates really differ`() async throws {
        let output = try await CommandLineTool.run(
            "run", "\(CommandLineTool.root)/Datasets/demo.yaml", "--db", workplace.database, "--limit", "8")
        #expect(output.status == 0, "\(output.standardError)")
        let points = try workplace.rows("SELECT * FROM frontPoint")
        #expect(points.count == 13)
        #expect(points.allSatisfy { ($0["n"] as Int) == 12 * 8 && ($0["unscored"] as Int) == 0 })
        let accuracies: [Double] = points.map { $0["accuracy"] }
        #expect((accuracies.max() ?? 0) - (accuracies.min() ?? 0) >= 0.2)
        #expect(points.count { $0["onFront"] } >= 2)
        #expect(points.contains { !($0["onFront"] as Bool) })
        // The quantization that breaks its model is seen to have broken it.
        let broken = try #require(points.first { $0["quantization"] == "tq2_0" })
        #expect(broken["accuracy"] < 0.1)
        #expect(
            try !workplace.rows("SELECT * FROM score WHERE grader = 'concise-answer' AND criteria IS NOT NULL").isEmpty)
    }

    @Test func `our decode speed agrees with the server's own`() async throws {
        let suite = try workplace.writeEngineSuite(more: "rounds: 1")
        _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
        let ratios: [Double] = try workplace.rows(
            """
            SELECT decodeTPS / serverDecodeTPS AS ratio FROM trial
            WHERE NOT isWarmup AND outputTokens >= 16 AND coalescedChunks * 10 <= chunks ORDER BY ratio
            """
        ).map { $0["ratio"] }
        // A busy machine hands over chunks late and in bunches; where it does not, the two clocks must agree.
        try #require(ratios.count >= 10)
        #expect((0.97...1.03).contains(ratios[ratios.count / 2]))
    }

    @Test func `a server that dies in the middle is an error with its log, and what finished is kept`() async throws {
        let suite = try workplace.writeEngineSuite(more: "rounds: 30")
        let tool = try CommandLineTool(["run", suite, "--db", workplace.database])
        // In the middle of the second round: its trials come, so that its engine is there.
        try await workplace.wait(for: 5, where: "round = 2", of: tool)
        for engine in try children(of: tool) { kill(engine, SIGKILL) }
        let output = await tool.finish()
        #expect(output.status == 1)
        let text = output.standardError
        #expect(text.contains("tiny-s@f16 is left out"))
        #expect(text.contains("the engine ended in the middle of the run (signal 9)"))
        #expect(text.contains(".log"))
        let kept = try workplace.rows("SELECT * FROM trialMetric WHERE status = 'completed'").count
        #expect(kept >= 72)
        #expect(try workplace.rows("SELECT * FROM trialMetric WHERE status = 'failed' AND score IS NOT NULL").isEmpty)
        #expect(try workplace.rows("SELECT accuracy FROM frontPoint").count == 1)
    }

    @Test func `a port in use and a file that is no model end with 1 and say what to do`() async throws {
        let holder = try CommandLineTool(["simulate", "--port", "0"])
        defer { holder.process.terminate() }
        var address = ""
        while !address.contains("\n") {
            guard let pipe = holder.process.standardOutput as? Pipe else { break }
            address += String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        }
        let port = try #require(Int(address.split(separator: ":").last?.prefix { $0.isNumber } ?? ""))
        let suite = try workplace.writeEngineSuite(serve: ", port: \(port)")
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
        #expect(output.status == 1)
        #expect(output.standardError.contains("port \(port) on 127.0.0.1 is in use"))
        #expect(output.standardError.contains("Leave serve.port out"))

        try workplace.write("broken.gguf", "GGUF")
        let broken = try workplace.read("engine.yaml").replacingOccurrences(
            of: "\(workplace.path)/tiny-s-f16.gguf", with: "\(workplace.path)/broken.gguf")
        try workplace.write("broken.yaml", broken)
        let second = try await CommandLineTool.run("run", "\(workplace.path)/broken.yaml", "--db", workplace.database)
        #expect(second.status == 1)
        #expect(second.standardError.contains("broken.gguf"))
    }

    @Test(.timeLimit(.minutes(1)))
    func `an engine does not outlive a Poise that was killed`() async throws {
        let suite = try workplace.writeEngineSuite(more: "rounds: 50")
        let tool = try CommandLineTool(["run", suite, "--db", workplace.database])
        try await workplace.wait(for: 5, where: "NOT isWarmup", of: tool)
        let engines = try children(of: tool)
        #expect(engines.count == 1)
        kill(tool.process.processIdentifier, SIGKILL)
        #expect(await tool.status() == SIGKILL)
        for engine in engines {
            while kill(engine, 0) == 0 { await Task.yield() }
        }
    }

    @Test func `an interrupt ends the engine too`() async throws {
        let suite = try workplace.writeEngineSuite(more: "rounds: 50")
        let tool = try CommandLineTool(["run", suite, "--db", workplace.database])
        for await line in tool.errorLines where line.contains("round 1/50") { break }
        let log = try workplace.rows("SELECT id FROM run").map { $0["id"] as String }
        tool.process.interrupt()
        #expect(await tool.status() == 130)
        #expect(log.count == 1)
        #expect(try children(of: tool).isEmpty)
    }
}
