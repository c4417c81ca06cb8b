import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

struct InspectionTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var files: [String: Data] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(into: [:]) { files, name in
                files[name] = FileManager.default.contents(atPath: "\(folder.path)/\(name)")
            }
        }
    }

    private func make() async throws {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
    }

    @Test func `a database is told what it holds, and nothing of it or beside it changes`() async throws {
        try await make()
        // As the last command leaves it: all folded in, and nothing beside it.
        try await DatabaseQueue(path: folder.database).write { try $0.execute(sql: "PRAGMA user_version = 0") }
        let before = try files
        let store = try RunStore(inspecting: folder.database)
        let found = try await store.inspection()
        #expect(found.isPoise && !found.isNewer && found.missingMigrations.isEmpty)
        #expect(found.runs == 1 && found.trials == 0 && found.runningRuns == [Fixture.run().id])
        #expect(found.bytes == Int64(before["poise.sqlite"]?.count ?? -1))
        #expect(try await store.integrityProblems(isQuick: false).isEmpty)
        #expect(try files == before)
    }

    @Test func `one that is open elsewhere is read with what is not folded in yet`() async throws {
        let writer = try RunStore(path: folder.database, creating: true)
        try await writer.begin(Fixture.run(), plan: Fixture.plan)
        let found = try await RunStore(inspecting: folder.database).inspection()
        #expect(found.runs == 1)
        withExtendedLifetime(writer) {}
    }

    @Test func `an older schema is told and stays as it is`() async throws {
        let queue = try DatabaseQueue(path: folder.database)
        try Schema.migrator.migrate(queue, upTo: "2: open-loop loads, calibration")
        try queue.close()
        let found = try await RunStore(inspecting: folder.database).inspection()
        #expect(found.missingMigrations.first == "3: grader versions, judges, chains")
        let again = try await RunStore(inspecting: folder.database).inspection()
        #expect(again == found)
    }

    @Test func `a newer schema and another's database are told`() async throws {
        try await make()
        try await DatabaseQueue(path: folder.database).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: of the future')")
        }
        #expect(try await RunStore(inspecting: folder.database).inspection().isNewer)

        let other = "\(folder.path)/music.sqlite"
        try await DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
        #expect(try await !RunStore(inspecting: other).inspection().isPoise)
    }

    @Test func `what is no database, or not there, is an error and not made`() throws {
        #expect(throws: RunStore.Failure.self) { try RunStore(inspecting: "\(folder.path)/none.sqlite") }
        try Data("no database".utf8).write(to: URL(fileURLWithPath: folder.database))
        #expect(throws: (any Error).self) { try RunStore(inspecting: folder.database) }
        #expect(try files.keys.sorted() == ["poise.sqlite"])
    }

    @Test func `a path with signs that an address gives a meaning is a path`() async throws {
        let odd = "\(folder.path)/a b?c=d#e%20.sqlite"
        _ = try RunStore(path: odd, creating: true)
        #expect(try await RunStore(inspecting: odd).inspection().isPoise)
    }

    @Test func `a row that names one that is missing is a problem`() async throws {
        try await make()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        try await DatabaseQueue(path: folder.database, configuration: configuration).write {
            try $0.execute(sql: "INSERT INTO problem (run, candidate, reason) VALUES ('gone', 'a', 'b')")
        }
        let problems = try await RunStore(inspecting: folder.database).integrityProblems(isQuick: false)
        #expect(problems == ["row 1 of problem belongs to no run"])
    }

    @Test func `a damaged page is told in SQLite's own words, and no byte changes`() async throws {
        try await make()
        try await DatabaseQueue(path: folder.database).write {
            try $0.execute(
                sql: "INSERT INTO calibration (machine, measuredAt, isQuick, result) VALUES ('m', 't', 0, '{}')")
            try $0.execute(sql: "CREATE INDEX damagedLater ON calibration (machine)")
        }
        let (root, size) = try await DatabaseQueue(path: folder.database).read {
            (
                try Int.fetchOne($0, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'damagedLater'") ?? 0,
                try Int.fetchOne($0, sql: "PRAGMA page_size") ?? 0
            )
        }
        var bytes = try #require(FileManager.default.contents(atPath: folder.database))
        let page = (root - 1) * size..<root * size
        bytes.replaceSubrange(page, with: Data(repeating: 0xA5, count: size))
        try bytes.write(to: URL(fileURLWithPath: folder.database))
        let problems = try await RunStore(inspecting: folder.database).integrityProblems(isQuick: false)
        // Some versions go on to name the page, others stop there.
        #expect(!problems.isEmpty)
        #expect(FileManager.default.contents(atPath: folder.database) == bytes)
    }
}
