import PoiseCore

/// One candidate of a comparison's page: by task, its speeds, what it answers otherwise, and what else differs.
struct ComparisonRowView {
    struct Task {
        let name: String
        let isTotal: Bool
        let base: String
        let candidate: String
        let points: String
        let range: String
        let drawing: String
        let isSure: Bool
        let p: String
        let n: String
    }

    struct Measure {
        let name: String
        let base: String
        let candidate: String
        let ratio: String
        let range: String
        let drawing: String
        let direction: String
        let isSure: Bool
        let n: String
    }

    let anchor: String
    let name: String
    let heading: String
    let statement: String
    let hasStatement: Bool
    let right: String
    let points: String
    let range: String
    let drawing: String
    let isSure: Bool
    let p: String
    let lost: String
    let gained: String
    let same: String
    let ratio: String
    let ratioRange: String
    let n: String
    let tasks: [Task]
    let hasTasks: Bool
    let taskAxis: String
    let tasksCaption: String
    let measures: [Measure]
    let hasMeasures: Bool
    let ratioAxis: String
    let measuresCaption: String
    let flips: [FlipsView]
    let flipsCaption: String
    let notes: [String]
    let hasNotes: Bool

    /// - Parameters:
    ///   - scale: of the differences over all candidates.
    ///   - showsAnswers: whether what models wrote may stand on the page.
    init(_ row: ComparisonRow, _ words: ComparisonWords, index: Int, scale: IntervalCell, showsAnswers: Bool) {
        let (change, speed) = (row.accuracy, row.measures.first { $0.metric == .decodeTPS })
        anchor = "against-\(index + 1)"
        name = words.label(row.candidate)
        heading = "\(name) against \(words.label(words.comparison.base))"
        // Of one candidate it stands at the top already.
        statement = words.comparison.rows.count > 1 ? words.verdict(row) : ""
        hasStatement = !statement.isEmpty
        right = Numbers.percent(change?.candidate)
        points = change.map { ComparisonWords.points($0.difference) } ?? Numbers.undefined
        range = change?.low == nil ? "" : Numbers.percentRange(change?.low, change?.high)
        drawing = change.map { Self.drawing($0, scale) } ?? ""
        isSure = change.map { $0.outcome != .undecided } ?? false
        p = ComparisonWords.p(change?.adjustedP)
        lost = row.flips.n > 0 ? Numbers.count(row.flips.lost) : Numbers.undefined
        gained = row.flips.n > 0 ? Numbers.count(row.flips.gained) : Numbers.undefined
        same = Numbers.percent(row.flips.agreement?.value)
        ratio = speed.map { ComparisonWords.ratio($0.ratio.value) + "×" } ?? Numbers.undefined
        ratioRange = speed.flatMap { ComparisonWords.interval($0.ratio) } ?? ""
        n = change.map { Numbers.count($0.n) } ?? ""
        let tasks = row.tasks.map { ($0.task, $0.accuracy, false) } + (change.map { [("all tasks", $0, true)] } ?? [])
        let taskScale = IntervalCell.differences(
            tasks.flatMap { [$0.1.difference, $0.1.low, $0.1.high].compactMap(\.self) })
        self.tasks = tasks.map { Self.task($0.0, $0.1, isTotal: $0.2, taskScale) }
        hasTasks = !tasks.isEmpty
        taskAxis = taskScale.axis
        tasksCaption =
            "Points of right answers, candidate − base, with paired 95% intervals. A full mark is sure: p by Holm’s "
            + "correction, over the tasks of all candidates, is below 0.05."
        let ratios = row.measures.flatMap { [$0.ratio.value, $0.ratio.low, $0.ratio.high].compactMap(\.self) }
        let ratioScale = IntervalCell.ratios(ratios)
        measures = row.measures.map { Self.measure($0, ratioScale) }
        hasMeasures = !measures.isEmpty
        ratioAxis = ratioScale.axis
        measuresCaption =
            "Over the samples that both were asked. Of times less is better, of speeds more; a full mark is sure."
            + (row.whyNoSpeeds == nil ? "" : " Times of different machines are not compared.")
        flips = Flip.Kind.allCases.compactMap { FlipsView(row.flips, $0, showsAnswers: showsAnswers) }
        flipsCaption = words.flips(row)
        let own = Comparison(
            base: words.comparison.base, load: words.comparison.load, tasks: words.comparison.tasks,
            seed: words.comparison.seed, resamples: words.comparison.resamples,
            baseRepeats: words.comparison.baseRepeats, rows: [row])
        // Numbers of runs are those of the whole comparison.
        notes =
            DifferenceWords(words: words.comparison.rows.count == 1 ? words : ComparisonWords(comparison: own))
            .sentences
            + [words.leftOut(row)].compactMap(\.self)
        hasNotes = !notes.isEmpty
    }

