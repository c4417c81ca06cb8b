import PoiseCore

/// The front as JSON, for `--format json`: `{"run": {...}, "points": [...], "calibration": ..., "lags": [...]}`.
///
/// Where there are several runs, `run` is the first and `runs` holds all, each with its machine; the points of all of
/// them stand in one list, and `onFront` speaks of the fronts of the point's own machine.
///
/// `fronts` holds for each load the area under its front (`hypervolume`, in the product of both units, over `reference`)
/// and the candidate at its `knee`, null where it has none.
///
/// Names, units and order are those of the database's `frontPoint` view: milliseconds, tok/s, shares 0…1. What is
/// undefined is null. JSON has no infinity: where nothing was correct, `timeToCorrect` is null and
/// `timeToCorrectIsInfinite` is true, so `select(.timeToCorrect != null)` keeps what can be sorted.
package enum FrontJSON {
    package static func text(_ content: ReportContent) -> String {
        if content.otherFront != nil { return AxesJSON.text(content) }
        return OrderedJSON.object(members(content)).lines() + "\n"
    }

    /// The document's members in their order.
    static func members(_ content: ReportContent) -> [(name: String, value: OrderedJSON)] {
        let parts = content.parts
        return [
            ("run", run(content)),
            ("points", .array(parts.flatMap(points))),
            ("calibration", content.calibration.map(CalibrationJSON.document) ?? .null),
            ("lags", .array(parts.flatMap(lags))),
            ("taskFigures", .array(parts.flatMap(taskFigures))),
            ("judged", .array(parts.flatMap { JudgingJSON.shares($0.judgedShares) })),
            ("judges", .array(parts.flatMap { JudgingJSON.usage($0.judgeUsage) })),
            (
                "judgeCalibrations",
                .array(parts.flatMap(\.judgeCalibrations).map(JudgeCalibrationJSON.document))
            ),
            ("runs", .array(parts.flatMap { part in part.runs.map { run($0, of: part) } })),
            ("axes", AxesJSON.axes(FrontAxes())),
            ("fronts", .array(parts.flatMap(AxesJSON.fronts))),
            ("nodes", .array(parts.flatMap(nodes))),
        ]
    }

    /// The points of one machine.
    static func points(_ content: ReportContent) -> [OrderedJSON] {
        content.orderedPoints.map { .object(members(of: $0, in: content)) }
    }

    /// The machines that made a run together, each with its client's own error; empty where one machine made it.
    static func nodes(_ content: ReportContent) -> [OrderedJSON] {
        content.nodes.map { node in
            .object([
                ("number", .count(node.number)), ("machine", .string(node.machine.identity)),
                ("shards", .array(node.shards.map(OrderedJSON.count))),
                ("candidates", .array(node.candidates.map(OrderedJSON.string))), ("levels", .count(node.levels)),
                ("trials", .count(node.trials)),
                ("calibration", node.calibration.map(CalibrationJSON.document) ?? .null),
            ])
        }
    }

    /// Pass@k and consistency by task.
    static func taskFigures(_ content: ReportContent) -> [OrderedJSON] {
        content.taskFigures.map { figure in
            .object([
                ("candidate", .string(figure.candidate)), ("task", .string(figure.task)), ("load", .load(figure.load)),
                ("figure", .string(figure.kind.name)), ("value", .number(figure.value)), ("n", .count(figure.n)),
            ])
        }
    }

    /// How late the client woke while it measured, in milliseconds; its CPU time in seconds.
    static func lags(_ content: ReportContent) -> [OrderedJSON] {
        content.lags.map { level in
            .object([
                ("candidate", .string(level.candidate)), ("load", .load(level.load)), ("round", .count(level.round)),
                ("samples", .count(level.lag.samples)), ("p50", .number(level.lag.p50)),
                ("p99", .number(level.lag.p99)), ("max", .number(level.lag.max)), ("cpu", .number(level.lag.cpu)),
            ])
        }
    }

    static func run(_ content: ReportContent) -> OrderedJSON { run(content.run, of: content) }

    static func run(_ run: RunRecord, of content: ReportContent) -> OrderedJSON {
        .object([
            ("id", .string(run.id)),
            ("suite", .string(run.suite)),
            ("startedAt", .string(run.startedAt)),
            ("endedAt", .optional(run.endedAt)),
            ("status", .string(run.status.rawValue)),
            // As text: 64 bits do not fit the numbers of JavaScript or of jq.
            ("seed", .string(String(run.seed))),
            ("poiseVersion", .string(run.poiseVersion)),
            ("command", .string(run.command)),
            ("machine", MachineJSON.object(run.machine)),
            ("baseline", .optional(content.baseline)),
            ("isSimulated", .bool(content.isSimulated)),
        ])
    }

    /// The columns of a point in their order.
    static func members(
        of point: FrontPoint, in content: ReportContent
    ) -> [(name: String, value: OrderedJSON)] {
        [
            ("run", .string(content.runID(of: point))),
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
            ("queueDelay", .optional(point.queueDelay)),
            ("throughput", .optional(point.throughput)),
            ("machine", .string(content.run.machine.identity)),
            ("cachedResponses", .count(content.cachedResponses[point.candidate]?[point.load] ?? 0)),
        ]
    }
}
