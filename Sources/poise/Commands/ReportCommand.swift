import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise report [RUN]`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the page of a stored run again, or its chart, or its points.",
        discussion: """
            The kind of file follows its name: .html is the page, .svg the chart of the front (one load), .csv and \
            .json its points. The same run gives the same bytes.

            Examples:
              poise report --db Results/demo.sqlite
              poise report -o front.svg
            """
    )

    @OptionGroup var run: RunOption
    @OptionGroup var database: DatabaseOption

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The file; the suite's name beside the database where none is given.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("The load of an .svg chart; the first one where none is given.", valueName: "load"))
    var load: Load?

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let content = try await ReportAssembly.content(of: try await store.run(run.run), in: store)
            let path = output ?? ReportFile.page(of: content.suite.name, besideDatabase: database.path)
            try ReportFile.write(try text(of: content, as: path), to: path)
            Console.say("wrote \(path)")
        }
    }

    private func text(of content: ReportContent, as path: String) throws -> String {
        switch URL(fileURLWithPath: path).pathExtension.lowercased() {
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
