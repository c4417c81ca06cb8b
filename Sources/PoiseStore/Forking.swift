import GRDB
package import PoiseCore

extension RunStore {
    /// Begins a run with copies of another one's trials, all of it or nothing.
    ///
    /// - Parameters:
    ///   - origin: the run that is copied from; it stays as it is.
    ///   - taking: of its trials; only those with a response that counts are.
    ///   - differences: of the suites, a sentence each.
    /// - Returns: how many trials were taken over.
    package func begin(
        _ run: RunRecord, plan: Plan, from origin: String, taking: Takeover, differences: [String]
    ) async throws -> Int {
        let beginning = try Self.beginning(of: run, plan: plan)
        let said = try Self.json(differences)
        try await write { db in
            try beginning(db)
            let count = try Self.copyTrials(of: origin, to: run.id, taking, db)
            try Self.copyLevels(of: origin, to: run.id, taking, db)
            try db.execute(
                sql: "INSERT INTO fork (run, origin, trials, differences) VALUES (?, ?, ?, ?)",
                arguments: [run.id, origin, count, said])
        }
        return try await fork(of: run.id)?.trials ?? 0
    }

    private static func copyTrials(
        of origin: String, to run: String, _ taking: Takeover, _ db: Database
    ) throws -> Int {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT id, candidate, task, sample, epoch, load, round FROM trial
                WHERE run = ? AND NOT isWarmup AND status = 'completed' AND withdrawnReason IS NULL ORDER BY id
                """, arguments: [origin])
        let copies = try Copy.all(in: db)
        var count = 0
        for row in rows {
            let key = TrialKey(
                candidate: try row.read("candidate"), task: try row.read("task"), sample: try row.read("sample"),
                epoch: try row.read("epoch"),
                load: try row.read("load"), round: try row.read("round"))
            guard taking.takes(key) else { continue }
            let old: Int64 = try row.read("id")
            try db.cachedStatement(sql: copies.trial).execute(arguments: [run, old])
            let new = db.lastInsertedRowID
            for sql in copies.parts { try db.cachedStatement(sql: sql).execute(arguments: [new, old]) }
            if !taking.hasWholeLevels {
                try db.cachedStatement(sql: "UPDATE trial SET scheduled = NULL WHERE id = ?").execute(arguments: [new])
            }
            count += 1
        }
        return count
    }

    /// Engines of what was taken over, and what is known of its levels where they are whole.
    private static func copyLevels(of origin: String, to run: String, _ taking: Takeover, _ db: Database) throws {
        var tables = ["engine", "judge"]
        if taking.hasWholeLevels { tables.append("clientLag") }
        if taking.keepsStops { tables.append("levelStop") }
        for table in tables {
            let columns = try Copy.columns(of: table, without: ["run"], db)
            let rounds =
                columns.contains("\"round\"")
                ? "AND EXISTS (\(taken(by: table, hasLoads: columns.contains("\"load\""))))" : ""
            try db.execute(
                sql: """
                    INSERT INTO \(table) (run, \(columns.joined(separator: ", ")))
                    SELECT ?, \(columns.joined(separator: ", ")) FROM \(table) WHERE run = ? \(rounds)
                    """, arguments: rounds.isEmpty ? [run, origin] : [run, origin, run])
        }
    }

    private static func taken(by table: String, hasLoads: Bool) -> String {
        "SELECT 1 FROM trial WHERE trial.run = ? AND trial.candidate = \(table).candidate"
            + " AND trial.round = \(table).round" + (hasLoads ? " AND trial.load = \(table).load" : "")
    }

    /// The statements that copy a trial; every column that the tables have now, whichever version added it.
    private struct Copy {
        let trial: String
        /// Of what hangs on it.
        let parts: [String]

        static func all(in db: Database) throws -> Copy {
            let own = try columns(of: "trial", without: ["id", "run", "stint"], db).joined(separator: ", ")
            return Copy(
                trial: "INSERT INTO trial (run, \(own)) SELECT ?, \(own) FROM trial WHERE id = ?",
                parts: try ["failedAttempt", "score", "exchange", "judgement"].map { table in
                    let columns = try columns(of: table, without: ["id", "trial"], db).joined(separator: ", ")
                    return "INSERT INTO \(table) (trial, \(columns)) SELECT ?, \(columns) FROM \(table) WHERE trial = ?"
                })
        }

        static func columns(of table: String, without own: Set<String>, _ db: Database) throws -> [String] {
            try db.columns(in: table).map(\.name).filter { !own.contains($0) }.map { "\"\($0)\"" }
        }
    }
}
