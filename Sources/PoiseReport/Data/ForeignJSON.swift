package import PoiseCore

/// A run in another tool's words as JSON: `{"as", "version", "points": [{"candidate", "load", "metrics": {…}}]}`.
///
/// Names and units are the tool's; what is undefined is null, also where the tool would print 0.
package enum ForeignJSON {
    package static func text(_ points: [ForeignSummary], tool: ForeignTool, run: String) -> String {
        let document = OrderedJSON.object([
            ("as", .string(tool.rawValue)),
            ("version", .string(tool.version)),
            ("source", .string(tool.output)),
            ("run", .string(run)),
            ("points", .array(points.map(point))),
            ("notes", .array(ForeignNotes.of(points).map(OrderedJSON.string))),
        ])
        return document.lines() + "\n"
    }

    private static func point(_ point: ForeignSummary) -> OrderedJSON {
        .object([
            ("candidate", .string(point.candidate)),
            ("load", .load(point.load)),
            ("metrics", .object(point.metrics.map { ($0.name, .optional($0.value)) })),
        ])
    }
}

/// A run in another tool's words as CSV: a row for each point, a column for each of the tool's metrics.
package enum ForeignCSV {
    package static func text(_ points: [ForeignSummary], tool: ForeignTool) -> String {
        let metrics = points.first?.metrics.map(\.name) ?? []
        return CSVText.line(["as", "version", "candidate", "load"] + metrics)
            + points.map { point in
                CSVText.line(
                    [tool.rawValue, tool.version, point.candidate, point.load.description]
                        + point.metrics.map { CSVText.field(.optional($0.value)) })
            }.joined()
    }
}

/// Where the numbers differ from what the tool itself would print: each sentence once, in the order of the points.
enum ForeignNotes {
    static func of(_ points: [ForeignSummary]) -> [String] {
        var seen: Set<String> = []
        return points.flatMap(\.notes).filter { seen.insert($0).inserted }
    }
}
