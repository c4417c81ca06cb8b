import ArgumentParser
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise compare BASE CANDIDATE…`
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Hold candidates against a base, sample by sample: accuracy, flips, speed; or a model's quantizations.",
        discussion: """
            Only samples that both sides were asked count, matched by task, name and content; what is left out is said. \
            Differences of accuracy come in points with paired 95% intervals and p-values by Holm's correction; speeds as \
            ratios candidate / base. A sample is right where its mean score over epochs and rounds is at least one half; \
            it flips where that changes. What should be the same on both sides and is not, is noted.

            Without candidates, all others of the run are held against BASE, and without BASE against the suite's \
            baseline. BASE may be a file that `poise gate --write-baseline` made.

            With --ladder, each model's quantizations stand in one table, from the largest file down, each against the \
            baseline or else the largest. Quality breaks at the first rung that is surely worse than it, by more than \
            --margin points where that is given.

            Examples:
              poise compare tiny-m@f16 tiny-m@q8_0 tiny-m@q4_0 --db Results/demo.sqlite
              poise compare 20261120:tiny-m@q4_0 20261121:tiny-m@q4_0   two runs
              poise compare tiny-m@f16 tiny-m@q4_0 --task add --flips all
              poise compare tiny-m@f16 tiny-m@q4_0 --format markdown
              poise compare baseline.json tiny-m@q8_0
              poise compare --ladder tiny-m --margin 2
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The base (or a baseline file), then the candidates, each by its id, or as RUN:CANDIDATE; with --ladder, models.",
            valueName: "candidate"))
    var names: [String] = []

    @Flag(help: "One table for each model with several quantizations, or for the models named.")
    var ladder = false

    @Option(
        help: ArgumentHelp(
            "With --ladder: a loss of right answers that is accepted, in points.", valueName: "points"))
    var margin: Double?

    @Option(
        help: ArgumentHelp(
            "The run of names without one: its id or the beginning of it; the newest where none is given.",
            valueName: "run"))
    var run: String?

    @Option(
        help: ArgumentHelp("The load; the first at which all were measured where none is given.", valueName: "load"))
    var load: Load?

    @Option(
        help: ArgumentHelp("A task that counts, by its name; repeatable; all where none is given.", valueName: "name"))
    var task: [String] = []

    @Option(
        help: ArgumentHelp(
            "Changed samples that are listed of each candidate: a number, or all. (default: 10)", valueName: "n"))
    var flips: FlipCount?

    @OptionGroup var database: DatabaseOption

    @Option(help: "What is printed on standard output: tables, one JSON document, or Markdown.")
    var format = ComparisonFormat.table

    @Option(help: "Colour: auto follows the terminal and NO_COLOR.")
    var color = ColorChoice.auto

    func validate() throws {
        if margin != nil, !ladder { throw ValidationError("--margin goes with --ladder.") }
        if flips != nil, ladder { throw ValidationError("--flips lists samples of a comparison; leave out --ladder.") }
        if let margin, !(0..<100).contains(margin) {
            throw ValidationError("--margin is a loss in points, from 0 to below 100.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let record = try await store.run(run)
            for warning in NodeWarnings.pooled(record.machine) { Console.say("warning: \(warning)") }
            let request = ComparisonAssembly.Request(load: load, tasks: task)
            let output = ComparisonOutput(format: format, color: color, flips: (flips ?? .some(10)).limit)
            if ladder {
                let ladders = try await ComparisonAssembly.ladders(
                    of: names, in: record, margin: margin.map { $0 / 100 }, request, in: store)
                output.print(ladders)
                let unheld = ladders.filter { ladder in !ladder.rungs.contains(where: \.isHeld) }
                if !unheld.isEmpty { throw ComparisonSelection.Failure.noRungHeld(unheld.map(\.model)) }
                return
            }
            let selection = try await ComparisonSelection(names, in: record, of: store)
            if let explanation = selection.explanation { Console.say(explanation) }
            let (comparison, unmeasured) = try await ComparisonAssembly.comparison(of: selection, request, in: store)
            if !unmeasured.isEmpty {
                Console.say(
                    "left out, since nothing of it was measured\(load.map { " at load \($0)" } ?? ""): "
                        + unmeasured.joined(separator: ", "))
            }
            if selection.baseFile != nil {
                Console.say("\(names[0]) keeps digests of answers: where they differ, what it answered is not shown")
            }
            output.print(comparison)
            let empty = comparison.rows.filter(\.isEmpty).map(\.candidate.candidate)
            if !empty.isEmpty { throw ComparisonSelection.Failure.nothingComparable(empty) }
        }
    }
}

/// `--flips N|all`.
enum FlipCount: ExpressibleByArgument, CustomStringConvertible {
    case some(Int)
    case all

    init?(argument: String) {
        if argument == "all" {
            self = .all
        } else if let count = Int(argument), count >= 0 {
            self = .some(count)
        } else {
            return nil
        }
    }

    /// Nil for all.
    var limit: Int? {
        switch self {
        case .some(let count): count
        case .all: nil
        }
    }

    var description: String { limit.map(String.init) ?? "all" }
    var defaultValueDescription: String { description }
}

/// `--format table|json|markdown`.
enum ComparisonFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, markdown
}
