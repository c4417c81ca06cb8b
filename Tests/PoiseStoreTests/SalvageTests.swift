import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct SalvageTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var saved: String { "\(folder.path)/saved.sqlite" }

    /// A run of so many trials, all of it in the one file.
    private func write(trials: Int) async throws {
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run(), plan: Fixture.plan)
        let all = (1...trials).map { Fixture.trial(Fixture.key(sample: "s\($0)")) }
        try await store.record(all, in: Fixture.run().id)
        _ = try await store.pool.database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try store.pool.database.close()
    }

    private func change(_ body: (inout Data) throws -> Void) throws {
        let url = URL(fileURLWithPath: folder.database)
        var data = try Data(contentsOf: url)
        try body(&data)
        try data.write(to: url)
    }

    @Test func `a sound database is salvaged whole, streams and all`() async throws {
        try await write(trials: 40)
        let salvage = try await RunStore.salvage(from: folder.database, to: saved)
        #expect(salvage.isWhole)
        #expect(salvage.tables.first { $0.name == "trial" }?.rows == 40)
        #expect(salvage.tables.first { $0.name == "score" }?.rows == 80)
        let store = try RunStore(path: saved, creating: false)
        #expect(try await store.plan(of: Fixture.run().id) == Fixture.plan)
        #expect(try await store.integrityProblems(isQuick: false) == [])
        #expect(try await store.observations(of: Fixture.run().id).count == 40)
    }

    @Test func `trials whose run is lost keep a place, and are seen in the view`() async throws {
        try await write(trials: 3)
        try await DatabaseQueue(path: folder.database).writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF; DELETE FROM run; DELETE FROM candidate")
        }
        let salvage = try await RunStore.salvage(from: folder.database, to: saved)
        #expect(salvage.nameless == [Fixture.run().id])
        let store = try RunStore(path: saved, creating: false)
        #expect(try await store.runs().map(\.suite) == ["lost"])
        let seen = try await store.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trialMetric") }
        #expect(seen == 3)
        #expect(try await store.pool.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").isEmpty })
        await #expect(throws: RunStore.Failure.self) { try await store.plan(of: Fixture.run().id) }
    }

    @Test func `what is no database of Poise leaves no file behind`() async throws {
        try Data(repeating: 7, count: 9000).write(to: URL(fileURLWithPath: folder.database))
        await #expect(throws: SalvageFailure.self) {
            try await RunStore.salvage(from: folder.database, to: saved)
        }
        #expect(!FileManager.default.fileExists(atPath: saved))
        try Data().write(to: URL(fileURLWithPath: saved))
        await #expect(throws: SalvageFailure.self) {
            try await RunStore.salvage(from: folder.database, to: saved)
        }
    }

    @Test func `a file that was cut is read as far as it goes, and is not written to`() async throws {
        try await write(trials: 400)
        try change { $0.removeLast($0.count / 3) }
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        let salvage = try await RunStore.salvage(from: folder.database, to: saved)
        let trials = try #require(salvage.tables.first { $0.name == "trial" })
        #expect(!salvage.isWhole)
        #expect((100..<400).contains(trials.rows))
        let store = try RunStore(path: saved, creating: false)
        let problems = try await store.integrityProblems(isQuick: false)
        #expect(problems == [], "\(salvage.tables.filter { $0.rows + $0.gaps + $0.refused > 0 })")
        #expect(try await store.observations(of: Fixture.run().id).count == trials.rows)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == before)
    }

    @Test func `a page that cannot be read costs its own rows, and none beside it`() async throws {
        try await write(trials: 60)
        let sound = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        let page = 4096
        var tried = 0
        // The first holds the schema's beginning: without it there is no table.
        for number in 1..<(sound.count / page) {
            try change { data in
                data = sound
                data.replaceSubrange(number * page..<(number + 1) * page, with: Data(count: page))
            }
            let readable = try readableTrials()
            // Where the last ones are lost too, every number beyond them is sought, which takes its time.
            guard readable.count < 60, readable.contains(60) else { continue }
            tried += 1
            try? FileManager.default.removeItem(atPath: saved)
            let salvage = try await RunStore.salvage(from: folder.database, to: saved)
            let trials = try #require(salvage.tables.first { $0.name == "trial" })
            #expect(trials.rows == readable.count, "page \(number)")
            #expect(trials.gaps > 0)
        }
        #expect(tried > 2)
    }

    /// Those that SQLite finds when each is sought by its own number.
    private func readableTrials() throws -> [Int] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
        guard
            let queue = try? DatabaseQueue(
                path: "file:\(folder.database)?mode=ro&immutable=1", configuration: configuration)
        else { return [] }
        return queue.unsafeRead { db in
            (1...60).filter { number in
                let row = try? Row.fetchOne(
                    db, sql: "SELECT * FROM trial NOT INDEXED WHERE rowid = ?", arguments: [number])
                return row != nil
            }
        }
    }
}
