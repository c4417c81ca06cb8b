import PoiseCore

/// One load's front on any two axes, ready to be drawn: what is better stands to the right and above.
struct DrawnFront {
    let load: Load
    let x: DrawnAxis
    let y: DrawnQuality
    /// What both axes are taken from: `all tasks`.
    let scope: String
    /// Every candidate that has a place at this load, in the suite's order.
    let candidates: [DrawnCandidate]
    /// In the order of their first candidate; a model's index decides its colour and shape.
    let models: [String]
    /// Whether it is of one task alone, whose shares scatter from none to all.
    var isOfOneTask = false
    var guide = FrontGuide()

    /// The axes that the content has.
    init(_ content: ReportContent, load: Load) {
        if let other = content.otherFront {
            self.init(other, of: content, load: load)
        } else {
            self.init(FrontView(content, load: load), scope: Wording.scope(content.tasks.count))
            guide = FrontGuide(content, load: load, metric: .decodeTPS)
        }
    }

    init(_ other: OtherFront, of content: ReportContent, load: Load) {
        let places = other.places.filter { $0.load == load }
        let roster = Roster(
            content.candidates,
            measured: places.map { CandidateSummary(id: $0.candidate, model: $0.model, quantization: $0.quantization) })
        let byCandidate = Dictionary(places.map { ($0.candidate, $0) }) { first, _ in first }
        let x = DrawnAxis(other.axes.x, of: places, currency: other.currency)
        self.load = load
        self.x = x
        y = DrawnQuality(other.axes.y)
        scope = Wording.scope(of: other.axes, tasks: content.tasks.count)
        models = roster.models
        isOfOneTask = other.axes.tasks.count == 1
        guide = FrontGuide(content, load: load, metric: other.axes.x)
        candidates = roster.entries.compactMap { entry in
            byCandidate[entry.id].map {
                DrawnCandidate(place: $0, order: entry.order, family: entry.family, divisor: x.column.divisor)
            }
        }
    }

    /// The front that every run ends with.
    init(_ view: FrontView, scope: String = "all tasks") {
        load = view.load
        candidates = view.candidates.map {
            DrawnCandidate(place: FrontPlace($0.point), order: $0.order, family: $0.family, divisor: 1)
        }
        x = DrawnAxis(.decodeTPS, of: candidates.map(\.place), currency: nil)
        y = DrawnQuality(.accuracy)
        self.scope = scope
        models = view.models
    }

    /// Those that have a place on both axes.
    var drawn: [DrawnCandidate] { candidates.filter(\.isDrawn) }

    /// Those that lack one of the two, or have no end of it.
    var undrawn: [DrawnCandidate] { candidates.filter { !$0.isDrawn } }

    /// The most accurate of the members that beat a candidate, and of those the fastest; nil where none does.
    func winner(over loser: DrawnCandidate) -> DrawnCandidate? {
        let sign = x.metric.isBetterHigher ? 1.0 : -1
        return drawn.filter { member in
            member.place.onFront && member.y >= loser.y && sign * member.x >= sign * loser.x
                && (member.y > loser.y || member.x != loser.x)
        }.max { ($0.y, sign * $0.x) < ($1.y, sign * $1.x) }
    }

    /// The members of the front from left to right, falling.
    var front: [DrawnCandidate] {
        let sign = x.metric.isBetterHigher ? 1.0 : -1
        return drawn.filter(\.place.onFront).sorted { left, right in
            (sign * left.x, right.y, left.order) < (sign * right.x, left.y, right.order)
        }
    }
}

/// A candidate with what decides its place, mark and name.
struct DrawnCandidate {
    let place: FrontPlace
    /// Its place in the suite.
    let order: Int
    /// The index of its model.
    let family: Int
    /// What a value of the x axis is divided by to be written in the axis' unit.
    let divisor: Double

    var id: String { place.candidate }
    var model: String { place.model }
    var quantization: String? { place.quantization }
    var isOnFront: Bool { place.onFront }
    var isDrawn: Bool { (place.y?.estimate ?? .nan).isFinite && (place.x?.estimate ?? -1) >= 0 && x.isFinite }
    /// In the axis' unit; 0 where undefined, so only of use where `isDrawn`.
    var x: Double { (place.x?.estimate ?? 0) / divisor }
    /// May be infinite.
    var xHigh: Double { max(number(place.x?.high).map { $0 / divisor } ?? x, x) }
    var xLow: Double { min(number(place.x?.low).map { $0 / divisor } ?? x, x) }
    /// 0…1; 0 where undefined.
    var y: Double { place.y?.estimate ?? 0 }
    var yLow: Double { min(number(place.y?.low) ?? y, y) }
    var yHigh: Double { max(number(place.y?.high) ?? y, y) }
    /// 0…1: how full its mark is; membership itself where no resamples were drawn.
    var frontShare: Double { min(1, max(0, place.frontProbability ?? (place.onFront ? 1 : 0))) }

    private func number(_ value: Double?) -> Double? {
        value.flatMap { $0.isNaN ? nil : $0 }
    }

    /// `tiny-m at q4_0`, as running text names it.
    var spoken: String { place.quantization.map { "\(place.model) at \($0)" } ?? place.model }
}

/// The candidates in the suite's order with the index of their model.
struct Roster {
    struct Entry {
        let id: String
        let order: Int
        let family: Int
        /// Whether it is the only one of its model.
        let isAlone: Bool
    }

    let entries: [Entry]
    /// In the order of their first candidate.
    let models: [String]

    /// - Parameters:
    ///   - candidates: the suite's.
    ///   - measured: those that have numbers; one that the suite does not list stands last, so that nothing measured is
    ///     left out.
    init(_ candidates: [CandidateSummary], measured: [CandidateSummary]) {
        let known = Set(candidates.map(\.id))
        let strangers = measured.filter { !known.contains($0.id) }.sorted { $0.id < $1.id }
        var seen: Set<String> = []
        let summaries = (candidates + strangers).filter { seen.insert($0.id).inserted }
        var models: [String] = []
        for summary in summaries where !models.contains(summary.model) { models.append(summary.model) }
        self.models = models
        entries = summaries.enumerated().map { order, summary in
            Entry(
                id: summary.id, order: order, family: models.firstIndex(of: summary.model) ?? 0,
                isAlone: summaries.count { $0.model == summary.model } == 1)
        }
    }
}
