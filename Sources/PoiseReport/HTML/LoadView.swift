import PoiseCore

/// The sections of the page that are drawn once for each load.
struct LoadView {
    /// Behind section names that occur once for each load: empty for the first.
    let suffix: String
    let frontHeading: String
    /// The machine, where a report has several; empty where it has one.
    let machine: String
    let hasMachine: Bool
    let candidatesHeading: String
    let tasksHeading: String
    let hasFront: Bool
    let hasComparison: Bool
    let charts: String
    let legend: [Key]
    let caption: String
    let members: [Member]
    let hasMembers: Bool
    let beaten: [Beaten]
    let hasBeaten: Bool
    /// Nil where nothing was chosen at this load.
    let recommendation: RecommendationView?
    let hasRecommendation: Bool
    let cardLabel: String
    /// Names short enough to stand on one line with the one that beats them.
    let isBeatenCompact: Bool
    /// How many of the beaten are only in the table; empty where none.
    let moreBeaten: String
    let frontTable: CandidateTable
    let candidates: CandidateTable
    let hasCandidates: Bool
    let responses: ResponseTable
    let servers: ServerFacts
    let candidatesCaption: String
    let waiting: WaitView
    let tasks: TaskTable
    let tasksCaption: String
    let figures: TaskFigureTable

    struct Key {
        let colour: String
        let glyph: String
        let name: String
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
    static let chartWidths = [360.0, 480, 640, 800, 1080]

    /// - Parameters:
    ///   - index: the section's place on the page, from 0.
    ///   - isOnly: whether it is the only load of its machine.
    ///   - machine: what tells its machine from the others of the page; empty where there is one.
    init(_ content: ReportContent, _ view: FrontView, index: Int, isOnly: Bool, machine: String = "") {
        let anchors = Dictionary(
            uniqueKeysWithValues: view.candidates.map { ($0.id, "c\(index + 1)-\($0.order + 1)") }
        )
        suffix = index == 0 ? "" : "-\(index + 1)"
        let at = (isOnly ? "" : ", \(Wording.load(view.load))") + (machine.isEmpty ? "" : ", on \(machine)")
        self.machine = machine.isEmpty ? "" : "\(Wording.sentence(machine)): \(content.run.machine.summary)."
        hasMachine = !machine.isEmpty
        let (all, front) = (view.drawn.count, view.front)
        frontHeading =
            all == 0
            ? "No front to draw\(at)"
            : all == 1
                ? "One candidate, so no front to compare\(at)"
                : "\(Numbers.count(front.count)) of \(Numbers.counted(all, "candidate")) "
                    + (front.count == 1 ? "is" : "are") + " on the front\(at)"
        hasComparison = all > 1
        candidatesHeading = "All candidates\(at)"
        tasksHeading = "Right answers by task\(at)"
        hasFront = all > 0
        charts =
            all == 0
            ? ""
            : Self.chartWidths.map { FrontChart.element(view, width: $0, anchors: anchors) }.joined(separator: "\n")
        let drawnFamilies = Set(view.drawn.map(\.family))
        legend = view.models.enumerated().filter { drawnFamilies.contains($0.offset) }.map {
            Key(colour: MarkShape.colour(family: $0), glyph: Glyph.mark(family: $0, fill: 1), name: $1)
        }
        caption = Self.caption(content, view)
        let choice = content.detail?.choices.first { $0.load == view.load && $0.contenders.count > 1 }
        recommendation = choice.map { RecommendationView(content, $0) }
        hasRecommendation = choice != nil
        cardLabel = (choice == nil ? "The front in numbers" : "The recommendation") + at
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
        let allBeaten = Self.beaten(view)
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
        frontTable = CandidateTable(content, view, byAccuracy, anchors: [:])
        // What is said once of a machine stands with its first load.
        let level = content.measuredLoads.firstIndex(of: view.load) ?? 0
        let places = Dictionary(
            uniqueKeysWithValues: FrontView(content, load: content.measuredLoads.first ?? view.load).candidates.map {
                ($0.id, "s\(index - level + 1)-\($0.order + 1)")
            })
        let served = places.filter { content.engines[$0.key] != nil }
        candidates = CandidateTable(content, view, view.candidates, anchors: anchors, servers: served)
        responses = ResponseTable(content, view, isFirst: level == 0)
        servers = ServerFacts(content, view, anchors: level == 0 ? served : [:])
        hasCandidates = !view.candidates.isEmpty
        candidatesCaption = Self.candidatesCaption(content, view)
        waiting = WaitView(content, load: view.load, at: at)
        tasks = TaskTable(content, view, at: at)
        figures = TaskFigureTable(content, view)
        tasksCaption =
            "Right answers in percent of the task’s scored samples, \(Wording.load(view.load)); "
            + "the highest of a row is set bold."
    }

