import PoiseCore

/// The front as JSON, for `--format json`: `{"run": {...}, "points": [...]}`.
///
/// Names, units and order are those of the database's `frontPoint` view: milliseconds, tok/s, shares 0…1. What is
/// undefined is null. JSON has no infinity: where nothing was correct, `timeToCorrect` is null and
/// `timeToCorrectIsInfinite` is true, so `select(.timeToCorrect != null)` keeps what can be sorted.
package enum FrontJSON {
    package static func text(_ content: ReportContent) -> String {
        let document = OrderedJSON.object([
            ("run", run(content)),
            ("points", .array(content.orderedPoints.map { point($0, run: content.run.id) })),
        ])
        return document.lines() + "\n"
    }

    static func run(_ content: ReportContent) -> OrderedJSON {
        let run = content.run
        return .object([
            ("id", .string(run.id)),
            ("suite", .string(run.suite)),
            ("startedAt", .string(run.startedAt)),
            ("endedAt", .optional(run.endedAt)),
            ("status", .string(run.status.rawValue)),
            // As text: 64 bits do not fit the numbers of JavaScript or of jq.
            ("seed", .string(String(run.seed))),
            ("poiseVersion", .string(run.poiseVersion)),
            ("command", .string(run.command)),
            (
                "machine",
                .object([
                    ("processor", .string(run.machine.processor)),
                    ("cores", .count(run.machine.cores)),
                    ("memory", .integer(run.machine.memory)),
                    ("system", .string(run.machine.system)),
                ])
            ),
            ("baseline", .optional(content.baseline)),
            ("isSimulated", .bool(content.isSimulated)),
        ])
    }

    static func point(_ point: FrontPoint, run: String) -> OrderedJSON {
        .object(members(of: point, run: run))
    }

    /// The columns of a point in their order.
    static func members(of point: FrontPoint, run: String) -> [(name: String, value: OrderedJSON)] {
        [
            ("run", .string(run)),
            ("candidate", .string(point.candidate)),
            ("model", .string(point.model)),
            ("quantization", .optional(point.quantization)),
            ("load", .load(point.load)),
            ("n", .count(point.n)),
            ("unscored", .count(point.unscored)),
            ("accuracy", .optional(point.accuracy)),
            ("accuracyLow", .optional(point.accuracyLow)),
            ("accuracyHigh", .optional(point.accuracyHigh)),
            ("accuracyMethod", .optional(point.accuracyMethod?.rawValue)),
            ("decodeTPS", .optional(point.decodeTPS)),
            ("decodeTPSLow", .optional(point.decodeTPSLow)),
            ("decodeTPSHigh", .optional(point.decodeTPSHigh)),
            ("decodeTPSMethod", .optional(point.decodeTPSMethod?.rawValue)),
            ("decodeTPSTrials", .count(point.decodeTPSTrials)),
            ("ttft", .optional(point.ttft)),
            ("ttfo", .optional(point.ttfo)),
            ("latency", .optional(point.latency)),
            ("timeToCorrect", .optional(point.timeToCorrect)),
            ("timeToCorrectIsInfinite", .bool(point.timeToCorrect?.isInfinite ?? false)),
            ("onFront", .bool(point.onFront)),
            ("frontProbability", .optional(point.frontProbability)),
        ]
    }
}
