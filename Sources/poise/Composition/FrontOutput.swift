import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport

/// What a front is written as.
enum FrontFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, svg

    /// By the end of a file's name; nil of another.
    init?(fileEndingIn ending: String) {
        switch ending.lowercased() {
        case "json": self = .json
        case "csv": self = .csv
        case "svg": self = .svg
        case "txt": self = .table
        default: return nil
        }
    }
}

/// The fronts of a report as text, and on standard output.
enum FrontOutput {
    /// A plot wider than this is no easier to read.
    private static let widestPlot = 120

    static func print(_ content: ReportContent, options: OutputOptions) {
        switch options.format {
        case .json: Console.result(FrontJSON.text(content))
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: options.color)
            Console.result(table(content, width: terminal.width, color: terminal.hasColor))
        }
    }

    /// - Parameters:
    ///   - load: of an .svg chart; the first one that was measured where none is given.
    ///   - width: columns of a table and its plots.
    /// - Throws: `ValidationError`, where nothing was measured at the load.
    static func text(
        _ content: ReportContent, as format: FrontFormat, load: Load?, width: Int, color: Bool
    ) throws -> String {
        switch format {
        case .table: return table(content, width: width, color: color)
        case .json: return FrontJSON.text(content)
        case .csv: return FrontCSV.text(content)
        case .svg:
            guard let load = load ?? content.loads.first, content.loads.contains(load) else {
                let loads = content.loads.map(\.description).joined(separator: ", ")
                throw ValidationError("--load must be one of \(loads), and is \(load?.description ?? "none").")
            }
            return FrontChart.svgFile(content, load: load)
        }
    }

    /// The table, the client's own error, and a plot for each load.
    private static func table(_ content: ReportContent, width: Int, color: Bool) -> String {
        var text = FrontTable.text(content, width: width, color: color)
        let clientError = ClientErrorLine.text(content, width: width)
        if !clientError.isEmpty, content.otherFront?.axes.x.unit ?? .milliseconds == .milliseconds {
            text += "\n" + clientError
        }
        let parts = content.parts
        for part in parts {
            for load in part.allLoads {
                let plot = FrontPlot.text(part, load: load, width: min(width, widestPlot), color: color)
                text += "\n" + (parts.count > 1 ? "On \(part.run.machine.summary)\n" : "") + plot
            }
        }
        return text
    }
}
