import PoiseCore

/// The tasks as a dot plot: two candidates with intervals, the others as small marks behind them.
struct TaskPlot {
    struct Row {
        let name: String
        /// Markup.
        let right: String
        let latency: String
    }

    struct Option {
        /// The candidate's place in the comparison.
        let place: Int
        let name: String
        let isChosen: Bool
    }

    struct Key {
        let colour: String
        let glyph: String
        let name: String
    }

    let isShown: Bool
    let rows: [Row]
    /// Markup.
    let rightAxis: String
    let latencyAxis: String
    let hasLatency: Bool
    let sentence: String
    /// Those that the first one can be compared with.
    let options: [Option]
    let hasOptions: Bool
    let keys: [Key]
    let caption: String

    init(_ content: ReportContent, _ view: FrontView) {
        guard let comparison = TaskComparison(content, view) else {
            self.init()
            return
        }
        let right = TaskChart(.right, comparison)
        let latency = TaskChart(.latency, comparison)
        let hasLatency = comparison.hasLatency
        self.init(
            isShown: true,
            rows: comparison.tasks.map { task in
                Row(
                    name: task.title, right: right.cell(task, comparison),
                    latency: hasLatency ? latency.cell(task, comparison) : "")
            }, rightAxis: right.axis, latencyAxis: latency.axis,
            hasLatency: hasLatency, sentence: Self.sentence(comparison), options: Self.options(comparison),
            keys: Self.keys(comparison), caption: Self.caption(comparison, view.load))
    }

    private init(
        isShown: Bool = false, rows: [Row] = [], rightAxis: String = "", latencyAxis: String = "",
        hasLatency: Bool = false, sentence: String = "", options: [Option] = [], keys: [Key] = [],
        caption: String = ""
    ) {
        self.isShown = isShown
        self.rows = rows
        self.rightAxis = rightAxis
        self.latencyAxis = latencyAxis
        self.hasLatency = hasLatency
        self.sentence = sentence
        self.options = options
        hasOptions = options.count > 1
        self.keys = keys
        self.caption = caption
    }

    private static func sentence(_ comparison: TaskComparison) -> String {
        let first = comparison.candidates[comparison.first].spoken
        let intervals = comparison.hasIntervals
        guard let second = comparison.second else { return "\(first)\(intervals ? ", with 95% intervals" : "")." }
        let others = comparison.candidates.count - 2
        let rest =
            others == 0
            ? ""
            : others == 1
                ? "; the other one stays as a small mark behind them"
                : "; the other \(Numbers.count(others)) stay as small marks behind them"
        return
            "\(first) beside \(comparison.candidates[second].spoken), \(intervals ? "both with 95% intervals" : "without intervals")\(rest)."
    }

    private static func options(_ comparison: TaskComparison) -> [Option] {
        comparison.candidates.enumerated().filter { $0.offset != comparison.first }.map { place, candidate in
            Option(place: place, name: candidate.id, isChosen: place == comparison.second)
        }
    }

    private static func keys(_ comparison: TaskComparison) -> [Key] {
        [(comparison.first, 1.0), (comparison.second, 0)].compactMap { place, fill in
            place.map { comparison.candidates[$0] }.map { candidate in
                Key(
                    colour: MarkShape.colour(family: candidate.family),
                    glyph: Glyph.mark(family: candidate.family, fill: fill), name: candidate.id)
            }
        }
    }

    private static func caption(_ comparison: TaskComparison, _ load: Load) -> String {
        let n = Wording.n(counts: comparison.tasks.flatMap(\.counts))
        let weak =
            comparison.weak.isEmpty
            ? "" : " Called weak is a task whose whole interval lies below the share over all tasks."
        let methods =
            (comparison.hasIntervals ? " Right answers have the intervals of the front." : "")
            + (comparison.hasLatency ? " Times are medians with a bootstrap over samples." : "")
        return "\(Wording.sentence(Wording.load(load))), \(n) a task.\(methods)\(weak)"
    }
}
