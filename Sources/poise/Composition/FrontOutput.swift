import Foundation
import PoiseCore
import PoiseReport

/// Prints the fronts of a report on standard output.
enum FrontOutput {
    /// A plot wider than this is no easier to read.
    private static let widestPlot = 120

    static func print(_ content: ReportContent, options: OutputOptions) {
        switch options.format {
        case .json: Console.result(FrontJSON.text(content))
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: options.color)
            Console.result(FrontTable.text(content, width: terminal.width, color: terminal.hasColor))
            let clientError = ClientErrorLine.text(content, width: terminal.width)
            if !clientError.isEmpty { Console.result("\n" + clientError) }
            let parts = content.parts
            for part in parts {
                for load in part.allLoads {
                    let plot = FrontPlot.text(
                        part, load: load, width: min(terminal.width, widestPlot), color: terminal.hasColor)
                    Console.result("\n" + (parts.count > 1 ? "On \(part.run.machine.summary)\n" : "") + plot)
                }
            }
        }
    }
}
