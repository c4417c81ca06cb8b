package import PoiseCore

/// A gate for a terminal: every rule with its verdict, what it rests on, and what would settle it.
package enum GateTable {
    /// A line longer than this is no easier to read.
    private static let widestLine = 120
    /// As wide as the longest verdict, with its gap.
    private static let indent = 14

    /// - Parameter color: whether ANSI styles may be used.
    package static func text(
        _ report: GateReport, policy: GateReport.InconclusivePolicy? = nil, width: Int, color: Bool = false
    ) -> String {
        let width = max(40, min(width, widestLine))
        var lines: [String] = []
        for look in report.looks { lines += wrapped(GateWords.look(look), to: width) }
        if !report.looks.isEmpty { lines.append("") }
        for candidate in report.candidates {
            let own = report.results.filter { $0.candidate == candidate }
            let loads = Set(own.map(\.load)).sorted()
            for load in loads {
                let atLoad = own.filter { $0.load == load }
                let against = GateWords.baseline(report).map { " against \($0)" } ?? ""
                let heading =
                    candidate + against + (loads.count > 1 ? ", load \(load)" : "") + ": "
                    + Verdict.all(atLoad.map(\.verdict)).rawValue
                lines += wrapped(heading, to: width).map { TerminalText.styled($0, .bold, color: color) }
                for result in atLoad { lines += block(of: result, width: width, color: color) }
                lines.append("")
            }
        }
        if !report.warnings.isEmpty {
            lines += report.warnings.flatMap { warning in
                wrapped("warning: " + GateReasonWords.text(warning), to: width)
            }
            lines.append("")
        }
        lines += wrapped(GateWords.finding(report), to: width).map { TerminalText.styled($0, .bold, color: color) }
        if let policy = GateWords.policy(policy, report) { lines += wrapped(policy, to: width) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the user's word makes of an inconclusive gate; nil where it makes nothing.
    package static func policy(_ policy: GateReport.InconclusivePolicy?, _ report: GateReport) -> String? {
        GateWords.policy(policy, report)
    }

    /// One look of a sequential gate, as it is made.
    package static func look(_ look: GateReport.Look) -> String { GateWords.look(look) }

    private static func block(of result: RuleResult, width: Int, color: Bool) -> [String] {
        let titles = wrapped(GateWords.title(of: result.rule), to: width - indent)
        let verdict = TerminalText.padded(result.verdict.rawValue, to: indent)
        let first = TerminalText.styled(verdict, result.verdict == .pass ? nil : .bold, color: color)
        let details = GateWords.explanation(of: result).flatMap { wrapped($0, to: width - indent) }
        let space = String(repeating: " ", count: indent)
        return [first + (titles.first ?? "")] + titles.dropFirst().map { space + $0 }
            + details.map { space + TerminalText.styled($0, .dim, color: color) }
    }

    private static func wrapped(_ text: String, to columns: Int) -> [String] {
        TerminalText.wrapped(TerminalText.printable(text), to: columns)
    }
}
