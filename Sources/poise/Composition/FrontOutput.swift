import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport

/// What a front is written as.
enum FrontFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, svg

    var shown: ShownResult.Kind {
        switch self {
        case .table: .words
        case .json: .json
        case .csv, .svg: .data
        }
    }

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
        case .json: Console.result(FrontJSON.text(content), as: .json)
        case .table:
            let terminal = Terminal.behind(.standardOutput, color: options.color)
            Console.result(table(content, width: terminal.width, color: terminal.hasColor))
        }
    }

    /// - Parameters:
    ///   - load: the only one that is written; where none is given all of them, and the first one as a chart.
    ///   - width: columns of a table and its plots.
    /// - Throws: `ValidationError`, where nothing was asked at the load.
    static func text(
        _ content: ReportContent, as format: FrontFormat, load: Load?, width: Int, color: Bool
    ) throws -> String {
        var content = content
        if let load {
            guard let chosen = content.only(load) else {
                throw unknown(load, among: content.parts.flatMap(\.allLoads))
            }
            content = chosen
        }
        switch format {
        case .table: return table(content, width: width, color: color)
        case .json: return FrontJSON.text(content)
        case .csv: return FrontCSV.text(content)
        case .svg: return FrontChart.svgFile(content, load: load ?? content.allLoads.first ?? 1)
        }
    }

    /// Says which loads there are.
    static func unknown(_ load: Load, among known: [Load]) -> ValidationError {
        let loads = Set(known).sorted().map(\.description).joined(separator: ", ")
        return ValidationError("--load must be one of \(loads), and is \(load).")
    }

    /// The table, how the runs ended, the client's own error, and a plot for each load.
    private static func table(_ content: ReportContent, width: Int, color: Bool) -> String {
        var text = FrontTable.text(content, width: width, color: color)
        let state = RunStateLine.text(content, width: width)
        if !state.isEmpty { text += "\n" + state }
        let cached = CachedLine.text(content, width: width)
        if !cached.isEmpty { text += "\n" + cached }
        let loads = LoadShortfalls.sentences(among: content.parts.flatMap(\.warnings))
        if !loads.isEmpty { text += "\n" + LoadWarningLines.text(loads, width: width) }
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
