import GRDB
import PoiseCore

/// The copying of one attached file's rows into a run of the merged database.
struct ShardCopying {
    let source: MergedRun.Source
    let run: String
    /// The id that the first trial gets.
    let firstTrial: Int64
    let db: Database

    /// What hangs on a trial; its time of the run's clock, and its own key where it has one.
    private static let parts: [(table: String, clock: String?, key: String?)] = [
        ("failedAttempt", nil, nil), ("score", nil, nil), ("exchange", "started", nil), ("judgement", nil, "id"),
    ]

    /// - Returns: the id that the next trial gets.
    func copy() throws -> Int64 {
        try select()
        let ends = try Row.fetchOne(db, sql: "SELECT min(id), max(id) FROM shard.trial")
        let first: Int64? = try ends?.read(0)
        let last: Int64? = try ends?.read(1)
        var next = firstTrial
        if let first, let last {
            // What is computed from an id must not follow a damaged one out of the numbers.
            guard first > 0, last < Self.largest else {
                throw MergeFailure.damaged(path: source.shard.path, reason: "a trial has an id that none can have")
            }
            let offset = firstTrial - first
            try copyTrials(offset)
            for part in Self.parts { try copyPart(part.table, clock: part.clock, key: part.key, offset) }
            next = last + offset + 1
        }
        try copyLevels()
        try copyEngines()
        try copyGraders()
        try copyResumptions()
        return next
    }

    private static let largest: Int64 = 1 << 40

    /// Notes what is taken, where that is not all.
    private func select() throws {
        try db.execute(sql: "DELETE FROM temp.takenCell; DELETE FROM temp.takenTrial")
        for cell in source.cells {
            try db.execute(
                sql: "INSERT INTO temp.takenCell (candidate, round, load) VALUES (?, ?, ?)",
                arguments: [cell.candidate, cell.round, cell.load])
        }
        guard !source.isWhole else { return }
        try db.execute(
            sql: "INSERT INTO temp.takenTrial SELECT id FROM shard.trial AS own WHERE \(Self.isTaken("own"))")
    }

    /// Whether a row with candidate, round and load is of a cell that is taken.
    private static func isTaken(_ table: String, hasLoad: Bool = true) -> String {
        "EXISTS (SELECT 1 FROM temp.takenCell AS cell WHERE cell.candidate = \(table).candidate"
            + " AND cell.round = \(table).round"
            + (hasLoad ? " AND (cell.load IS NULL OR cell.load = \(table).load)" : "") + ")"
    }

    private func copyTrials(_ offset: Int64) throws {
        let own = try columns(of: "trial", without: ["id", "run", "stint", "scheduled"])
        let numbers = source.stints.sorted { $0.key < $1.key }
        let stint =
            numbers.isEmpty
            ? "NULL" : "CASE stint \(numbers.map { "WHEN \($0.key) THEN \($0.value)" }.joined(separator: " ")) END"
        try db.execute(
            sql: """
                INSERT INTO main.trial (id, run, stint, scheduled, \(own))
                SELECT id + ?, ?, \(stint), scheduled + ?, \(own) FROM shard.trial
                \(source.isWhole ? "" : "WHERE id IN (SELECT id FROM temp.takenTrial)") ORDER BY id
                """, arguments: [offset, run, source.shift])
        guard db.changesCount == source.rows else { throw MergeFailure.changed(path: source.shard.path) }
    }

    private func copyPart(_ table: String, clock: String?, key: String?, _ offset: Int64) throws {
        let own = try columns(of: table, without: Set(["trial", clock, key].compactMap(\.self)))
        try db.execute(
            sql: """
                INSERT INTO main.\(table) (trial, \(clock.map { "\($0), " } ?? "")\(own))
                SELECT trial + ?, \(clock.map { "\($0) + \(source.shift), " } ?? "")\(own) FROM shard.\(table)
                \(source.isWhole ? "" : "WHERE trial IN (SELECT id FROM temp.takenTrial)") ORDER BY rowid
                """, arguments: [offset])
    }

    private func copyLevels() throws {
        for table in ["levelStop", "clientLag", "levelShortfall"] {
            let own = try columns(of: table, without: ["run"])
            try db.execute(
                sql: """
                    INSERT INTO main.\(table) (run, \(own)) SELECT ?, \(own) FROM shard.\(table) AS own
                    WHERE \(Self.isTaken("own")) ORDER BY rowid
                    """, arguments: [run])
        }
    }

    /// Two shards may have loads of one candidate and round; the engine with the most memory stays, as in a run.
    private func copyEngines() throws {
        let own = try columns(of: "engine", without: ["run"])
        try db.execute(
            sql: """
                INSERT INTO main.engine (run, \(own)) SELECT ?, \(own) FROM shard.engine AS own
                WHERE \(Self.isTaken("own", hasLoad: false)) ORDER BY rowid
                ON CONFLICT DO UPDATE SET peakMemory = max(coalesce(peakMemory, excluded.peakMemory),
                    coalesce(excluded.peakMemory, peakMemory))
                """, arguments: [run])
    }

    /// What graded, and what is known of how well.
    private func copyGraders() throws {
        let judge = try columns(of: "judge", without: ["run"])
        let grader = try columns(of: "grader", without: [])
        let calibration = try columns(of: "judgeCalibration", without: ["id"])
        try db.execute(
            sql: "INSERT OR IGNORE INTO main.judge (run, \(judge)) SELECT ?, \(judge) FROM shard.judge ORDER BY rowid",
            arguments: [run])
        try db.execute(
            sql: "INSERT OR IGNORE INTO main.grader (\(grader)) SELECT \(grader) FROM shard.grader ORDER BY rowid")
        try db.execute(
            sql: """
                INSERT INTO main.judgeCalibration (\(calibration))
                SELECT \(calibration) FROM shard.judgeCalibration EXCEPT SELECT \(calibration) FROM main.judgeCalibration
                """)
    }

    /// Each time that a shard went on is one that the run did.
    private func copyResumptions() throws {
        let own = try columns(of: "resumption", without: ["run", "number", "clock"])
        try db.execute(
            sql: """
                INSERT INTO main.resumption (run, number, clock, \(own))
                SELECT ?, (SELECT count(*) FROM main.resumption WHERE run = ?) + row_number() OVER (ORDER BY number),
                    clock + ?, \(own) FROM shard.resumption ORDER BY number
                """, arguments: [run, run, source.shift])
    }

    /// Of the table as it is now, whichever version added them, with commas between.
    private func columns(of table: String, without own: Set<String>) throws -> String {
        try db.columns(in: table, in: "main").map(\.name).filter { !own.contains($0) }.map { "\"\($0)\"" }
            .joined(separator: ", ")
    }
}
