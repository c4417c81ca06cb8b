import ArgumentParser
import Foundation
import PoiseCore
import PoiseStore

/// `poise merge SHARD_OR_DIR... -o all.sqlite`
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Put the shards of a plan together into one database.",
        discussion: """
            All shards must be of one plan, with nothing missing and nothing in conflict; else it says what, and exits with \
            1. Each cell (a candidate in a round) is taken from one shard, whole: where a machine that was cut off and \
            another one both ran it, the one that ended first counts. Shards are only read.

            Machines stay apart: what was measured on each kind of machine becomes a run of its own, with a front of its \
            own, the kind with the most trials first. Every trial keeps the machine that it was measured on.

            --partial goes on where something is missing, with what there is of it; the run says so wherever it is shown. \
            --pool puts all kinds of machine into one run; that their speeds then stand side by side is said as well.

            Of a folder all shards are taken. A file that is there already is not replaced without --force; where it is \
            this very merge, all is well.

            Examples:
              poise merge plan.shards -o all.sqlite
              poise merge plan.shards elsewhere/shard-00003-of-00040.sqlite -o all.sqlite
              poise merge plan.shards -o some.sqlite --partial
            """
    )

    @Argument(
        help: ArgumentHelp("Shards, or folders that hold them.", valueName: "shard-or-folder"), completion: .file())
    var shards: [String]

    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The merged database.", valueName: "file"))
    var output: String

    @Flag(help: "Goes on where something is missing.")
    var partial = false

    @Flag(help: "Puts all kinds of machine into one run.")
    var pool = false

    @Flag(help: "Replaces the output where it is there.")
    var force = false

    @Option(help: "What is printed on standard output.")
    var format = ResultFormat.table

    func run() async throws {
        let session = MergeSession(
            shards: shards, output: output, isPartial: partial, isPooled: pool, replaces: force,
            command: RunSession.command)
        try await Console.explaining {
            let merging = Task { try await session.run() }
            let interrupts = Interrupts(message: "interrupted: nothing is written") { merging.cancel() }
            defer { interrupts.stop() }
            do {
                let summary = try await merging.value
                Console.result(format == .json ? try summary.json() : summary.table)
            } catch is CancellationError {
                throw Exit.interrupted
            }
        }
    }
}
