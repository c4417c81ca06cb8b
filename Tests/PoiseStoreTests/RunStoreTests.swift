import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct RunStoreTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store() throws -> RunStore {
        try RunStore(path: folder.database, creating: true)
    }

    /// What another program sees.
    private func rows(_ sql: String) throws -> [Row] {
        try DatabaseQueue(path: folder.database).read { try Row.fetchAll($0, sql: sql) }
    }

    private func columns(of view: String) throws -> [String] {
        try rows("SELECT name FROM pragma_table_info('\(view)')").map { $0["name"] }
    }

    @Test func `the database is in WAL mode and readable by its owner only`() throws {
        _ = try store()
        #expect(try rows("PRAGMA journal_mode").first?[0] == "wal")
        let permissions = try FileManager.default.attributesOfItem(atPath: folder.database)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
    }

    @Test func `the two views have the columns that other programs are built on`() throws {
        _ = try store()
        #expect(
            try columns(of: "trialMetric") == [
                "run", "candidate", "model", "quantization", "task", "sample", "epoch", "load", "round", "status",
                "score", "ttft", "ttfo", "latency", "decodeTPS", "outputTokens", "promptTokens",
                "charactersPerSecond", "response",
            ])
        #expect(
            try columns(of: "frontPoint") == [
                "run", "candidate", "model", "quantization", "load", "n", "unscored", "accuracy", "accuracyLow",
                "accuracyHigh", "decodeTPS", "decodeTPSLow", "decodeTPSHigh", "onFront", "frontProbability",
            ])
    }

    @Test func `a run and its plan come back as they were kept`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        #expect(try await store.run(nil) == run)
        #expect(try await store.run("20261121") == run)
        #expect(try await store.plan(of: run.id) == Fixture.plan)
        try await store.end(
            run: run.id, status: .incomplete, at: "2026-11-21T07:20:00Z", problems: [("a", "it crashed")])
        let ended = try await store.run(run.id)
        #expect(ended.status == .incomplete)
        #expect(ended.endedAt == "2026-11-21T07:20:00Z")
        #expect(try await store.problems(of: run.id).map(\.reason) == ["it crashed"])
    }

    @Test func `the plan in the database has no key and the shape of a dataset`() async throws {
        let store = try store()
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        let samples = try rows("SELECT * FROM sample ORDER BY sample")
        #expect(
            samples.map { $0["input"] as String? } == [
                #""Add 1 and 2.""#, #"[{"content":"Add 2 and 2.","role":"user"}]"#,
            ])
        #expect(samples.map { $0["target"] as String? } == [#"["3"]"#, #"["4","four"]"#])
    }

    @Test func `a trial is in the file the moment it is recorded, with every number`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        let row = try #require(try rows("SELECT * FROM trialMetric").first)
        #expect(row["candidate"] == "a")
        #expect(row["quantization"] as String? == nil)
        #expect(row["status"] == "completed")
        #expect(row["score"] == 1.0)
        #expect(row["ttft"] == 5.0)
        #expect(row["ttfo"] == 5.0)
        #expect(row["latency"] == 14.0)
        // Ten tokens have a chunk, the eleventh is the end token: nine gaps in nine milliseconds.
        #expect(row["decodeTPS"] == 1000.0)
        #expect(row["outputTokens"] == 11)
        #expect(row["promptTokens"] == 20)
        #expect(row["response"] == "3")
        let bytes = try #require(try rows("SELECT timeline FROM trial").first?["timeline"] as Data?)
        #expect(try Timeline(decoding: [UInt8](bytes)) == Fixture.response().timeline)
    }

    @Test func `a failed trial has NULL where a number is undefined, never 0, and keeps its earlier attempts`()
        async throws
    {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.failed(Fixture.key()), in: run.id)
        let row = try #require(try rows("SELECT * FROM trialMetric").first)
        #expect(row["status"] == "failed")
        for column in ["score", "ttft", "ttfo", "latency", "decodeTPS", "outputTokens", "response"] {
            #expect(row[column] == nil, "\(column)")
        }
        #expect(try rows("SELECT kind FROM failedAttempt").map { $0["kind"] as String } == ["serverError"])
        #expect(try await store.responseFacts(of: run.id)["a"]?.failures == ["timedOut": 1])
    }

    @Test func `warm-up is stored and in no number`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        for _ in 0..<2 { try await store.record(Fixture.trial(Fixture.key(isWarmup: true)), in: run.id) }
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        #expect(try rows("SELECT * FROM trial").count == 3)
        #expect(try rows("SELECT * FROM trialMetric").count == 1)
        #expect(try await store.observations(of: run.id).count == 1)
        #expect(try await store.responseFacts(of: run.id)["a"]?.responses == 1)
    }

    @Test func `an end token that no chunk carries makes no chunk look fuller than it was`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        // Eleven tokens by the server's count, ten chunks of one.
        #expect(try await store.responseFacts(of: run.id)["a"]?.tokensPerChunk == 1)
    }

    @Test func `the same trial twice is refused, not counted twice`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        await #expect(throws: DatabaseError.self) {
            try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        }
        #expect(try rows("SELECT * FROM trial").count == 1)
        #expect(try rows("SELECT * FROM score").count == 2)
    }

    @Test func `new scores take the place of old ones, and responses stay`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        let stored = try #require(try await store.responses(of: run.id).first)
        #expect(stored.response.answer == Fixture.response().answer)
        let grading = RunStore.Grading(
            gradedAt: "2026-11-22T00:00:00.000Z", suite: "new.yaml", digests: ["new.yaml": "01"])
        let wrong = GraderScore(grader: "exact", score: .scored(value: 0, answer: "3", explanation: "wrong"))
        try await store.save([.init(trial: stored.trial, position: 0, score: wrong)], clearing: [stored.trial: 9])
        try await store.note(grading, of: run.id)
        #expect(try await store.grading(of: run.id) == grading)
        #expect(try rows("SELECT score FROM trialMetric").map { $0["score"] as Double? } == [0])
        #expect(try rows("SELECT grader FROM score").map { $0["grader"] as String } == ["exact"])
        try await store.note(nil, of: run.id)
        #expect(try await store.grading(of: run.id) == nil)
    }

    @Test func `withdrawn scores are unscored with the reason`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        try await store.record(Fixture.trial(Fixture.key(sample: "add-2")), in: run.id)
        try await store.withdrawScores(of: [Fixture.key()], reason: "it was silent", in: run.id)
        #expect(try rows("SELECT score FROM trialMetric ORDER BY sample").map { $0["score"] as Double? } == [nil, 1])
        #expect(
            try rows("SELECT DISTINCT unscoredReason FROM score WHERE trial = 1").map { $0[0] as String? }
                == ["it was silent"])
        // Graded anew they would come back as wrong answers.
        #expect(try await store.responses(of: run.id).map(\.sample) == ["add-2"])
    }

    @Test func `points come back in the suite's order, and infinity is not lost`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        let points = Fixture.plan.candidates.flatMap { candidate in
            [1, 4].map { load in
                FrontPoint(
                    candidate: candidate.id, model: candidate.model, quantization: candidate.quantization, load: load,
                    n: 2, unscored: 1, accuracy: 0.5, accuracyLow: 0.1, accuracyHigh: 0.9, accuracyMethod: .wilson,
                    decodeTPS: nil, decodeTPSLow: nil, decodeTPSHigh: nil, decodeTPSMethod: nil, decodeTPSTrials: 0,
                    ttft: 1, ttfo: 1, latency: 2, timeToCorrect: .infinity, onFront: false, frontProbability: nil)
            }
        }
        try await store.save(points, of: run.id)
        try await store.save(points, of: run.id)
        #expect(try await store.points(of: run.id) == points)
    }

    @Test func `the server's own speed is compared where the response is long enough`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        #expect(try await store.serverSpeedRatios(of: run.id, minimumTokens: 11) == [1000.0 / 990])
        #expect(try await store.serverSpeedRatios(of: run.id, minimumTokens: 12).isEmpty)
    }

    @Test func `facts of engines keep the round that held the most memory`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        let file = ModelFileFacts(
            path: "/models/b.gguf", name: nil, architecture: "llama", parameters: 5, fileType: "Q4_0", bytes: 9,
            sha256: "ab", contextLength: 512, templateSHA256: nil)
        for (round, memory) in [(1, 10), (2, 30), (3, 20)] as [(Int, Int64)] {
            let facts = EngineFacts(
                engine: "llama.cpp", build: "b1", arguments: ["--x"], loadTime: 3, peakMemory: memory, modelFile: file)
            try await store.record(facts, candidate: "b@q4_0", round: round, in: run.id)
        }
        let engines = try await store.engines(of: run.id)
        #expect(engines["b@q4_0"]?.peakMemory == 30)
        #expect(engines["b@q4_0"]?.modelFile == file)
    }

    @Test func `a database that is not there, is none, or is newer is named with what to do`() throws {
        #expect(throws: RunStore.Failure.self) { try RunStore(path: folder.database, creating: false) }
        #expect(!FileManager.default.fileExists(atPath: folder.database))
        let text = "\(folder.path)/text.sqlite"
        try Data("this is not a database, only a text that is long enough".utf8).write(to: URL(fileURLWithPath: text))
        #expect(throws: RunStore.Failure.self) { try RunStore(path: text, creating: false) }
        _ = try store()
        try DatabaseQueue(path: folder.database).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999: from the future')")
        }
        do {
            _ = try RunStore(path: folder.database, creating: false)
            Issue.record("it opened")
        } catch let failure as RunStore.Failure {
            #expect(failure.errorDescription?.contains("newer Poise") == true)
        }
    }

    @Test func `a run that is not there is named with the nearest one`() async throws {
        let store = try store()
        await #expect(throws: RunStore.Failure.self) { try await store.run(nil) }
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        do {
            _ = try await store.run("20261121-071413-000-tset")
            Issue.record("found")
        } catch {
            #expect((error as? RunStore.Failure)?.errorDescription?.contains("000-test") == true)
        }
    }

    @Test func `a database that another process holds while it is opened is waited for`() async throws {
        _ = try store()
        // As a new database is before its first opening has switched it to WAL mode.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.database, configuration: configuration)
        try other.inDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
        }
        // It says that it waits, and that is when the other one lets go.
        let store = try RunStore(path: folder.database, creating: false) { text in
            guard text.contains("which another process writes to") else { return }
            try? other.inDatabase { try $0.execute(sql: "COMMIT") }
        }
        #expect(try await store.runs().isEmpty)
    }

    @Test func `a reader is not blocked by a run that writes, and sees whole trials`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        let reader = try RunStore(path: folder.database, creating: false)
        for round in 1...50 {
            try await store.record(Fixture.trial(Fixture.key(round: round)), in: run.id)
            let seen = try await reader.observations(of: run.id)
            #expect(seen.count == round)
            #expect(seen.allSatisfy { $0.score == 1 })
        }
    }

    @Test func `a beginning that several runs share is not called unknown`() async throws {
        let store = try store()
        try await store.begin(Fixture.run("20261121-1-test"), plan: Fixture.plan)
        try await store.begin(Fixture.run("20261121-2-test"), plan: Fixture.plan)
        do {
            _ = try await store.run("20261121")
            Issue.record("found")
        } catch {
            #expect((error as? RunStore.Failure)?.errorDescription?.contains("2 runs begin with 20261121") == true)
        }
    }

    @Test func `a full disk ends the writing with what to do, and keeps what was there`() async throws {
        let store = try store()
        let run = Fixture.run()
        try await store.begin(run, plan: Fixture.plan)
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        try await store.pool.write { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let long = Trial(
            key: Fixture.key(round: 2),
            attempts: [
                Attempt(
                    request: String(repeating: "long ", count: 20_000), outcome: .responded(Fixture.response()))
            ], timeToDone: .zero)
        do {
            try await store.record(long, in: run.id)
            Issue.record("recorded")
        } catch {
            #expect((error as? RunStore.Failure)?.remedy?.contains("free space") == true)
            #expect((error as? RunStore.Failure)?.place == folder.database)
        }
        #expect(try await store.observations(of: run.id).map(\.score) == [1])
    }
}
