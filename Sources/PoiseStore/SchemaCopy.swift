import Foundation
import GRDB

/// The copy of a database that is kept beside it when its schema changes.
enum SchemaCopy {
    /// `poise.sqlite` before migration 5 → `poise.sqlite.before-5`, or `…-2` where that is there already.
    static func path(of database: String, before migration: String, exists: (String) -> Bool) -> String {
        let first = "\(database).before-\(SchemaMigrator.number(of: migration))"
        var (path, number) = (first, 2)
        while exists(path) {
            path = "\(first)-\(number)"
            number += 1
        }
        return path
    }

    /// Copies what is stored, through SQLite: what is still in the write-ahead log is in the copy too.
    ///
    /// It is made under another name, so that half of one is never taken for a copy.
    /// - Throws: the database's error; nothing of the copy is left then.
    static func make(of database: String, at path: String) throws {
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        do {
            try PrivateFile.create(partial)
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(10)
            let source = try DatabaseQueue(path: database, configuration: configuration)
            let copy = try DatabaseQueue(path: partial)
            try source.backup(to: copy)
            try copy.close()
            try source.close()
            try FileManager.default.moveItem(atPath: partial, toPath: path)
        } catch {
            for end in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial + end) }
            throw error
        }
    }
}
