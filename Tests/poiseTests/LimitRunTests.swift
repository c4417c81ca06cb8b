import Foundation
import GRDB
import PoiseSimulator
import Testing

/// `poise run` with limits, against the simulated endpoint.
@Suite(.serialized) struct LimitRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func run(
        _ faults: SimulatorFaults = SimulatorFaults(), more: String = "warmup: 0", _ arguments: String...
    ) async throws -> CommandLineTool.Output {
        var configuration = SimulatorConfiguration(faults: faults)
        configuration.schedule.answer = .echo
        let simulator = try await Simulator.start(configuration)
        let suite = try workplace.writeSuite([("m", simulator.baseURL)], more: more)
        let output = try await CommandLineTool(
            ["run", suite, "--db", workplace.database, "--no-calibrate"] + arguments
        ).finish()
        await simulator.shutdown()
        return output
    }

    private var problems: [String] {
        get throws { try workplace.rows("SELECT reason FROM problem").map { $0["reason"] } }
    }

    @Test func `the first failed trial ends the run, which says how to go on and keeps what is finished`() async throws
    {
        let output = try await run(SimulatorFaults([.init(.status(400), on: .requests(4))]), "--fail-on-error")
        #expect(output.status == 1)
        #expect(try workplace.trialCount(where: "status = 'completed'") == 3)
        #expect(try workplace.trialCount(where: "status = 'failed'") == 1)
        #expect(try workplace.rows("SELECT status FROM run").map { $0["status"] } == ["incomplete"])
        #expect(try problems.count == 1)
        #expect(try problems[0].hasPrefix("a trial of 12 failed (--fail-on-error 1), the last because"))
        let run: String = try workplace.rows("SELECT id FROM run")[0]["id"]
        #expect(output.standardError.contains("poise run --resume \(run)"))
        #expect(output.standardError.contains("nothing more is asked: a trial of 12 failed"))
        #expect(try workplace.read("out/small.html").contains("a trial of 12 failed"))
    }

    @Test func `a share of failures that is not reached leaves the run done`() async throws {
        let output = try await run(SimulatorFaults([.init(.status(400), on: .requests(4))]), "--fail-on-error", "20%")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(try workplace.trialCount(where: "status = 'failed'") == 1)
    }

    @Test func `a limit on cost without a price is refused before anything is asked`() async throws {
        let output = try await run(SimulatorFaults(), "--max-cost", "1")
        #expect(output.status == 1)
        #expect(output.standardError.contains("m has no price"))
        #expect(output.standardError.contains("price: {input: 0, output: 0}"))
        #expect(try workplace.rows("SELECT * FROM run").isEmpty)
    }

    @Test func `a run that may cost so much stops before it costs more`() async throws {
        try workplace.write(
            "priced.yaml",
            """
            name: small
            candidates:
              - model: m
                endpoint: {base_url: "URL", model: m}
                price: {input: 0, output: 1000, per: thousand tokens, currency: EUR}
            tasks: [words.yaml]
            warmup: 0
            max_cost: 20
            """)
        var configuration = SimulatorConfiguration()
        configuration.schedule.answer = .echo
        let simulator = try await Simulator.start(configuration)
        let suite = "\(workplace.path)/priced.yaml"
        try workplace.write(
            "priced.yaml",
            try workplace.read("priced.yaml").replacingOccurrences(of: "URL", with: simulator.baseURL))
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--no-calibrate")
        await simulator.shutdown()
        #expect(output.status == 1)
        let tokens = try workplace.rows("SELECT outputTokens FROM trial").map { $0["outputTokens"] as Int }
        // A token is 1 EUR, and one more response would be beyond 20.
        let spent = tokens.reduce(0, +)
        #expect(spent <= 20 && spent + (tokens.max() ?? 0) + 1 > 20, "\(tokens)")
        #expect(try problems[0].contains("more would cost more than 20 EUR (--max-cost)"))
    }

    @Test func `a load that was turned away is marked in the database, the table and the page`() async throws {
        let output = try await run(
            SimulatorFaults([.init(.status(429, retryAfter: 0), on: .requests(3, 5, 6))]), more: "warmup: 0\nload: 2")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(try workplace.trialCount(where: "status = 'completed'") == 12)
        let rows = try workplace.rows("SELECT * FROM levelShortfall")
        #expect(rows.map { $0["turnedAway"] } == [3])
        #expect(rows.map { $0["requests"] } == [15])
        let words = "turned away 3 of 15 requests (429)"
        #expect(output.standardOutput.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words))
        let front = try await CommandLineTool.run("front", "--db", workplace.database)
        #expect(front.standardOutput.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words))
        #expect(try workplace.read("out/small.html").contains(words))
    }

    @Test func `wrong limits are wrong usage`() async throws {
        for arguments in [
            ["--fail-on-error", "0"], ["--max-cost", "-1"], ["--max-cost", "0"], ["--max-time", "30"],
        ] {
            let output = try await CommandLineTool(["run", "suite.yaml"] + arguments).finish()
            #expect(output.status == 64, "\(arguments)")
        }
    }
}
