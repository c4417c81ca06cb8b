import PoiseCore

/// The players: recorded responses at their own pace.
struct FeelView {
    let isShown: Bool
    let lead: String
    let players: [PlayerView]

    init(_ content: ReportContent) {
        let parts = content.parts
        players = parts.enumerated().compactMap { PlayerView($1, index: $0, machine: parts.machineName($0)) }
        isShown = !players.isEmpty
        let loads = Set(parts.flatMap { $0.detail?.scenes ?? [] }.map(\.load))
        let at = loads.count == 1 ? loads.map { ", \(Wording.load($0))" }.joined() : ""
        lead =
            "Recorded responses at their recorded pace\(at). Each stroke of a strip is one chunk when it arrived, thinking "
            + "shorter and paler; all strips share one clock, which starts when the request is sent. The flag stands where "
            + "the right answer was complete."
            + Self.hint(players.map(\.longest).max() ?? 0)
    }

    /// What is over before an eye has moved is played slower.
    private static func hint(_ longest: Double) -> String {
        guard longest < 500 else { return "" }
        return " No response here takes longer than \(Numbers.time(longest)): slower speeds show how it came."
    }
}

/// The player of one machine: its scenes, and the first of them with two lanes at its end.
struct PlayerView {
    /// The place of its machine on the page, from 0: where the script finds its data.
    let index: Int
    /// Behind names that occur once on a page: empty for the first machine.
    let suffix: String
    let machine: String
    let hasMachine: Bool
    let scenes: [SceneChoice]
    let hasChoice: Bool
    let question: String
    let lanes: [LaneView]
    let caption: String
    let table: SceneTable
    /// The longest response, ms.
    let longest: Double

    struct SceneChoice {
        let index: Int
        let name: String
        let kind: String
        /// A few words need no word for it.
        let hasKind: Bool
        let checked: String
    }

    /// tok/s, from slower than people read to faster than they see.
    let paces = [5, 10, 15, 30, 50, 100, 200, 400, 800]

    /// Nil where there is nothing to play.
    init?(_ content: ReportContent, index: Int, machine: String) {
        guard let scenes = content.detail?.scenes, let first = scenes.first, !first.takes.isEmpty else { return nil }
        self.index = index
        suffix = index == 0 ? "" : "-\(index + 1)"
        self.machine = machine.isEmpty ? "" : "\(Wording.sentence(machine)): \(content.run.machine.summary)."
        hasMachine = !machine.isEmpty
        let names = scenes.map { scene in
            scenes.count { $0.task == scene.task } > 1 ? scene.sample : scene.task
        }
        self.scenes = scenes.enumerated().map { place, scene in
            SceneChoice(
                index: place, name: names[place], kind: SceneWords.kind(scene.kind), hasKind: scene.kind != .short,
                checked: place == 0 ? " checked" : "")
        }
        hasChoice = scenes.count > 1
        question = first.question
        let shown = Array(first.takes.prefix(2))
        let end = Self.end(of: shown)
        lanes = shown.enumerated().map { LaneView($1, number: $0 + 1, end: end) }
        caption = Self.caption(content, scenes)
        table = SceneTable(content, scenes, names: names)
        longest = scenes.flatMap(\.takes).map(\.latency).max() ?? 0
    }

    /// The clock's end, ms: a little after the last chunk of all lanes.
    static func end(of takes: [Scene.Take]) -> Double {
        max(1, takes.compactMap { $0.chunks.last?.milliseconds }.max() ?? 0) * 1.02
    }

    private static func caption(_ content: ReportContent, _ scenes: [Scene]) -> String {
        let chosen =
            scenes.count == 1
            ? "The sample was chosen by rule"
            : "\(Numbers.count(scenes.count)) samples were chosen by rule: of each kind of response one, then the longest of other tasks"
        var text =
            "\(chosen), where the first two part if there is one, near the median time of its task. Responses are those of "
            + "the first round\(content.epochs > 1 ? " and the first epoch" : ""). The rate counts output "
            + "tokens, as the server reports them where it does, spread evenly over its chunks. Where the answer as the grader read it does not stand in "
            + "the response word for word, the flag stands at the end."
        let missing = Set(content.candidates.map(\.id)).subtracting(scenes.flatMap { $0.takes.map(\.candidate) })
        if !missing.isEmpty {
            text += " \(Numbers.counted(missing.count, "candidate")) of \(Numbers.count(content.candidates.count)) "
            text += missing.count == 1 ? "is not in the player." : "are not in the player."
        }
        return text
    }
}

/// One lane of a player at its end.
struct LaneView {
    let number: Int
    let candidate: String
    let clock: String
    let rate: String
    let state: String
    let verdict: String
    let strip: String
    let passages: [Passage]
    let cut: String

    struct Passage {
        let isThinking: Bool
        let isAsked: Bool
        let form: String
        let summary: String
        let text: String
    }

    init(_ take: Scene.Take, number: Int, end: Double) {
        self.number = number
        candidate = take.candidate
        clock = SceneWords.time(take.chunks.last?.milliseconds ?? 0, clock: end)
        rate = SceneWords.rate(take).map { "\(Numbers.threeDigits($0)) tok/s" } ?? Numbers.undefined
        state = SceneWords.verdict(take, clock: end)
        verdict = take.isRight.map { $0 ? "right" : "wrong" } ?? "unscored"
        strip = StripChart.element(take, end: end)
        passages = take.passages.map { passage in
            Passage(
                isThinking: passage.kind == .thinking, isAsked: passage.kind == .asked,
                form: passage.kind == .code || passage.kind == .toolCall ? "code" : "prose",
                summary: SceneWords.thinking(passage.text), text: passage.text)
        }
        cut = SceneWords.cut(take)
    }
}

/// Every response of the player as one cell: its verdict, and when it was over.
struct SceneTable {
    let heads: [String]
    let rows: [Row]

    struct Row {
        let name: String
        let colour: String
        let cells: [Cell]
    }

    struct Cell {
        let time: String
        let verdict: String
    }

    init(_ content: ReportContent, _ scenes: [Scene], names: [String]) {
        heads = names
        let columns = scenes.map { scene in NumberColumn.times(scene.takes.map(\.latency)) }
        let takes = scenes.map { scene in
            Dictionary(scene.takes.map { ($0.candidate, $0) }) { first, _ in first }
        }
        let models = content.candidates.map(\.model).reduce(into: [String]()) { list, model in
            if !list.contains(model) { list.append(model) }
        }
        rows = content.candidates.filter { candidate in takes.contains { $0[candidate.id] != nil } }.map { candidate in
            Row(
                name: candidate.id,
                colour: MarkShape.colour(family: models.firstIndex(of: candidate.model) ?? 0),
                cells: zip(takes, columns).map { takes, column in
                    guard let take = takes[candidate.id] else {
                        return Cell(time: Numbers.undefined, verdict: "")
                    }
                    return Cell(
                        time: "\(column.text(take.latency)) \(column.unit)",
                        verdict: take.isRight.map { $0 ? "right" : "wrong" } ?? "not scored")
                })
        }
    }
}
