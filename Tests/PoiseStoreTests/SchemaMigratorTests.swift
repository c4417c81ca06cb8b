import Foundation
import GRDB
import PoiseCore
import Synchronization
import Testing

@testable import PoiseStore

@Suite struct SchemaMigratorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A database as the first migrations left it, with a run.
    private func write(upTo migration: String, run: String = "old") throws {
        let queue = try DatabaseQueue(path: folder.database)
        try Schema.migrator.migrate(queue, upTo: migration)
        try queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO run (id, suite, startedAt, status, seed, machine, poiseVersion, command, plan)
                    VALUES (?, 'test', '2026-01-01T00:00:00.000Z', 'done', 1,
                        '{"processor":"CPU","cores":2,"memory":1,"system":"OS"}', '0.1.0', 'poise run', '{}')
                    """, arguments: [run])
        }
        // As Poise leaves it.
        _ = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
        try queue.close()
    }

    private func applied(_ path: String) throws -> [String] {
        try DatabaseQueue(path: path).read { db in
            try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
        }
    }

    private var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a state follows from what is applied and what is known`() {
        typealias State = SchemaMigrator.State
        let known = ["1: a", "2: b", "10: c"]
        #expect(State(applied: [], known: known) == .new)
        #expect(State(applied: Set(known), known: known) == .current)
        #expect(State(applied: ["1: a", "2: b"], known: known) == .older(newest: "2: b", pending: ["10: c"]))
        #expect(State(applied: ["1: a", "10: c"], known: known) == .older(newest: "10: c", pending: ["2: b"]))
        #expect(State(applied: Set(known + ["9: x", "11: y"]), known: known) == .newer(newest: "11: y"))
    }

    @Test(arguments: Schema.migrator.identifiers.dropLast())
    func `a database of any older schema is brought up to date, and what it was is kept beside it`(
        migration: String
    ) async throws {
        try write(upTo: migration)
        let notices = Mutex<[String]>([])
        let store = try RunStore(path: folder.database, creating: false) { text in notices.withLock { $0.append(text) }
        }
        #expect(try await store.runs().map(\.id) == ["old"])
        #expect(Set(try applied(folder.database)) == Set(Schema.migrator.identifiers))
        #expect(try await store.pool.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").isEmpty })

        let known = Schema.migrator.identifiers
        let next = try #require(known.first { SchemaMigrator.number(of: $0) > SchemaMigrator.number(of: migration) })
        let copy = "\(folder.database).before-\(SchemaMigrator.number(of: next))"
        #expect(try applied(copy).last == migration)
        #expect(try mode(copy) == 0o600)
        #expect(notices.withLock { $0.contains { $0.contains(copy) } })
        #expect(!files.contains { $0.contains("partial") })
        // Once is enough.
        _ = try RunStore(path: folder.database, creating: false)
        #expect(files.filter { $0.contains(".before-") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.count == 1)
    }

    @Test func `what is in the log only is in the copy too`() throws {
        try write(upTo: Schema.migrator.identifiers[2])
        // Stays open, so that its log is not moved into the file.
        let other = try DatabaseQueue(path: folder.database)
        try other.write { db in try db.execute(sql: "UPDATE run SET suite = 'in the log'") }
        _ = try RunStore(path: folder.database, creating: false)
        let suite = try DatabaseQueue(path: folder.database + ".before-4").read { db in
            try String.fetchOne(db, sql: "SELECT suite FROM run")
        }
        #expect(suite == "in the log")
        try other.close()
    }

    @Test func `a migration that fails leaves all as it was, those before it included`() throws {
        try write(upTo: Schema.migrator.identifiers[0])
        var migrator = Schema.migrator
        migrator.registerMigration("900: fails") { db in try db.execute(sql: "INSERT INTO nothing VALUES (1)") }
        #expect(throws: RunStore.Failure.self) {
            try RunStore(path: folder.database, creating: false, patience: BusyPatience(), migrator: migrator)
        }
        #expect(try applied(folder.database) == [Schema.migrator.identifiers[0]])
        #expect(!files.contains { $0.contains(".before-") })
        // Not in the way of the next try.
        _ = try RunStore(path: folder.database, creating: false)
    }

    @Test func `of several that open an old database at once one migrates, and all of them read it`() async throws {
        try write(upTo: Schema.migrator.identifiers[0])
        let path = folder.database
        let runs = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<6 {
                group.addTask { try await RunStore(path: path, creating: false).runs().map(\.id) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(runs == Array(repeating: ["old"], count: 6))
        #expect(files.filter { $0.hasSuffix(".before-2") }.count == 1)
        #expect(!files.contains { $0.contains(".before-2-2") })
    }

    @Test func `a newer schema is refused by both names`() throws {
        try write(upTo: Schema.migrator.identifiers[3])
        try DatabaseQueue(path: folder.database).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('900: from the future')")
            try db.execute(sql: "UPDATE run SET poiseVersion = '77.0'")
        }
        do {
            _ = try RunStore(path: folder.database, creating: true)
            Issue.record("it opened")
        } catch let failure as RunStore.Failure {
            let text = try #require(failure.errorDescription)
            for part in ["77.0", "900: from the future", poiseVersion, Schema.migrator.identifiers.last ?? "?"] {
                #expect(text.contains(part))
            }
        }
    }

    @Test func `a database of another program is left alone`() throws {
        try DatabaseQueue(path: folder.database).write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
        #expect(throws: RunStore.Failure.self) { try RunStore(path: folder.database, creating: true) }
        let tables = try DatabaseQueue(path: folder.database).read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_master")
        }
        #expect(tables == ["theirs"])
    }

    @Test func `a copy that is there already is not overwritten`() {
        let there: Set = ["db.before-5", "db.before-5-2"]
        #expect(SchemaCopy.path(of: "db", before: "5: x") { there.contains($0) } == "db.before-5-3")
        #expect(SchemaCopy.path(of: "db", before: "6: y") { there.contains($0) } == "db.before-6")
    }
}
