import PoiseStore

/// What is there of a plan's shards.
struct MissingShards: Hashable {
    /// Those without a whole file, from 0, ascending.
    let missing: [Int]
    let shards: Int

    /// - Parameter files: those in the folder that shards are gathered in, also parts, and shards of other plans.
    init(of shards: Int, among files: [ShardFile]) {
        let whole = Set(files.filter { $0.shards == shards && $0.attempt == nil }.map(\.shard))
        self.shards = shards
        missing = (0..<max(0, shards)).filter { !whole.contains($0) }
    }
}
