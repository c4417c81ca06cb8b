import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

/// Responses that one run hands to another.
@Suite struct CachedResponsesTests {
    private let folder: TemporaryFolder
    private let store: RunStore

    init() async throws {
        folder = try TemporaryFolder()
        store = try RunStore(path: folder.database, creating: true)
        for run in ["one", "two", "three"] { try await store.begin(Fixture.run(run), plan: Fixture.plan) }
    }

    private func key(_ number: UInt8) -> ResponseKey { ResponseKey(bytes: [UInt8](repeating: number, count: 32)) }

    private func trial(_ number: UInt8, _ key: TrialKey = Fixture.key()) -> Trial {
        var trial = Fixture.trial(key)
        trial.responseKey = self.key(number)
        return trial
    }

    @Test func `a response is found under its key by other runs, with its counts and without its times`() async throws {
        try await store.record(trial(1), in: "one")
        let found = try await store.responses(for: [key(1), key(2)], besides: "two")
        #expect(Array(found.keys) == [key(1)])
        let cached = try #require(found[key(1)])
        #expect(cached.run == "one")
        #expect(cached.request == #"{"model":"a"}"#)
        #expect(cached.response.answer == "3")
        #expect(cached.response.finishReason == "stop")
        #expect(cached.response.report.promptTokens == 20)
        #expect(cached.response.report.cachedTokens == 4)
        #expect(cached.response.report.decodeTPS == nil)
        #expect(cached.response.timeline == Timeline())
        #expect(cached.response.cachedCounts == CachedCounts(outputTokens: 11, thinkingShare: 0))
        #expect(try await store.responses(for: [key(1)], besides: "one").isEmpty)
        #expect(try await store.responses(for: [], besides: "two").isEmpty)
    }

    @Test func `what is taken over is stored with its score, without a time or a speed, and is found again`()
        async throws
    {
        try await store.record(trial(1), in: "one")
        let cached = try #require(try await store.responses(for: [key(1)], besides: "two")[key(1)])
        var taken = Trial(Fixture.key(), taking: cached, for: key(1))
        taken.scores = [GraderScore(grader: "number", score: .scored(value: 0.5, answer: "3", explanation: ""))]
        try await store.record(taken, in: "two")
        let row = try store.pool.read { try Row.fetchOne($0, sql: "SELECT * FROM trial WHERE run = 'two'") }
        let stored = try #require(row)
        for column in [
            "scheduled", "connect", "ttft", "ttfo", "latency", "decodeTPS", "decodedTokens", "decodeSpan",
            "endToEndTPS",
            "tpot", "prefillTPS", "charactersPerSecond", "carriedTokens", "serverDecodeTPS", "serverPrefillTPS",
            "chunks",
            "coalescedChunks", "timeline",
        ] {
            #expect((stored[column] as DatabaseValue).isNull, "\(column)")
        }
        #expect(stored["cachedFrom"] == "one")
        #expect(stored["attempts"] == 0)
        #expect(stored["outputTokens"] == 11)
        #expect(stored["outputTokensSource"] == "usage")
        #expect(stored["response"] == "3")

        let observation = try #require(try await store.observations(of: "two").first)
        #expect(observation.isCached)
        #expect(observation.score == 0.5)
        #expect(observation.queueDelay == nil)
        #expect(observation.ended == nil)
        #expect(observation.outputTokens == 11)
        let columns = try await store.trialColumns(of: "two")
        #expect(columns.value(.isCached, at: 0) == 1)
        #expect(columns.value(.queueDelay, at: 0) == nil)
        #expect(columns.value(.ended, at: 0) == nil)
        #expect(try await store.trialColumns(of: "one").value(.isCached, at: 0) == nil)
        let view = try store.pool.read {
            try Row.fetchOne($0, sql: "SELECT * FROM trialMetric WHERE run = 'two'")
        }
        for column in ["ttft", "ttfo", "latency", "decodeTPS", "charactersPerSecond"] {
            #expect((view?[column] as DatabaseValue?)?.isNull == true, "\(column)")
        }
        #expect(view?["score"] == 0.5)

        var read: [StoredTrial] = []
        try await store.trials(of: "two") { read.append($0) }
        #expect(read[0].cachedFrom == "one")
        #expect(read[0].metrics?.outputTokens == 11)
        #expect(read[0].metrics?.decodeTPS == nil)
        #expect(read[0].requests.isEmpty)
        #expect(try await store.responses(of: "two").map(\.response.answer) == ["3"])
        let facts = try #require(try await store.responseFacts(of: "two")["a"])
        #expect((facts.responses, facts.fromCache, facts.chunks, facts.promptTokens) == (1, 1, 0, 0))
        #expect(
            try await store.cachedCounts(of: "two")
                == [RunStore.CachedCount(candidate: "a", load: 1, run: "one", responses: 1)])
        #expect(try await store.cachedCounts(of: "one").isEmpty)

