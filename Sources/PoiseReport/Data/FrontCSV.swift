import PoiseCore

/// The front as CSV (RFC 4180 with line feeds): the columns of the JSON's points, a header, empty where undefined.
///
/// An infinite `timeToCorrect` is `Infinity`, which pandas, R and DuckDB read as such.
package enum FrontCSV {
    package static func text(_ content: ReportContent) -> String {
        if let other = content.otherFront { return text(content, other.axes) }
        let rows = content.parts.flatMap { part in
            part.orderedPoints.map { row(FrontJSON.members(of: $0, in: part)) }
        }
        return ([header] + rows).map(CSVText.line).joined()
    }

    /// Fixed, so that a run without points has the same header.
    private static let header = [
        "run", "candidate", "model", "quantization", "load", "n", "unscored", "accuracy", "accuracyLow",
        "accuracyHigh", "accuracyMethod", "decodeTPS", "decodeTPSLow", "decodeTPSHigh", "decodeTPSMethod",
        "decodeTPSTrials", "ttft", "ttfo", "latency", "timeToCorrect", "onFront", "frontProbability",
        "queueDelay", "throughput", "machine", "cachedResponses",
    ]

    /// A front on other axes: three columns for each, after its metric, and what they are taken from.
    private static func text(_ content: ReportContent, _ axes: FrontAxes) -> String {
        let x = axes.x.rawValue
        let y = axes.y.kind == "grader" ? "score" : "accuracy"
        let header = [
            "run", "candidate", "model", "quantization", "load", "n", "unscored", y, "\(y)Low", "\(y)High", x,
            "\(x)Low", "\(x)High", "onFront", "frontProbability", "grader", "tasks", "machine",
        ]
        let grader: OrderedJSON = if case .grader(let name) = axes.y { .string(name) } else { .null }
        let rows = content.parts.flatMap { part in
            part.orderedPlaces.map { place -> [String] in
                let values: [OrderedJSON] = [
                    .string(part.runID(of: place.candidate, at: place.load)), .string(place.candidate),
                    .string(place.model), .optional(place.quantization), .load(place.load), .count(place.n),
                    .count(place.unscored), .optional(place.y?.estimate), .optional(place.y?.low),
                    .optional(place.y?.high), .optional(place.x?.estimate), .optional(place.x?.low),
                    .optional(place.x?.high), .bool(place.onFront), .optional(place.frontProbability), grader,
                    .string(axes.tasks.joined(separator: ";")), .string(part.run.machine.identity),
                ]
                return values.map(field)
            }
        }
        return ([header] + rows).map(CSVText.line).joined()
    }

    private static func row(_ members: [(name: String, value: OrderedJSON)]) -> [String] {
        members.filter { $0.name != "timeToCorrectIsInfinite" }.map { field($0.value) }
    }

    private static func field(_ value: OrderedJSON) -> String {
        switch value {
        case .number(let number) where number.isInfinite: number > 0 ? "Infinity" : "-Infinity"
        case .number(let number) where number.isNaN: ""
        default: CSVText.field(value)
        }
    }
}
