import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise run --cache`: what a second run asks, says and stores.
@Suite(.serialized) struct CacheRunTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private func withSimulators<Result>(
        _ answers: [SimulatorSchedule.AnswerSource], _ body: ([Simulator]) async throws -> Result
    ) async throws -> Result {
        var simulators: [Simulator] = []
        for answer in answers {
            var configuration = SimulatorConfiguration()
            configuration.schedule.answer = answer
            simulators.append(try await Simulator.start(configuration))
        }
        do {
            let result = try await body(simulators)
            for simulator in simulators { await simulator.shutdown() }
            return result
        } catch {
            for simulator in simulators { await simulator.shutdown() }
            throw error
        }
    }

    /// Completions that an endpoint was asked for; pages about itself do not count.
    private func asked(_ simulator: Simulator) -> Int { simulator.requests.count { $0.number != nil } }

    private func run(_ suite: String, _ more: String...) async throws -> CommandLineTool.Output {
        let output = try await CommandLineTool(["run", suite, "--db", workplace.database] + more).finish()
        #expect(output.status == 0, "\(output.standardError)")
        return output
    }

    /// Scores of the newest run, by candidate, sample, epoch and round.
    private func scores(of run: String) throws -> [String] {
        try workplace.rows(
            "SELECT candidate, sample, epoch, round, score, response FROM trialMetric WHERE run = '\(run)' ORDER BY 1, 2, 3, 4"
        ).map(\.description)
    }

    private var runs: [String] {
        get throws { try workplace.rows("SELECT id FROM run ORDER BY id").map { $0["id"] } }
    }

    @Test func `a second run asks nothing, scores the same, has no speed anywhere, and says so`() async throws {
        try await withSimulators([.echo, .text("another word")]) { simulators in
            let suite = try workplace.writeSuite(
                [("right", simulators[0].baseURL), ("wrong", simulators[1].baseURL)],
                more: "warmup: 1\nrounds: 2\nepochs: 2")
            _ = try await run(suite)
            let before = simulators.map(asked)
            // 12 samples, 2 epochs, 2 rounds, and a warm-up for each round: repeats are asked and not served.
            #expect(before == [50, 50])
            #expect(try workplace.rows("SELECT DISTINCT responseKey FROM trial WHERE NOT isWarmup").count == 96)

            let output = try await run(suite, "--cache")
            #expect(simulators.map(asked) == before)
            let names = try runs
            #expect(try scores(of: names[1]) == scores(of: names[0]))
            let cached = try workplace.rows("SELECT * FROM trial WHERE run = '\(names[1])'")
            #expect(cached.count == 96)
            for column in [
                "scheduled", "connect", "ttft", "ttfo", "latency", "decodeTPS", "decodedTokens", "decodeSpan",
                "endToEndTPS", "tpot", "prefillTPS", "charactersPerSecond", "serverDecodeTPS", "serverPrefillTPS",
                "chunks", "timeline",
            ] {
                #expect(cached.allSatisfy { ($0[column] as DatabaseValue).isNull }, "\(column)")
            }
            #expect(cached.allSatisfy { $0["cachedFrom"] == names[0] && ($0["outputTokens"] as Int?) != nil })
            let points = try workplace.rows("SELECT * FROM point WHERE run = '\(names[1])' ORDER BY candidate")
            #expect(points.map { $0["accuracy"] as Double? } == [1, 0])
            for column in ["decodeTPS", "decodeTPSLow", "ttft", "ttfo", "latency", "timeToCorrect", "throughput"] {
                #expect(points.allSatisfy { ($0[column] as DatabaseValue).isNull }, "\(column)")
            }
            #expect(points.allSatisfy { $0["onFront"] == 0 })
            #expect(output.standardError.contains("24/24 trials · 100% right · 24 from the cache"))
            #expect(output.standardOutput.contains("right: 48 of 48 responses are from the cache"))
            let page = try workplace.read("out/small.html")
            #expect(page.contains("right: 48 of 48 responses are from the cache, generated in run \(names[0])"))
            #expect(page.contains("simulated"))
        }
    }

    @Test func `the exports say which responses are from the cache, and give them no times`() async throws {
        try await withSimulators([.echo]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)])
            _ = try await run(suite, "--limit", "5")
            let output = try await run(suite, "--cache", "--format", "json")
            #expect(asked(simulators[0]) == 6 + 8)
            let point = try #require(try JSONValue(parsing: output.standardOutput)["points"]?.array?.first)
            #expect(point["cachedResponses"] == .number(5))
            #expect(point["n"] == .number(12))
            #expect(point["decodeTPSTrials"]?.number ?? 12 <= 7)
            let csv = try await CommandLineTool.run(
                "front", "--db", workplace.database, "--load", "1", "-o", "\(workplace.path)/front.csv")
            #expect(csv.status == 0, "\(csv.standardError)")
            let lines = try workplace.read("front.csv").split(separator: "\n")
            #expect(lines[0].hasSuffix(",cachedResponses"))
            #expect(lines[1].hasSuffix(",5"))
            let front = try await CommandLineTool.run("front", "--db", workplace.database)
            #expect(front.standardOutput.contains("right: 5 responses are from the cache"))

            let export = try await CommandLineTool.run("export", "--db", workplace.database, "--timelines")
            let trials = try export.standardOutput.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
            let cached = trials.filter { $0["cachedFrom"] != .null }
            #expect((trials.count, cached.count) == (12, 5))
            for name in ["queueDelay", "scheduled", "timeToDone", "ttft", "latency", "decodeTPS", "tpot", "prefillTPS"]
            {
                #expect(cached.allSatisfy { $0[name] == .null }, "\(name)")
            }
            #expect(trials.filter { $0["cachedFrom"] == .null }.allSatisfy { $0["timeToDone"] != .null })
            #expect(cached.allSatisfy { $0["outputTokens"]?.number ?? 0 > 0 && $0["at"] == .array([]) })
            for tool in ["vllm", "aiperf", "guidellm", "llmperf"] {
                let foreign = try await CommandLineTool.run("export", "--db", workplace.database, "--as", tool)
                #expect(foreign.standardOutput.split(separator: "\n").count == 7, "\(tool)")
            }
        }
    }

    @Test func `what is asked otherwise is asked again`() async throws {
        try await withSimulators([.echo, .text("another word")]) { simulators in
            let (one, other) = (simulators[0].baseURL, simulators[1].baseURL)
            let suite = try workplace.writeSuite([("m", one), ("n", other)], more: "warmup: 0")
            _ = try await run(suite)
            #expect(simulators.map(asked) == [12, 12])
            // The same names at each other's endpoints: nothing of one is served as the other's.
            _ = try workplace.writeSuite([("m", other), ("n", one)], more: "warmup: 0")
            _ = try await run(suite, "--cache")
            #expect(simulators.map(asked) == [24, 24])
            let swapped = try workplace.rows(
                "SELECT candidate, accuracy FROM point WHERE run = '\(try runs[1])' ORDER BY 1")
            #expect(swapped.map { $0["accuracy"] as Double? } == [0, 1])
            // A cap, a seed, a load, a round more.
            for (more, count) in [
                ("warmup: 0\nsampling: {max_tokens: 77}", 12), ("warmup: 0\nsampling: {seed: 3}", 12),
                ("warmup: 0\nsampling: {temperature: 0.5}", 12), ("warmup: 0\nload: [1, 2]", 12),
                ("warmup: 0\nrounds: 2", 12), ("warmup: 0\nepochs: 3", 24), ("warmup: 0", 0),
            ] {
                _ = try workplace.writeSuite([("m", one)], more: more)
                let before = asked(simulators[0])
                // The first of these endpoints and names was asked in no run yet under `m`, but for the very first run.
                _ = try await run(suite, "--cache")
                #expect(asked(simulators[0]) - before == count, "\(more)")
            }
        }
    }

    @Test func `another grader reads the texts of before`() async throws {
        try await withSimulators([.echo]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)], more: "warmup: 0")
            _ = try await run(suite)
            let task = try workplace.read("words.yaml")
            try workplace.write("words.yaml", task.replacingOccurrences(of: "check: exact", with: "check: number"))
            _ = try await run(suite, "--cache")
            #expect(asked(simulators[0]) == 12)
            let graders = try workplace.rows(
                "SELECT DISTINCT grader FROM score JOIN trial ON trial.id = score.trial WHERE run = '\(try runs[1])'")
            #expect(graders.map { $0["grader"] as String } == ["number"])
        }
    }

    @Test func `failures are asked again, and take over nothing`() async throws {
        try await withSimulators([.echo]) { simulators in
            let suite = try workplace.writeSuite([("right", simulators[0].baseURL)], more: "warmup: 0")
            _ = try await run(suite)
            try workplace.change(
                """
                UPDATE trial SET status = 'failed', failureKind = 'timedOut', response = NULL WHERE sample = 'w3';
                UPDATE trial SET withdrawnReason = 'silent' WHERE sample = 'w4';
                UPDATE trial SET responseKey = NULL WHERE sample = 'w5';
                """)
            _ = try await run(suite, "--cache")
            #expect(asked(simulators[0]) == 15)
            let now = try workplace.rows(
                "SELECT sample FROM trial WHERE run = '\(try runs[1])' AND cachedFrom IS NULL ORDER BY sample")
            #expect(now.map { $0["sample"] as String } == ["w3", "w4", "w5"])
        }
    }

    @Test func `a suite whose requests are all different is refused`() async throws {
        let suite = try workplace.writeSuite([("m", "http://127.0.0.1:9/v1")], more: "unique_prefix: true")
        let output = try await CommandLineTool.run("run", suite, "--db", workplace.database, "--cache")
        #expect(output.status == 64)
        #expect(output.standardError.contains("unique_prefix"))
        #expect(!FileManager.default.fileExists(atPath: workplace.database))
    }

    @Test func `chains come from the cache with every turn`() async throws {
        let turns = (1...3).map { #"{"input": "turn \#($0)", "target": "turn \#($0)"}"# }.joined(separator: ", ")
        try workplace.write(
            "words.jsonl", (1...4).map { #"{"id": "c\#($0)", "turns": [\#(turns)]}"# }.joined(separator: "\n"))
        try await withSimulators([.echo]) { simulators in
            let suite = try workplace.writeSuite([("echo", simulators[0].baseURL)], more: "warmup: 0")
            _ = try await run(suite)
            #expect(asked(simulators[0]) == 12)
            _ = try await run(suite, "--cache")
            #expect(asked(simulators[0]) == 12)
            let names = try runs
            #expect(try scores(of: names[1]) == scores(of: names[0]))
            let requests = try workplace.rows(
                "SELECT exchange.* FROM exchange JOIN trial ON trial.id = exchange.trial WHERE run = '\(names[1])'")
            #expect(requests.count == 12)
            #expect(requests.allSatisfy { ($0["latency"] as DatabaseValue).isNull && $0["started"] == 0.0 })
            let page = try workplace.read("out/small.html")
            #expect(page.contains("4 of 4 responses are from the cache"))
        }
    }

    @Test func `an engine of which everything is known is not started`() async throws {
        let suite = try workplace.writeEngineSuite(more: "warmup: 1\nsampling: {max_tokens: 12, temperature: 0}")
        let first = try await run(suite, "--no-calibrate", "--limit", "3")
        #expect(first.standardError.contains("trials"))
        let names = try runs
        let logs = "\(workplace.path)/out/logs"
        #expect(FileManager.default.fileExists(atPath: "\(logs)/\(names[0])"))
        let second = try await run(suite, "--no-calibrate", "--limit", "3", "--cache")
        #expect(second.standardError.contains("6 from the cache"))
        let again = try runs
        #expect(!FileManager.default.fileExists(atPath: "\(logs)/\(again[1])"))
        #expect(try scores(of: again[1]) == scores(of: again[0]))
        let engine = try #require(try workplace.rows("SELECT * FROM engine WHERE run = '\(again[1])'").first)
        #expect((engine["modelFile"] as String?)?.contains("sha256") == true)
        #expect((engine["loadTime"] as DatabaseValue).isNull)
        // Another context is another engine.
        let other = try workplace.writeEngineSuite(
            more: "sampling: {max_tokens: 12, temperature: 0}", serve: ", context_size: 300")
        let third = try await run(other, "--no-calibrate", "--limit", "3", "--cache")
        #expect(!third.standardError.contains("from the cache"))
    }
}