    private static func drawing(_ change: AccuracyChange, _ scale: IntervalCell) -> String {
        scale.drawing(change.difference, low: change.low, high: change.high, isSure: change.outcome != .undecided)
    }

    private static func task(_ name: String, _ change: AccuracyChange, isTotal: Bool, _ scale: IntervalCell) -> Task {
        Task(
            name: name, isTotal: isTotal, base: Numbers.percent(change.base),
            candidate: Numbers.percent(change.candidate), points: ComparisonWords.points(change.difference),
            range: change.low == nil ? "" : Numbers.percentRange(change.low, change.high),
            drawing: drawing(change, scale), isSure: change.outcome != .undecided,
            p: ComparisonWords.p(change.adjustedP), n: Numbers.count(change.n))
    }

    private static func measure(_ change: MetricChange, _ scale: IntervalCell) -> Measure {
        Measure(
            name: Wording.sentence(MetricWords.name(change.metric)),
            base: MetricWords.value(change.base, of: change.metric),
            candidate: MetricWords.value(change.candidate, of: change.metric),
            ratio: ComparisonWords.ratio(change.ratio.value) + "×",
            range: ComparisonWords.interval(change.ratio) ?? "",
            drawing: scale.drawing(
                change.ratio.value, low: change.ratio.low, high: change.ratio.high,
                isSure: change.outcome != .undecided),
            direction: MetricWords.direction(change) ?? "not told apart", isSure: change.outcome != .undecided,
            n: Numbers.count(change.ratio.n))
    }
}

/// Samples of one kind that a candidate answers otherwise, with both answers.
struct FlipsView {
    struct Row {
        let sample: String
        let base: String
        let candidate: String
    }

    let heading: String
    let isOpen: Bool
    let list: [Row]
    let more: String
    let hasMore: Bool

    /// Samples of one kind that stand on the page, and the characters of an answer that do.
    private static let most = 200
    private static let longest = 600

    /// Nil where there is none.
    init?(_ flips: Flips, _ kind: Flip.Kind, showsAnswers: Bool) {
        let all = flips.list.filter { $0.kind == kind }
        guard !all.isEmpty else { return nil }
        let count = Numbers.counted(all.count, "sample")
        heading =
            switch kind {
            case .lost: "Lost: \(count) that the base has right and the candidate wrong"
            case .gained: "Gained: \(count) that the base has wrong and the candidate right"
            case .changed: "Another answer, as right or as wrong: \(count)"
            }
        isOpen = kind == .lost && all.count <= 20
        list = all.prefix(Self.most).map { flip in
            Row(
                sample: "\(flip.task)/\(flip.sample)", base: Self.answer(flip.base, isShown: showsAnswers),
                candidate: Self.answer(flip.candidate, isShown: showsAnswers))
        }
        let rest = all.count - list.count
        more = rest > 0 ? "\(Numbers.counted(rest, "further sample")) stand in the page’s data." : ""
        hasMore = rest > 0
    }

    private static func answer(_ text: String?, isShown: Bool) -> String {
        guard isShown else { return "(left out)" }
        guard let text else { return Numbers.undefined }
        let whole = text.unicodeScalars
        guard whole.count > longest else { return text }
        return String(String.UnicodeScalarView(whole.prefix(longest))) + "…"
    }
}
