import PoiseCore

/// A front on other axes as JSON: `{"run": {...}, "axes": {...}, "points": [...], "fronts": [...], "runs": [...]}`.
///
/// Each point holds `x` and `y` as objects with name, unit, value and both ends of the 95% interval; units are those of
/// METRICS, milliseconds and tok/s among them. JSON has no infinity: where nothing was correct, `value` is null and
/// `isInfinite` is true.
enum AxesJSON {
    static func text(_ content: ReportContent) -> String {
        let parts = content.parts
        let document = OrderedJSON.object([
            ("run", FrontJSON.run(content)),
            ("axes", content.otherFront.map { axes($0.axes, currency: $0.currency) } ?? .null),
            ("points", .array(parts.flatMap(points))),
            ("fronts", .array(parts.flatMap(fronts))),
            ("runs", .array(parts.flatMap { part in part.runs.map { FrontJSON.run($0, of: part) } })),
        ])
        return document.lines() + "\n"
    }

    /// What the front is drawn over.
    static func axes(_ axes: FrontAxes, currency: String? = nil) -> OrderedJSON {
        .object([
            (
                "x",
                .object([
                    ("name", .string(axes.x.rawValue)), ("unit", .string(unit(of: axes.x, currency: currency))),
                    ("better", .string(axes.x.isBetterHigher ? "higher" : "lower")),
                ])
            ),
            (
                "y",
                .object([
                    ("name", .string(axes.y.name)), ("kind", .string(axes.y.kind)), ("unit", .string("share")),
                    ("better", .string("higher")),
                ])
            ),
            ("tasks", .array(axes.tasks.map(OrderedJSON.string))),
        ])
    }

    /// What the front of each load comes to.
    static func fronts(_ content: ReportContent) -> [OrderedJSON] {
        content.frontFigures.map { figures in
            .object([
                ("machine", .string(content.run.machine.identity)), ("load", .load(figures.load)),
                ("hypervolume", .number(figures.hypervolume)),
                (
                    "reference",
                    .object([("x", .number(figures.referenceX)), ("y", .number(figures.referenceY))])
                ),
                ("knee", .optional(figures.knee)),
            ])
        }
    }

    private static func points(_ content: ReportContent) -> [OrderedJSON] {
        guard let other = content.otherFront else { return [] }
        return content.orderedPlaces.map { place in
            .object([
                ("run", .string(content.runID(of: place.candidate, at: place.load))),
                ("candidate", .string(place.candidate)),
                ("model", .string(place.model)),
                ("quantization", .optional(place.quantization)),
                ("load", .load(place.load)),
                ("n", .count(place.n)),
                ("unscored", .count(place.unscored)),
                ("y", value(place.y, name: other.axes.y.name, unit: "share")),
                (
                    "x",
                    value(place.x, name: other.axes.x.rawValue, unit: unit(of: other.axes.x, currency: other.currency))
                ),
                ("onFront", .bool(place.onFront)),
                ("frontProbability", .optional(place.frontProbability)),
                ("machine", .string(content.run.machine.identity)),
            ])
        }
    }

    private static func value(_ value: FrontPlace.Value?, name: String, unit: String) -> OrderedJSON {
        .object([
            ("name", .string(name)), ("unit", .string(unit)), ("value", .optional(value?.estimate)),
            ("low", .optional(value?.low)), ("high", .optional(value?.high)),
            ("isInfinite", .bool(value?.estimate.isInfinite ?? false)),
        ])
    }

    private static func unit(of metric: Metric, currency: String?) -> String {
        metric.unit == .currency ? currency ?? metric.unit.rawValue : metric.unit.rawValue
    }
}

extension FrontAxes.Quality {
    /// What its name names.
    var kind: String {
        switch self {
        case .accuracy: "accuracy"
        case .task: "task"
        case .grader: "grader"
        }
    }
}
