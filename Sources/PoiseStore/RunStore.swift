import Foundation
import GRDB
package import PoiseCore

/// The database of runs: one SQLite file in WAL mode, written as trials finish.
package struct RunStore: Sendable {
    package let path: String
    let pool: DatabasePool

    package enum Failure: ExplainedError {
        case missing(path: String)
        case unreadable(path: String, reason: String)
        case newer(path: String)
        case notWritten(path: String, reason: String, isFull: Bool)
        case ambiguousRun(String, path: String, count: Int)
        case unknownRun(String, path: String, known: [String])
        case noRuns(path: String)

        package var what: String {
            switch self {
            case .missing: "there is no database"
            case .unreadable(_, let reason): "the database cannot be opened: \(reason)"
            case .newer: "the database was written by a newer Poise"
            case .notWritten(_, let reason, _): "the database cannot be written: \(reason)"
            case .ambiguousRun(let run, _, let count): "\(count) runs begin with \(run)"
            case .unknownRun(let run, _, _): "there is no run \(run)"
            case .noRuns: "there is no run in the database"
            }
        }
        package var place: String? {
            switch self {
            case .missing(let path), .unreadable(let path, _), .newer(let path), .notWritten(let path, _, _),
                .ambiguousRun(_, let path, _), .unknownRun(_, let path, _), .noRuns(let path):
                path
            }
        }
        package var remedy: String? {
            switch self {
            case .missing: "Run a suite first (poise run SUITE), or name another file with --db."
            case .unreadable: "Check that the path is a Poise database and that you may write to its folder."
            case .newer: "Update Poise, or name another file with --db."
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

    /// Opens a database and brings its schema up to date.
    ///
    /// - Parameter creating: whether a file that is not there is made, readable by its owner only.
    package init(path: String, creating: Bool) throws {
        self.path = path
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            guard creating else { throw Failure.missing(path: path) }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            do {
                try files.createDirectory(at: folder, withIntermediateDirectories: true)
            } catch {
                throw Failure.unreadable(path: path, reason: error.localizedDescription)
            }
            guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw Failure.unreadable(path: path, reason: "the file cannot be made")
            }
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        // Responses and timelines are read whole and more than once; SQLite's own cache of 2 MB holds few of them.
        // Who writes rows reads few of them again: that cache would only grow while a long run is timed.
        configuration.prepareDatabase { database in
            let kilobytes = database.configuration.readonly ? 65_536 : 8_192
            try database.execute(sql: "PRAGMA cache_size = -\(kilobytes)")
        }
        do {
            pool = try Self.patiently { try DatabasePool(path: path, configuration: configuration) }
            if try pool.read(Schema.migrator.hasBeenSuperseded) { throw Failure.newer(path: path) }
            try Self.patiently { [pool] in try Schema.migrator.migrate(pool) }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure.unreadable(path: path, reason: "\(error)")
        }
    }

    /// Tries again while another process holds the database.
    ///
    /// SQLite does not wait by itself where a database is switched to WAL mode, which the first opening does.
    private static func patiently<Result>(_ body: () throws -> Result) throws -> Result {
        let deadline = Instant.now() + .seconds(30)
        while true {
            do {
                return try body()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && Instant.now() < deadline {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    /// Writes in one transaction, also when the run is being cancelled: what has finished is kept.
    ///
    /// - Throws: `Failure.notWritten` where the machine is to blame; else the database's own error.
    func write(_ updates: @escaping @Sendable (Database) throws -> Void) async throws {
        do {
            try await Task { try await pool.write(updates) }.value
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_BUSY, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN:
                throw Failure.notWritten(
                    path: path, reason: error.message ?? "\(error.resultCode)",
                    isFull: error.resultCode == .SQLITE_FULL)
            default: throw error
            }
        }
    }

    package func begin(_ run: RunRecord, plan: Plan) async throws {
        let planText = try Self.json(plan)
        let machine = try Self.json(run.machine)
        try await write { db in
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
            try Row.fetchAll(db, sql: "SELECT * FROM run ORDER BY startedAt DESC, id DESC").map(Self.record)
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
        let text = try await pool.read { db in
            try String.fetchOne(db, sql: "SELECT plan FROM run WHERE id = ?", arguments: [run])
        }
        guard let text else { throw Failure.unknownRun(run, path: path, known: []) }
        return try Self.value(Plan.self, from: text)
    }

    /// Stands for a candidate in a problem of the run itself.
    package static let wholeRun = ""

    /// What kept candidates from being run to their end, in order.
    package func problems(of run: String) async throws -> [(candidate: String, reason: String)] {
        try await pool.read { db in
            try Row.fetchAll(
                db, sql: "SELECT candidate, reason FROM problem WHERE run = ? ORDER BY rowid", arguments: [run]
            ).map { ($0["candidate"], $0["reason"]) }
        }
    }

    private static func record(_ row: Row) throws -> RunRecord {
        RunRecord(
            id: row["id"], suite: row["suite"], startedAt: row["startedAt"], endedAt: row["endedAt"],
            status: RunRecord.Status(rawValue: row["status"]) ?? .running,
            seed: UInt64(bitPattern: row["seed"]), machine: try value(MachineFacts.self, from: row["machine"]),
            poiseVersion: row["poiseVersion"], command: row["command"])
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_: Value.Type, from text: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
