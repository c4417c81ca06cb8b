import Foundation
import GRDB
import PoiseCore

extension RunStore {
    /// Writes in one transaction, also when the run is being cancelled: what has finished is kept.
    ///
    /// A transaction that writes takes the lock when it begins (GRDB's default), so that it waits for others and never
    /// finds at its end that what it read is old (SQLITE_BUSY_SNAPSHOT).
    /// - Throws: `Failure.notWritten` where the machine is to blame, `Failure.damaged` where the file is; else the
    ///   database's own error.
    func write(_ updates: @escaping @Sendable (Database) throws -> Void) async throws {
        try requireWritable()
        do {
            try await Task { try await pool.write(updates) }.value
        } catch let error as DatabaseError {
            let reason = error.message ?? "\(error.resultCode)"
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_BUSY, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN:
                throw Failure.notWritten(path: path, reason: reason, isFull: error.resultCode == .SQLITE_FULL)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw Failure.damaged(path: path, reason: reason)
            default: throw error
            }
        }
        if Self.size(of: path + "-wal") > 2 * StoreOpening.longestLog { beginLogAnew() }
    }

    /// Moves what is in the log into the database, so that the next transaction begins the log anew.
    ///
    /// SQLite does so by itself only at a moment when nobody reads: readers that follow each other without a gap would let
    /// the log grow for as long as they do (https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files). Here
    /// those that read are waited for, a second at most, and new ones do without the log meanwhile.
    func beginLogAnew() {
        var configuration = Configuration()
        configuration.busyMode = .timeout(1)
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.restart) }
            try queue.close()
        } catch {
            // A reader stayed; the next transaction tries again, and nothing is lost but room on the disk.
        }
    }
}
