import PoiseCore

/// A run's report as GitHub's Markdown, for a pull request: the answer, the verdict and the front; the rest behind a click.
///
/// Of the texts that models wrote, nothing stands in it; names of others are written by `MarkdownLiteral`.
package enum ReportMarkdown {
    package static func text(_ content: ReportContent) -> String {
        let parts = content.parts
        let notices = PageView.notices(content).map { "> **\($0.title).** \(MarkdownLiteral.text($0.text))" }
        var sections = [["## \(MarkdownLiteral.text("\(content.suite.name): \(answer(parts))"))"]]
        if !notices.isEmpty { sections.append(notices.flatMap { [$0, ">"] }.dropLast()) }
        if parts.count > 1 { sections.append([MarkdownLiteral.text(Wording.apart(parts.count))]) }
        for (index, part) in parts.enumerated() {
            sections += self.sections(of: part, machine: parts.machineName(index))
        }
        sections.append([MarkdownLiteral.text(PageView.compared(parts))])
        let warnings = parts.flatMap(\.warnings).map { "- \(MarkdownLiteral.text($0))" }
        if !warnings.isEmpty {
            // The gravest come first, and are read without a click.
            sections.append(["**Warnings**", ""] + warnings.prefix(3))
            sections.append(MarkdownLiteral.details("More warnings", Array(warnings.dropFirst(3))))
        }
        sections.append(MarkdownLiteral.details("Measured with, and how to do it again", methods(parts)))
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// The recommendation where there is one, else what the front says.
    private static func answer(_ parts: [ReportContent]) -> String {
        guard let first = parts.first else { return "nothing was measured." }
        if let choice = first.detail?.choices.first { return ChoiceWords.finding(choice) }
        return AnswerText(FrontView(first, load: first.measuredLoads.first ?? 1)).headline
    }

    // MARK: - One machine

    private static func sections(of content: ReportContent, machine: String) -> [[String]] {
        var sections: [[String]] = []
        if !machine.isEmpty {
            sections.append([
                "### \(MarkdownLiteral.text("\(Wording.sentence(machine)), \(content.run.machine.summary)"))"
            ])
        }
        sections += (content.detail?.choices ?? []).map { choice($0, isOnly: content.detail?.choices.count == 1) }
        if let gate = content.detail?.gate { sections += self.gate(gate) }
        let loads = content.measuredLoads
        for load in loads {
            let view = FrontView(content, load: load)
            guard !view.candidates.isEmpty else { continue }
            let words = AnswerText(view)
            sections.append(
                [
                    loads.count == 1 ? "**The front**" : "**The front, \(MarkdownLiteral.text(Wording.load(load)))**",
                    "",
                    MarkdownLiteral.text(words.plain.isEmpty ? words.headline : words.plain), "",
                ] + FrontMarkdown.front(view))
            sections.append(
                MarkdownLiteral.details(
                    "All \(Numbers.counted(view.candidates.count, "candidate"))"
                        + (loads.count == 1 ? "" : ", \(MarkdownLiteral.text(Wording.load(load)))"),
                    FrontMarkdown.candidates(content, view)))
            sections.append(
                MarkdownLiteral.details(
                    "Right answers by task" + (loads.count == 1 ? "" : ", \(MarkdownLiteral.text(Wording.load(load)))"),
                    FrontMarkdown.tasks(content, view)))
        }
        return sections
    }

    private static func choice(_ choice: Choice, isOnly: Bool) -> [String] {
        var sentences = isOnly ? [] : [Wording.sentence(Wording.load(choice.load)) + ": " + ChoiceWords.finding(choice)]
        if let decision = choice.decision {
            sentences += ChoiceWords.why(choice, decision)
            sentences += [ChoiceWords.sureness(choice)].compactMap(\.self)
            sentences += ChoiceWords.doubts(choice, decision)
        } else if let nearest = ChoiceWords.nearest(choice) {
            sentences.append(nearest)
        }
        return sentences.map { "- \(MarkdownLiteral.text($0))" }
    }

    /// The table of a gate, with what it rests on behind a click.
    private static func gate(_ report: GateReport) -> [[String]] {
        let loads = Set(report.results.map(\.load)).count
        let rows = report.results.map { result in
            let verdict = result.verdict == .pass ? result.verdict.rawValue : "**\(result.verdict.rawValue)**"
            return [
                verdict, MarkdownLiteral.text(result.candidate + (loads > 1 ? ", load \(result.load)" : "")),
                MarkdownLiteral.text(GateWords.title(of: result.rule)),
                MarkdownLiteral.text(GateWords.figures(of: result) ?? Numbers.undefined),
            ]
        }
        let table = MarkdownLiteral.table([["verdict", "candidate", "rule", "evidence"]] + rows, left: 4)
        let reasons = report.results.flatMap { result in
            result.reasons.map {
                "\(result.candidate), \(GateWords.title(of: result.rule)): \(GateReasonWords.text($0))"
            }
        }
        let warnings = report.warnings.map(GateReasonWords.text)
        let finding = ["**\(MarkdownLiteral.text(GateWords.finding(report)))**"]
        // Of many candidates the table is long; what it comes to stands above it.
        let shown = rows.count <= 12 ? finding + [""] + table : finding
        return [
            shown, rows.count <= 12 ? [] : MarkdownLiteral.details("Every rule", table),
            (reasons + warnings).map { "- \(MarkdownLiteral.text($0))" },
        ]
    }

    // MARK: - Methods

    private static func methods(_ parts: [ReportContent]) -> [String] {
        parts.enumerated().flatMap { index, part -> [String] in
            let facts = MethodsView(part, index: index, machine: parts.machineName(index)).facts
            var lines = parts.count > 1 ? ["**\(Wording.sentence(parts.machineName(index)))**", ""] : []
            lines += facts.map { "- \(MarkdownLiteral.text($0.name)): \(MarkdownLiteral.text($0.text))" }
            lines.append("")
            for run in part.runs { lines += MarkdownLiteral.block(run.command) + [""] }
            return lines + digests(part)
        }
    }

    private static func digests(_ content: ReportContent) -> [String] {
        let rows = content.suite.digests.sorted { $0.key < $1.key }.map {
            [MarkdownLiteral.text($0.key), MarkdownLiteral.code($0.value)]
        }
        return rows.isEmpty ? [] : MarkdownLiteral.table([["file", "SHA-256"]] + rows, left: 2) + [""]
    }
}
