import Foundation
import PoiseCore

/// The candidates of one load as a table: every number in a column of one unit and one number of decimals.
struct CandidateTable {
    /// One row; every cell is text but the drawings, which are markup.
    struct Row {
        let anchor: String
        let glyph: String
        let name: String
        let colour: String
        let right: String
        let rightRange: String
        let interval: String
        let n: String
        let unscored: String
        let speed: String
        let speedRange: String
        let ttft: String
        let latency: String
        let queue: String
        let throughput: String
        let correct: String
        let memory: String
        let size: String
        let front: String
        let share: String
        let bar: String
        /// Whether it is recommended.
        let isPick: Bool
        /// The place of what served it on the page.
        let server: String
        let hasServer: Bool
        /// What each column is sorted by.
        let sort: SortKeys
    }

    /// Exact numbers, empty where undefined, so that rounding decides no order.
    struct SortKeys {
        let order: String
        let right: String
        let n: String
        let unscored: String
        let speed: String
        let ttft: String
        let latency: String
        let queue: String
        let throughput: String
        let correct: String
        let memory: String
        let size: String
        let share: String

        init(_ candidate: ViewCandidate, _ engine: EngineFacts?) {
            let point = candidate.point
            order = "\(candidate.order)"
            right = Self.key(point.accuracy)
            n = "\(point.n)"
            unscored = "\(point.unscored)"
            speed = Self.key(point.decodeTPS)
            ttft = Self.key(point.ttft)
            latency = Self.key(point.latency)
            queue = Self.key(point.queueDelay)
            throughput = Self.key(point.throughput)
            correct = Self.key(point.timeToCorrect)
            memory = engine?.peakMemory.map(String.init) ?? ""
            size = (engine?.modelFile?.bytes).map(String.init) ?? ""
            share = Self.key(point.frontProbability)
        }

        /// As a script reads it back; six digits that matter tell apart what is apart.
        static func key(_ value: Double?) -> String {
            guard let value, !value.isNaN else { return "" }
            guard value.isFinite else { return value > 0 ? "Infinity" : "-Infinity" }
            guard value != 0 else { return "0" }
            let unit = pow(10, 5 - log10(value.magnitude).rounded(.down))
            let rounded = unit.isFinite ? (value * unit).rounded() / unit : value
            return Int64(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
        }
    }

    let rows: [Row]
    let hasUnscored: Bool
    /// At an open-loop load.
    let hasQueue: Bool
    /// Where several requests share the engine, here or at another load of the report.
    let hasThroughput: Bool
    let queueUnit: String
    let axis: String
    let ttftUnit: String
    let latencyUnit: String
    let correctUnit: String
    let memoryUnit: String
    let sizeUnit: String

    /// - Parameters:
    ///   - anchors: of the rows, by candidate.
    ///   - servers: where it stands what served a candidate.
    init(
        _ content: ReportContent, _ view: FrontView, _ chosen: [ViewCandidate], anchors: [String: String],
        servers: [String: String] = [:]
    ) {
        let pick = WaitView.pick(content, load: view.load)
        let points = chosen.map(\.point)
        let engines = chosen.map { content.engines[$0.id] }
        let speed = NumberColumn.plain(points.map(\.decodeTPS), unit: "tok/s")
        let ttft = NumberColumn.times(points.map(\.ttft))
        let latency = NumberColumn.times(points.map(\.latency))
        let queue = NumberColumn.times(points.map(\.queueDelay))
        let throughput = NumberColumn.plain(points.map(\.throughput), unit: "tok/s")
        let correct = NumberColumn.times(points.map(\.timeToCorrect))
        let memory = NumberColumn.bytes(engines.map { $0?.peakMemory })
        let size = NumberColumn.bytes(engines.map { $0?.modelFile?.bytes })
        let scale = AxisScale.shares(
            chosen.filter { $0.point.accuracy != nil }.flatMap { [$0.accuracyLow, $0.accuracyHigh] }
        )
        rows = zip(chosen, engines).map { candidate, engine in
            let point = candidate.point
            return Row(
                anchor: anchors[candidate.id] ?? "", glyph: Glyph.mark(candidate), name: candidate.id,
                colour: MarkShape.colour(family: candidate.family), right: Numbers.percent(point.accuracy),
                rightRange: Self.quiet(Numbers.percentRange(point.accuracyLow, point.accuracyHigh)),
                interval: point.accuracy == nil ? "" : Glyph.interval(candidate, on: scale),
                n: Numbers.count(point.n), unscored: point.unscored == 0 ? "" : Numbers.count(point.unscored),
                speed: speed.text(point.decodeTPS),
                speedRange: Self.quiet(speed.range(point.decodeTPSLow, point.decodeTPSHigh)),
                ttft: ttft.text(point.ttft), latency: latency.text(point.latency),
                queue: queue.text(point.queueDelay), throughput: throughput.text(point.throughput),
                correct: correct.text(point.timeToCorrect),
                memory: memory.text(engine?.peakMemory.map(Double.init)),
                size: size.text((engine?.modelFile?.bytes).map(Double.init)),
                front: candidate.isDrawn ? (point.onFront ? "yes" : "no") : Numbers.undefined,
                share: Numbers.probability(point.frontProbability),
                bar: point.frontProbability.map(Glyph.bar) ?? "", isPick: candidate.id == pick,
                server: servers[candidate.id] ?? "", hasServer: servers[candidate.id] != nil,
                sort: SortKeys(candidate, engine)
            )
        }
        hasQueue = view.load.isOpenLoop
        hasThroughput =
            content.points.contains(where: \.isShared) && points.contains { $0.throughput != nil }
        queueUnit = queue.unit
        hasUnscored = points.contains { $0.unscored > 0 }
        axis = chosen.contains { $0.point.accuracy != nil } ? Glyph.axis(scale) : ""
        (ttftUnit, latencyUnit, correctUnit) = (ttft.unit, latency.unit, correct.unit)
        (memoryUnit, sizeUnit) = (memory.unit, size.unit)
    }

    /// An interval that is not there leaves its cell empty; the number beside it says "–" already.
    private static func quiet(_ range: String) -> String {
        range == Numbers.undefined ? "" : range
    }
}
