import PoiseCore
import PoiseReport
import PoiseStore

/// A comparison as a page, Markdown or JSON of its own.
enum ComparisonPageAssembly {
    /// - Parameter names: the base, then the candidates, as `poise compare` takes them.
    /// - Returns: the text, and what a file of it is called where nobody names one.
    static func report(
        of names: [String], in record: RunRecord, load: Load?, as kind: ReportFormat,
        options: PageOptions = PageOptions(), in store: RunStore
    ) async throws -> (text: String, name: String) {
        let selection = try await ComparisonSelection(names, in: record, of: store)
        if let explanation = selection.explanation { Console.say(explanation) }
        let (found, unmeasured) = try await ComparisonAssembly.comparison(
            of: selection, .init(load: load), in: store)
        let empty = found.rows.filter(\.isEmpty).map(\.candidate.candidate)
        guard empty.count < found.rows.count else { throw ComparisonSelection.Failure.nothingComparable(empty) }
        let (comparison, redactions) = shareable(found, options)
        let name = "\(record.suite)-comparison"
        switch kind {
        case .markdown: return (ComparisonMarkdown.text(comparison, flips: 20, redactions: redactions), name)
        case .json: return (ComparisonJSON.text(comparison), name)
        default: break
        }
        var runs: [RunRecord] = []
        let stored = try await store.runs()
        for id in comparison.runs { runs += stored.filter { $0.id == id } }
        var content = ComparisonContent(
            comparison: comparison, suite: record.suite, runs: runs, unmeasured: unmeasured,
            showsAnswers: options.transcripts != .none,
            command: "poise report --compare "
                + ([selection.base] + selection.candidates).map { side in
                    "\(side.run):\(side.candidate)"
                }.joined(separator: " "),
            poiseVersion: poiseVersion)
        content.redactions = redactions
        return (try HTMLReport.page(content), name)
    }

    /// What a reader's copy may hold of what models wrote and engines were told; everything that leaves the database as a
    /// comparison passes here.
    ///
    /// - Returns: the comparison, and what was blacked out; nil where nothing was looked for.
    static func shareable(
        _ comparison: Comparison, _ options: PageOptions
    ) -> (comparison: Comparison, redactions: RedactionCounts?) {
        var (comparison, redaction) = (comparison, options.redaction)
        for row in comparison.rows.indices {
            comparison.rows[row].differences = comparison.rows[row].differences.map { $0.shareable(by: &redaction) }
            for index in comparison.rows[row].flips.list.indices {
                let flip = comparison.rows[row].flips.list[index]
                let isShown = isShown(flip, options)
                comparison.rows[row].flips.list[index].base = isShown ? redaction.redacting(flip.base) : nil
                comparison.rows[row].flips.list[index].candidate = isShown ? redaction.redacting(flip.candidate) : nil
            }
        }
        let redactions = redaction.isIdle ? nil : redaction.counts
        if let sentence = RedactionWords.sentence(redactions) { Console.say(sentence) }
        return (comparison, redactions)
    }

    private static func isShown(_ flip: Flip, _ options: PageOptions) -> Bool {
        switch options.transcripts {
        case .none: false
        // Two right answers that differ are no failure.
        case .failures: flip.baseScore < 0.5 || flip.candidateScore < 0.5
        case .all: true
        }
    }
}