    /// For each beaten candidate the member that is most accurate of those that beat it; the nearest to the front first.
    private static func beaten(_ view: FrontView) -> [Beaten] {
        view.drawn.filter { !$0.point.onFront }.sorted { left, right in
            (right.frontShare, left.order) < (left.frontShare, right.order)
        }.compactMap { loser in
            let winners = view.front.filter { $0.accuracy >= loser.accuracy && $0.speed >= loser.speed }
            guard let winner = winners.max(by: { ($0.accuracy, $0.speed) < ($1.accuracy, $1.speed) }) else {
                return nil
            }
            return Beaten(
                colour: MarkShape.colour(family: loser.family), glyph: Glyph.mark(loser), name: loser.id,
                by: winner.id, points: "+" + Numbers.fixed((winner.accuracy - loser.accuracy) * 100, 1),
                speed: Numbers.ratio(winner.speed / loser.speed) + "×"
            )
        }
    }

    private static func caption(_ content: ReportContent, _ view: FrontView) -> String {
        var text = Wording.caption(content, view)
        let rounds = content.rounds == 1 ? "one round" : "\(Numbers.count(content.rounds)) rounds"
        let summed = view.drawn.filter { $0.point.decodeTPSMethod == .ratioOfSums }
        text +=
            summed.isEmpty
            ? " Speeds are medians over trials in \(rounds)."
            : " Speeds are of \(rounds): medians over trials, and all tokens over all time where fewer than 10 trials "
                + "decoded at least 8 (\(summed.count > 4 ? Numbers.counted(summed.count, "candidate") : Wording.names(summed)))."
        text +=
            " A thin line joins the quantizations of a model; a "
            + "whisker that a mark hides is shorter than it."
        if !view.undrawn.isEmpty {
            let names = view.undrawn.map { candidate in
                "\(candidate.spoken) (\(candidate.point.accuracy == nil ? "no score" : "no speed"))"
            }
            text += " Not drawn: \(Numbers.list(names))."
        }
        return text
    }

    private static func candidatesCaption(_ content: ReportContent, _ view: FrontView) -> String {
        let from =
            view.load.isOpenLoop
            ? ", counted from the moment at which each request was due: the wait in the queue, whose median stands "
                + "beside them, is part of them" : ""
        var text =
            Wording.sentence(Wording.load(view.load))
            + ". First token and whole answer are medians over trials\(from); the time to a correct answer is all waiting "
            + "divided by all correct answers. Memory is the most that the engine’s process held."
        if view.candidates.contains(where: { $0.point.throughput != nil && $0.point.isShared }) {
            text +=
                " Throughput is the output tokens of all completed trials over the time from the first start to the last "
                + "end."
        }
        let unscored = view.candidates.reduce(0) { $0 + $1.point.unscored }
        if unscored > 0 {
            text +=
                " Over all rows, \(Numbers.counted(unscored, "sample")) could not be scored: not wrong, not zero, and left "
                + "out of n."
        }
        return text
    }
}
