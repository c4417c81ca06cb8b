import Foundation
import GRDB
import PoiseCore

/// How a database is opened: for writing, else for reading.
struct StoreOpening: Sendable {
    let path: String
    let patience: BusyPatience
    let notice: @Sendable (String) -> Void

    /// A log that is longer than this when it can be begun anew is cut to it, in bytes.
    static let longestLog = 64 << 20

    /// Open for writing where that can be, else for reading, with the reason.
    func any() throws -> (DatabasePool, readOnlyReason: String?) {
        do {
            return (try writable(), nil)
        } catch let error as DatabaseError where Self.forbidsWriting(error) {
            return (try readable(), error.message ?? "\(error.resultCode)")
        }
    }

    func writable() throws -> DatabasePool {
        try patiently {
            let pool = try DatabasePool(path: path, configuration: configuration())
            // https://www.sqlite.org/pragma.html#pragma_synchronous: in WAL mode NORMAL, which GRDB sets, keeps a database
            // sound through a power cut and may lose its last transactions; FULL syncs the log at each commit. On a disk of
            // a virtual machine that took 9 ms instead of 0.3 ms (medians of 200 commits of 30 trials each, by turns, 2026).
            // There are ten commits a second at most, on a thread that times nothing.
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA journal_size_limit = \(Self.longestLog)")
            }
            return pool
        }
    }

    /// - Throws: `RunStore.Failure.unreadLog` where the newest rows cannot be had without writing.
    private func readable() throws -> DatabasePool {
        do {
            return try opened(path)
        } catch let error as DatabaseError where Self.forbidsWriting(error) {
            guard RunStore.size(of: path + "-wal") == 0 else {
                throw RunStore.Failure.unreadLog(path: path, reason: error.message ?? "\(error.resultCode)")
            }
            // https://www.sqlite.org/wal.html#read_only_databases: where the files beside it can be neither found nor made,
            // a database can be read as one that nobody changes.
            return try opened(Self.immutable(path))
        }
    }

    /// Open for reading only, and without a file made beside it.
    ///
    /// - Throws: where it has a log, and that cannot be read.
    func unchanged() throws -> DatabasePool {
        try opened(RunStore.size(of: path + "-wal") == 0 ? Self.immutable(path) : path)
    }

    /// The name under which SQLite opens a file as one that nobody changes.
    static func immutable(_ path: String) -> String {
        let file = URL(fileURLWithPath: path).absoluteString
        return file.replacingOccurrences(of: "?", with: "%3f") + "?immutable=1"
    }

    private func opened(_ name: String) throws -> DatabasePool {
        var configuration = configuration()
        configuration.readonly = true
        return try patiently {
            let pool = try DatabasePool(path: name, configuration: configuration)
            _ = try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            return pool
        }
    }

    private func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .callback { tries in wait(after: tries) }
        // Responses and timelines are read whole and more than once; SQLite's own cache of 2 MB holds few of them.
        // Who writes rows reads few of them again: that cache would only grow while a long run is timed.
        configuration.prepareDatabase { database in
            let kilobytes = database.configuration.readonly ? 65_536 : 8_192
            try database.execute(sql: "PRAGMA cache_size = -\(kilobytes)")
        }
        return configuration
    }

    /// - Returns: whether it is tried again.
    private func wait(after tries: Int) -> Bool {
        guard case .pause(let milliseconds, let isLong) = patience.step(after: tries) else { return false }
        if isLong { notice("waiting for \(path), which another process writes to") }
        Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
        return true
    }

    /// Tries again while another process holds the database.
    ///
    /// SQLite does not wait by itself where a database is switched to WAL mode, which the first opening does.
    private func patiently<Result>(_ body: () throws -> Result) throws -> Result {
        // Where SQLite waited itself, it took the whole of the patience.
        let deadline = Instant.now() + .milliseconds(patience.limit)
        var tries = 0
        while true {
            do {
                return try body()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && Instant.now() < deadline {
                guard wait(after: tries) else { throw error }
                tries += 1
            }
        }
    }

    /// Brings the schema up to date, with a copy of what it was.
    func migrate(_ database: DatabasePool, by migrator: SchemaMigrator, readOnlyReason: String?) throws {
        let known = migrator.identifiers.last ?? ""
        // At one moment: another process may be making the schema.
        let (state, isForeign) = try database.read { db in
            let state = try migrator.state(db)
            return (state, try state == .new && Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") != 0)
        }
        switch state {
        case .current: return
        case .newer(let newest):
            let writer = try? database.read { db in
                try String.fetchOne(db, sql: "SELECT poiseVersion FROM run ORDER BY startedAt DESC LIMIT 1")
            }
            throw RunStore.Failure.newer(path: path, writer: writer, schema: newest, known: known)
        case .new:
            if isForeign { throw RunStore.Failure.foreign(path: path) }
            if let readOnlyReason { throw RunStore.Failure.readOnly(path: path, reason: readOnlyReason) }
        case .older(let newest, _):
            if let readOnlyReason {
                throw RunStore.Failure.older(path: path, schema: newest, known: known, reason: readOnlyReason)
            }
        }
        var copy: String?
        do {
            try migrator.migrate(database) { newest, pending in
                let kept = SchemaCopy.path(of: path, before: pending[0]) { FileManager.default.fileExists(atPath: $0) }
                do {
                    try SchemaCopy.make(of: path, at: kept)
                } catch {
                    throw RunStore.Failure.notCopied(
                        path: path, copy: kept,
                        reason: (error as? DatabaseError)?.message ?? error.localizedDescription,
                        isFull: (error as? DatabaseError)?.resultCode == .SQLITE_FULL)
                }
                copy = kept
            }
        } catch {
            // The database is what it was, and needs none.
            if let copy { try? FileManager.default.removeItem(atPath: copy) }
            throw error
        }
        if let copy { notice("\(path) was brought to this Poise's schema (\(known)); what it was is kept in \(copy)") }
    }

    func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    }

    /// Whether an error says that the place takes no writing.
    static func forbidsWriting(_ error: DatabaseError) -> Bool {
        switch error.resultCode {
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR: true
        default: false
        }
    }
}
