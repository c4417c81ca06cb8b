import PoiseCore

/// The front of one load: the chart in several widths, its words, and the numbers behind it.
struct FrontSection {
    let heading: String
    /// The machine, where a report has several; empty where it has one.
    let machine: String
    let hasMachine: Bool
    let hasFront: Bool
    let hasComparison: Bool
    /// What a reader may choose: one, or none where this load's front has none of its own.
    let controls: [FrontControls]
    let charts: String
    let legend: [Key]
    let hasPick: Bool
    let hasLimits: Bool
    let caption: Caption
    let members: [Member]
    let hasMembers: Bool
    let beaten: [Beaten]
    let hasBeaten: Bool
    /// Names short enough to stand on one line with the one that beats them.
    let isBeatenCompact: Bool
    /// How many of the beaten are only in the table; empty where none.
    let moreBeaten: String
    let table: CandidateTable
    /// The least that its steps are said of: `decode speed, all tasks`.
    let scope: String

    struct Key {
        let colour: String
        let glyph: String
        let name: String
    }

    /// What stands below the chart; the script rewrites the parts that follow the view.
    struct Caption {
        let suite: String
        /// `all 12 tasks, n = 440; one request at a time`
        let view: String
        let place: String
        /// How the numbers of the x axis are taken.
        let method: String
        let reading: String
        /// Those that have no place in the chart.
        let undrawn: String
        /// What is not offered here, and what does it; empty where nothing is.
        let omission: String

        var text: String {
            ["\(suite): \(view); \(place)", method, reading, undrawn].filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    /// One step of the front.
    struct Member {
        let colour: String
        let glyph: String
        let name: String
        let anchor: String
        let right: String
        let rightRange: String
        let speed: String
        let speedRange: String
        let share: String
    }

    /// One beaten candidate and the member of the front that beats it.
    struct Beaten {
        let colour: String
        let glyph: String
        let name: String
        let by: String
        let points: String
        let speed: String
    }

    /// Widths in units of 1/16 rem; the style sheet shows the one that fits the reader's window.
    static let chartWidths = [360.0, 800]

    /// - Parameters:
    ///   - anchors: where a candidate's row stands, by its id.
    ///   - at: what tells the section from others in a heading: `, one request at a time`; empty where it is the only one.
    ///   - machine: what tells its machine from the others of the page; empty where there is one.
    init(_ content: ReportContent, _ view: FrontView, anchors: [String: String], at: String, machine: String) {
        var drawing = DrawnFront(view)
        drawing.guide = FrontGuide(content, load: view.load, metric: .decodeTPS)
        self.machine = machine.isEmpty ? "" : "\(Wording.sentence(machine)): \(content.run.machine.summary)."
        hasMachine = !machine.isEmpty
        let (all, front) = (view.drawn.count, view.front)
        heading =
            all == 0
            ? "No front to draw\(at)"
            : all == 1
                ? "One candidate, so no front to compare\(at)"
                : "\(Numbers.count(front.count)) of \(Numbers.counted(all, "candidate")) "
                    + (front.count == 1 ? "is" : "are") + " on the front\(at)"
        hasComparison = all > 1
        hasFront = all > 0
        controls = view.load == content.measuredLoads.first && all > 0 ? [FrontControls(content)] : []
        charts = Self.chartWidths.map { FrontChart.element(drawing, width: $0, anchors: anchors) }
            .joined(separator: "\n")
        let drawnFamilies = Set(view.drawn.map(\.family))
        legend = view.models.enumerated().filter { drawnFamilies.contains($0.offset) }.map {
            Key(colour: MarkShape.colour(family: $0), glyph: Glyph.mark(family: $0, fill: 1), name: $1)
        }
        hasPick = drawing.drawn.contains { $0.id == drawing.guide.pick }
        let layout = FrontLayout(drawing, width: 800)
        hasLimits = layout.limitX != nil || layout.limitY != nil
        caption = Self.caption(content, view)
        let speed = NumberColumn.plain(front.map(\.point.decodeTPS), unit: "tok/s")
        members = front.map { candidate in
            let point = candidate.point
            return Member(
                colour: MarkShape.colour(family: candidate.family), glyph: Glyph.mark(candidate), name: candidate.id,
                anchor: anchors[candidate.id] ?? "", right: Numbers.percent(point.accuracy),
                rightRange: Numbers.percentRange(point.accuracyLow, point.accuracyHigh),
                speed: speed.text(point.decodeTPS), speedRange: speed.range(point.decodeTPSLow, point.decodeTPSHigh),
                share: point.frontProbability.map { "\(Numbers.probability($0)) of resamples" } ?? ""
            )
        }
        hasMembers = !members.isEmpty
        let allBeaten = Self.beaten(drawing)
        let isCompact = allBeaten.allSatisfy { TextWidth.of($0.name + $0.by, size: 14) <= 225 }
        // About as many rows as stand beside the chart.
        let room = max(3, (isCompact ? 16 : 10) - members.count * (isCompact ? 3 : 2) / 2)
        beaten = Array(allBeaten.prefix(room))
        isBeatenCompact = isCompact
        moreBeaten =
            allBeaten.count > room
            ? "\(Numbers.count(allBeaten.count - room)) more stand in the table of candidates." : ""
        hasBeaten = !beaten.isEmpty
        let byAccuracy = view.candidates.sorted { left, right in
            (right.point.accuracy ?? -1, right.speed, left.order) < (left.point.accuracy ?? -1, left.speed, right.order)
        }
        table = CandidateTable(content, view, byAccuracy, anchors: [:])
        scope = content.tasks.count > 1 ? "decode speed, all tasks" : "decode speed"
    }

    /// For each beaten candidate the member that is most accurate of those that beat it; the nearest to the front first.
    private static func beaten(_ front: DrawnFront) -> [Beaten] {
        front.drawn.filter { !$0.place.onFront }.sorted { left, right in
            (right.frontShare, left.order) < (left.frontShare, right.order)
        }.compactMap { loser in
            guard let winner = front.winner(over: loser) else { return nil }
            return Beaten(
                colour: MarkShape.colour(family: loser.family),
                glyph: Glyph.mark(family: loser.family, fill: loser.frontShare), name: loser.id, by: winner.id,
                points: "+" + Numbers.fixed((winner.y - loser.y) * 100, 1),
                speed: Numbers.ratio(winner.x / loser.x) + "×"
            )
        }
    }

    static func caption(_ content: ReportContent, _ view: FrontView) -> Caption {
        let front = DrawnFront(view, scope: Wording.scope(content.tasks.count))
        return Caption(
            suite: content.suite.name, view: Wording.view(front), place: Wording.place(content) + ".",
            method: FrontMethods.decodeSpeed(content, view),
            reading: "A thin line joins the quantizations of a model; a whisker that a mark hides is shorter than it.",
            undrawn: undrawn(view), omission: content.detail?.fronts.offer?.omission ?? "")
    }

    private static func undrawn(_ view: FrontView) -> String {
        guard !view.undrawn.isEmpty else { return "" }
        let names = view.undrawn.map { candidate in
            "\(candidate.spoken) (\(candidate.point.accuracy == nil ? "no score" : "no speed"))"
        }
        return "Not drawn: \(Numbers.list(names))."
    }
}
