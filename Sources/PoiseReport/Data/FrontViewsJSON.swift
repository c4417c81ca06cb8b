import Foundation
import PoiseCore

/// The fronts that the page's script can draw, as `fronts` of one machine's data.
///
/// Each view is the front of `task` (0 all, else the place in `tasks` from 1) at a load (a place in `loads` from 0). `y`
/// holds shares and `axes` by metric what stands along it in the axis' unit: three numbers a candidate, the value and both
/// ends of its interval, in the order of `candidates`; null where there is none, and "∞". `front` is the share of
/// resamples in 1/10,000, null where none were drawn; `by` the place of the candidate that beats it, −1 on the front, and
/// null without a place. A metric without `x` in a task's view is that of all tasks: a memory is of no task. Numbers have
/// five digits that matter.
enum FrontViewsJSON {
    static func value(_ content: ReportContent) -> OrderedJSON {
        let roster = Roster(
            content.candidates,
            measured: content.points.map {
                CandidateSummary(id: $0.candidate, model: $0.model, quantization: $0.quantization)
            })
        let loads = content.measuredLoads
        let usual = FrontViews.usual(content)
        let fronts = [usual] + (content.detail?.fronts.fronts ?? [])
        let columns = columns(fronts)
        let views = ([[]] + content.tasks.map { [$0.name] }).enumerated().flatMap { task, tasks in
            loads.enumerated().compactMap { index, load in
                view(
                    task, index, fronts.filter { $0.axes.tasks == tasks }, at: load, columns, content,
                    order: roster.entries.map(\.id))
            }
        }
        return .object([
            (
                "candidates",
                .array(
                    roster.entries.map { entry in
                        .object([("id", .string(entry.id)), ("model", .count(entry.family))])
                    })
            ), ("models", .array(roster.models.map(OrderedJSON.string))),
            ("loads", .array(loads.map { self.load($0, content) })),
            ("axes", .array(FrontViews.metrics(content).map { axis($0, columns[$0], content) })),
            ("profiles", .array(FrontViews.profiles(content).map { profile($0, content) })),
            ("resamples", .count(content.resamples)),
            ("taskResamples", .count(FrontOffer.taskResamples)),
            ("views", .array(views)),
        ])
    }

    // MARK: - What the views share

    /// One unit for each metric over all tasks and loads, so that limits stay where they are.
    private static func columns(_ fronts: [OtherFront]) -> [Metric: DrawnAxis] {
        fronts.filter(\.axes.tasks.isEmpty).reduce(into: [:]) { columns, front in
            columns[front.axes.x] = DrawnAxis(front.axes.x, of: front.places, currency: front.currency)
        }
    }

    private static func load(_ load: Load, _ content: ReportContent) -> OrderedJSON {
        let pick = content.detail?.choices.first { $0.load == load }?.decision?.pick
        return .object([
            ("load", .load(load)), ("words", .string(Wording.load(load))),
            ("method", .string(FrontMethods.decodeSpeed(content, FrontView(content, load: load)))),
            ("pick", .optional(pick)),
        ])
    }

    private static func axis(_ metric: Metric, _ axis: DrawnAxis?, _ content: ReportContent) -> OrderedJSON {
        .object([
            ("metric", .string(metric.rawValue)), ("name", .optional(axis?.name)),
            ("unit", .optional(axis?.column.unit)), ("spelled", .optional(axis?.unit)),
            ("decimals", metric.unit == .currency ? .optional(axis?.column.decimals) : .null),
            ("higher", .bool(metric.isBetterHigher)), ("better", .optional(axis?.better)),
            ("method", .string(FrontMethods.sentence(metric, content))),
        ])
    }

