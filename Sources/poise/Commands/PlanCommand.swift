import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseSuite

/// `poise plan SUITE`
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Freeze a suite for several machines: what is run, cut into cells, dealt to shards.",
        discussion: """
            The plan is one JSON file that holds all that is asked and graded, with the SHA-256 of it: a machine needs \
            nothing of the suite's own files but the models. A cell is one candidate in one round, at all loads (--by load: \
            at one); shards get equally many, and rounds of one candidate go to different shards as far as there are enough.

            Every machine runs its shard of it (poise run --plan), a scheduler starts them (poise submit), and the shards \
            become one database (poise merge). Where a suite changes later, the plan stays what it is: plan again, and \
            shards of two plans are never merged.

            Examples:
              poise plan suite.yaml -o plan.json
              poise plan suite.yaml -o plan.json --shards 40
              poise run --plan plan.json --shard 0/40
              poise submit slurm --plan plan.json --partition gpu --time 2:00:00
            """
    )

    @Argument(
        help: ArgumentHelp("The suite, a YAML file.", valueName: "suite"), completion: .file(extensions: ["yaml"]))
    var suite: String

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("Where the plan goes; standard output where none is given.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "So many shards; one for each cell, and at most \(PlanMaking.mostShards), where none is given.",
            valueName: "n"))
    var shards: Int?

    @Option(help: "What a cell is: a candidate in a round, or that at one load.")
    var by = Plan.Grain.round

    @Option(
        help: ArgumentHelp("At most so many samples of each task, drawn at random by the suite's seed.", valueName: "n")
    )
    var limit: Int?

    @OptionGroup var trust: TrustOption

    func validate() throws {
        if let shards, shards < 1 { throw ValidationError("--shards must be at least 1, and is \(shards).") }
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, and is \(limit).") }
    }

    func run() async throws {
        try await Console.explaining {
            let file = try PlanMaking(suite: suite, limit: limit, trust: trust.desk).file(by: by, shards: shards)
            let text = String(decoding: try file.encoded(), as: UTF8.self)
            if let output {
                try PlanMaking.write(text, to: output)
            } else {
                Console.result(text, as: .json)
            }
            Console.say(PlanMaking.summary(of: file, wanted: shards, at: output))
        }
    }
}

extension Plan.Grain: ExpressibleByArgument {}
