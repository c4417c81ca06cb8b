import Foundation
import GRDB

/// Looks at a database without changing a byte of it: no migration, no journal mode, no file beside it.
extension RunStore {
    /// Opens a database for reading only, whatever its schema.
    ///
    /// - Throws: `Failure` where it is not there, or is none.
    package init(inspecting path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw Failure.missing(path: path) }
        self.path = path
        readOnlyReason = "it is only looked at"
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            pool = StorePool(database: try Self.opened(path, configuration), path: path)
        } catch {
            throw Failure.unreadable(path: path, reason: Self.words(of: error))
        }
    }

    /// Where nobody has the database open, SQLite would leave files beside it behind, unless it is told that nobody
    /// writes (https://www.sqlite.org/uri.html#uriimmutable); libraries that know no URI open it as they do.
    private static func opened(_ path: String, _ configuration: Configuration) throws -> DatabasePool {
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? NSNumber
        var address = URLComponents()
        address.scheme = "file"
        address.path = URL(fileURLWithPath: path).path
        address.queryItems = [URLQueryItem(name: "immutable", value: "1")]
        if (log ?? 0).intValue == 0,
            let address = address.string?.replacing("file://", with: "file:", maxReplacements: 1),
            let pool = try? DatabasePool(path: address, configuration: configuration)
        {
            return pool
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    /// What a database says of itself.
    package struct Inspection: Hashable, Sendable {
        /// Migrations that are still to come, and whether there are some that this Poise does not know.
        package let missingMigrations: [String]
        package let isNewer: Bool
        /// Whether it holds Poise's tables at all.
        package let isPoise: Bool
        package let runs: Int
        package let trials: Int
        /// Runs that are marked as under way.
        package let runningRuns: [String]
        /// Bytes of the file by its own account.
        package let bytes: Int64
    }

    /// - Throws: `Failure.unreadable`, where damage keeps it from being read.
    package func inspection() async throws -> Inspection {
        do {
            return try await inspected()
        } catch let error as DatabaseError {
            throw Failure.unreadable(path: path, reason: Self.words(of: error))
        }
    }

    /// SQLite's own, without the statement that met it.
    private static func words(of error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "\(error)"
    }

    private func inspected() async throws -> Inspection {
        try await pool.read { db in
            let (missing, isNewer): ([String], Bool) =
                switch try Schema.migrator.state(db) {
                case .new: (Schema.migrator.identifiers, false)
                case .current: ([], false)
                case .older(_, let pending): (pending, false)
                case .newer: ([], true)
                }
            let hasRuns = try db.tableExists("run") && db.tableExists("trial")
            return Inspection(
                missingMigrations: missing, isNewer: isNewer, isPoise: hasRuns,
                runs: hasRuns ? try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? 0 : 0,
                trials: hasRuns ? try Int.fetchOne(db, sql: "SELECT count(*) FROM trial") ?? 0 : 0,
                runningRuns: hasRuns
                    ? try String.fetchAll(db, sql: "SELECT id FROM run WHERE status = 'running' ORDER BY id") : [],
                bytes: try Int64.fetchOne(
                    db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0)
        }
    }

    /// The version of the SQLite that this process runs on, which the system brings.
    package static func libraryVersion() throws -> String {
        try DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } ?? "unknown"
    }
}