    /// Bands of decode speed as name, short name, both ends (null: none) and whether it is comfortable; limits by metric in
    /// its axis' unit, and of accuracy as a share.
    private static func profile(_ profile: Profile, _ content: ReportContent) -> OrderedJSON {
        let columns = columns([FrontViews.usual(content)] + (content.detail?.fronts.fronts ?? []))
        let limits = FrontViews.metrics(content).compactMap { metric -> (name: String, value: OrderedJSON)? in
            profile.limit(on: .metric(metric), currency: columns[metric]?.column.unit).map {
                (metric.rawValue, number($0 / (columns[metric]?.column.divisor ?? 1)))
            }
        }
        let accuracy = profile.limit(on: .accuracy, currency: nil).map { [(name: "accuracy", value: number($0))] } ?? []
        return .object([
            ("name", .string(profile.name)),
            (
                "bands",
                .array(
                    (profile.speed.map(FeltBand.bands) ?? []).map { band in
                        .array([
                            .string(band.name), .string(band.short), .number(band.low),
                            band.high.isFinite ? .number(band.high) : .null, .bool(band.isComfortable),
                        ])
                    })
            ), ("limits", .object(accuracy + limits)),
        ])
    }

    // MARK: - Views

    /// Nil where no front of these tasks has a place at the load.
    private static func view(
        _ task: Int, _ index: Int, _ fronts: [OtherFront], at load: Load, _ columns: [Metric: DrawnAxis],
        _ content: ReportContent, order: [String]
    ) -> OrderedJSON? {
        let drawn = fronts.map { DrawnFront($0, of: content, load: load) }.filter { !$0.drawn.isEmpty }
        guard let first = drawn.first else { return nil }
        let byID = Dictionary(first.candidates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let places = order.map { byID[$0]?.place }
        let counts = places.map { $0.map { OrderedJSON.count($0.n) } ?? .null }
        let isAlike = Set(places.map { $0?.n }).count == 1
        return .object([
            ("task", .count(task)), ("load", .count(index)), ("n", isAlike ? counts[0] : .array(counts)),
            ("y", .array(places.flatMap { values($0?.y, divisor: 1) })),
            (
                "axes",
                .object(
                    drawn.map { front in
                        (front.x.metric.rawValue, axis(front, of: task, columns[front.x.metric], order: order))
                    })
            ),
        ])
    }

    private static func axis(_ front: DrawnFront, of task: Int, _ axis: DrawnAxis?, order: [String]) -> OrderedJSON {
        let byID = Dictionary(front.candidates.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let candidates = order.map { byID[$0] }
        let divisor = axis?.column.divisor ?? 1
        // Of the whole load, whatever task is looked at.
        let isShared = task > 0 && [.memory, .throughput].contains(front.x.metric)
        let x =
            isShared
            ? [] : [(name: "x", value: OrderedJSON.array(candidates.flatMap { values($0?.place.x, divisor: divisor) }))]
        return .object(
            x + [
                (
                    "front",
                    .array(
                        candidates.map { candidate in
                            candidate?.place.frontProbability.flatMap { $0.isFinite ? $0 : nil }
                                .map { .count(Int((min(1, max(0, $0)) * 10_000).rounded())) } ?? .null
                        })
                ),
                (
                    "by",
                    .array(
                        candidates.map { candidate in
                            guard let candidate, candidate.isDrawn else { return .null }
                            if candidate.isOnFront { return .integer(-1) }
                            return .optional(front.winner(over: candidate).flatMap { order.firstIndex(of: $0.id) })
                        })
                ),
            ])
    }

    private static func values(_ value: FrontPlace.Value?, divisor: Double) -> [OrderedJSON] {
        [value?.estimate, value?.low, value?.high].map { $0.map { number($0 / divisor) } ?? .null }
    }

    /// Five digits that matter, and whole numbers whole.
    private static func number(_ value: Double) -> OrderedJSON {
        guard value.isFinite else { return value == .infinity ? .string(Numbers.infinite) : .null }
        guard value != 0, value.magnitude < 1e12 else { return .number(value) }
        let decimals = 4 - Int(log10(value.magnitude).rounded(.down))
        guard decimals > 0 else { return .number(value.rounded()) }
        // Divided rather than multiplied by a fraction: the nearest number to its decimal digits has the shortest text.
        let scale = pow(10, Double(min(decimals, 15)))
        return .number((value * scale).rounded() / scale)
    }
}
