import Foundation
import GRDB
package import PoiseCore

/// The database of runs: one SQLite file in WAL mode, written as trials finish.
package struct RunStore: Sendable {
    package let path: String
    /// Why nothing can be written to it; nil where it can.
    package let readOnlyReason: String?
    let pool: StorePool

    package enum Failure: ExplainedError {
        case missing(path: String)
        case unreadable(path: String, reason: String)
        case newer(path: String, writer: String?, schema: String, known: String)
        case older(path: String, schema: String, known: String, reason: String)
        case notCopied(path: String, copy: String, reason: String, isFull: Bool)
        case foreign(path: String)
        case empty(path: String)
        case damaged(path: String, reason: String)
        case unreadLog(path: String, reason: String)
        case readOnly(path: String, reason: String)
        case notWritten(path: String, reason: String, isFull: Bool)
        case ambiguousRun(String, path: String, count: Int)
        case unknownRun(String, path: String, known: [String])
        case noRuns(path: String)

        package var what: String {
            switch self {
            case .missing: "there is no database"
            case .unreadable(_, let reason): "the database cannot be opened: \(reason)"
            case .newer(_, let writer, let schema, let known):
                "the database was written by a newer Poise\(writer.map { ", \($0)" } ?? ""): its schema is that of"
                    + " \"\(schema)\", and Poise \(poiseVersion) knows those until \"\(known)\""
            case .older(_, let schema, let known, let reason):
                "the database has an older schema, that of \"\(schema)\", which has to be brought to \"\(known)\", and"
                    + " it cannot be written here: \(reason)"
            case .notCopied(_, let copy, let reason, _):
                "the database has an older schema, and no copy of it could be made as \(copy) before it is changed:"
                    + " \(reason)"
            case .foreign: "this is a database of another program"
            case .empty: "the file is empty"
            case .damaged(_, let reason): "the database is damaged: \(reason)"
            case .unreadLog(let path, let reason):
                "the newest of the database is in a log beside it (\(path)-wal), which cannot be read here: \(reason)"
            case .readOnly(_, let reason): "the database cannot be written here: \(reason)"
            case .notWritten(_, let reason, _): "the database cannot be written: \(reason)"
            case .ambiguousRun(let run, _, let count): "\(count) runs begin with \(run)"
            case .unknownRun(let run, _, _): "there is no run \(run)"
            case .noRuns: "there is no run in the database"
            }
        }
        package var place: String? {
            switch self {
            case .missing(let path), .unreadable(let path, _), .newer(let path, _, _, _), .older(let path, _, _, _),
                .notCopied(let path, _, _, _), .foreign(let path), .empty(let path), .damaged(let path, _),
                .unreadLog(let path, _), .readOnly(let path, _), .notWritten(let path, _, _),
                .ambiguousRun(_, let path, _), .unknownRun(_, let path, _), .noRuns(let path):
                path
            }
        }
        package var remedy: String? {
            switch self {
            case .missing: "Run a suite first (poise run SUITE), or name another file with --db."
            case .unreadable: "Check that the path is a Poise database and that you may write to its folder."
            case .newer: "Update Poise, or name another file with --db."
            case .older, .unreadLog:
                "Copy it, with its -wal where there is one, to a folder that you may write to, and name the copy with --db."
            case .notCopied(_, _, _, let isFull):
                isFull
                    ? "Make as much free space on its disk as it takes, or copy it to another disk and name that with --db;"
                        + " nothing was changed."
                    : "Make its folder writable, or copy it to another and name that with --db; nothing was changed."
            case .foreign: "Name a database of Poise with --db, or a file that is not there yet."
            case .empty: "Run a suite first (poise run SUITE), or name another file with --db."
            case .damaged(let path, _):
                "poise salvage \(path) --output NEW copies what can still be read into a new database."
            case .readOnly: "Name a copy of it in a folder that you may write to with --db."
            case .notWritten(_, _, let isFull):
                isFull
                    ? "Make free space on its disk and run again; what was finished is kept."
                    : "End what else writes to it, check its disk, and run again; what was finished is kept."
            case .ambiguousRun: "Write more of its name; `poise runs` lists them."
            case .unknownRun(let run, _, let known):
                nearest(to: run, among: known).map { "Did you mean \($0)?" } ?? "See `poise runs`."
            case .noRuns: "Run a suite first: poise run SUITE."
            }
        }
    }

    package func begin(_ run: RunRecord, plan: Plan) async throws {
        let row = try Self.beginning(of: run, plan: plan)
        try await write { try row($0) }
    }

    /// Writes a run with its candidates.
    static func beginning(of run: RunRecord, plan: Plan) throws -> @Sendable (Database) throws -> Void {
        let planText = try Self.json(plan)
        let machine = try Self.json(run.machine)
        return { db in
            try db.execute(
                sql: """
                    INSERT INTO run (id, suite, startedAt, endedAt, status, seed, machine, poiseVersion, command, plan)
                    VALUES (?, ?, ?, NULL, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.id, run.suite, run.startedAt, run.status.rawValue, Int64(bitPattern: run.seed), machine,
                    run.poiseVersion, run.command, planText,
                ])
            for (position, candidate) in plan.candidates.enumerated() {
                try db.execute(
                    sql: "INSERT INTO candidate (run, id, position, model, quantization) VALUES (?, ?, ?, ?, ?)",
                    arguments: [run.id, candidate.id, position, candidate.model, candidate.quantization])
            }
        }
    }

    /// Marks the end of a run, with what kept candidates from being run to theirs.
    package func end(
        run: String, status: RunRecord.Status, at time: String, problems: [(candidate: String, reason: String)]
    ) async throws {
        try await write { db in
            try db.execute(
                sql: "UPDATE run SET status = ?, endedAt = ? WHERE id = ?", arguments: [status.rawValue, time, run])
            for problem in problems {
                try db.execute(
                    sql: "INSERT INTO problem (run, candidate, reason) VALUES (?, ?, ?)",
                    arguments: [run, problem.candidate, problem.reason])
            }
        }
    }

    /// All runs, the newest first.
    package func runs() async throws -> [RunRecord] {
        try await pool.read { db in
            // Runs of one merge began together: the first of them has the shortest name.
            try Row.fetchAll(
                db, sql: "SELECT run.*, \(Self.parts) FROM run ORDER BY startedAt DESC, length(id), id DESC"
            ).map(Self.record)
        }
    }

    /// One run by its id or the unambiguous beginning of it; the newest where none is named.
    package func run(_ name: String?) async throws -> RunRecord {
        let all = try await runs()
        guard let name else {
            guard let newest = all.first else { throw Failure.noRuns(path: path) }
            return newest
        }
        if let exact = all.first(where: { $0.id == name }) { return exact }
        let begun = all.filter { $0.id.hasPrefix(name) }
        if begun.count > 1 { throw Failure.ambiguousRun(name, path: path, count: begun.count) }
        guard begun.count == 1 else { throw Failure.unknownRun(name, path: path, known: all.map(\.id)) }
        return begun[0]
    }

    package func plan(of run: String) async throws -> Plan {
        let plan = try await pool.read { db in
            try String.fetchOne(db, sql: "SELECT plan FROM run WHERE id = ?", arguments: [run])
                .map { try Self.value(Plan.self, from: $0, of: "the plan of run \(run)") }
        }
        guard let plan else { throw Failure.unknownRun(run, path: path, known: []) }
        return plan
    }

    /// Stands for a candidate in a problem of the run itself.
    package static let wholeRun = ""

    /// What kept candidates from being run to their end, in order.
    package func problems(of run: String) async throws -> [(candidate: String, reason: String)] {
        try await pool.read { db in
            try Row.fetchAll(
                db, sql: "SELECT candidate, reason FROM problem WHERE run = ? ORDER BY rowid", arguments: [run]
            ).map { try ($0.read("candidate"), $0.read("reason")) }
        }
    }

    static func record(_ row: Row) throws -> RunRecord {
        try RunRecord(
            id: row.read("id"), suite: row.read("suite"), startedAt: row.read("startedAt"),
            endedAt: row.read("endedAt"),
            status: RunRecord.Status(rawValue: row.read("status")) ?? .running,
            seed: UInt64(bitPattern: row.read("seed")),
            machine: value(
                MachineFacts.self, from: row.read("machine"), of: "the machine of run \(row.read("id") as String)"),
            poiseVersion: row.read("poiseVersion"), command: row.read("command"), resumed: row.read("resumed"),
            paused: row.read("paused"))
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }

    /// - Parameter what: says which record it is where it does not decode.
    static func value<Value: Decodable>(
        _: Value.Type, from text: String, of what: @autoclosure () throws -> String
    ) throws -> Value {
        do {
            return try value(Value.self, from: text)
        } catch let error as DecodingError {
            throw Row.Undecodable(what: try what(), reason: error.shortPlace)
        }
    }
}
