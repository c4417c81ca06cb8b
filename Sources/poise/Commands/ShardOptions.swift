import ArgumentParser
import Foundation
import PoiseCore

/// How `poise run` runs one shard of a plan.
struct ShardOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "In place of a suite: a file that `poise plan` wrote, of which one shard is run.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "With --plan: which shard of how many, from 0/n to n-1/n; n must be the plan's.", valueName: "i/n"))
    var shard: ShardNumber?

    @Option(
        help: ArgumentHelp(
            "With --plan: the folder that shards are gathered in; plan.shards beside plan.json where none is given.",
            valueName: "folder"), completion: .directory)
    var shardsDir: String?

    @Option(
        help: ArgumentHelp(
            "With --plan: a folder on this machine's own disk, where the shard lies until it is whole; TMPDIR, else /tmp,"
                + " where none is given.", valueName: "folder"), completion: .directory)
    var scratch: String?

    @Option(
        help: ArgumentHelp(
            "With --plan: what this machine is called; kept in the database, and on no page.", valueName: "name"))
    var node: String?

    /// - Parameter others: what was said beside them and does not go with a plan.
    func check(besides others: [(isSaid: Bool, name: String)]) throws {
        guard plan != nil else {
            let said = [
                (shard != nil, "--shard"), (shardsDir != nil, "--shards-dir"), (scratch != nil, "--scratch"),
                (node != nil, "--node"),
            ].first(where: \.0)
            if let said { throw ValidationError("\(said.1) goes with --plan.") }
            return
        }
        guard shard != nil else { throw ValidationError("--plan needs --shard i/n: which shard of it is run.") }
        if let said = others.first(where: \.isSaid) {
            throw ValidationError("\(said.name) does not go with --plan, which has all that is run.")
        }
    }
}

/// `3/40`
struct ShardNumber: ExpressibleByArgument, Hashable, CustomStringConvertible {
    /// From 0.
    let shard: Int
    let shards: Int

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let shard = Int(parts[0]), let shards = Int(parts[1]), shard >= 0 else { return nil }
        self.shard = shard
        self.shards = shards
    }

    var description: String { "\(shard)/\(shards)" }

    /// - Throws: where the plan has other shards.
    func check(against file: PlanFile, at path: String) throws {
        guard shards == file.shards else {
            throw ValidationError("--shard \(self): \(path) has \(file.shards) shards, and not \(shards).")
        }
        guard shard < shards else {
            throw ValidationError(
                "--shard \(self): shards are counted from 0, so that the last one is \(shards - 1)/\(shards).")
        }
    }
}
