package import PoiseCore

/// A gate as Markdown, for a pull request or `$GITHUB_STEP_SUMMARY`.
package enum GateMarkdown {
    package static func text(_ report: GateReport, policy: GateReport.InconclusivePolicy? = nil) -> String {
        var lines = [
            "## Poise gate: \(GateWords.past(report.verdict))", "", MarkdownLiteral.text(GateWords.finding(report)),
        ]
        if let policy = GateWords.policy(policy, report) { lines += ["", "**\(policy)**"] }
        var facts = ["run \(report.run)"]
        if let baseline = GateWords.baseline(report) { facts.append("against \(baseline)") }
        lines += ["", MarkdownLiteral.text(Wording.sentence(facts.joined(separator: ", "))) + "."]
        lines += [
            "",
            "| verdict | candidate | rule | estimate | interval | bound | to spare | n | could see | would decide |",
            "|---|---|---|--:|--:|--:|--:|--:|--:|--:|",
        ]
        let tested = report.results.compactMap(\.tested).max() ?? 0
        let among = tested > 1 ? " with all \(Numbers.count(tested)) verdicts tested" : ""
        let hasLoads = Set(report.results.map(\.load)).count > 1
        lines += report.results.map { row(of: $0, hasLoads: hasLoads) }
        lines += [
            "",
            "*could see*: the distance beyond the bound that would have failed with 80% power\(among); *would decide*: the"
                + " samples that it takes if the estimate is true.",
        ]
        let notes = report.results.flatMap { result in
            result.reasons.map {
                "\(result.candidate), \(GateWords.title(of: result.rule)): \(GateReasonWords.text($0))"
            }
        }
        if !notes.isEmpty { lines += [""] + notes.map { "- " + MarkdownLiteral.text($0) } }
        if !report.warnings.isEmpty {
            lines +=
                ["", "Warnings:", ""] + report.warnings.map { "- " + MarkdownLiteral.text(GateReasonWords.text($0)) }
        }
        if !report.looks.isEmpty {
            lines += ["", "Looks:", ""] + report.looks.map { "- " + MarkdownLiteral.text(GateWords.look($0)) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(of result: RuleResult, hasLoads: Bool) -> String {
        let unit = GateUnit(result.rule, estimate: result.estimate)
        let verdict = result.verdict == .pass ? result.verdict.rawValue : "**\(result.verdict.rawValue)**"
        let interval =
            result.low == nil
            ? Numbers.undefined
            : unit.range(result.low, result.high)
                + (result.confidence == 0.95 ? "" : " (\(GateWords.confidence(of: result)))")
        let cells = [
            verdict, MarkdownLiteral.text(result.candidate + (hasLoads ? ", load \(result.load)" : "")),
            MarkdownLiteral.text(GateWords.title(of: result.rule)), unit.text(result.estimate), interval,
            unit.number(result.rule.bound), unit.number(result.toSpare),
            result.n.map(Numbers.count) ?? Numbers.undefined,
            unit.text(result.smallestEffect), result.samplesToDecide.map(Numbers.count) ?? Numbers.undefined,
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }
}
