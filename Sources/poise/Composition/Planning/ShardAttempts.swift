import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// What earlier attempts at a shard left: the part that one could still put among the shards, and what a killed one left
/// on this machine's disk.
struct ShardAttempts {
    let file: PlanFile
    let shard: Int
    /// Where shards are gathered.
    let folder: String
    /// This machine's disk.
    let scratch: String

    /// An attempt's own copy of what an earlier one had.
    struct Found {
        let copy: String
        /// Where it lies still.
        let source: String
        let record: RunRecord
        let finished: Int
    }

    /// Before the name of an attempt's folder on the scratch disk.
    var prefix: String { "poise-\(file.digest.prefix(12))-\(shard)-" }

    /// Parts of the shard in the folder of shards.
    private var partials: [String] {
        ShardFile.all(in: folder).filter { $0.shard == shard && $0.shards == file.shards && $0.attempt != nil }
            .map { $0.path(in: folder) }
    }

    /// Folders of attempts on the scratch disk that nobody works in.
    private func leftovers(besides own: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: scratch)) ?? []
        return names.sorted().filter { $0.hasPrefix(prefix) }.map { "\(scratch)/\($0)" }
            .filter { $0 != own && RunLock.holder(at: AttemptFolder.lock(in: $0)) == nil }
    }

    /// The one that has most, copied into the attempt's own folder; nil where there is none to go on with here.
    ///
    /// - Parameter machine: speeds of another one are never mixed with its own.
    func best(for machine: MachineFacts, in own: String) async -> Found? {
        var best: Found?
        let databases =
            partials
            + leftovers(besides: own).map { "\($0)/\(AttemptFolder.database)" }
            .filter { FileManager.default.fileExists(atPath: $0) }
        for (number, source) in databases.enumerated() {
            let copy = "\(own)/earlier-\(number).sqlite"
            do {
                try ShardFile.copy(source, to: copy)
                guard let found = try await look(into: copy, from: source, on: machine) else { continue }
                if found.finished > (best?.finished ?? 0) { best = found }
            } catch {
                Console.say("warning: \(source): \(Console.explanation(of: error))")
            }
        }
        return best
    }

    /// - Returns: nil where it is of another plan or another kind of machine.
    private func look(into copy: String, from source: String, on machine: MachineFacts) async throws -> Found? {
        let store = try RunStore(path: copy, creating: false)
        defer { try? store.close() }
        guard let record = try await store.runs().first, let planned = try await store.planned(record.id),
            planned.plan == file.digest, planned.shard == shard
        else { return nil }
        guard record.machine.identity == machine.identity else {
            Console.say(
                "an earlier attempt's part is left out, since it was measured on another kind of machine"
                    + " (\(record.machine.summary)): \(source)")
            return nil
        }
        let finished = try await store.finishedWork(of: record.id)
        return Found(
            copy: copy, source: source, record: record, finished: finished.finished + finished.failed)
    }

    /// Takes away what earlier attempts left, when a whole shard is there.
    func removeAll(besides own: String) {
        for path in partials + leftovers(besides: own) { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Takes away what this attempt went on with, when all of it is in a part of its own.
    func remove(_ found: Found) {
        let url = URL(fileURLWithPath: found.source)
        let isLeftover = url.lastPathComponent == AttemptFolder.database
        try? FileManager.default.removeItem(at: isLeftover ? url.deletingLastPathComponent() : url)
    }
}

/// An attempt's folder on this machine's disk: its database, the engines' logs, and a lock that ends with the process.
struct AttemptFolder {
    static let database = "shard.sqlite"

    static func lock(in folder: String) -> String { "\(folder)/lock" }

    /// Moves a database that nobody has open, with its log.
    static func move(_ database: String, to target: String) throws {
        for end in ["-wal", "-shm", ""] where FileManager.default.fileExists(atPath: database + end) {
            try FileManager.default.moveItem(atPath: database + end, toPath: target + end)
        }
    }

    /// Unique to the attempt, on all machines.
    let name: String
    let path: String
    /// What it is called until its lock is held: no other attempt takes it for one that was left behind.
    let unlockedPath: String

    init(_ attempts: ShardAttempts, at now: Date = Date()) {
        let stamp = Timestamp.text(of: now).filter(\.isNumber)
        name = "\(stamp)-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString.prefix(8).lowercased())"
        path = "\(attempts.scratch)/\(attempts.prefix)\(name)"
        unlockedPath = "\(attempts.scratch)/.\(attempts.prefix)\(name)"
    }
}
