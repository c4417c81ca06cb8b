import Foundation
import GRDB
import PoiseCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A database that is made beside its place, and put there in one step when it is whole: a reader never sees half of it.
package struct FreshDatabase: Sendable {
    /// Where it is made.
    package let path: String
    /// Where it will be.
    package let target: String

    /// - Parameter target: a link is followed.
    /// - Throws: `MergeFailure.notWritten`.
    package init(for target: String) throws {
        let place = URL(fileURLWithPath: target).resolvingSymlinksInPath()
        let folder = place.deletingLastPathComponent()
        self.target = place.path
        path = folder.appendingPathComponent(".\(place.lastPathComponent).\(UUID().uuidString.prefix(8))").path
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try PrivateFile.create(path)
        } catch {
            throw MergeFailure.notWritten(path: target, reason: error.localizedDescription, isFull: false)
        }
    }

    /// Writes the runs of a merge, without their points.
    ///
    /// - Parameter progress: told after each file how many of how many are through.
    /// - Throws: `MergeFailure`, or that it was cancelled.
    package func write(_ merge: Merge, progress: (_ done: Int, _ all: Int) -> Void = { _, _ in }) throws {
        let all = merge.runs.reduce(0) { $0 + $1.sources.count }
        var done = 0
        do {
            var writing = try MergeWriting(to: path)
            // A run's trials stand together, so that it is read in one go. The first run is the one that is read most.
            for run in merge.runs {
                try writing.begin(run)
                for source in run.sources {
                    try Task.checkCancellation()
                    try writing.copy(source, to: run.record.id)
                    done += 1
                    progress(done, all)
                }
            }
            try Task.checkCancellation()
            try writing.finish()
        } catch let error as DatabaseError {
            throw MergeFailure.notWritten(
                path: target, reason: error.message ?? "\(error.resultCode)", isFull: error.resultCode == .SQLITE_FULL)
        }
    }

    /// Puts it into its place.
    ///
    /// - Parameter store: what is open of it; it is closed.
    package func put(closing store: RunStore) throws {
        do {
            try store.pool.database.close()
            // The pool's last connection may be one that only reads, which leaves the log where it is.
            let queue = try DatabaseQueue(path: path)
            _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try queue.close()
        } catch let error as DatabaseError {
            throw MergeFailure.notWritten(
                path: target, reason: error.message ?? "\(error.resultCode)", isFull: error.resultCode == .SQLITE_FULL)
        }
        try sync(path)
        // The log of what was there before would be read as one of the new file.
        for end in ["-wal", "-shm"] { unlink(target + end) }
        guard rename(path, target) == 0 else { throw failure() }
        // The name is on the disk as well then; a file system that does not know how has it anyway.
        try? sync((target as NSString).deletingLastPathComponent)
    }

    /// Leaves nothing behind of what was not put into its place.
    package func discard() {
        for end in ["", "-journal", "-wal", "-shm"] { unlink(path + end) }
    }

    private func sync(_ path: String) throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure() }
    }

    private func failure() -> MergeFailure {
        let code = errno
        return .notWritten(path: target, reason: String(cString: strerror(code)), isFull: code == ENOSPC)
    }
}

extension Merge {
    /// Whether a database is what this merge would write: the same runs of the same stints, whole.
    package func isWritten(at path: String) async -> Bool {
        guard isWhole, RunStore.size(of: path) > 0,
            let database = try? StoreOpening(path: path, patience: BusyPatience(), notice: { _ in }).unchanged()
        else { return false }
        defer { try? database.close() }
        let store = RunStore(unchanged: path, database)
        guard let state = try? await database.read({ try Schema.migrator.state($0) }), state == .current,
            let there = try? await store.runs(), there.count == runs.count
        else { return false }
        for run in runs {
            guard let own = there.first(where: { $0.id == run.record.id }), own.status == run.record.status,
                own.machine == run.record.machine, own.endedAt == run.record.endedAt,
                let planned = try? await store.planned(own.id), planned == run.planned,
                let stints = try? await store.stints(of: own.id), stints == run.stints
            else { return false }
        }
        return true
    }
}
