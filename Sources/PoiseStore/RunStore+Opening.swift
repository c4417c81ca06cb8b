import Foundation
import GRDB
import PoiseCore

extension RunStore {
    /// Opens a database and brings its schema up to date.
    ///
    /// Where nothing can be written to it, and nothing has to be, it is opened for reading only.
    ///
    /// - Parameters:
    ///   - creating: whether a file that is not there is made, readable by its owner only, and one that cannot be written
    ///     is refused.
    ///   - notice: told what takes long, and what is done to the file.
    package init(
        path: String, creating: Bool, notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        try self.init(path: path, creating: creating, patience: BusyPatience(), notice: notice)
    }

    /// Opens a database for reading and changes nothing of its file, not even how its journal is kept.
    ///
    /// - Throws: also where its schema is an older one.
    package init(reading path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw Failure.missing(path: path) }
        if Self.size(of: path) == 0 { throw Failure.empty(path: path) }
        let opening = StoreOpening(path: path, patience: BusyPatience(), notice: { _ in })
        do {
            let database = try opening.unchanged()
            try opening.migrate(database, by: Schema.migrator, readOnlyReason: Self.onlyRead)
            self.init(unchanged: path, database)
        } catch let error as any ExplainedError {
            throw error
        } catch let error as DatabaseError where opening.isDamage(error) {
            throw Failure.damaged(path: path, reason: error.message ?? "\(error.resultCode)")
        } catch {
            throw Failure.unreadable(path: path, reason: (error as? DatabaseError)?.message ?? "\(error)")
        }
    }

    init(
        path: String, creating: Bool, patience: BusyPatience, migrator: SchemaMigrator = Schema.migrator,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        if creating {
            try Self.create(path)
        } else {
            guard FileManager.default.fileExists(atPath: path) else { throw Failure.missing(path: path) }
            if Self.size(of: path) == 0, Self.size(of: path + "-wal") == 0 { throw Failure.empty(path: path) }
        }
        let opening = StoreOpening(path: path, patience: patience, notice: notice)
        do {
            let (database, reason) = try creating ? (opening.writable(), nil) : opening.any()
            try opening.migrate(database, by: migrator, readOnlyReason: reason)
            (self.path, readOnlyReason) = (path, reason)
            pool = StorePool(database: database, path: path)
        } catch let error as any ExplainedError {
            throw error
        } catch let error as DatabaseError where opening.isDamage(error) {
            throw Failure.damaged(path: path, reason: error.message ?? "\(error.resultCode)")
        } catch let error as DatabaseError where creating && StoreOpening.forbidsWriting(error) {
            let reason = error.message ?? "\(error.resultCode)"
            if error.resultCode == .SQLITE_FULL { throw Failure.notWritten(path: path, reason: reason, isFull: true) }
            throw Failure.readOnly(path: path, reason: reason)
        } catch {
            throw Failure.unreadable(path: path, reason: (error as? DatabaseError)?.message ?? "\(error)")
        }
    }

    /// For what only writes: says so before any work is done for nothing.
    package func requireWritable() throws {
        if let readOnlyReason { throw Failure.readOnly(path: path, reason: readOnlyReason) }
    }

    private static func create(_ path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try PrivateFile.create(path)
        } catch {
            throw Failure.unreadable(path: path, reason: "the file cannot be made: \(error.localizedDescription)")
        }
    }

    /// In bytes; 0 where there is none.
    static func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.size] as? Int ?? 0
    }
}
