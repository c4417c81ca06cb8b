import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise front [RUN...]`
struct FrontCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "front",
        abstract: "Print the front of stored runs on any two axes: a table and a plot, JSON, CSV, or a chart.",
        discussion: """
            The front holds the candidates that no other one beats: at least as good on both axes, and better on one; \
            accuracy and decode speed where no axis is named. Intervals are \
            95%; the probability is the share of 10,000 joint resamples of the samples in which nothing beats the \
            candidate on both.

            --y is accuracy, the name of a task, or the name of a grader or rubric, also of one that does not decide. \
            Both axes are taken from the same trials: those of the tasks that --task names, of the task that is the y \
            axis, or of the tasks that have the grader; throughput and memory are always those of the whole load. \
            An axis on which less is better runs backwards, so that better is to the right.

            Several runs of the same tasks are shown together: those on machines of one kind share their fronts, those \
            on other machines have fronts of their own, since speeds of different machines cannot be compared.

            Examples:
              poise front --db Results/demo.sqlite
              poise front 20261121 20261122
              poise front --x ttfo --y extract    one task, against the time to the first useful token
              poise front --x memory --y judged   what a judge says, against the memory of the engine
              poise front --x timeToCorrect --task add --task sort -o front.svg
              poise front --as vllm               the same timelines in vLLM's definitions
            """
    )

    @OptionGroup var runs: RunsOption
    @OptionGroup var database: DatabaseOption

    @Option(
        help: ArgumentHelp(
            "The x axis: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "axis"),
        transform: Metric.axis)
    var x = Metric.decodeTPS

    @Option(help: ArgumentHelp("The y axis: accuracy, a task, or a grader.", valueName: "name"))
    var y = "accuracy"

    @Option(
        name: .customLong("task"), parsing: .singleValue,
        help: ArgumentHelp("Only the trials of this task; several times for several.", valueName: "name"))
    var tasks: [String] = []

    @OptionGroup var foreign: ForeignOption

    @Option(help: "What is written: a table and a plot, one JSON document, the points as CSV, or a chart of one load.")
    var format: FrontFormat?

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "A file instead of standard output; its end (.json, .csv, .svg, .txt) says what is written.",
            valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp("Only this load; all where none is given, and the first one as a chart.", valueName: "load"))
    var load: Load?

    @Option(help: "Colour: auto follows the terminal and NO_COLOR.")
    var color = ColorChoice.auto

    private var choice: FrontAxesChoice { FrontAxesChoice(x: x, y: y, tasks: tasks) }

    func validate() throws {
        _ = try kind()
        guard foreign.tool != nil else { return }
        guard choice.isUsual else {
            throw ValidationError("--as has another tool's own numbers, and goes with no axis and no --task.")
        }
        guard try kind() != .svg else { throw ValidationError("--as is written as a table, JSON or CSV.") }
        guard try kind() == .table || runs.names.count <= 1 else {
            throw ValidationError("--as with JSON or CSV takes one run: a document has the numbers of one.")
        }
    }

    /// What is written, by `--format` or the end of the file's name.
    private func kind() throws -> FrontFormat {
        if let format { return format }
        guard let output else { return .table }
        let ending = URL(fileURLWithPath: output).pathExtension
        guard let format = FrontFormat(fileEndingIn: ending) else {
            throw ValidationError("--output must end in .json, .csv, .svg or .txt, and ends in “\(ending)”.")
        }
        return format
    }

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let (records, kind) = (try await runs.records(in: store), try kind())
            let terminal = Terminal.behind(.standardOutput, color: color)
            // A file is for any reader, not for this terminal.
            let (width, hasColor) = output == nil ? (terminal.width, terminal.hasColor) : (100, false)
            var text = ""
            if let tool = foreign.tool {
                for record in records {
                    text += try await ForeignAssembly.text(
                        of: record, as: tool, in: store, kind, load: load, width: width, color: hasColor)
                }
            } else {
                let content =
                    choice.isUsual
                    ? try await ReportAssembly.content(of: records, kind == .json ? .document : .front, in: store)
                    : try await AxesAssembly.content(of: records, choice, in: store)
                // Of machines of two kinds the same may have to be said.
                var said: Set<String> = []
                for warning in content.parts.flatMap(\.warnings) where said.insert(warning).inserted {
                    Console.say("warning: \(warning)")
                }
                text = try FrontOutput.text(content, as: kind, load: load, width: width, color: hasColor)
            }
            guard let output else { return Console.result(text, as: kind.shown) }
            try ReportFile.write(text, to: output)
            Console.say("wrote \(output)")
        }
    }
}
