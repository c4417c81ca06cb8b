import PoiseCore

/// The sections of the page that are drawn once for each load.
struct LoadView {
    /// Behind section names that occur once for each load: empty for the first.
    let suffix: String
    let front: FrontSection
    let candidatesHeading: String
    let tasksHeading: String
    /// Nil where nothing was chosen at this load.
    let recommendation: RecommendationView?
    let hasRecommendation: Bool
    let cardLabel: String
    let candidates: CandidateTable
    let hasCandidates: Bool
    let responses: ResponseTable
    let servers: ServerFacts
    let candidatesCaption: String
    let waiting: WaitView
    let tasks: TaskTable
    let tasksCaption: String
    let figures: TaskFigureTable

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
        front = FrontSection(content, view, anchors: anchors, at: at, machine: machine)
        candidatesHeading = "All candidates\(at)"
        tasksHeading = "Right answers by task\(at)"
        let choice = content.detail?.choices.first { $0.load == view.load && $0.contenders.count > 1 }
        recommendation = choice.map { RecommendationView(content, $0) }
        hasRecommendation = choice != nil
        cardLabel = (choice == nil ? "The front in numbers" : "The recommendation") + at
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
