import Foundation
import PoiseCore
import PoiseSimulator
import Testing

/// `poise choose` on runs that were really made.
@Suite struct ChooseCommandTests {
    private let workplace: Workplace

    /// Without a limit on the speed: an echo of two words has none.
    private static let desk =
        "warmup: 0\nprofile: {base: summary, name: desk, limits: {ttfo: {at_most: 5 s}}}"

    init() throws {
        workplace = try Workplace()
    }

    /// One candidate that is always right, and one that never is.
    private func run(more: String = Self.desk, prices: [String] = ["", ""]) async throws {
        var right = SimulatorConfiguration()
        right.schedule.answer = .echo
        var wrong = SimulatorConfiguration()
        wrong.schedule.answer = .text("another word")
        let simulators = [try await Simulator.start(right), try await Simulator.start(wrong)]
        let candidates = zip(zip(["right", "wrong"], simulators), prices).map { pair, price in
            "  - model: \(pair.0)\n    endpoint: {base_url: \"\(pair.1.baseURL)\", model: m}\n"
                + (price.isEmpty ? "" : "    price: \(price)\n")
        }
        try workplace.write(
            "suite.yaml", "name: small\ncandidates:\n\(candidates.joined())tasks: [words.yaml]\n\(more)\n")
        let output = try await CommandLineTool.run(
            "run", "\(workplace.path)/suite.yaml", "--db", workplace.database)
        #expect(output.status == 0, "\(output.standardError)")
        for simulator in simulators { await simulator.shutdown() }
    }

    private func choose(_ arguments: String...) async throws -> CommandLineTool.Output {
        let tool = try CommandLineTool(
            ["choose", "--db", workplace.database] + arguments, environment: ["COLUMNS": "80"])
        return await tool.finish()
    }

    @Test func `it names the one that is right, in words, in JSON, and the same each time`() async throws {
        try await run()
        let text = try await choose()
        #expect(text.status == 0, "\(text.standardError)")
        #expect(text.standardOutput.hasPrefix("right is the pick for desk"))
        #expect(text.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(text.standardError.isEmpty)
        #expect(try await choose().standardOutput == text.standardOutput)

        let json = try await choose("--format", "json")
        let document = try JSONValue(parsing: json.standardOutput)
        #expect(document["pick"] == .string("right"))
        #expect(document["outcome"] == .string("picked"))
        #expect(document["decision"]?["runnerUp"]?["candidate"] == .string("wrong"))
        #expect(document["profile"]?["name"] == .string("desk"))
        #expect(document["candidates"]?.array?.count == 2)
        #expect(document["candidates"]?.array?.first?["figures"]?["accuracy"]?["value"] == .number(1))
        #expect(
            document["candidates"]?.array?.last?["figures"]?["timeToCorrect"]?["isInfinite"] == .bool(true))
    }

    @Test func `limits of the command line decide, and where none holds the exit code is 1`() async throws {
        try await run()
        let none = try await choose("--at-most", "ttfo=0.001ms")
        #expect(none.status == 1)
        #expect(none.standardOutput.hasPrefix("None of the 2 candidates meets the limits for desk"))
        #expect(none.standardOutput.contains("is nearest; it misses TTFO at most 0.001 ms"))
        let memory = try await choose("--at-most", "memory=8GB", "--format", "json")
        #expect(memory.status == 1)
        #expect(try JSONValue(parsing: memory.standardOutput)["outcome"] == .string("noneMeetsLimits"))
        let out = try await choose("--at-least", "accuracy=50%")
        #expect(out.status == 0)
        let words = out.standardOutput.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("the only one of 2 candidates that meets the limits"))
        #expect(out.standardOutput.contains("accuracy ≥ 50%"))
    }

    @Test func `where nobody was ever right the exit code is 1`() async throws {
        var wrong = SimulatorConfiguration()
        wrong.schedule.answer = .text("another word")
        let simulator = try await Simulator.start(wrong)
        try workplace.write(
            "suite.yaml",
            "name: small\ncandidates:\n  - model: wrong\n    endpoint: {base_url: \"\(simulator.baseURL)\", model: m}\n"
                + "tasks: [words.yaml]\n\(Self.desk)\n")
        let run = try await CommandLineTool.run("run", "\(workplace.path)/suite.yaml", "--db", workplace.database)
        #expect(run.status == 0, "\(run.standardError)")
        await simulator.shutdown()
        let text = try await choose()
        #expect(text.status == 1)
        #expect(text.standardOutput.hasPrefix("Nothing can be recommended for desk"))
        let json = try await choose("--format", "json")
        #expect(try JSONValue(parsing: json.standardOutput)["outcome"] == .string("noneIsRight"))
    }

    @Test func `a profile of a file, a task and a load can be named`() async throws {
        try await run(more: "warmup: 0\nload: [1, 2]")
        try workplace.write("desk.yaml", "base: summary\nname: desk\n")
        let desk = try await choose("--profile", "\(workplace.path)/desk.yaml", "--task", "words", "--load", "2")
        #expect(desk.status == 0, "\(desk.standardError)")
        #expect(desk.standardOutput.contains("pick for desk"))
        #expect(desk.standardOutput.contains("2 requests in flight, words"))
        let usual = try await choose()
        #expect(usual.standardOutput.contains("Nobody named a profile"))
        #expect(usual.standardOutput.contains("--load 2"))
    }

    @Test func `prices are shown with where traffic breaks even`() async throws {
        try await run(
            prices: ["{hour: 2, source: a list, date: 2026-11-01}", "{input: 100, output: 100}"])
        let output = try await choose("--profile", "batch")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardOutput.contains("right by the hour costs as much as wrong by the token at"))
        #expect(output.standardOutput.contains("a list on 1 November 2026"))
        #expect(output.standardOutput.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let document = try JSONValue(
            parsing: try await choose("--profile", "batch", "--format", "json").standardOutput)
        #expect(document["breakEvens"]?.array?.count == 1)
        #expect(document["costs"]?.array?.last?["costToCorrect"]?["isInfinite"] == .bool(true))
    }

    @Test(arguments: [
        (["--profile", "chatt"], 1, "Did you mean “chat”?"),
        (["--at-most", "ttfo=500"], 64, "“500” is not a time as 500 ms or 2 s"),
        (["--at-least", "acuracy=0.5"], 64, "Did you mean “accuracy”?"),
        (["--at-least", "accuracy"], 64, "“accuracy” is no limit"),
        (["--load", "7"], 1, "nothing was measured at load 7"),
        (["--task", "wrods"], 1, "Did you mean “words”?"),
        (["--profile", "/nowhere/x.yaml"], 64, "/nowhere/x.yaml"),
    ])
    func `what cannot be done is said`(arguments: [String], status: Int32, words: String) async throws {
        try await run()
        let tool = try CommandLineTool(["choose", "--db", workplace.database] + arguments)
        let output = await tool.finish()
        #expect(output.status == status)
        #expect(output.standardError.contains(words), "\(output.standardError)")
        #expect(output.standardOutput.isEmpty)
    }
}
