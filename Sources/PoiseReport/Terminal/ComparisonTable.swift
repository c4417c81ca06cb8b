package import PoiseCore

/// Candidates against one base on a terminal: what can be said, then the numbers that it rests on.
package enum ComparisonTable {
    /// - Parameters:
    ///   - flips: samples that are listed of each candidate; nil for all.
    ///   - width: columns of the terminal.
    ///   - color: whether ANSI styles may be used.
    package static func text(_ comparison: Comparison, flips: Int?, width: Int, color: Bool = false) -> String {
        let width = max(40, width)
        let words = ComparisonWords(comparison: comparison)
        let sections = [
            verdicts(words, width: width, color: color),
            accuracy(words, width: width, color: color),
            measures(words, width: width, color: color),
            tasks(words, width: width, color: color),
            self.flips(words, count: flips, width: width, color: color),
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func wrapped(_ text: String, _ width: Int, indent: Int = 0) -> [String] {
        TerminalText.wrapped(TerminalText.printable(text), to: width - indent)
            .map { String(repeating: " ", count: indent) + $0 }
    }

    private static func dim(_ text: String, _ width: Int, color: Bool) -> [String] {
        wrapped(text, width).map { TerminalText.styled($0, .dim, color: color) }
    }

    // MARK: - Words

    private static func verdicts(_ words: ComparisonWords, width: Int, color: Bool) -> [String] {
        let rows = words.comparison.rows
        return dim(words.heading, width, color: color)
            + rows.flatMap { wrapped(words.verdict($0), width) }
            + DifferenceWords(words: words).sentences.flatMap { wrapped("Note: \($0)", width) }
            + rows.compactMap(words.leftOut).flatMap { wrapped($0, width) }
    }

    // MARK: - Tables

    private static func accuracy(_ words: ComparisonWords, width: Int, color: Bool) -> [String] {
        let rows = words.comparison.rows.filter { $0.accuracy != nil }
        guard !rows.isEmpty else { return [] }
        // The base's own share depends on the samples that it has in common with each.
        let shares = Set(rows.compactMap { $0.accuracy?.base })
        func column(
            _ head: String, _ priority: Int, base: String = "", quiet: Bool = false,
            _ cell: (AccuracyChange, ComparisonRow) -> String
        ) -> TerminalColumn {
            TerminalColumn(
                head: head,
                cells: (shares.count == 1 ? [base] : [])
                    + rows.map { row in row.accuracy.map { cell($0, row) } ?? Numbers.undefined },
                priority: priority, isQuiet: quiet)
        }
        let names =
            (shares.count == 1 ? [words.label(words.comparison.base)] : []) + rows.map { words.label($0.candidate) }
        let labels = TerminalColumn(
            head: "candidate", cells: names.map(TerminalText.printable), alignsRight: false)
        var columns = [
            column("right %", 0, base: Numbers.percent(shares.first)) { change, _ in Numbers.percent(change.candidate)
            },
            column("points", 0) { change, _ in ComparisonWords.points(change.difference) },
            column("95%", 1, quiet: true) { change, _ in Numbers.percentRange(change.low, change.high) },
            column("p", 2) { change, _ in ComparisonWords.p(change.adjustedP) },
            column("lost", 3) { _, row in Numbers.count(row.flips.lost) },
            column("gained", 3) { _, row in Numbers.count(row.flips.gained) },
            column("changed", 4) { _, row in
                row.flips.agreement == nil ? Numbers.undefined : Numbers.count(row.flips.changed)
            },
            column("n", 5) { change, _ in Numbers.count(change.n) },
        ]
        if shares.count > 1 {
            columns.insert(column("base %", 1) { change, _ in Numbers.percent(change.base) }, at: 0)
        }
        return TerminalMatrix(labels: [labels], groups: [.init(title: "", columns: columns)])
            .lines(width: width, color: color)
            + dim(
                "lost, gained: samples right only in the base, only in the candidate; " + words.method(tasks: false),
                width, color: color)
    }

    private static func measures(_ words: ComparisonWords, width: Int, color: Bool) -> [String] {
        let rows = words.comparison.rows
        let metrics = ComparisonRow.metrics.filter { metric in
            rows.contains { $0.measures.contains { $0.metric == metric } }
        }
        let hasTotals = rows.contains { $0.tokenTotals != nil }
        guard !metrics.isEmpty || hasTotals else { return [] }
        let names = metrics.map(MetricWords.name) + (hasTotals ? ["tokens in all"] : [])
        let bases = metrics.map { metric in
            Set(rows.compactMap { row in row.measures.first { $0.metric == metric }?.base })
        }
        var labels = [TerminalColumn(head: "", cells: names, alignsRight: false)]
        if bases.allSatisfy({ $0.count == 1 }) {
            labels.append(
                TerminalColumn(
                    head: "base",
                    cells: zip(metrics, bases).map { MetricWords.value($1.first ?? .nan, of: $0) }
                        + (hasTotals ? [""] : []),
                    priority: 1))
        }
        let groups = rows.map { row -> TerminalMatrix.Group in
            let changes = metrics.map { metric in row.measures.first { $0.metric == metric } }
            let ratios = changes.map { $0?.ratio } + (hasTotals ? [row.tokenTotals] : [])
            return TerminalMatrix.Group(
                title: TerminalText.printable(words.label(row.candidate)),
                columns: [
                    TerminalColumn(
                        head: "×", cells: ratios.map { $0.map { ComparisonWords.ratio($0.value) } ?? Numbers.undefined }
                    ),
                    TerminalColumn(
                        head: "95%",
                        cells: ratios.map { $0.flatMap(ComparisonWords.interval) ?? Numbers.undefined }, priority: 1,
                        isQuiet: true),
                    TerminalColumn(
                        head: "",
                        cells: changes.map { change in change.map { MetricWords.direction($0) ?? "?" } ?? "" }
                            + (hasTotals ? [""] : []),
                        alignsRight: false),
                ])
        }
        return TerminalMatrix(labels: labels, groups: groups).lines(width: width, color: color)
            + dim(
                "×: candidate / base, of medians; of time to correct and tokens in all, of sums; ?: cannot be told apart by "
                    + "its own interval", width, color: color)
    }

    private static func tasks(_ words: ComparisonWords, width: Int, color: Bool) -> [String] {
        let rows = words.comparison.rows
        let names = Set(rows.flatMap { $0.tasks.map(\.task) }).sorted()
        guard names.count > 1 else { return [] }
        let counts = names.map { name in
            Set(rows.compactMap { row in row.tasks.first { $0.task == name }?.accuracy.n })
        }
        var labels = [TerminalColumn(head: "task", cells: names.map(TerminalText.printable), alignsRight: false)]
        if counts.allSatisfy({ $0.count == 1 }) {
            labels.append(
                TerminalColumn(head: "n", cells: counts.map { Numbers.count($0.first ?? 0) }, priority: 1))
        }
        let groups = rows.map { row -> TerminalMatrix.Group in
            let changes = names.map { name in row.tasks.first { $0.task == name }?.accuracy }
            return TerminalMatrix.Group(
                title: TerminalText.printable(words.label(row.candidate)),
                columns: [
                    TerminalColumn(
                        head: "points",
                        cells: changes.map { change in
                            guard let change else { return Numbers.undefined + " " }
                            let mark = change.outcome == .undecided ? " " : "*"
                            return ComparisonWords.points(change.difference) + mark
                        }),
                    TerminalColumn(
                        head: "95%",
                        cells: changes.map { Numbers.percentRange($0?.low, $0?.high) }, priority: 1, isQuiet: true),
                    TerminalColumn(
                        head: "p", cells: changes.map { ComparisonWords.p($0?.adjustedP) }, priority: 2),
                ])
        }
        return TerminalMatrix(labels: labels, groups: groups).lines(width: width, color: color)
            + dim(
                "*: surely another share of right answers, at 5% by Holm's correction over all "
                    + "\(Numbers.count(rows.map(\.tasks.count).reduce(0, +))) of this table", width, color: color)
    }

    // MARK: - Flips

    private static func flips(_ words: ComparisonWords, count: Int?, width: Int, color: Bool) -> [String] {
        let rows = words.comparison.rows.filter { $0.flips.n > 0 }
        guard !rows.isEmpty else { return [] }
        return rows.flatMap { row -> [String] in
            let shown = row.flips.list.prefix(count ?? .max)
            let rest = row.flips.list.count - shown.count
            return wrapped(words.flips(row), width).map { TerminalText.styled($0, .bold, color: color) }
                + FlipList.lines(Array(shown), width: width)
                + (rest > 0 ? ["  and \(Numbers.count(rest)) more: --flips all"] : [])
        } + dim(words.noise, width, color: color)
    }
}
