import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise report [RUN...]`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the page of stored runs again, or the same as Markdown, JSON, CSV, JUnit or a chart.",
        discussion: """
            The kind of file follows its name, or --format, which also prints it where no file is named:
              .html  the page; beside the database where nothing is named
              .md    Markdown for a pull request: the answer, the gate's verdict, the front, how to do it again
              .json  the points and what else the page shows, without any text of a model
              .csv   the points
              .svg   the chart of the front (one load, the first machine); --width and --theme make it ready for a PNG
              .xml   JUnit of the suite's own gate (one run, whose suite has rules)
            The same run gives the same bytes.

            Several runs of the same tasks make one report: those on machines of one kind share their fronts, those on \
            other machines have fronts of their own, since speeds of different machines cannot be compared.

            --compare holds candidates against the first one named, as poise compare does, on a page of its own: the \
            finding, the difference by task, what flipped with both answers, speeds, and what differs beside.

            --history shows each candidate over many runs of one suite, oldest first: accuracy and decode speed with \
            their intervals, what surely changed from run to run (paired by sample), the gate's verdict, and where \
            files, graders, engine or machine changed.

            Examples:
              poise report --db Results/demo.sqlite
              poise report --format markdown >> "$GITHUB_STEP_SUMMARY"
              poise report -o front.svg --width 1600 --theme dark
              poise report 20261121 20261122 -o both.html
              poise report --compare tiny-m@f16 tiny-m@q4_0 -o q4.html
              poise report --compare 20261120:tiny-m@q4_0 20261121:tiny-m@q4_0 -o week.md
              poise report --history --last 20 -o history.html
              poise report --transcripts failures --redact-pattern 'ACME-\\d+'
            """
    )

    @OptionGroup var runs: RunsOption
    @OptionGroup var database: DatabaseOption

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "The file, whose end says what is written; the suite's name beside the database where none is given.",
            valueName: "file"))
    var output: String?

    @Option(
        help: "What is written, whatever the file is called; on standard output where no file is named.")
    var format: ReportFormat?

    @Option(
        help: ArgumentHelp(
            "The load of an .svg chart, a comparison or a history; the first one where none is given.",
            valueName: "load"))
    var load: Load?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "The base, then the candidates that are held against it, each by its id, or as RUN:CANDIDATE.",
            valueName: "candidate"))
    var compare: [String] = []

    @Flag(help: "Each candidate over the runs of one suite: those named, else all of the newest run's suite.")
    var history = false

    @Option(help: ArgumentHelp("With --history: the newest runs only. (default: 30)", valueName: "n"))
    var last: Int?

    @Option(
        help: ArgumentHelp("How wide an .svg chart is drawn, and so its PNG; 832 where not given.", valueName: "pixels")
    )
    var width: Int?

    @Option(help: "The colours of an .svg chart: light or dark; light where not given.")
    var theme: ChartTheme?

    @OptionGroup var page: PageOptionGroup
    @OptionGroup var foreign: ForeignOption

    func validate() throws {
        let kind = try kind()
        if width != nil || theme != nil, kind != .svg {
            throw ValidationError("--width and --theme are of a chart: -o FILE.svg, or --format svg.")
        }
        if let width, !(100...10_000).contains(width) {
            throw ValidationError("--width is from 100 to 10000 pixels, and is \(width).")
        }
        if last != nil, !history { throw ValidationError("--last goes with --history.") }
        if let last, last < 1 { throw ValidationError("--last is at least 1, and is \(last).") }
        if history, !runs.names.isEmpty, last != nil { throw ValidationError("--last goes without named runs.") }
        if history, !compare.isEmpty { throw ValidationError("--history and --compare are two different pages.") }
        if history || !compare.isEmpty, ![.html, .markdown, .json].contains(kind) {
            throw ValidationError(
                "\(history ? "--history" : "--compare") is written as .html, .md or .json, not as .\(kind.ending).")
        }
        if !compare.isEmpty, runs.names.count > 1 {
            throw ValidationError("--compare takes one run, or candidates as RUN:CANDIDATE.")
        }
        if foreign.tool != nil, history || !compare.isEmpty {
            throw ValidationError("--as has another tool's numbers of one run, and goes with no other page.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            if let tool = foreign.tool {
                return try await write(try await runs.records(in: store), as: tool, from: store)
            }
            let kind = try kind()
            let report: (text: String, name: String)
            if !compare.isEmpty {
                let record = try await store.run(runs.names.first)
                report = try await ComparisonPageAssembly.report(
                    of: compare, in: record, load: load, as: kind, options: page.options,
                    in: store)
            } else if history {
                let records = try await HistoryAssembly.records(runs.names, last: last, in: store)
                report = try await HistoryAssembly.report(
                    of: records, load: load, as: kind, options: page.options, in: store)
            } else {
                let chart = ReportOutput.Chart(load: load, theme: theme ?? .light, pixels: width)
                report = try await ReportOutput.report(
                    of: try await runs.records(in: store), as: kind, chart,
                    options: page.options, in: store)
            }
            if output == nil, format != nil { return Console.result(report.text, as: kind.shown) }
            let path = output ?? ReportFile.page(of: report.name, besideDatabase: database.path)
            try ReportFile.write(report.text, to: path)
            Console.say("wrote \(path)")
        }
    }

    /// By `--format` or the end of the file's name; the page where neither is given.
    private func kind() throws -> ReportFormat {
        if let format { return format }
        guard let output, foreign.tool == nil else { return .html }
        let ending = URL(fileURLWithPath: output).pathExtension.lowercased()
        guard let format = ReportFormat(fileEndingIn: ending) else {
            throw ValidationError(
                "--output must end in .html, .md, .json, .csv, .svg or .xml, and ends in “\(ending)”; --format says it too."
            )
        }
        return format
    }

    /// One run's points in another tool's words.
    private func write(_ records: [RunRecord], as tool: ForeignTool, from store: RunStore) async throws {
        guard let output, records.count == 1 else {
            throw ValidationError("--as takes one run, and a file: -o FILE.json or -o FILE.csv.")
        }
        let text = try await ForeignAssembly.text(
            of: records[0], as: tool, in: store, forFileEndingIn: URL(fileURLWithPath: output).pathExtension)
        try ReportFile.write(text, to: output)
        Console.say("wrote \(output)")
    }
}

/// `--format html|markdown|json|csv|svg|junit`
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    case html, markdown, json, csv, svg, junit

    var ending: String {
        switch self {
        case .markdown: "md"
        case .junit: "xml"
        default: rawValue
        }
    }

    var shown: ShownResult.Kind {
        switch self {
        case .markdown: .words
        case .json: .json
        case .html, .csv, .svg, .junit: .data
        }
    }

    init?(fileEndingIn ending: String) {
        switch ending {
        case "htm": self = .html
        case "markdown": self = .markdown
        default:
            guard let format = Self.allCases.first(where: { $0.ending == ending }) else { return nil }
            self = format
        }
    }
}

extension ChartTheme: ExpressibleByArgument {}
