import PoiseCore

/// Why shards cannot be merged.
package enum MergeFailure: ExplainedError, Hashable {
    case noShards(path: String)
    case missing(path: String)
    case noShard(path: String, reason: String)
    case damaged(path: String, reason: String)
    case older(path: String, schema: String)
    case newer(path: String, schema: String)
    case changed(path: String)
    case otherPlans([String])
    case conflicts([String])
    case gaps([String], shards: [Int])
    case exists(path: String)
    case isShard(path: String)
    case notWritten(path: String, reason: String, isFull: Bool)

    package var what: String {
        switch self {
        case .noShards: "there is no shard in the folder"
        case .missing: "there is no such file"
        case .noShard(_, let reason): "this is no shard of a plan: \(reason)"
        case .damaged(_, let reason): "the shard is damaged: \(reason)"
        case .older(_, let schema):
            "the file was written by an older Poise, which knew no plans: its schema is \(schema)"
        case .newer(_, let schema): "the shard was written by a newer Poise: its schema is \(schema)"
        case .changed: "the shard is not what it was a moment ago"
        case .otherPlans(let lines): "the shards are not of one plan\(Self.listed(lines))"
        case .conflicts(let lines): "the shards contradict each other\(Self.listed(lines))"
        case .gaps(let lines, _): "the plan is not all there\(Self.listed(lines))"
        case .exists: "the file is there already"
        case .isShard: "the output is one of the shards"
        case .notWritten(_, let reason, _): "the merged database cannot be written: \(reason)"
        }
    }

    package var place: String? {
        switch self {
        case .noShards(let path), .missing(let path), .noShard(let path, _), .damaged(let path, _), .older(let path, _),
            .newer(let path, _), .changed(let path), .exists(let path), .isShard(let path),
            .notWritten(let path, _, _):
            path
        case .otherPlans, .conflicts, .gaps: nil
        }
    }

    package var remedy: String? {
        switch self {
        case .noShards: "Shards are named shard-00003-of-00040.sqlite; poise run --plan FILE --shard I/N makes them."
        case .missing: "Check the path; poise run --plan FILE --shard I/N makes shards."
        case .noShard, .older: "Name only what poise run --plan FILE --shard I/N made."
        case .damaged: "Move it away and run its shard again: poise run --plan FILE --shard I/N"
        case .newer: "Update Poise here to the version that ran the shards."
        case .changed: "Merge when nothing writes to the shards any more."
        case .otherPlans: "Merge those of each plan apart, or run what was made with another plan again."
        case .conflicts: "Run the named shards again where the models and engines are what they are for the others."
        case .gaps(_, let shards):
            "Run what is missing (poise run --plan FILE --shard \(shards.first ?? 0)/N …), or merge what is there with"
                + " --partial."
        case .exists: "Name another file, or replace it with --force."
        case .isShard: "Name a file that is not there yet."
        case .notWritten(_, _, let isFull):
            isFull
                ? "Make as much free space as all shards take, and again as much; the shards are as they were."
                : "Check its folder and its disk; the shards are as they were."
        }
    }

    private static func listed(_ lines: [String]) -> String {
        lines.isEmpty ? "" : ":" + lines.map { "\n    \($0)" }.joined()
    }
}
