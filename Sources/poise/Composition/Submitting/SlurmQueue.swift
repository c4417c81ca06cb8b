import Foundation
import PoiseClient
import PoiseReport

/// Shards that arrays submitted earlier still have: run a second time they would only cost time.
struct SlurmQueue: Hashable {
    /// Array by shard.
    let arrays: [Int: String]

    /// Nothing is in the queue.
    static let empty = SlurmQueue(arrays: [:])

    private init(arrays: [Int: String]) {
        self.arrays = arrays
    }

    /// - Parameters:
    ///   - words: what `squeue` printed: the number of an array and an index of it, a line each.
    ///   - submitted: arrays of this plan.
    init(words: String, submitted: Set<String>) {
        let lines = words.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
        let found = lines.compactMap { line -> (Int, String)? in
            guard line.count == 2, submitted.contains(String(line[0])), let shard = Int(line[1]) else { return nil }
            return (shard, String(line[0]))
        }
        arrays = Dictionary(found) { first, _ in first }
    }

    /// Without the shards that arrays have.
    func free(of shards: [Int]) -> [Int] { shards.filter { arrays[$0] == nil } }

    /// The arrays that have some of these shards, and which; nil for none of them.
    func holders(of shards: [Int]) -> String? {
        let held = shards.filter { arrays[$0] != nil }
        guard !held.isEmpty else { return nil }
        let texts = ids(of: held).map { id in "array \(id) has \(ArrayIndices.text(held.filter { arrays[$0] == id }))" }
        return Numbers.list(texts)
    }

    /// The arrays that have some of these shards, sorted.
    func ids(of shards: [Int]) -> [String] { Set(shards.compactMap { arrays[$0] }).sorted() }

    /// What is in the queue now; nothing where Slurm does not say.
    ///
    /// - Parameter file: which arrays were submitted, a number a line.
    static func now(of file: String, environment: [String: String]) async -> SlurmQueue {
        let known = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        let submitted = Set(known.split(whereSeparator: \.isNewline).map(String.init))
        guard !submitted.isEmpty, let squeue = Self.program("squeue", in: environment) else { return .empty }
        // A task that was cancelled and is still ending is none of these, and neither is one that ended otherwise.
        let states = "--states=PENDING,RUNNING,SUSPENDED"
        let ended = await Program.run(
            squeue, ["--me", "--array", "--noheader", states, "--format=%F %K"], within: .seconds(30),
            environment: environment)
        guard let ended, ended.status == 0 else { return .empty }
        return SlurmQueue(words: String(decoding: ended.output, as: UTF8.self), submitted: submitted)
    }

    /// A program of Slurm, on a PATH.
    static func program(_ name: String, in environment: [String: String]) -> String? {
        let folders = (environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }
}
