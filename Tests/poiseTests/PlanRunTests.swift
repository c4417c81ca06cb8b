import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import PoiseStore
import Testing

/// `poise plan` and `poise run --plan` as a user and a scheduler type them.
@Suite(.serialized) struct PlanRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private var plan: String { "\(workplace.path)/plan.json" }
    private var shards: String { "\(workplace.path)/plan.shards" }
    private var scratch: String { "\(workplace.path)/scratch" }

    private func simulator(milliseconds: Int = 5, faults: SimulatorFaults = SimulatorFaults()) async throws -> Simulator
    {
        var configuration = SimulatorConfiguration(faults: faults)
        configuration.schedule.answer = .echo
        configuration.schedule.timeToFirstToken = .milliseconds(milliseconds)
        return try await Simulator.start(configuration)
    }

    private func makePlan(_ simulator: Simulator, shards: Int, more: String = "rounds: 2\nwarmup: 1") async throws {
        let suite = try workplace.writeSuite([("one", simulator.baseURL), ("two", simulator.baseURL)], more: more)
        let output = try await CommandLineTool.run("plan", suite, "-o", plan, "--shards", "\(shards)")
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardOutput.isEmpty)
    }

    private func start(_ shard: String, _ more: String...) throws -> CommandLineTool {
        try CommandLineTool(
            ["run", "--plan", plan, "--shard", shard, "--scratch", scratch, "--no-calibrate"] + more)
    }

    private func run(_ shard: String) async throws -> CommandLineTool.Output {
        try await start(shard).finish()
    }

    private func rows(_ sql: String, in shard: String) throws -> [Row] {
        try DatabaseQueue(path: "\(shards)/\(shard)").read { try Row.fetchAll($0, sql: sql) }
    }

    private func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test(.timeLimit(.minutes(2)))
    func `the shards of a plan have together what one machine would have, each trial with its machine`() async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 3)
        var keys: [[String]] = []
        for shard in 0..<3 {
            let output = try await start("\(shard)/3", "--node", "n\(shard)").finish()
            #expect(output.status == 0, "\(output.standardError)")
            let name = "shard-0000\(shard)-of-00003.sqlite"
            #expect(output.standardError.contains("shard \(shard) of 3 is whole: \(shards)/\(name)"))
            let trials = try rows(
                """
                SELECT candidate, sample, round, stint.node AS node FROM trial
                JOIN stint ON stint.run = trial.run AND stint.number = trial.stint WHERE NOT isWarmup
                """, in: name)
            #expect(trials.allSatisfy { $0["node"] == "n\(shard)" })
            keys += trials.map {
                ["\($0["candidate"] as String)", "\($0["sample"] as String)", "\($0["round"] as Int)"]
            }
            #expect(try rows("SELECT status FROM run", in: name).map { $0[0] as String } == ["done"])
        }
        #expect(keys.count == 2 * 12 * 2)
        #expect(Set(keys).count == keys.count)
        #expect(names(scratch).isEmpty)
        #expect(names(shards).count == 3)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a whole shard is left alone`() async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 2)
        #expect(try await run("1/2").status == 0)
        let path = "\(shards)/shard-00001-of-00002.sqlite"
        let before = FileManager.default.contents(atPath: path)
        let asked = simulator.requests.count
        let again = try await run("1/2")
        #expect(again.status == 0)
        #expect(again.standardError.contains("is there already"))
        #expect(FileManager.default.contents(atPath: path) == before)
        #expect(simulator.requests.count == asked)
        #expect(names(shards) == ["shard-00001-of-00002.sqlite"])
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `what killed attempts left on the disk is gone on with, one after the other`() async throws {
        let kills = [20, 40]
        let stuck = SimulatorFaults([SimulatorFaults.Rule(.hang, on: .requests(20, 40))])
        let simulator = try await simulator(faults: stuck)
        try await makePlan(simulator, shards: 1)
        var left = 0
        for request in kills {
            let tool = try start("0/1")
            while simulator.requests.count(where: { $0.number != nil }) < request, tool.process.isRunning {
                try await Task.sleep(for: .milliseconds(20))
            }
            // A trial is written a tenth of a second after it came.
            while leftTrials() < left + 10, tool.process.isRunning {
                try await Task.sleep(for: .milliseconds(20))
            }
            kill(tool.process.processIdentifier, SIGKILL)
            #expect(await tool.status() == SIGKILL)
            left = leftTrials()
        }

        let output = try await run("0/1")
        #expect(output.status == 0, "\(output.standardError)")
        let name = "shard-00000-of-00001.sqlite"
        let trials = try rows("SELECT stint, count(*) FROM trial WHERE NOT isWarmup GROUP BY stint", in: name)
        let counts = trials.map { $0[1] as Int }
        #expect(trials.map { $0[0] as Int } == [1, 2, 3])
        #expect(counts.reduce(0, +) == 48)
        // Nothing of what a kill left was asked again.
        #expect(counts.prefix(2).reduce(0, +) == left)
        #expect(names(scratch).isEmpty)
        await simulator.shutdown()
    }

    /// Measured trials of the attempt that has most.
    private func leftTrials() -> Int {
        names(scratch).reduce(0) { most, folder in
            let path = "\(scratch)/\(folder)/shard.sqlite"
            guard FileManager.default.fileExists(atPath: path) else { return most }
            var configuration = Configuration()
            configuration.readonly = true
            let count = try? DatabaseQueue(path: path, configuration: configuration).read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM trial WHERE NOT isWarmup")
            }
            return max(most, (count ?? nil) ?? 0)
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: [SIGTERM, SIGINT])
    func `an interrupted shard is kept beside the others, and the next attempt ends it`(signal: Int32) async throws {
        let stuck = SimulatorFaults([SimulatorFaults.Rule(.hang, on: .requests(20))])
        let simulator = try await simulator(faults: stuck)
        try await makePlan(simulator, shards: 1)
        let tool = try start("0/1")
        while simulator.requests.count(where: { $0.number != nil }) < 20, tool.process.isRunning {
            try await Task.sleep(for: .milliseconds(20))
        }
        kill(tool.process.processIdentifier, signal)
        // A scheduler says it to the process, and so does its script.
        if signal == SIGTERM { kill(tool.process.processIdentifier, signal) }
        let output = await tool.finish()
        #expect(output.status == (signal == SIGTERM ? 75 : 130), "\(output.standardError)")
        #expect(output.standardError.contains("the same command again"))
        let parts = names(shards)
        #expect(parts.count == 1 && parts[0].hasPrefix("shard-00000-of-00001.partial-"), "\(parts)")
        #expect(names(scratch).isEmpty)

        let again = try await run("0/1")
        #expect(again.status == 0, "\(again.standardError)")
        #expect(names(shards) == ["shard-00000-of-00001.sqlite"])
        let count = try rows("SELECT count(*) FROM trial WHERE NOT isWarmup", in: "shard-00000-of-00001.sqlite")
        #expect(count.first?[0] == 48)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a candidate that cannot be run makes the shard a part, with its reason and exit code 75`() async throws {
        let simulator = try await simulator()
        let suite = try workplace.writeSuite(
            [("one", simulator.baseURL), ("gone", "http://127.0.0.1:1/v1")], more: "limits: {outage: 1 s}")
        let made = try await CommandLineTool.run("plan", suite, "-o", plan, "--shards", "1")
        #expect(made.status == 0, "\(made.standardError)")
        let output = try await run("0/1")
        #expect(output.status == 75, "\(output.standardError)")
        #expect(output.standardError.contains("shard 0 of 1 is not whole: gone: "))
        let part = try #require(names(shards).first { $0.contains(".partial-") })
        #expect(try rows("SELECT count(*) FROM trial WHERE candidate = 'one' AND NOT isWarmup", in: part)[0][0] == 12)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a limit that the run met is final, since whoever tries again meets it again`() async throws {
        let faults = SimulatorFaults([SimulatorFaults.Rule(.status(400))])
        let simulator = try await simulator(faults: faults)
        try await makePlan(simulator, shards: 1)
        let output = try await start("0/1", "--fail-on-error").finish()
        #expect(output.status == 1, "\(output.standardError)")
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)))
    func `shards of two plans never share a name unnoticed`() async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 1)
        #expect(try await run("0/1").status == 0)
        try await makePlan(simulator, shards: 1, more: "rounds: 1\nwarmup: 1")
        let output = try await run("0/1")
        #expect(output.status == 1)
        #expect(output.standardError.contains("a shard of another plan has this one's name"))
        let submission = try await CommandLineTool.run("submit", "slurm", "--plan", plan, "--dry-run")
        #expect(submission.status == 1 && submission.standardOutput.isEmpty)
        #expect(submission.standardError.contains("a shard of another plan has this one's name"))
        #expect(output.standardError.contains("rounds: it was 2 and is 1"), "\(output.standardError)")
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["", "no database at all"])
    func `a file that only has a shard's name stands for nothing, and stays`(text: String) async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 2)
        try FileManager.default.createDirectory(atPath: shards, withIntermediateDirectories: true)
        let path = "\(shards)/shard-00001-of-00002.sqlite"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let output = try await run("1/2")
        #expect(output.status == 1)
        #expect(output.standardError.contains("what has this shard's name cannot be read"), "\(output.standardError)")
        #expect(output.standardError.contains("Move it away"))
        #expect(FileManager.default.contents(atPath: path) == Data(text.utf8))
        #expect(simulator.requests.isEmpty)
        await simulator.shutdown()
    }

    @Test func `what is said wrongly is refused before anything is asked`() async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 2)
        let cases: [([String], String)] = [
            (["--plan", plan], "--plan needs --shard i/n"), (["--shard", "0/2"], "--shard goes with --plan"),
            (["--plan", plan, "--shard", "2/2"], "counted from 0"),
            (["--plan", plan, "--shard", "0/3"], "has 2 shards"),
            (["--plan", plan, "--shard", "1"], "invalid"),
            (["suite.yaml", "--plan", plan, "--shard", "0/2"], "A suite"),
            (["--plan", plan, "--shard", "0/2", "--limit", "3"], "--limit does not go with --plan"),
            (["--plan", plan, "--shard", "0/2", "--resume"], "--resume does not go with --plan"),
        ]
        for (arguments, words) in cases {
            let output = try await CommandLineTool(["run"] + arguments).finish()
            #expect(output.status == 64, "\(arguments)")
            #expect(output.standardError.contains(words), "\(arguments): \(output.standardError)")
        }
        #expect(simulator.requests.isEmpty)
        #expect(names(shards).isEmpty)
        await simulator.shutdown()
    }

    @Test func `a plan that was changed by hand, cut off or is of another version is refused`() async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 2)
        let text = try workplace.read("plan.json")
        let damages: [(String, String)] = [
            (text.replacing(#""seed" : "#, with: #""seed" : 9"#), "not as it was written"),
            (String(text.prefix(text.count / 2)), "no plan of Poise"), ("{}", "no plan of Poise"),
            ("", "no plan of Poise"),
            (text.replacing(#""poisePlan" : 1"#, with: #""poisePlan" : 2"#), "has format 2"),
        ]
        for (damaged, words) in damages {
            try Data(damaged.utf8).write(to: URL(fileURLWithPath: plan))
            let output = try await run("0/2")
            #expect(output.status == 64, "\(words)")
            #expect(output.standardError.contains(words), "\(words): \(output.standardError)")
        }
        try FileManager.default.removeItem(atPath: plan)
        let output = try await run("0/2")
        #expect(output.status == 64 && output.standardError.contains("cannot be read"), "\(output.standardError)")
        await simulator.shutdown()
    }

    @Test func `a plan holds no key, is its owner's alone, and goes to standard output where no file is named`()
        async throws
    {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 2)
        let attributes = try FileManager.default.attributesOfItem(atPath: plan)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let suite = try workplace.writeSuite([("one", simulator.baseURL)])
        let output = try await CommandLineTool.run("plan", suite)
        #expect(output.status == 0, "\(output.standardError)")
        let file = try JSONDecoder().decode(PlanFile.self, from: Data(output.standardOutput.utf8))
        #expect(file.shards == 1 && file.digest == file.ownDigest)
        await simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a node gets everything from the plan, also where the suite is gone`() async throws {
        let simulator = try await simulator()
        try await makePlan(simulator, shards: 1)
        for name in ["suite.yaml", "words.yaml", "words.jsonl"] {
            try? FileManager.default.removeItem(atPath: "\(workplace.path)/\(name)")
        }
        let output = try await run("0/1")
        #expect(output.status == 0, "\(output.standardError)")
        await simulator.shutdown()
    }
}
