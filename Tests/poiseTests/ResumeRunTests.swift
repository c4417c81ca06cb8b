import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise run --resume` as a user types it, after whatever ended the run.
@Suite(.serialized) struct ResumeRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func simulator(milliseconds: Int = 20, faults: SimulatorFaults = SimulatorFaults()) async throws
        -> Simulator
    {
        var configuration = SimulatorConfiguration(faults: faults)
        configuration.schedule.answer = .echo
        configuration.schedule.timeToFirstToken = .milliseconds(milliseconds)
        return try await Simulator.start(configuration)
    }

    private func start(_ arguments: String...) throws -> CommandLineTool {
        try CommandLineTool(["run"] + arguments + ["--db", workplace.database, "--no-calibrate"])
    }

    private func run(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(["run"] + arguments + ["--db", workplace.database, "--no-calibrate"]).finish()
    }

    /// Completions that it was asked for; its other pages are asked too.
    private func asked(_ simulator: Simulator) -> Int { simulator.requests.count { $0.number != nil } }

    private var trials: [Row] {
        get throws { try workplace.rows("SELECT * FROM trial WHERE NOT isWarmup ORDER BY id") }
    }

    /// One request has no end, so that the run is in its middle whenever the kill comes.
    private static let stuck = SimulatorFaults([SimulatorFaults.Rule(.hang, on: .requests(24))])

    /// Kills a run of several rounds.
    private func killInTheMiddle(_ suite: String, on simulator: Simulator) async throws {
        let tool = try start(suite)
        // Else it would be asked, and hang, when the run goes on.
        while asked(simulator) < 24, tool.process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        try await workplace.wait(for: 15, where: "NOT isWarmup", of: tool)
        kill(tool.process.processIdentifier, SIGKILL)
        #expect(await tool.status() == SIGKILL)
    }

    private func advice(_ text: String) throws -> [String] {
        let line = try #require(text.split(separator: "\n").first { $0.contains("to go on: poise run") })
        return line.split(separator: " ").map(String.init).drop { $0 != "run" }.prefix {
            !$0.isEmpty && !$0.hasPrefix("(")
        }
        .map { $0 }
    }

    @Test(.timeLimit(.minutes(2)))
    func `a run that was killed goes on where it was, and nothing is made twice`() async throws {
        let simulator = try await simulator(faults: Self.stuck)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "rounds: 3\nload: [1, 4]\nwarmup: 1")
        try await killInTheMiddle(suite, on: simulator)
        let before = try trials
        let runs = try await CommandLineTool.run("runs", "--db", workplace.database)
        #expect(runs.standardOutput.contains("died (poise run --resume)"), "\(runs.standardOutput)")

        let output = try await run("--resume")
        #expect(output.status == 0, "\(output.standardError)")
        let after = try trials
        #expect(after.count == 3 * 2 * 12)
        #expect(Array(after.prefix(before.count)) == before)
        #expect(try workplace.rows("SELECT status, endedAt FROM run").first?["status"] == "done")
        let points = try workplace.rows("SELECT * FROM frontPoint")
        #expect(points.map { $0["n"] as Int } == [12, 12])
        #expect(points.allSatisfy { $0["accuracy"] == 1.0 && $0["unscored"] == 0 })
        // Each pass that still had something to do was warmed up anew; none of them counts.
        let warmups = try workplace.rows("SELECT round, count(*) FROM trial WHERE isWarmup GROUP BY round")
        #expect(warmups.count == 3 && warmups.allSatisfy { (1...2).contains($0[1] as Int) })
        #expect(try workplace.read("out/small.html").contains("resumed once"))
        let listed = try await CommandLineTool.run("runs", "--db", workplace.database)
        #expect(listed.standardOutput.contains("done, resumed once"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: "\(workplace.path)/out").allSatisfy {
                !$0.hasSuffix(".lock")
            })
        // One that is done has nothing left to do, and says the same again.
        let requests = asked(simulator)
        let id = try #require(try workplace.rows("SELECT id FROM run").first?["id"] as String?)
        let again = try await run("--resume", id)
        #expect(again.status == 0 && again.standardOutput == output.standardOutput)
        #expect(asked(simulator) == requests)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `a level in parts has the time of its parts, and not of the night between them`() async throws {
        let simulator = try await simulator(faults: Self.stuck)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "rounds: 2\nwarmup: 1")
        try await killInTheMiddle(suite, on: simulator)
        try workplace.change("UPDATE run SET startedAt = '2020-01-01T00:00:00.000Z'")
        _ = try await run("--resume")
        let spans = try workplace.rows(
            """
            SELECT max(scheduled + timeToDone) - min(scheduled) AS span, sum(timeToDone) AS work FROM trial
            WHERE NOT isWarmup GROUP BY round
            """)
        #expect(spans.count == 2)
        // One request at a time: the level is as long as its requests, and what lies between two of them.
        for span in spans { #expect((span["span"] as Double) < (span["work"] as Double) * 2 + 500) }
        let throughput = try workplace.rows("SELECT throughput FROM point").first?["throughput"] as Double?
        #expect(try #require(throughput) > 1)
        let run = try #require(try workplace.rows("SELECT pause FROM resumption").first)
        #expect((run["pause"] as Double) > 1e8)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `Ctrl-C lets what is in flight finish, ends with 130, and prints what goes on`() async throws {
        let simulator = try await simulator(milliseconds: 300)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "load: 4\nwarmup: 0\nrounds: 3")
        let tool = try start(suite)
        async let finished = tool.finish()
        while asked(simulator) < 4 { await Task.yield() }
        tool.process.interrupt()
        let output = await finished
        #expect(output.status == 130)
        // Nothing that was asked was asked in vain.
        #expect(try trials.count == asked(simulator))
        #expect(try workplace.rows("SELECT status FROM run").first?["status"] == "interrupted")
        let going = try await CommandLineTool(try advice(output.standardError)).finish()
        #expect(going.status == 0, "\(going.standardError)")
        #expect(try trials.count == 36 && asked(simulator) == 36)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `a second Ctrl-C waits for nobody, and the run goes on all the same`() async throws {
        // The first request is answered, and the others never end.
        let slow = try await simulator(faults: SimulatorFaults([try SimulatorFaults.Rule(parsing: "stall=1@2-999")]))
        let suite = try workplace.writeSuite([("right", slow.baseURL)], more: "warmup: 0\nrounds: 2")
        let tool = try start(suite)
        async let finished = tool.finish()
        try await workplace.wait(for: 1, where: "NOT isWarmup", of: tool)
        tool.process.interrupt()
        tool.process.interrupt()
        let output = await finished
        #expect(output.status == 130)
        #expect(try trials.count == 1)
        await slow.shutdown()
        let quick = try await simulator()
        try workplace.change("UPDATE run SET plan = replace(plan, '\(slow.baseURL)', '\(quick.baseURL)')")
        #expect(try await run("--resume").status == 0)
        #expect(try trials.count == 24)
        await quick.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `a run that is under way is refused to others by name, and read by all`() async throws {
        let simulator = try await simulator(milliseconds: 50)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "rounds: 50")
        let tool = try start(suite)
        try await workplace.wait(for: 2, where: "NOT isWarmup", of: tool)
        let held = "in use by another Poise: process \(tool.process.processIdentifier)"
        let second = try await run("--resume")
        #expect(second.status == 1 && second.standardError.contains(held), "\(second.standardError)")
        let graded = try await CommandLineTool.run("grade", "--db", workplace.database)
        #expect(graded.status == 1 && graded.standardError.contains(held))
        let compared = try await CommandLineTool.run("divergence", "--db", workplace.database)
        #expect(compared.status == 1 && compared.standardError.contains(held), "\(compared.standardError)")
        let runs = try await CommandLineTool.run("runs", "--db", workplace.database)
        #expect(runs.standardOutput.contains("running (process \(tool.process.processIdentifier))"))
        #expect(try await CommandLineTool.run("front", "--db", workplace.database).status == 0)
        tool.process.terminate()
        #expect(await tool.status() == 130)
        #expect(try await CommandLineTool.run("grade", "--db", workplace.database).status == 0)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `a suite that changed is refused with what changed, and forked with what did not`() async throws {
        let simulator = try await simulator(faults: Self.stuck)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "rounds: 3")
        try await killInTheMiddle(suite, on: simulator)
        let before = try trials
        let samples = try workplace.read("words.jsonl").replacing("word 3", with: "other word 3")
        try workplace.write("words.jsonl", samples)
        let refused = try await run(suite, "--resume")
        #expect(refused.status == 1)
        #expect(refused.standardError.contains("task words: sample w3 is changed"), "\(refused.standardError)")
        #expect(refused.standardError.contains("file words.jsonl: SHA-256 was"))
        #expect(try trials == before)

        let forked = try await run(suite, "--resume", "--fork")
        #expect(forked.status == 0, "\(forked.standardError)")
        let old = before.count { ($0["sample"] as String) != "w3" }
        #expect(
            forked.standardError.contains("\(old) trials of run"), "\(old) of \(before.count): \(forked.standardError)")
        let runs = try workplace.rows("SELECT id, status FROM run ORDER BY startedAt")
        #expect(runs.map { $0["status"] as String } == ["running", "done"])
        let id: String = runs[1]["id"]
        #expect(try workplace.rows("SELECT * FROM trialMetric WHERE run = '\(id)' AND score = 1").count == 36)
        // Those beside the one that was left out were under way in a time that is not theirs alone.
        #expect(try workplace.rows("SELECT * FROM trial WHERE run = '\(id)' AND scheduled IS NULL").count == old)
        #expect(try workplace.rows("SELECT throughput FROM point WHERE run = '\(id)'").first?["throughput"] == nil)
        let page = try workplace.read("out/small.html")
        #expect(page.contains("taken over from run"))
        // Without the suite the old run goes on as it was stored.
        #expect(try await run("--resume", runs[0]["id"]).status == 0)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `what failed is asked again when that is asked for, and replaced when it is there`() async throws {
        let faults = SimulatorFaults([SimulatorFaults.Rule(.status(400), on: .requests(3, 5))])
        let simulator = try await simulator(faults: faults)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "warmup: 0")
        #expect(try await run(suite).status == 0)
        let failed = try workplace.rows("SELECT sample FROM trial WHERE status = 'failed' ORDER BY sample")
        #expect(failed.count == 2)
        let none = try await run("--resume")
        #expect(none.status == 1 && none.standardError.contains("there is no run to go on with"))
        let again = try await run(suite, "--resume", "--retry-errors")
        #expect(again.status == 0, "\(again.standardError)")
        #expect(try trials.count == 12)
        #expect(try workplace.rows("SELECT * FROM trialMetric WHERE score = 1").count == 12)
        #expect(asked(simulator) == 14)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `another machine is refused, and another Poise is said on the page`() async throws {
        let simulator = try await simulator(faults: Self.stuck)
        let suite = try workplace.writeSuite([("right", simulator.baseURL)], more: "rounds: 2")
        try await killInTheMiddle(suite, on: simulator)
        let machine = try #require(try workplace.rows("SELECT machine FROM run").first?["machine"] as String?)
        try workplace.change(
            "UPDATE run SET machine = json_set(machine, '$.processor', 'Another CPU'), poiseVersion = '0.0.1'")
        let refused = try await run("--resume")
        #expect(refused.status == 1)
        #expect(refused.standardError.contains("another machine") && refused.standardError.contains("Another CPU"))
        let processor = try #require(try JSONValue(parsing: machine)["processor"]?.string)
        try workplace.change("UPDATE run SET machine = json_set(machine, '$.processor', '\(processor)')")
        let output = try await run("--resume")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(try workplace.read("out/small.html").contains("a part of it was made by Poise 0.0.1"))
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `a server that is gone ends the run, and it goes on when the server is back`() async throws {
        let first = try await simulator(faults: Self.stuck)
        let suite = try workplace.writeSuite(
            [("right", first.baseURL)], more: "rounds: 3\nwarmup: 0\nlimits: {outage: 2 s}")
        let tool = try start(suite)
        async let finished = tool.finish()
        try await workplace.wait(for: 5, where: "NOT isWarmup", of: tool)
        await first.shutdown()
        let output = await finished
        #expect(output.status == 1)
        #expect(try workplace.rows("SELECT * FROM problem").count == 1)
        #expect(output.standardError.contains("--retry-errors"))
        let second = try await simulator()
        try workplace.change("UPDATE run SET plan = replace(plan, '\(first.baseURL)', '\(second.baseURL)')")
        let again = try await run("--resume", "--retry-errors")
        #expect(again.status == 0, "\(again.standardError)")
        #expect(try trials.count == 36)
        #expect(try workplace.rows("SELECT * FROM trialMetric WHERE score = 1").count == 36)
        #expect(try workplace.rows("SELECT * FROM problem").isEmpty)
        await second.shutdown()
    }
}
