import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct ResumptionsTests {
    private let folder: TemporaryFolder
    private let store: RunStore
    private let run = Fixture.run()

    init() async throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
        try await store.begin(run, plan: Fixture.plan)
    }

    private func trial(
        _ sample: String, at scheduled: Double, for time: Double = 15, load: Load = 1, isApart: Bool = false
    ) -> Trial {
        Trial(
            key: Fixture.key(sample: sample, load: load),
            attempts: [Attempt(request: "{}", outcome: .responded(Fixture.response()))],
            scheduled: .milliseconds(scheduled), timeToDone: .milliseconds(time), queueDelay: .milliseconds(1),
            scores: [GraderScore(grader: "number", score: .scored(value: 1, answer: "3", explanation: ""))],
            isApart: isApart)
    }

    private func rows(_ sql: String) throws -> [Row] {
        try store.pool.database.read { try Row.fetchAll($0, sql: sql) }
    }

    @Test func `finished work is read with its times, and what was cut off in the middle is neither done nor failed`()
        async throws
    {
        try await store.record(
            [
                trial("add-1", at: 100), trial("add-2", at: 300, load: 4),
                Fixture.failed(Fixture.key(sample: "add-2")),
                Fixture.failed(Fixture.key(sample: "add-1", load: 4), kind: .interrupted),
                Fixture.trial(Fixture.key("b@q4_0", isWarmup: true)),
            ], in: run.id)
        let work = try await store.finishedWork(of: run.id)
        #expect(work.finished == 2 && work.failed == 1)
        let one = work[LevelKey(candidate: "a", load: 1, round: 1)]
        #expect(one.finished == [FinishedLevel.Item(task: "add", sample: "add-1", epoch: 1)])
        #expect(one.failed == [FinishedLevel.Item(task: "add", sample: "add-2", epoch: 1)])
        // A trial that failed took its time too: two seconds from the beginning.
        #expect(one.lastEnd == .seconds(2) && one.elapsed == .seconds(2))
        #expect(one.responses == 1 && one.speeds.count == 1 && one.hasSpoken)
        let four = work[LevelKey(candidate: "a", load: 4, round: 1)]
        #expect(four.asked == 1 && four.elapsed == .seconds(2) && four.lastEnd == .seconds(2))
        #expect(work[LevelKey(candidate: "b@q4_0", load: 1, round: 1)].asked == 0)
        #expect(work.clock == .seconds(2))
    }

    @Test func `a level that was stopped is known as such`() async throws {
        try await store.record(
            LevelStop(candidate: "a", load: 4, round: 1, reason: .time, asked: 1, planned: 2), in: run.id)
        #expect(try await store.finishedWork(of: run.id)[LevelKey(candidate: "a", load: 4, round: 1)].stop == .time)
    }

    @Test func `a failed trial goes when its new one comes, with all that hung on it, and a finished one never`()
        async throws
    {
        let key = Fixture.key()
        try await store.record(Fixture.failed(key), in: run.id)
        #expect(try rows("SELECT * FROM failedAttempt").count == 1)
        try await store.record([Fixture.trial(key)], in: run.id, replacingFailed: true)
        #expect(try rows("SELECT status FROM trial").map { $0[0] as String } == ["completed"])
        #expect(try rows("SELECT * FROM failedAttempt").isEmpty)
        await #expect(throws: DatabaseError.self) {
            try await store.record([Fixture.trial(key)], in: run.id, replacingFailed: true)
        }
        #expect(try rows("SELECT * FROM trial").count == 1)
        // Whose new trial cannot be written keeps the old one.
        try await store.record(Fixture.failed(Fixture.key(sample: "add-2")), in: run.id)
        await #expect(throws: DatabaseError.self) {
            try await store.record(
                [Fixture.trial(Fixture.key(sample: "add-2")), Fixture.trial(key)], in: run.id, replacingFailed: true)
        }
        #expect(try rows("SELECT status FROM trial WHERE sample = 'add-2'").map { $0[0] as String } == ["failed"])
    }

    @Test func `a response that was withdrawn counts as failed, and makes room too`() async throws {
        try await store.record(Fixture.trial(Fixture.key()), in: run.id)
        try await store.withdrawScores(of: [Fixture.key()], reason: "it answered nothing", in: run.id)
        let work = try await store.finishedWork(of: run.id)
        #expect(work.finished == 0 && work.failed == 1)
        try await store.record([Fixture.trial(Fixture.key())], in: run.id, replacingFailed: true)
        #expect(try await store.finishedWork(of: run.id).finished == 1)
    }

    @Test func `a trial that was asked apart has no place in its level's time`() async throws {
        try await store.record([trial("add-1", at: 5), trial("add-2", at: 7, isApart: true)], in: run.id)
        let scheduled = try rows("SELECT scheduled FROM trial ORDER BY id").map { $0[0] as Double? }
        #expect(scheduled == [5, nil])
        #expect(try await store.apart(in: run.id).isEmpty)
        try await store.resume(run.id, as: part(), clock: .zero)
        #expect(try await store.apart(in: run.id) == [.init(candidate: "a", load: 1, trials: 1)])
    }

    private func part(pause: Double? = 3600, version: String = "9.9") -> RunStore.Resumption {
        RunStore.Resumption(
            resumedAt: "2026-11-22T07:00:00.000Z", pause: pause, finished: 3, retried: 1, poiseVersion: version,
            command: "poise run --resume")
    }

    @Test func `a run that goes on is under way again, and is said to have been resumed`() async throws {
        #expect(try await store.run(run.id).resumed == nil)
        try await store.end(
            run: run.id, status: .interrupted, at: "2026-11-21T08:00:00.000Z", problems: [("a", "gone")])
        try await store.resume(run.id, as: part(), clock: .seconds(1.5))
        try await store.resume(run.id, as: part(pause: 60), clock: .seconds(9))
        let record = try await store.run(run.id)
        #expect(record.status == .running && record.endedAt == nil)
        #expect(record.resumed == 2 && record.paused == 3660)
        #expect(try await store.resumptions(of: run.id) == [part(), part(pause: 60)])
        let last = try #require(try await store.lastPart(of: run.id))
        #expect(last.began == "2026-11-22T07:00:00.000Z" && last.clock == .seconds(9))
    }

    @Test func `what of a part is not as before is kept once, and a problem can be taken back`() async throws {
        try await store.resume(run.id, as: part(), clock: .zero)
        for _ in 0..<2 { try await store.warn("the build was b1 and is b2", of: "a", in: run.id) }
        #expect(try await store.partWarnings(of: run.id).map(\.warning) == ["the build was b1 and is b2"])
        try await store.end(run: run.id, status: .incomplete, at: "", problems: [("a", "gone"), ("b@q4_0", "slow")])
        try await store.forgetProblems(of: run.id, [("a", "gone")])
        #expect(try await store.problems(of: run.id).map(\.candidate) == ["b@q4_0"])
    }

    @Test func `the most memory of a round is that of all of its parts`() async throws {
        let facts = { (memory: Int64?) in
            EngineFacts(engine: "e", build: nil, arguments: [], loadTime: 1, peakMemory: memory, modelFile: nil)
        }
        for memory: Int64? in [nil, 500, nil, 300] {
            try await store.record(facts(memory), candidate: "a", round: 1, in: run.id)
        }
        #expect(try await store.engines(of: run.id)["a"]?.peakMemory == 500)
    }

    @Test func `of a level that went on the later client counts`() async throws {
        let lag = { (p99: Double) in
            LevelLag(candidate: "a", load: 1, round: 1, lag: ClientLag(samples: 200, p50: 1, p99: p99, max: 9, cpu: 1))
        }
        for p99 in [2.0, 5, 3] { try await store.record(lag(p99), in: run.id) }
        #expect(try await store.lags(of: run.id).map(\.lag.p99) == [5])
    }

    @Test func `a fork has copies of what it takes over, with scores, and leaves the origin as it was`() async throws {
        try await store.record(
            [trial("add-1", at: 100), Fixture.failed(Fixture.key(sample: "add-2")), trial("add-2", at: 300, load: 4)],
            in: run.id)
        let facts = EngineFacts(engine: "e", build: "b1", arguments: [], loadTime: 1, modelFile: nil)
        try await store.record(facts, candidate: "a", round: 1, in: run.id)
        try await store.record(facts, candidate: "a", round: 2, in: run.id)
        let before = try rows("SELECT * FROM trial WHERE run = '\(run.id)'")
        let taking = Takeover(from: Fixture.plan, to: Fixture.plan, isSameMachine: true, isGradedAnew: false)
        let new = Fixture.run("20261122-000000-000-test")
        let count = try await store.begin(
            new, plan: Fixture.plan, from: run.id, taking: taking, differences: ["rounds: it was 1 and is 2"])
        #expect(count == 2)
        let copies = try rows("SELECT * FROM trial WHERE run = '\(new.id)' ORDER BY id")
        #expect(copies.map { $0["sample"] as String } == ["add-1", "add-2"])
        #expect(copies.map { $0["scheduled"] as Double? } == [100, 300])
        #expect(copies.allSatisfy { ($0["timeline"] as Data?) != nil })
        #expect(try rows("SELECT * FROM trialMetric WHERE run = '\(new.id)' AND score = 1").count == 2)
        #expect(try rows("SELECT * FROM engine WHERE run = '\(new.id)'").map { $0["round"] as Int } == [1])
        #expect(try rows("SELECT * FROM trial WHERE run = '\(run.id)'") == before)
        let fork = try #require(try await store.fork(of: new.id))
        #expect(fork == .init(origin: run.id, trials: 2, differences: ["rounds: it was 1 and is 2"]))
        #expect(try rows("PRAGMA foreign_key_check").isEmpty)
    }
}
