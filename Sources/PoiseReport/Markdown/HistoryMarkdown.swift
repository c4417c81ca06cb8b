import PoiseCore

/// A history as GitHub's Markdown: the finding, the newest numbers, and the runs behind a click.
package enum HistoryMarkdown {
    package static func text(_ content: HistoryContent) -> String {
        let words = HistoryWords(content: content)
        let findings = (words.accuracies + words.speeds).suffix(20).map { "- \(MarkdownLiteral.text($0.text))" }
        let sections = [
            ["## \(MarkdownLiteral.text("\(content.suite): \(words.headline)"))"],
            content.isSimulated ? ["> **Simulated.** Some of the answers come from a simulated endpoint."] : [],
            findings, newest(content),
            MarkdownLiteral.details("Runs", runs(content, words)),
            [
                "<sub>\(MarkdownLiteral.text(HistoryWords.method))"
                    + "\(RedactionWords.sentence(content.redactions).map { " \(MarkdownLiteral.text($0))" } ?? "")</sub>"
            ],
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    private static func newest(_ content: HistoryContent) -> [String] {
        let entries = content.candidates.compactMap { candidate in candidate.points.last.map { (candidate, $0) } }
        let speed = NumberColumn.plain(entries.map(\.1.point.decodeTPS), unit: "tok/s")
        return MarkdownLiteral.table(
            [["candidate", "run", "right %", "95%", "points", "95%", "tok/s", "ratio", "95%", "gate", "n"]]
                + entries.map { candidate, entry in
                    let (point, change, pace) = (entry.point, entry.step?.accuracy, entry.step?.speed)
                    return [
                        MarkdownLiteral.text(candidate.id), Numbers.count(entry.run + 1),
                        Numbers.percent(point.accuracy),
                        Numbers.percentRange(point.accuracyLow, point.accuracyHigh),
                        change.map { ComparisonMarkdown.strong(ComparisonWords.points($0.difference), $0.outcome) }
                            ?? Numbers.undefined, Numbers.percentRange(change?.low, change?.high),
                        speed.text(point.decodeTPS),
                        pace.map { ComparisonMarkdown.strong(ComparisonWords.ratio($0.ratio.value) + "×", $0.outcome) }
                            ?? Numbers.undefined,
                        pace.flatMap { ComparisonWords.interval($0.ratio) } ?? Numbers.undefined,
                        entry.gate?.rawValue ?? Numbers.undefined, Numbers.count(point.n),
                    ]
                }) + [
                "", "The newest run of each candidate, with its change from the run before; heavy where it is sure.",
            ]
    }

    private static func runs(_ content: HistoryContent, _ words: HistoryWords) -> [String] {
        MarkdownLiteral.table(
            [["run", "started", "id", "status", "gate", "changed since the run before"]]
                + content.runs.enumerated().reversed().map { index, run in
                    [
                        Numbers.count(index + 1), MarkdownLiteral.text(Wording.dateAndTime(run.record.startedAt)),
                        MarkdownLiteral.text(run.record.id), run.record.status.rawValue,
                        run.gate.map(GateWords.past) ?? Numbers.undefined,
                        run.changes.isEmpty ? Numbers.undefined : MarkdownLiteral.text(words.changes(run)),
                    ]
                }, left: 6)
    }
}
