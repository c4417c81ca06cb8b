import GRDB
package import PoiseCore

extension Schema {
    static func seventh(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE levelShortfall (   -- a load that was not offered as planned; a level that was resumed has several
                    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    candidate TEXT NOT NULL,
                    load ANY NOT NULL,
                    round INTEGER NOT NULL,
                    requests INTEGER NOT NULL,
                    turnedAway INTEGER NOT NULL,    -- answered 429
                    outages INTEGER NOT NULL,       -- failed so often in a row that it was left alone
                    waited REAL NOT NULL,           -- while requests were held back
                    kept REAL                       -- mean requests in flight; of an open loop, trials a second
                ) STRICT;
                CREATE INDEX levelShortfallRun ON levelShortfall (run);
                """)
    }
}

extension RunStore {
    /// Keeps how far a load level fell short of its load.
    package func record(_ shortfall: LevelShortfall, in run: String) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO levelShortfall (
                        run, candidate, load, round, requests, turnedAway, outages, waited, kept
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run, shortfall.candidate, shortfall.load, shortfall.round, shortfall.requests,
                    shortfall.turnedAway, shortfall.outages, shortfall.waited, shortfall.kept,
                ])
        }
    }

    /// Levels that were not offered their load, in the order in which they ended.
    package func shortfalls(of run: String) async throws -> [LevelShortfall] {
        try await pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM levelShortfall WHERE run = ? ORDER BY rowid", arguments: [run])
                .map { row in
                    LevelShortfall(
                        candidate: try row.read("candidate"), load: try row.read("load"), round: try row.read("round"),
                        requests: try row.read("requests"), turnedAway: try row.read("turnedAway"),
                        outages: try row.read("outages"),
                        waited: try row.read("waited"), kept: try row.read("kept"))
                }
        }
    }
}
