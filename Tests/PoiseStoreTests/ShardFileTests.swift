import Foundation
import GRDB
import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct ShardFileTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("poise-shards-\(UUID())").path

    private func database(_ text: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(UUID()).sqlite"
        let pool = try DatabasePool(path: path)
        try pool.write { try $0.execute(sql: "CREATE TABLE t (x TEXT); INSERT INTO t VALUES (?)", arguments: [text]) }
        try pool.close()
        return path
    }

    private func text(in path: String) throws -> String? {
        try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "SELECT x FROM t") }
    }

    @Test(arguments: [
        ShardFile(shard: 3, of: 40), ShardFile(shard: 0, of: 1), ShardFile(shard: 123_456, of: 1_000_000),
        ShardFile(shard: 3, of: 40, attempt: "20261122101500000-4711-0a1b2c3d"),
    ])
    func `a name is read as it is written`(file: ShardFile) {
        #expect(ShardFile(name: file.name) == file)
    }

    @Test func `names sort by their numbers`() {
        #expect(ShardFile(shard: 3, of: 40).name == "shard-00003-of-00040.sqlite")
        #expect(ShardFile(shard: 9, of: 40).name < ShardFile(shard: 10, of: 40).name)
    }

    @Test(arguments: [
        "shard-00040-of-00040.sqlite", "shard-3-of-40.sqlite", "shard-00003-of-00040.sqlite-wal", "plan.json",
        ".shard-00003-of-00040.sqlite.9A", "shard-00003-of-00040.partial-.sqlite",
        "shard-99999999999999999999-of-00040.sqlite",
    ])
    func `other files are no shards`(name: String) {
        #expect(ShardFile(name: name) == nil)
    }

    @Test func `a shard is put into place as one file that its owner alone may read`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = ShardFile(shard: 0, of: 2)
        let gathered = "\(folder)/gathered"
        #expect(try file.place(try database("first"), in: gathered))
        #expect(try FileManager.default.contentsOfDirectory(atPath: gathered) == [file.name])
        #expect(try text(in: file.path(in: gathered)) == "first")
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path(in: gathered))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        // Bytes 18 and 19 of the header: 1 is a rollback journal, 2 a write-ahead log.
        let header = try #require(FileManager.default.contents(atPath: file.path(in: gathered)))
        #expect(Array(header[18...19]) == [1, 1])
    }

    @Test func `of two attempts the first one counts, and nothing of the second is left`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = ShardFile(shard: 1, of: 2)
        let gathered = "\(folder)/gathered"
        #expect(try file.place(try database("first"), in: gathered))
        #expect(try !file.place(try database("second"), in: gathered))
        #expect(try text(in: file.path(in: gathered)) == "first")
        #expect(try FileManager.default.contentsOfDirectory(atPath: gathered) == [file.name])
    }

    @Test func `where the folder cannot be made, the database stays and the message says where`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try database("kept")
        let blocked = "\(folder)/blocked"
        try Data().write(to: URL(fileURLWithPath: blocked))
        let failure = try #require(throws: ShardFile.Failure.self) {
            try ShardFile(shard: 0, of: 1).place(database, in: "\(blocked)/gathered")
        }
        #expect(failure.errorDescription?.contains(database) == true)
        #expect(try text(in: database) == "kept")
    }

    @Test func `what a killed process left in its log is in the copy`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = try database("old")
        let pool = try DatabasePool(path: path)
        try pool.write { try $0.execute(sql: "UPDATE t SET x = 'new'") }
        // As a kill leaves them: the log is not written back.
        let left = "\(folder)/left.sqlite"
        for end in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + end, toPath: left + end) }
        try pool.close()
        let copy = "\(folder)/own/copy.sqlite"
        try ShardFile.copy(left, to: copy)
        #expect(try text(in: copy) == "new")
        #expect(throws: ShardFile.Failure.self) { try ShardFile.copy("\(folder)/none.sqlite", to: copy + "2") }
    }
}
