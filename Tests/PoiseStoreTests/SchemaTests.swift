import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct SchemaTests {
    /// A database as the first schema left it, with one trial and what hangs on it.
    private func writeFirst(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "1: runs, trials, scores, points")
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO run VALUES ('old', 'test', '2026-01-01T00:00:00.000Z', NULL, 'done', 1,
                        '{"processor":"CPU","cores":2,"memory":1,"system":"OS"}', '0.1.0', 'poise run', '{}');
                    INSERT INTO candidate VALUES ('old', 'a', 0, 'a', NULL);
                    INSERT INTO trial (id, run, candidate, task, sample, epoch, load, round, isWarmup, status, attempts,
                        queueDelay, timeToDone, ttft, request, response)
                    VALUES (7, 'old', 'a', 'add', 's', 1, 4, 1, 0, 'completed', 2, 0, 12.5, 3.25, '{}', '42');
                    INSERT INTO failedAttempt VALUES (7, 1, 'refused', 'nobody there');
                    INSERT INTO score (trial, position, grader, value) VALUES (7, 0, 'exact', 1);
                    INSERT INTO point (run, candidate, load, n, unscored, decodeTPSTrials, onFront)
                    VALUES ('old', 'a', 4, 1, 0, 0, 1);
                    """)
        }
        try queue.close()
    }

    @Test func `a database of the first schema keeps all it had, and takes open-loop loads from then on`() async throws
    {
        let folder = try TemporaryFolder()
        try writeFirst(folder.database)
        let store = try RunStore(path: folder.database, creating: false)
        try await store.pool.read { db in
            let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM trialMetric"))
            #expect(row["load"] == 4)
            #expect(row["ttft"] == 3.25)
            #expect(row["score"] == 1.0)
            #expect(row["response"] == "42")
            #expect(try Int.fetchOne(db, sql: "SELECT load FROM frontPoint") == 4)
            #expect(try String.fetchOne(db, sql: "SELECT kind FROM failedAttempt WHERE trial = 7") == "refused")
            #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
        }
        let rate = Load.rate(perSecond: 5, arrivals: .poisson)
        try await store.record(Fixture.trial(Fixture.key(load: rate)), in: "old")
        let loads = try await store.observations(of: "old").map(\.load)
        #expect(loads == [4, rate])
        let types = try await store.pool.read { db in
            try String.fetchAll(db, sql: "SELECT typeof(load) FROM trialMetric ORDER BY load")
        }
        #expect(types == ["integer", "text"])
    }
}
