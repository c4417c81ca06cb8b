package import PoiseCore

/// A gate as one JSON document: `{"verdict": ..., "candidates": [...], "results": [...]}`.
///
/// Numbers are in the rule's own unit: milliseconds, tok/s, shares 0…1; a difference of shares and a ratio where the rule
/// compares. What is undefined is null.
package enum GateJSON {
    package static func text(_ report: GateReport, policy: GateReport.InconclusivePolicy? = nil) -> String {
        document(report, policy: policy).lines() + "\n"
    }

    static func document(_ report: GateReport, policy: GateReport.InconclusivePolicy? = nil) -> OrderedJSON {
        .object([
            ("verdict", .string(report.verdict.rawValue)),
            ("countsAs", .string(report.verdict(inconclusiveAs: policy).rawValue)),
            ("run", .string(report.run)),
            ("suite", .string(report.suite)),
            (
                "baseline",
                report.baseline.map { baseline in
                    .object([
                        ("candidate", .string(baseline.candidate)), ("run", .string(baseline.run)),
                        ("file", .optional(baseline.file)),
                    ])
                } ?? .null
            ),
            (
                "candidates",
                .array(
                    report.candidates.map { candidate in
                        .object([
                            ("candidate", .string(candidate)),
                            ("verdict", .string(report.verdict(of: candidate).rawValue)),
                        ])
                    })
            ),
            ("results", .array(report.results.map(result))),
            ("warnings", .array(report.warnings.map { .string(GateReasonWords.text($0)) })),
            ("looks", .array(report.looks.map(look))),
            // As text: 64 bits do not fit the numbers of JavaScript or of jq.
            ("seed", .string(String(report.seed))),
        ])
    }

    private static func result(_ result: RuleResult) -> OrderedJSON {
        .object([
            ("candidate", .string(result.candidate)),
            ("load", .load(result.load)),
            ("rule", .string(GateWords.title(of: result.rule))),
            ("quantity", .string(result.rule.quantity.rawValue)),
            ("task", .optional(result.rule.task)),
            ("quantile", .optional(result.rule.quantile)),
            ("limit", .string(limit(of: result.rule))),
            ("bound", .number(result.rule.bound)),
            ("verdict", .string(result.verdict.rawValue)),
            ("estimate", .optional(result.estimate)),
            ("low", .optional(result.low)),
            ("high", .optional(result.high)),
            ("confidence", .number(result.confidence)),
            ("method", .string(result.method.rawValue)),
            ("n", .optional(result.n)),
            ("margin", .optional(margin(of: result.rule))),
            ("toSpare", .optional(result.toSpare)),
            ("passPValue", .optional(result.passPValue)),
            ("failPValue", .optional(result.failPValue)),
            ("adjustedFailPValue", .optional(result.adjustedFailPValue)),
            ("smallestEffect", .optional(result.smallestEffect)),
            ("samplesToDecide", .optional(result.samplesToDecide)),
            ("tested", .optional(result.tested)),
            ("reasons", .array(result.reasons.map { .string(GateReasonWords.text($0)) })),
        ])
    }

    /// How much worse than the baseline it may be; nil of rules that allow nothing of the kind.
    private static func margin(of rule: GateRule) -> Double? {
        if case .nonInferior(let margin) = rule.limit { margin } else { nil }
    }

    /// What the bound is of.
    private static func limit(of rule: GateRule) -> String {
        switch (rule.limit, rule.side) {
        case (.nonInferior, _): "nonInferior"
        case (.absolute, .atLeast): "atLeast"
        case (.absolute, .atMost): "atMost"
        case (.relative, .atLeast): "atLeastOfBaseline"
        case (.relative, .atMost): "atMostOfBaseline"
        }
    }

    private static func look(_ look: GateReport.Look) -> OrderedJSON {
        .object([
            ("number", .count(look.number)), ("run", .string(look.run)), ("samples", .count(look.samples)),
            ("of", .count(look.of)), ("spent", .number(look.spent)), ("level", .number(look.level)),
            ("verdict", .string(look.verdict.rawValue)), ("decided", .count(look.decided)),
            ("rules", .count(look.rules)),
        ])
    }
}
