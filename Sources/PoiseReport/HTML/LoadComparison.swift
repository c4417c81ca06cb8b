import PoiseCore

/// What each candidate does at each load of one machine: a section where there are several loads.
struct LoadComparison {
    /// Behind the section's name: empty for the first.
    let suffix: String
    let heading: String
    let caption: String
    let groups: [Group]
    let hasQueue: Bool
    let hasThroughput: Bool
    let ttftUnit: String
    let latencyUnit: String
    let queueUnit: String

    /// One candidate with a row for each load.
    struct Group {
        let colour: String
        let rows: [Row]
    }

    struct Row {
        let isFirst: Bool
        /// Loads of the candidate, for the cell that spans them.
        let span: Int
        let glyph: String
        let name: String
        let load: String
        let right: String
        let speed: String
        let speedRange: String
        let ttft: String
        let latency: String
        let queue: String
        let throughput: String
    }

    /// Nil where there is one load and so nothing to compare.
    /// - Parameters:
    ///   - index: the machine's place in the report, from 0.
    ///   - machine: what tells it from the others; empty where there is one.
    init?(_ content: ReportContent, index: Int, machine: String) {
        let loads = content.measuredLoads
        guard loads.count > 1 else { return nil }
        let views = loads.map { FrontView(content, load: $0) }
        let points = content.orderedPoints
        let speed = NumberColumn.plain(points.map(\.decodeTPS), unit: "tok/s")
        let ttft = NumberColumn.times(points.map(\.ttft))
        let latency = NumberColumn.times(points.map(\.latency))
        let queue = NumberColumn.times(points.map(\.queueDelay))
        let throughput = NumberColumn.plain(points.map(\.throughput), unit: "tok/s")
        var order: [String] = []
        for candidate in views.flatMap(\.candidates) where !order.contains(candidate.id) { order.append(candidate.id) }
        groups = order.compactMap { id in
            let found = views.compactMap { view in view.candidates.first { $0.id == id }.map { (view.load, $0) } }
            guard let family = found.first?.1.family else { return nil }
            return Group(
                colour: MarkShape.colour(family: family),
                rows: found.enumerated().map { place, level in
                    let point = level.1.point
                    return Row(
                        isFirst: place == 0, span: found.count, glyph: Glyph.mark(family: family, fill: 1), name: id,
                        load: level.0.description, right: Numbers.percent(point.accuracy),
                        speed: speed.text(point.decodeTPS),
                        speedRange: point.decodeTPSLow == nil
                            ? "" : speed.range(point.decodeTPSLow, point.decodeTPSHigh),
                        ttft: ttft.text(point.ttft), latency: latency.text(point.latency),
                        queue: level.0.isOpenLoop ? queue.text(point.queueDelay) : "",
                        throughput: throughput.text(point.throughput))
                })
        }
        suffix = index == 0 ? "" : "-\(index + 1)"
        heading = "What load does to each candidate" + (machine.isEmpty ? "" : ", on \(machine)")
        hasQueue = loads.contains(where: \.isOpenLoop)
        hasThroughput = points.contains { $0.throughput != nil }
        (ttftUnit, latencyUnit, queueUnit) = (ttft.unit, latency.unit, queue.unit)
        caption = Self.caption(loads)
    }

    private static func caption(_ loads: [Load]) -> String {
        var text = ""
        if loads.contains(where: { !$0.isOpenLoop }) {
            text += "A number is requests in flight: the next one goes out when one is done. "
        }
        if loads.contains(where: \.isOpenLoop) {
            text +=
                "A rate lets requests out when they are due, whatever the server does; times count from there, and the "
                + "wait in the queue is part of them. "
        }
        return text + "Times are medians over trials. Throughput adds up the tokens of all completed trials."
    }
}
