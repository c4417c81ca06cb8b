import Foundation
import GRDB
import PoiseCore
import Synchronization
import Testing

@testable import PoiseStore

@Suite struct OpeningTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `the database and what SQLite lays beside it are their owner's only`() async throws {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        for end in ["", "-wal", "-shm"] { #expect(try mode(folder.database + end) == 0o600, "\(end)") }
        let saved = "\(folder.path)/saved.sqlite"
        _ = try await RunStore.salvage(from: folder.database, to: saved)
        #expect(try mode(saved) == 0o600)
    }

    @Test func `a file that is there already is never emptied`() throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.database))
        try PrivateFile.create(folder.database)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == Data("x".utf8))
    }

    @Test func `each commit is synced, as far as SQLite promises`() async throws {
        let store = try RunStore(path: folder.database, creating: true)
        let mode = try await store.pool.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(mode == 2)
    }

    @Test func `several that make one database at once all get it, and lose nothing`() async throws {
        let path = folder.database
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let store = try RunStore(path: path, creating: true)
                    try await store.begin(Fixture.run("run-\(number)"), plan: Fixture.plan)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await RunStore(path: path, creating: false).runs().count == 8)
    }

    @Test func `a database that another writes to is waited for, which is said, and then given up`() async throws {
        let notices = Mutex<[String]>([])
        let store = try RunStore(
            path: folder.database, creating: true, patience: BusyPatience(notice: 20, limit: 200)
        ) { text in notices.withLock { $0.append(text) } }
        // It keeps its transaction open between two accesses.
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: folder.database, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        do {
            try await store.begin(Fixture.run(), plan: Fixture.plan)
            Issue.record("it was written")
        } catch let failure as RunStore.Failure {
            guard case .notWritten(_, _, let isFull) = failure else { throw failure }
            #expect(!isFull)
        }
        #expect(notices.withLock(\.self) == ["waiting for \(folder.database), which another process writes to"])
        // Readers are not blocked.
        #expect(try await store.runs().isEmpty)
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        #expect(try await store.runs().count == 1)
    }

    @Test func `a log is begun anew beside a reader`() async throws {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        try await store.record((1...50).map { Fixture.trial(Fixture.key(sample: "s\($0)")) }, in: Fixture.run().id)
        let frames: @Sendable () async throws -> Int = {
            try await store.pool.database.writeWithoutTransaction { try $0.checkpoint(.passive).walFrameCount }
        }
        let before = try await frames()
        store.beginLogAnew()
        #expect(try await store.runs().count == 1)
        try await store.record(Fixture.trial(Fixture.key(sample: "last")), in: Fixture.run().id)
        #expect(try await frames() < before)
        #expect(try await store.observations(of: Fixture.run().id).count == 51)
    }

    /// The superuser writes where nobody else may.
    @Test(.enabled(if: geteuid() != 0))
    func `where nothing can be written, readers read, and writers and migrations say why not`() async throws {
        let files = FileManager.default
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        try store.pool.database.close()
        let older = "\(folder.path)/older.sqlite"
        let queue = try DatabaseQueue(path: older)
        try Schema.migrator.migrate(queue, upTo: Schema.migrator.identifiers[0])
        try queue.close()
        try files.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        defer { try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }

        let reader = try RunStore(path: folder.database, creating: false)
        #expect(try await reader.runs().count == 1)
        #expect(throws: RunStore.Failure.self) { try reader.requireWritable() }
        await #expect(throws: RunStore.Failure.self) { try await reader.begin(Fixture.run("b"), plan: Fixture.plan) }
        do {
            _ = try RunStore(path: older, creating: false)
            Issue.record("it opened")
        } catch let failure as RunStore.Failure {
            guard case .older = failure else { throw failure }
        }
    }
}
