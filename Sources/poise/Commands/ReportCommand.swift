import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise report [RUN...]`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the page of stored runs again, or a chart, or the points.",
        discussion: """
            The kind of file follows its name: .html is the page, .svg the chart of the front (one load, the first \
            machine), .csv and .json its points. The same run gives the same bytes.

            Several runs of the same tasks make one report: those on machines of one kind share their fronts, those on \
            other machines have fronts of their own, since speeds of different machines cannot be compared.

            Examples:
              poise report --db Results/demo.sqlite
              poise report -o front.svg
              poise report 20261121 20261122 -o both.html
            """
    )

    @OptionGroup var runs: RunsOption
    @OptionGroup var database: DatabaseOption

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The file; the suite's name beside the database where none is given.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("The load of an .svg chart; the first one where none is given.", valueName: "load"))
    var load: Load?

    @OptionGroup var foreign: ForeignOption

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            if let tool = foreign.tool {
                return try await write(try await runs.records(in: store), as: tool, from: store)
            }
            let records = try await runs.records(in: store)
            let content =
                switch output.map(Self.ending) ?? "html" {
                case "html", "htm": try await PageAssembly.content(of: records, in: store)
                case "svg": try await PageAssembly.chart(of: records, in: store)
                default: try await ReportAssembly.content(of: records, in: store)
                }
            let path = output ?? ReportFile.page(of: content.suite.name, besideDatabase: database.path)
            try ReportFile.write(try text(of: content, as: path), to: path)
            Console.say("wrote \(path)")
        }
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

    private static func ending(of path: String) -> String { URL(fileURLWithPath: path).pathExtension.lowercased() }

    private func text(of content: ReportContent, as path: String) throws -> String {
        switch Self.ending(of: path) {
        case "html", "htm": return try HTMLReport.page(content)
        case "csv": return FrontCSV.text(content)
        case "json": return FrontJSON.text(content)
        case "svg":
            guard let load = load ?? content.loads.first, content.loads.contains(load) else {
                let loads = content.loads.map(\.description).joined(separator: ", ")
                throw ValidationError("--load must be one of \(loads), and is \(load?.description ?? "none").")
            }
            return FrontChart.svgFile(content, load: load)
        case let other:
            throw ValidationError("--output must end in .html, .svg, .csv or .json, and ends in “\(other)”.")
        }
    }
}
