import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// Samples with turns, from the file to the front, against the simulated endpoint and a real engine.
@Suite(.serialized) struct ChainRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
        // The endpoint says every question again: right where the target is the question itself.
        let chains = (1...4).map { number in
            let turns = (1...3).map { turn in
                #"{"input": "chain \#(number), turn \#(turn)", "target": "\#(target(number, turn))"}"#
            }
            return #"{"id": "c\#(number)", "turns": [\#(turns.joined(separator: ", "))]}"#
        }
        try workplace.write("words.jsonl", chains.joined(separator: "\n"))
    }

    /// The first and the second chain are right, the third fails in its second turn, the fourth in its first and last.
    private func target(_ number: Int, _ turn: Int) -> String {
        let isWrong = number == 3 && turn == 2 || number == 4 && turn != 2
        return isWrong ? "something else" : "chain \(number), turn \(turn)"
    }

    private func withEcho<Result>(
        faults: SimulatorFaults = SimulatorFaults(), _ body: (Simulator) async throws -> Result
    ) async throws -> Result {
        var configuration = SimulatorConfiguration(faults: faults)
        configuration.schedule.answer = .echo
        return try await withSimulator(configuration, body)
    }

    private func withSimulator<Result>(
        _ configuration: SimulatorConfiguration, _ body: (Simulator) async throws -> Result
    ) async throws -> Result {
        let simulator = try await Simulator.start(configuration)
        do {
            let result = try await body(simulator)
            await simulator.shutdown()
            return result
        } catch {
            await simulator.shutdown()
            throw error
        }
    }

    @Test func `a run asks every turn, scores chains as a whole, and keeps their requests`() async throws {
        try await withEcho { simulator in
            let suite = try workplace.writeSuite([("echo", simulator.baseURL)], more: "warmup: 0")
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status == 0, "\(output.standardError)")
            #expect(simulator.requests.count >= 12)
            let scores = try workplace.rows(
                """
                SELECT trial.sample, score.* FROM score JOIN trial ON trial.id = score.trial
                WHERE NOT isWarmup ORDER BY sample
                """)
            #expect(scores.map { $0["value"] as Double? } == [1, 1, 0, 0])
            #expect(scores.allSatisfy { $0["grader"] == "turns" })
            #expect(scores[0]["answer"] == "chain 1, turn 1 | chain 1, turn 2 | chain 1, turn 3")
            #expect(
                (scores[2]["explanation"] as String).hasPrefix(
                    "2 of 3 turns are right; the first that failed is turn 2: "))
            let criteria = try JSONValue(parsing: scores[3]["criteria"] as String).array ?? []
            #expect(criteria.map { $0["name"]?.string } == ["turn 1", "turn 2", "turn 3"])
            #expect(try workplace.rows("SELECT accuracy FROM frontPoint").map { $0[0] as Double? } == [0.5])

            let exchanges = try workplace.rows("SELECT * FROM exchange ORDER BY trial, number")
            #expect(exchanges.map { $0["turn"] as Int } == (0..<4).flatMap { _ in [1, 2, 3] })
            let last = try JSONValue(parsing: exchanges[2]["request"] as String)
            #expect(
                last["messages"]?.array?.map { $0["role"]?.string }
                    == ["user", "assistant", "user", "assistant", "user"])
            let sums = try workplace.rows(
                """
                SELECT trial.latency AS whole, sum(exchange.latency) AS parts, trial.outputTokens AS tokens,
                    sum(exchange.outputTokens) AS partTokens
                FROM trial JOIN exchange ON exchange.trial = trial.id GROUP BY trial.id
                """)
            #expect(sums.count == 4)
            for row in sums {
                #expect(abs((row["whole"] as Double) - (row["parts"] as Double)) < 1e-6)
                #expect(row["tokens"] as Int == row["partTokens"] as Int)
            }
        }
    }

    @Test func `chains are graded again from what is stored, also by checks that turns bring by then`() async throws {
        try await withEcho { simulator in
            let suite = try workplace.writeSuite([("echo", simulator.baseURL)], more: "warmup: 0")
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            let asked = simulator.requests.count
            let before = try workplace.rows("SELECT * FROM score ORDER BY trial")
            let again = try await CommandLineTool.run("grade", "--db", workplace.database)
            #expect(again.status == 0, "\(again.standardError)")
            #expect(try workplace.rows("SELECT * FROM score ORDER BY trial") == before)

            // What was wrong is right by these checks.
            let lenient = try workplace.read("words.jsonl").replacingOccurrences(
                of: #""target": "something else"}"#,
                with: #""target": "something else", "graders": [{"check": "contains_any", "of": ["chain"]}]}"#)
            try workplace.write("words.jsonl", lenient)
            let output = try await CommandLineTool.run("grade", "--suite", suite, "--db", workplace.database)
            #expect(output.status == 0, "\(output.standardError)")
            #expect(try workplace.rows("SELECT accuracy FROM frontPoint").map { $0[0] as Double? } == [1])
            #expect(simulator.requests.count == asked)

            // Turns that ask something else are another question.
            try workplace.write("words.jsonl", lenient.replacingOccurrences(of: "chain 1, turn 3", with: "chain 1!"))
            let other = try await CommandLineTool.run("grade", "--suite", suite, "--db", workplace.database)
            #expect(other.standardError.contains("graded 3 responses"), "\(other.standardError)")
        }
    }

    @Test func `a rubric beside the others grades every turn, and is one score however often it is asked for`()
        async throws
    {
        try await withEcho { simulator in
            let suite = try workplace.writeSuite([("echo", simulator.baseURL)], more: "warmup: 0")
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            try workplace.write(
                "numbered.yaml",
                """
                name: numbered
                criteria:
                  - name: says which turn
                    check: contains_all
                    of: ["turn"]
                """)
            for _ in 0..<2 {
                let output = try await CommandLineTool.run(
                    "grade", "--db", workplace.database, "--rubric", "\(workplace.path)/numbered.yaml")
                #expect(output.status == 0, "\(output.standardError)")
            }
            let scores = try workplace.rows("SELECT * FROM score ORDER BY position, trial")
            #expect(
                scores.map { $0["grader"] as String } == (0..<4).map { _ in "turns" } + (0..<4).map { _ in "numbered" })
            #expect(scores.suffix(4).allSatisfy { $0["value"] == 1.0 })
            #expect(try workplace.rows("SELECT accuracy FROM frontPoint").map { $0[0] as Double? } == [0.5])
        }
    }

    @Test func `a chain is one trial in an export, and its requests are those of other tools`() async throws {
        try await withEcho { simulator in
            let suite = try workplace.writeSuite([("echo", simulator.baseURL)], more: "warmup: 0")
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            func lines(_ arguments: String...) async throws -> [JSONValue] {
                let output = try await CommandLineTool(["export", "--db", workplace.database] + arguments)
                    .finish()
                #expect(output.status == 0, "\(output.standardError)")
                return try output.standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            }
            let own = try await lines()
            #expect(own.count == 4)
            let rows = try workplace.rows("SELECT latency, decodeTPS FROM trial ORDER BY id")
            #expect(own.map { $0["latency"]?.number } == rows.map { $0["latency"] as Double? })
            #expect(own.map { $0["decodeTPS"]?.number } == rows.map { $0["decodeTPS"] as Double? })
            for tool in ForeignTool.allCases {
                #expect(try await lines("--as", tool.rawValue).count == 12)
            }
            let front = try await CommandLineTool.run("front", "--db", workplace.database, "--as", "vllm")
            #expect(front.status == 0, "\(front.standardError)")
        }
    }

    @Test func `a failed request leaves its chain without a score`() async throws {
        // Every request behind the first seven is refused.
        let faults = SimulatorFaults([.init(.status(400), on: .requests([8...99]))])
        try await withEcho(faults: faults) { simulator in
            let suite = try workplace.writeSuite([("echo", simulator.baseURL)], more: "warmup: 0")
            _ = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
            let trials = try workplace.rows("SELECT * FROM trialMetric ORDER BY rowid")
            #expect(trials.count { $0["status"] == "completed" } == 2)
            #expect(trials.count { $0["status"] == "failed" && $0["score"] as Double? == nil } == 2)
            #expect(try workplace.rows("SELECT * FROM score").count == 2)
            #expect(try workplace.rows("SELECT * FROM exchange").count == 7)
        }
    }

    @Test(arguments: [true, false])
    func `tools are called over the wire and answer as the dataset says`(isStreamed: Bool) async throws {
        let tools = #"[{"type": "function", "function": {"name": "ask", "parameters": {"type": "object"}}}]"#
        // The second turn asks what the first one was told.
        let turns = [
            #"{"input": "One?", "target": "1", "tool_results": [{"name": "ask", "arguments": {"question": "One?"}, "#
                + #""content": "1"}, {"name": "ask", "arguments": {"question": "Two?"}, "content": "2"}]}"#,
            #"{"input": "Two?", "target": "2"}"#,
            #"{"input": "Three?", "target": "{\"error\":\"ask finds nothing for these arguments\"}"}"#,
        ]
        try workplace.write(
            "words.jsonl", #"{"id": "c", "tools": \#(tools), "turns": [\#(turns.joined(separator: ", "))]}"#)
        var configuration = SimulatorConfiguration(
            faults: isStreamed ? SimulatorFaults() : .always(.ignoresStream))
        configuration.schedule.answer = .tool("ask")
        try await withSimulator(configuration) { simulator in
            let suite = try workplace.writeSuite([("caller", simulator.baseURL)], more: "warmup: 0")
            let output = try await CommandLineTool.run(
                "run", suite, "--db", workplace.database, "--no-calibrate")
            #expect(output.status == 0, "\(output.standardError)")
            let score = try #require(try workplace.rows("SELECT * FROM score").first)
            #expect(score["value"] == 1.0, "\(score)")
            let exchanges = try workplace.rows("SELECT * FROM exchange ORDER BY number")
            #expect(exchanges.map { $0["turn"] as Int } == [1, 1, 2, 2, 3, 3])
            #expect(exchanges[0]["toolCalls"] == #"ask{"question":"One?"}"#)
            let second = try JSONValue(parsing: exchanges[1]["request"] as String)
            let messages = second["messages"]?.array ?? []
            #expect(messages.map { $0["role"]?.string } == ["user", "assistant", "tool"])
            let id = try #require(messages[1]["tool_calls"]?.array?.first?["id"]?.string)
            #expect(!id.isEmpty && messages[2]["tool_call_id"]?.string == id)
            #expect(second["tools"] == (try JSONValue(parsing: tools)))
            // The first useful token is that of the call.
            let trial = try #require(try workplace.rows("SELECT * FROM trial").first)
            #expect(trial["ttfo"] as Double? == exchanges[0]["ttfo"] as Double?)
            #expect((trial["ttfo"] as Double? != nil) == isStreamed)
        }
    }

    @Test func `a judge cannot grade turns, which is said before anything is asked`() async throws {
        try await withEcho { simulator in
            try workplace.write(
                "kind.yaml",
                """
                criteria:
                  - name: kind
                    judge: Is it kind?
                    levels: {C: {worth: 1, when: it is}, I: {worth: 0, when: it is not}}
                """)
            let task = try workplace.read("words.yaml")
            try workplace.write("words.yaml", task.replacingOccurrences(of: "check: exact", with: "rubric: kind"))
            let suite = try workplace.writeSuite([("echo", simulator.baseURL)], more: "warmup: 0")
            let output = try await CommandLineTool.run("run", suite, "--db", workplace.database)
            #expect(output.status != 0)
            #expect(output.standardError.contains("“kind” needs more than a text, and cannot grade turns"))
            #expect(output.standardError.contains("task words"))
            #expect(simulator.requests.isEmpty)
        }
    }

    @Test func `a real model is asked in turns, and hears its own answers`() async throws {
        let sums = [("Add 12 and 30.", "42"), ("Add 7 and 5.", "12")]
        let turns = sums.map { #"{"input": "\#($0.0)", "target": "\#($0.1)"}"# }.joined(separator: ", ")
        try workplace.write("words.jsonl", #"{"id": "two", "turns": [\#(turns)]}"#)
        let task = try workplace.read("words.yaml")
        try workplace.write(
            "words.yaml", task.replacingOccurrences(of: "check: exact", with: "check: number") + "\nmax_tokens: 24\n")
        try workplace.write(
            "suite.yaml",
            """
            name: small
            candidates:
              - model: tiny-m
                quantization: f16
                serve: {engine: llama.cpp, file: "\(CommandLineTool.root)/Models/tiny-m-f16.gguf", threads: 1}
            tasks: [words.yaml]
            warmup: 0
            """)
        let output = try await CommandLineTool.run(
            "run", "\(workplace.path)/suite.yaml", "--db", workplace.database, "--trust")
        #expect(output.status == 0, "\(output.standardError)")
        let exchanges = try workplace.rows("SELECT * FROM exchange ORDER BY number")
        #expect(exchanges.map { $0["turn"] as Int } == [1, 2])
        let second = try JSONValue(parsing: exchanges[1]["request"] as String)
        #expect(
            second["messages"]?.array?.map { $0["content"]?.string }
                == [sums[0].0, exchanges[0]["response"] as String, sums[1].0])
        let trial = try #require(try workplace.rows("SELECT * FROM trial").first)
        let parts: [Double] = exchanges.map { $0["latency"] }
        #expect(abs((trial["latency"] as Double) - parts.reduce(0, +)) < 1e-6)
        #expect((trial["promptTokens"] as Int) > (exchanges[1]["promptTokens"] as Int))
        let score = try #require(try workplace.rows("SELECT * FROM score").first)
        #expect(score["value"] as Double? != nil)
    }
}
