import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise choose [RUN...]`
struct ChooseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "choose",
        abstract: "Recommend a candidate of stored runs for a use case: the pick, why, and how sure.",
        discussion: """
            A profile says what must hold and what is best where it does: chat, voice, code, summary, agent, batch, or \
            a file of your own. Candidates that break a limit are out, and so are those without a number for it. What \
            the profile optimises is gone through in its order: the best of those that are left leads, and all stay \
            that cannot be told apart from it (95%, paired by sample, Holm's correction). Among those that are left \
            in the end the cheaper one is named: by the cost of a correct answer where all have a price in one \
            currency, else by memory, of which up to 5% more than the least counts as equal, else by speed, which \
            beyond what anybody gains by stands in for the time that a request takes of the machine. How sure it is: the share of 10,000 joint resamples in which \
            the same rule picks the candidate.

            Without --profile the suite's own is taken, else chat. Speeds of different machines are never compared: \
            of several runs, those on the first one's kind of machine count.

            Examples:
              poise choose --db Results/demo.sqlite
              poise choose --profile voice --at-most memory=8GB
              poise choose --profile batch --at-least accuracy=70%
              poise choose --at-most ttfo=300ms --at-most costToCorrect=0.002USD --load 4
              poise choose --profile support.yaml --task add --task tools --format json

            Exit codes: 0 a candidate is picked; 1 none meets the limits, none of those was ever right, or nothing was \
            scored; 64 wrong usage or an invalid profile.
            """
    )

    @OptionGroup var runs: RunsOption
    @OptionGroup var database: DatabaseOption

    @Option(
        help: ArgumentHelp(
            "\(Profile.builtIn.map(\.name).joined(separator: ", ")), or a YAML file.", valueName: "name or file"))
    var profile: String?

    @Option(
        help: ArgumentHelp("A limit over the profile's, as accuracy=0.7; may be repeated.", valueName: "figure=value"),
        transform: { try LimitArgument.limit($0, .atLeast) })
    var atLeast: [ProfileLimit] = []

    @Option(
        help: ArgumentHelp("A limit over the profile's, as ttfo=500ms; may be repeated.", valueName: "figure=value"),
        transform: { try LimitArgument.limit($0, .atMost) })
    var atMost: [ProfileLimit] = []

    @Option(help: ArgumentHelp("The load; the first one where none is given.", valueName: "load"))
    var load: Load?

    @Option(help: ArgumentHelp("Only this task counts; may be repeated.", valueName: "name"))
    var task: [String] = []

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let wish = ChoiceAssembly.Wish(profile: profile, limits: atLeast + atMost, load: load, tasks: task)
            let records = try await runs.records(in: store)
            if let first = records.first {
                for warning in NodeWarnings.pooled(first.machine) { Console.say("warning: \(warning)") }
            }
            let (choice, context) = try await ChoiceAssembly.choice(of: records, wish, in: store)
            switch output.format {
            case .json: Console.result(ChoiceJSON.text(choice, context), as: .json)
            case .table:
                let terminal = Terminal.behind(.standardOutput, color: output.color)
                Console.result(
                    ChoiceText.text(choice, context, width: terminal.width, color: terminal.hasColor))
            }
            if choice.outcome != .picked { throw Exit.failed }
        }
    }
}
