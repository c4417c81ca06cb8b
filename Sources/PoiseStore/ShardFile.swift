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

/// The database of one shard of a plan: made on a disk of one machine, and put where the shards of all are gathered.
///
/// It is put there in one step and never written to again; it is one file without a log beside it, since the folder may
/// be on a network's disk, where SQLite's shared memory does not work.
package struct ShardFile: Hashable, Sendable {
    /// From 0.
    package let shard: Int
    package let shards: Int
    /// The attempt that did not come to the shard's end; nil of a whole one.
    package let attempt: String?

    package init(shard: Int, of shards: Int, attempt: String? = nil) {
        self.shard = shard
        self.shards = shards
        self.attempt = attempt
    }

    /// Reads what `name` writes; nil of any other file.
    package init?(name: String) {
        let pattern = /shard-(\d{5,})-of-(\d{5,})(?:\.partial-([A-Za-z0-9-]+))?\.sqlite/
        guard let found = try? pattern.wholeMatch(in: name), let shard = Int(found.1), let shards = Int(found.2),
            shard < shards
        else { return nil }
        self.init(shard: shard, of: shards, attempt: found.3.map(String.init))
    }

    /// `shard-00003-of-00040.sqlite`, or `shard-00003-of-00040.partial-20261122-101500-4711.sqlite`
    package var name: String {
        "shard-\(Self.digits(shard))-of-\(Self.digits(shards))\(attempt.map { ".partial-\($0)" } ?? "").sqlite"
    }

    private static func digits(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 5 - text.count)) + text
    }

    /// Those in a folder, by their names; empty where it cannot be read or is not there.
    package static func all(in folder: String) -> [ShardFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { ShardFile(name: $0) }
    }

    package func path(in folder: String) -> String { "\(folder)/\(name)" }
}

extension ShardFile {
    package enum Failure: ExplainedError {
        case notCopied(path: String, reason: String)
        case notPlaced(path: String, kept: String, reason: String)

        package var what: String {
            switch self {
            case .notCopied(_, let reason): "what an earlier attempt left cannot be gone on with: \(reason)"
            case .notPlaced(_, _, let reason): "the shard cannot be put into its folder: \(reason)"
            }
        }
        package var place: String? {
            switch self {
            case .notCopied(let path, _), .notPlaced(let path, _, _): path
            }
        }
        package var remedy: String? {
            switch self {
            case .notCopied: "It is left where it is."
            case .notPlaced(let path, let kept, _):
                "What is finished is in \(kept); make room or give the right to write, and move it to \(path)."
            }
        }
    }

    /// Puts a shard's database where the others are, under its name, in one step.
    ///
    /// - Parameter database: nobody has it open.
    /// - Returns: false where one of that name is there already, which stays.
    /// - Throws: `Failure.notPlaced`; the database is kept then.
    package func place(_ database: String, in folder: String) throws -> Bool {
        let target = path(in: folder)
        let partial = "\(folder)/.\(name).\(UUID().uuidString)"
        defer { unlink(partial) }
        do {
            try Self.seal(database)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try PrivateFile.create(partial)
            try Self.copy(database, into: partial)
        } catch {
            let reason = (error as? DatabaseError)?.message ?? error.localizedDescription
            throw Failure.notPlaced(path: target, kept: database, reason: reason)
        }
        // Unlike a move, a link never takes the place of what is there: of two attempts the first one counts.
        if link(partial, target) == 0 { return true }
        let code = errno
        if code == EEXIST { return false }
        // Not every file system has links.
        if [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(code) {
            if FileManager.default.fileExists(atPath: target) { return false }
            if rename(partial, target) == 0 { return true }
        }
        throw Failure.notPlaced(path: target, kept: database, reason: String(cString: strerror(errno)))
    }

    /// Copies a shard's database that an earlier attempt left, with what is in its log.
    package static func copy(_ source: String, to target: String) throws {
        do {
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: target).deletingLastPathComponent(), withIntermediateDirectories: true)
            try SchemaCopy.make(of: source, at: target)
        } catch {
            throw Failure.notCopied(
                path: source, reason: (error as? DatabaseError)?.message ?? error.localizedDescription)
        }
    }

    /// All of it into one file.
    private static func seal(_ database: String) throws {
        let queue = try DatabaseQueue(path: database)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            try db.execute(sql: "PRAGMA journal_mode = DELETE")
        }
        try queue.close()
    }

    /// The bytes, and not before they are on the disk: a power cut leaves no half of a whole shard.
    private static func copy(_ source: String, into target: String) throws {
        let (from, to) = (
            try FileHandle(forReadingFrom: URL(fileURLWithPath: source)),
            try FileHandle(forWritingTo: URL(fileURLWithPath: target))
        )
        defer {
            try? from.close()
            try? to.close()
        }
        while let data = try from.read(upToCount: 1 << 22), !data.isEmpty { try to.write(contentsOf: data) }
        try to.synchronize()
    }
}

extension RunStore {
    /// Lets go of the file; nothing can be read or written any more.
    package func close() throws {
        try pool.database.close()
    }
}
