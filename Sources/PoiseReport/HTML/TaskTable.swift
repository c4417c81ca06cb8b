import PoiseCore

/// Right answers by task: tasks in rows, candidates in columns under their model.
struct TaskTable {
    struct Group {
        let name: String
        let colour: String
        let glyph: String
        let span: Int
    }

    struct Head {
        let name: String
        let isFirst: Bool
    }

    struct Row {
        let name: String
        let n: String
        let cells: [Cell]
    }

    struct Cell {
        let text: String
        /// The highest of its row.
        let isMost: Bool
        let isFirst: Bool
    }

    let groups: [Group]
    let heads: [Head]
    let rows: [Row]
    /// What the most accurate candidate does worst and best, with n; empty where nothing is scored.
    let finding: String
    let hasRows: Bool
    /// A finding where the numbers carry one, else a name.
    let heading: String
    let plot: TaskPlot
    /// So few columns that the table need not fill the page.
    let isSmall: Bool

    /// - Parameter at: the load, as it stands behind a heading; empty where there is one.
    init(_ content: ReportContent, _ view: FrontView, at: String = "") {
        let scores = content.taskAccuracies.filter { $0.load == view.load }
        let byKey = Dictionary(scores.map { (Key(task: $0.task, candidate: $0.candidate), $0) }) { first, _ in first }
        let known = Set(scores.map(\.candidate))
        // Columns of one model stand together, also where the suite mixes them.
        let columns = view.candidates.filter { known.contains($0.id) }.sorted {
            ($0.family, $0.order) < ($1.family, $1.order)
        }
        let starts = columns.indices.map { $0 == 0 || columns[$0].family != columns[$0 - 1].family }
        groups = zip(columns, starts).filter(\.1).map { column, _ in
            Group(
                name: column.point.model, colour: MarkShape.colour(family: column.family),
                glyph: Glyph.mark(family: column.family, fill: 1),
                span: columns.count { $0.family == column.family }
            )
        }
        heads = zip(columns, starts).map { Head(name: $0.point.quantization ?? "–", isFirst: $1) }
        rows = content.tasks.map { task in
            let cells = columns.map { byKey[Key(task: task.name, candidate: $0.id)] }
            let most = cells.compactMap { $0?.accuracy }.max()
            let counts = cells.compactMap { $0?.n }
            return Row(
                name: task.title ?? task.name, n: Self.range(counts),
                cells: zip(cells, starts).map { cell, isFirst in
                    Cell(
                        text: Numbers.percent(cell?.accuracy, 0),
                        isMost: columns.count > 1 && cell?.accuracy != nil && cell?.accuracy == most, isFirst: isFirst
                    )
                }
            )
        }
        hasRows = !columns.isEmpty && !content.tasks.isEmpty
        isSmall = columns.count < 6
        finding = Self.finding(content, view, byKey)
        heading = Self.heading(content, view) + at
        plot = TaskPlot(content, view)
    }

    private struct Key: Hashable {
        let task: String
        let candidate: String
    }

    /// `By task: “dates” and “units” are the weak side`
    private static func heading(_ content: ReportContent, _ view: FrontView) -> String {
        guard let comparison = TaskComparison(content, view), comparison.tasks.count > 1 else {
            return "Right answers by task"
        }
        let weak = comparison.weak
        let named = Numbers.list(weak.map { "“\($0.title)”" })
        switch weak.count {
        case 0: return "Right answers by task"
        case 1...3 where named.count <= 90: return "By task: \(named) \(weak.count == 1 ? "is" : "are") the weak side"
        case let count:
            return "By task: weak on \(Numbers.count(count)) of \(Numbers.count(comparison.tasks.count))"
        }
    }

    private static func range(_ counts: [Int]) -> String {
        guard let least = counts.min(), let most = counts.max() else { return Numbers.undefined }
        return least == most ? Numbers.count(most) : "\(Numbers.count(least))–\(Numbers.count(most))"
    }

    private static func finding(
        _ content: ReportContent, _ view: FrontView, _ byKey: [Key: TaskAccuracy]
    ) -> String {
        guard let best = AnswerText.best(view.candidates.filter { $0.point.accuracy != nil }).first else { return "" }
        let scored = content.tasks.compactMap { task in
            byKey[Key(task: task.name, candidate: best.id)].flatMap { score in
                score.accuracy.map { (task: task.title ?? task.name, score: score, accuracy: $0) }
            }
        }
        guard scored.count > 1, let worst = scored.min(by: { $0.accuracy < $1.accuracy }),
            let top = scored.max(by: { $0.accuracy < $1.accuracy }), worst.accuracy < top.accuracy
        else { return "" }
        let which = view.candidates.count > 1 ? ", which gets the most right over all," : ""
        let on = { (end: (task: String, score: TaskAccuracy, accuracy: Double)) in
            let alike = scored.count { $0.accuracy == end.accuracy }
            return alike == 1
                ? "“\(end.task)” (\(said(end.score)))"
                : "\(Numbers.count(alike)) tasks (\(Numbers.percent(end.accuracy, 0))% each)"
        }
        return "\(best.spoken)\(which) is lowest on \(on(worst)) and highest on \(on(top))."
    }

    private static func said(_ score: TaskAccuracy) -> String {
        let whole = score.correct == score.correct.rounded()
        return "\(Numbers.fixed(score.correct, whole ? 0 : 1)) of \(Numbers.count(score.n))"
    }
}
