package import PoiseCore

/// A gate as JUnit XML, as CI systems show it: a suite for each candidate, a case for each of its rules.
///
/// The elements and attributes are those of Jenkins' `junit-10.xsd`. An inconclusive rule is skipped with the reason, or a
/// failure where the user counts it so.
package enum GateJUnit {
    package static func text(_ report: GateReport, policy: GateReport.InconclusivePolicy? = nil) -> String {
        let suites = report.candidates.map { candidate in
            (candidate, report.results.filter { $0.candidate == candidate })
        }
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append(
            "<testsuites name=\"poise gate\" tests=\"\(report.results.count)\""
                + " failures=\"\(report.results.count { isFailure($0, policy) })\" errors=\"0\">")
        for (candidate, results) in suites {
            lines.append(
                "  <testsuite name=\(attribute(candidate)) tests=\"\(results.count)\""
                    + " failures=\"\(results.count { isFailure($0, policy) })\" errors=\"0\""
                    + " skipped=\"\(results.count { isSkipped($0, policy) })\">")
            lines += properties(report)
            lines += results.flatMap { testCase($0, among: results, policy) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func isFailure(_ result: RuleResult, _ policy: GateReport.InconclusivePolicy?) -> Bool {
        result.verdict == .fail || result.verdict == .inconclusive && policy == .fail
    }

    private static func isSkipped(_ result: RuleResult, _ policy: GateReport.InconclusivePolicy?) -> Bool {
        result.verdict == .inconclusive && policy != .fail
    }

    private static func properties(_ report: GateReport) -> [String] {
        let facts =
            [("run", report.run), ("suite", report.suite)]
            + (GateWords.baseline(report).map { [("baseline", $0)] } ?? [])
        return ["    <properties>"]
            + facts.map { "      <property name=\(attribute($0.0)) value=\(attribute($0.1))/>" }
            + ["    </properties>"]
    }

    private static func testCase(
        _ result: RuleResult, among results: [RuleResult], _ policy: GateReport.InconclusivePolicy?
    ) -> [String] {
        // A rule of several loads is several cases, and each needs a name of its own.
        let isAtSeveral = results.contains { $0.rule == result.rule && $0.load != result.load }
        let name = GateWords.title(of: result.rule) + (isAtSeveral ? " at load \(result.load)" : "")
        let text = GateWords.explanation(of: result).joined(separator: "\n")
        let message = "\(result.verdict.rawValue): " + (GateWords.figures(of: result) ?? reason(of: result))
        var lines = [
            "    <testcase name=\(attribute(name)) classname=\(attribute("poise.gate.\(result.candidate)")) time=\"0\">"
        ]
        if isFailure(result, policy) {
            lines.append(
                "      <failure type=\"\(result.verdict.rawValue)\" message=\(attribute(message))>"
                    + "\(content(text))</failure>")
        } else if isSkipped(result, policy) {
            lines.append("      <skipped message=\(attribute(message))/>")
        }
        lines.append("      <system-out>\(content(text))</system-out>")
        return lines + ["    </testcase>"]
    }

    private static func reason(of result: RuleResult) -> String {
        result.reasons.first.map(GateReasonWords.text) ?? "no number"
    }

    private static func attribute(_ value: String) -> String { "\"\(content(value))\"" }

    private static func content(_ text: String) -> String { Markup.escaped(text) }
}
