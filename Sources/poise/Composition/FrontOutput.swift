import Foundation
import PoiseReport

/// Prints the front of a run on standard output.
enum FrontOutput {
    /// A plot wider than this is no easier to read.
    private static let widestPlot = 120

    static func print(_ content: ReportContent, options: OutputOptions) {
        switch options.format {
        case .json: Console.result(FrontJSON.text(content))
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: options.color)
            Console.result(FrontTable.text(content, width: terminal.width, color: terminal.hasColor))
            for load in content.allLoads {
                Console.result(
                    "\n"
                        + FrontPlot.text(
                            content, load: load, width: min(terminal.width, widestPlot), color: terminal.hasColor))
            }
        }
    }
}
