import Foundation
import PoiseStore

/// Shards as they lie in folders.
enum ShardFiles {
    /// The files that were named, and in place of each folder the shards in it; each once, however it is called.
    ///
    /// - Throws: `MergeFailure`, where a path is not there, or a folder holds no shard.
    static func found(at paths: [String]) throws -> [String] {
        var seen: Set<String> = []
        return try paths.flatMap { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw MergeFailure.missing(path: path)
            }
            return isFolder.boolValue ? try inFolder(path) : [path]
        }.filter { seen.insert(URL(fileURLWithPath: $0).resolvingSymlinksInPath().path).inserted }
    }

    private static func inFolder(_ folder: String) throws -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw RunStore.Failure.unreadable(path: folder, reason: error.localizedDescription)
        }
        let wanted = wanted(of: names)
        guard !wanted.isEmpty else { throw MergeFailure.noShards(path: folder) }
        return wanted.map { (folder as NSString).appendingPathComponent($0) }
    }

    /// Of a folder's files the shards, in the order of their names; where a whole one is there, nobody needs what earlier
    /// attempts left of it.
    static func wanted(of names: [String]) -> [String] {
        let shards = names.sorted().compactMap { name in ShardFile(name: name).map { (name, $0) } }
        let whole = Set(shards.map(\.1).filter { $0.attempt == nil })
        return shards.filter { $0.1.attempt == nil || !whole.contains(ShardFile(shard: $0.1.shard, of: $0.1.shards)) }
            .map(\.0)
    }
}
