import Foundation
import GRDB
import PoiseCore

/// The writing of a merged database, in SQL: values pass as they are stored.
///
/// The file is worth nothing until it is whole, and so there is no journal, and nothing waits for the disk until the end.
/// Indexes of trials are made when all are there: to sort a million keys once costs less than to find each its place.
struct MergeWriting {
    private let queue: DatabaseQueue
    private let path: String
    private var nextTrial: Int64 = 1
    /// The statements that make the indexes again.
    private var indexes: [String] = []

    /// - Parameter path: an empty file.
    init(to path: String) throws {
        self.path = path
        queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue)
        indexes = try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    PRAGMA foreign_keys = OFF; PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = OFF;
                    PRAGMA main.locking_mode = EXCLUSIVE; PRAGMA main.cache_size = -65536;
                    CREATE TEMP TABLE takenCell (candidate TEXT, round INTEGER, load ANY);
                    CREATE TEMP TABLE takenTrial (id INTEGER PRIMARY KEY);
                    """)
            let all = try Row.fetchAll(
                db,
                sql: "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
            for index in all { try db.execute(sql: "DROP INDEX main.\"\(index["name"] as String)\"") }
            return all.map { $0["sql"] }
        }
    }

    /// Writes a run without its trials.
    func begin(_ run: MergedRun) throws {
        let row = try RunStore.beginning(of: run.record, plan: run.plan)
        let calibration = try run.calibration.map { try RunStore.json($0) }
        let planned = run.planned
        let (cells, graders) = (try RunStore.json(planned.places), try RunStore.json(planned.graders))
        let digests = try run.grading.map { try RunStore.json($0.digests) }
        let id = run.record.id
        try queue.write { db in
            try row(db)
            try db.execute(
                sql: "UPDATE run SET endedAt = ?, calibration = ? WHERE id = ?",
                arguments: [run.record.endedAt, calibration, id])
            try db.execute(
                sql: "INSERT INTO planned (run, plan, shard, shards, cells, graders) VALUES (?, ?, NULL, ?, ?, ?)",
                arguments: [id, planned.plan, planned.shards, cells, graders])
            for stint in run.stints { try RunStore.insert(stint, of: id, in: db) }
            for problem in run.problems {
                try db.execute(
                    sql: "INSERT INTO problem (run, candidate, reason) VALUES (?, ?, ?)",
                    arguments: [id, problem.candidate, problem.reason])
            }
            for warning in run.warnings {
                try db.execute(
                    sql: "INSERT OR IGNORE INTO partWarning (run, number, candidate, warning) VALUES (?, 0, ?, ?)",
                    arguments: [id, warning.candidate, warning.reason])
            }
            if let grading = run.grading {
                try db.execute(
                    sql: "INSERT INTO grading (run, gradedAt, suite, digests) VALUES (?, ?, ?, ?)",
                    arguments: [id, grading.gradedAt, grading.suite, digests])
            }
        }
    }

    /// Copies what a run takes of one file.
    mutating func copy(_ source: MergedRun.Source, to run: String) throws {
        do {
            nextTrial = try queue.writeWithoutTransaction { [nextTrial] db in
                let name =
                    RunStore.size(of: source.shard.path + "-wal") == 0
                    ? StoreOpening.immutable(source.shard.path)
                    : URL(fileURLWithPath: source.shard.path).absoluteString.replacingOccurrences(of: "?", with: "%3f")
                        + "?mode=ro"
                try db.execute(sql: "ATTACH ? AS shard", arguments: [name])
                defer { try? db.execute(sql: "DETACH shard") }
                var next = nextTrial
                try db.inTransaction(.immediate) {
                    next = try ShardCopying(source: source, run: run, firstTrial: nextTrial, db: db).copy()
                    return .commit
                }
                return next
            }
        } catch let error as DatabaseError {
            if case .SQLITE_FULL = error.resultCode { throw failure(error) }
            throw ShardReading.explained(error, source.shard.path)
        }
    }

    /// Makes the indexes and closes the file.
    func finish() throws {
        do {
            try queue.writeWithoutTransaction { db in
                for sql in indexes { try db.execute(sql: sql) }
            }
            try queue.close()
        } catch let error as DatabaseError {
            throw failure(error)
        }
    }

    private func failure(_ error: DatabaseError) -> MergeFailure {
        .notWritten(
            path: path, reason: error.message ?? "\(error.resultCode)", isFull: error.resultCode == .SQLITE_FULL)
    }
}
