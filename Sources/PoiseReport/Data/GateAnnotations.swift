package import PoiseCore

/// A gate as GitHub's workflow commands: an error for each rule that fails, a warning for each that is open, a notice for
/// the whole.
///
/// The form and its escapes are those of GitHub's "Workflow commands for GitHub Actions" and of actions/toolkit.
package enum GateAnnotations {
    package static func text(_ report: GateReport, policy: GateReport.InconclusivePolicy? = nil) -> String {
        var lines = report.results.compactMap { result -> String? in
            guard result.verdict != .pass else { return nil }
            let isError = result.verdict == .fail || policy == .fail
            let text = GateWords.explanation(of: result).joined(separator: " ")
            return command(
                isError ? "error" : "warning",
                title: "\(result.candidate): \(GateWords.title(of: result.rule)): \(result.verdict.rawValue)", text)
        }
        lines += report.warnings.map { command("warning", title: "Poise gate", GateReasonWords.text($0)) }
        let said = [GateWords.finding(report), GateWords.policy(policy, report)].compactMap(\.self)
            .joined(separator: " ")
        let kind =
            switch report.verdict(inconclusiveAs: policy) {
            case .fail: "error"
            case .inconclusive: "warning"
            case .pass: report.verdict == .pass ? "notice" : "warning"
            }
        lines.append(command(kind, title: "Poise gate \(GateWords.past(report.verdict))", said))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func command(_ kind: String, title: String, _ message: String) -> String {
        "::\(kind) title=\(property(title))::\(data(message))"
    }

    private static func data(_ text: String) -> String { escaped(text, ["%", "\r", "\n"]) }

    private static func property(_ text: String) -> String { escaped(text, ["%", "\r", "\n", ":", ","]) }

    /// Without control characters, which a log would hand on to a terminal. Scalar by scalar: to Swift, a line end of two characters is another character than its halves.
    private static func escaped(_ text: String, _ special: [Unicode.Scalar]) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            guard special.contains(scalar) else { return String(scalar) }
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }.joined()
        return TerminalText.printable(escaped)
    }
}
