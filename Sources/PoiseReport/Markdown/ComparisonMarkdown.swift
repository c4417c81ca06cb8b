package import PoiseCore

/// A comparison as GitHub's Markdown, for a pull request.
package enum ComparisonMarkdown {
    /// - Parameters:
    ///   - flips: samples that are listed of each candidate; nil for all.
    ///   - redactions: what was blacked out; nil where nothing was looked for.
    package static func text(
        _ comparison: Comparison, flips: Int?, redactions: RedactionCounts? = nil
    ) -> String {
        let words = ComparisonWords(comparison: comparison)
        let rows = comparison.rows
        let notes =
            DifferenceWords(words: words).sentences.map { "**Note:** \(MarkdownLiteral.text($0))" }
            + rows.compactMap(words.leftOut).map(MarkdownLiteral.text)
        let sections = [
            ["### \(MarkdownLiteral.text(words.label(comparison.base))) and what was held against it"],
            rows.map { "- \(MarkdownLiteral.text(words.verdict($0)))" } + notes.map { "- \($0)" },
            accuracy(words), measures(words),
            MarkdownLiteral.details("By task", tasks(words)),
            MarkdownLiteral.details("Flips", self.flips(words, count: flips)),
            [
                "<sub>\(MarkdownLiteral.text(words.heading)) \(Wording.sentence(words.method(tasks: false)))"
                    + "\(RedactionWords.sentence(redactions).map { " \(MarkdownLiteral.text($0))" } ?? "")</sub>"
            ],
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func accuracy(_ words: ComparisonWords) -> [String] {
        let rows = words.comparison.rows.compactMap { row in row.accuracy.map { (row, $0) } }
        guard !rows.isEmpty else { return [] }
        return MarkdownLiteral.table(
            [["candidate", "right %", "base %", "points", "95%", "p", "lost", "gained", "changed", "n"]]
                + rows.map { row, change in
                    [
                        MarkdownLiteral.text(words.label(row.candidate)), Numbers.percent(change.candidate),
                        Numbers.percent(change.base), strong(ComparisonWords.points(change.difference), change.outcome),
                        Numbers.percentRange(change.low, change.high), ComparisonWords.p(change.adjustedP),
                        Numbers.count(row.flips.lost), Numbers.count(row.flips.gained),
                        row.flips.agreement == nil ? Numbers.undefined : Numbers.count(row.flips.changed),
                        Numbers.count(change.n),
                    ]
                })
    }

    private static func measures(_ words: ComparisonWords) -> [String] {
        let rows = words.comparison.rows
        let metrics = ComparisonRow.metrics.filter { metric in
            rows.contains { $0.measures.contains { $0.metric == metric } }
        }
        guard !metrics.isEmpty else { return [] }
        return MarkdownLiteral.table(
            [["candidate / base"] + metrics.map(MetricWords.name)]
                + rows.map { row in
                    [MarkdownLiteral.text(words.label(row.candidate))]
                        + metrics.map { metric in
                            guard let change = row.measures.first(where: { $0.metric == metric }) else {
                                return Numbers.undefined
                            }
                            let ratio = strong(ComparisonWords.ratio(change.ratio.value) + "×", change.outcome)
                            return [
                                ratio, ComparisonWords.interval(change.ratio).map { "(\($0))" },
                                MetricWords.direction(change),
                            ].compactMap(\.self).joined(separator: " ")
                        }
                })
    }

    /// Heavy where the data say so.
    static func strong(_ text: String, _ outcome: ChangeOutcome) -> String {
        outcome == .undecided ? text : "**\(text)**"
    }

    private static func tasks(_ words: ComparisonWords) -> [String] {
        let rows = words.comparison.rows
        let names = Set(rows.flatMap { $0.tasks.map(\.task) }).sorted()
        guard names.count > 1 else { return [] }
        return MarkdownLiteral.table(
            [["task"] + rows.map { MarkdownLiteral.text(words.label($0.candidate)) }]
                + names.map { name in
                    [MarkdownLiteral.text(name)]
                        + rows.map { row in
                            guard let change = row.tasks.first(where: { $0.task == name })?.accuracy else {
                                return Numbers.undefined
                            }
                            return strong(ComparisonWords.points(change.difference), change.outcome)
                                + (change.low == nil ? "" : " (\(Numbers.percentRange(change.low, change.high)))")
                        }
                }) + [
                "",
                "Points of right answers; heavy where they surely differ, at 5% by Holm's correction over the table.",
            ]
    }

    private static func flips(_ words: ComparisonWords, count: Int?) -> [String] {
        let rows = words.comparison.rows.filter { $0.flips.n > 0 }
        guard !rows.isEmpty else { return [] }
        return rows.flatMap { row -> [String] in
            let shown = row.flips.list.prefix(count ?? .max)
            let rest = row.flips.list.count - shown.count
            let table = MarkdownLiteral.table(
                [["sample", "", "base", "candidate"]]
                    + shown.map { flip in
                        [
                            MarkdownLiteral.text("\(flip.task)/\(flip.sample)"), flip.kind.rawValue,
                            flip.base.map { MarkdownLiteral.code($0) } ?? Numbers.undefined,
                            flip.candidate.map { MarkdownLiteral.code($0) } ?? Numbers.undefined,
                        ]
                    })
            return [MarkdownLiteral.text(words.flips(row)), ""] + (shown.isEmpty ? [] : table + [""])
                + (rest > 0 ? ["and \(Numbers.count(rest)) more", ""] : [])
        } + [MarkdownLiteral.text(words.noise)]
    }
}