        // The copy serves where the original is gone, and says where it came from; the mark stays.
        try await store.pool.write { try $0.execute(sql: "DELETE FROM run WHERE id = 'one'") }
        let copied = try #require(try await store.responses(for: [key(1)], besides: "three")[key(1)])
        #expect(copied.run == "one")
        #expect(copied.response == cached.response)
        #expect(try await store.observations(of: "two").first?.isCached == true)
    }

    @Test func `the newest original serves, before any copy`() async throws {
        try await store.record(trial(1), in: "one")
        let old = try #require(try await store.responses(for: [key(1)], besides: "two")[key(1)])
        var newer = Trial(
            key: Fixture.key(), attempts: [Attempt(request: "{}", outcome: .responded(Fixture.response("newer")))],
            timeToDone: .milliseconds(1))
        newer.responseKey = key(1)
        try await store.record(newer, in: "two")
        try await store.record(Trial(Fixture.key(), taking: old, for: key(1)), in: "three")
        let found = try await store.responses(for: [key(1)], besides: "four")[key(1)]
        #expect(found?.run == "two")
        #expect(found?.response.answer == "newer")
    }

    @Test func `failures, warm-ups, withdrawn responses and damaged reports serve nothing`() async throws {
        var failed = Fixture.failed(Fixture.key())
        failed.responseKey = key(1)
        try await store.record(failed, in: "one")
        try await store.record(trial(2, Fixture.key(isWarmup: true)), in: "one")
        try await store.record(trial(3, Fixture.key(load: 4)), in: "one")
        try await store.withdrawScores(of: [Fixture.key(load: 4)], reason: "silent", in: "one")
        try await store.record(trial(4, Fixture.key(round: 2)), in: "one")
        try await store.pool.write { try $0.execute(sql: "UPDATE trial SET report = '{' WHERE round = 2") }
        let keys = (1...4).map { key($0) }
        #expect(try await store.responses(for: keys, besides: "two").isEmpty)
        let stored = try await store.pool.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM trial WHERE responseKey IS NOT NULL")
        }
        #expect(stored == 2)
        // A stream that cannot be read back says nothing of the text.
        try await store.record(trial(5, Fixture.key(sample: "add-2")), in: "one")
        try await store.pool.write { try $0.execute(sql: "UPDATE trial SET timeline = x'FF' WHERE sample = 'add-2'") }
        #expect(try await store.responses(for: [key(5)], besides: "two").count == 1)
    }

    @Test func `tokens that only chunks counted stay counted`() async throws {
        let chunks = (0..<7).map { Timeline.Chunk(microseconds: 5000 + $0 * 1000, kind: .answer, characters: 1) }
        var counted = Trial(
            key: Fixture.key(),
            attempts: [
                Attempt(
                    request: "{}",
                    outcome: .responded(
                        Response(
                            answer: "1234567", finishReason: nil, report: ServerReport(),
                            timeline: Timeline(chunks: chunks))))
            ], timeToDone: .milliseconds(12))
        counted.responseKey = key(1)
        try await store.record(counted, in: "one")
        let cached = try #require(try await store.responses(for: [key(1)], besides: "two")[key(1)])
        try await store.record(Trial(Fixture.key(), taking: cached, for: key(1)), in: "two")
        let row = try store.pool.read { try Row.fetchOne($0, sql: "SELECT * FROM trial WHERE run = 'two'") }
        #expect(row?["outputTokens"] == 7)
        #expect(row?["outputTokensSource"] == "chunks")
    }

    @Test func `a chain is taken over with every request, and none of their times`() async throws {
        let exchanges = (1...2).map { turn in
            Exchange(
                turn: turn, started: .milliseconds(turn), timeToDone: .milliseconds(15), request: "{\"turn\":\(turn)}",
                response: Fixture.response("answer \(turn)"))
        }
        var chain = Trial(
            key: Fixture.key(),
            attempts: exchanges.map { Attempt(request: $0.request, outcome: .responded($0.response)) },
            timeToDone: .milliseconds(40), exchanges: exchanges)
        chain.responseKey = key(1)
        try await store.record(chain, in: "one")
        let cached = try #require(try await store.responses(for: [key(1)], besides: "two")[key(1)])
        #expect(cached.exchanges.map(\.request) == ["{\"turn\":1}", "{\"turn\":2}"])
        #expect(cached.response.turns.map(\.answer) == ["answer 1", "answer 2"])
        let taken = Trial(Fixture.key(), taking: cached, for: key(1))
        #expect(taken.metrics?.outputTokens == 22)
        #expect(taken.metrics?.latency == nil)
        try await store.record(taken, in: "two")
        let rows = try store.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT exchange.* FROM exchange JOIN trial ON trial.id = exchange.trial
                    WHERE trial.run = 'two' ORDER BY number
                    """)
        }
        #expect(rows.map { $0["response"] as String } == ["answer 1", "answer 2"])
        for column in ["ttft", "ttfo", "latency", "decodeTPS"] {
            #expect(rows.allSatisfy { ($0[column] as DatabaseValue).isNull }, "\(column)")
        }
        #expect(rows.allSatisfy { $0["timeToDone"] == 0.0 && $0["attempts"] == 0 && $0["outputTokens"] == 11 })
        var read: [StoredTrial] = []
        try await store.trials(of: "two") { read.append($0) }
        #expect(read[0].metrics?.outputTokens == 22)
        #expect(read[0].metrics?.ttft == nil)
        #expect(read[0].exchanges.count == 2)
        #expect(try await store.responses(of: "two").first?.response.turns.map(\.answer) == ["answer 1", "answer 2"])
        let group = try #require(try await store.trialGroups(of: "two").first)
        #expect(try await store.gaps(of: group.trials) == RunStore.Gaps())
    }

    @Test func `trials of an older database have no key, and no cached mark`() async throws {
        let old = try TemporaryFolder()
        let queue = try DatabaseQueue(path: old.database)
        try Schema.migrator.migrate(queue, upTo: "4: divergence")
        try await queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO run VALUES ('old', 'test', '2026-01-01T00:00:00.000Z', NULL, 'done', 1,
                        '{"processor":"CPU","cores":2,"memory":1,"system":"OS"}', '0.1.0', 'poise run', '{}', NULL);
                    INSERT INTO candidate VALUES ('old', 'a', 0, 'a', NULL);
                    INSERT INTO trial (id, run, candidate, task, sample, epoch, load, round, isWarmup, status, attempts,
                        queueDelay, timeToDone, ttft, request, response)
                    VALUES (7, 'old', 'a', 'add', 's', 1, 4, 1, 0, 'completed', 2, 3.5, 12.5, 3.25, '{}', '42');
                    """)
        }
        try queue.close()
        let store = try RunStore(path: old.database, creating: false)
        let observation = try #require(try await store.observations(of: "old").first)
        #expect(!observation.isCached)
        #expect(observation.queueDelay == 3.5)
        #expect(try await store.responses(for: (0...255).map { key($0) }, besides: "new").isEmpty)
        #expect(try await store.cachedCounts(of: "old").isEmpty)
    }

    @Test func `keys are found by their index`() async throws {
        let plan = try await store.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    EXPLAIN QUERY PLAN SELECT id FROM trial WHERE responseKey IN (x'01', x'02') AND run <> 'one'
                        AND NOT isWarmup AND status = 'completed' AND withdrawnReason IS NULL
                        ORDER BY cachedFrom IS NULL, id
                    """
            ).map { $0["detail"] as String }
        }
        #expect(plan.contains { $0.contains("USING INDEX trialResponse (responseKey=?)") }, "\(plan)")
    }
}
