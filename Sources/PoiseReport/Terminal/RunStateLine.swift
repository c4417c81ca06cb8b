import PoiseCore

/// What stands under the table of a run that did not come to its end: its numbers look like those of one that did.
package enum RunStateLine {
    /// Empty where all runs are done.
    ///
    /// - Parameter width: columns of the terminal.
    package static func text(_ content: ReportContent, width: Int) -> String {
        content.parts.flatMap(\.runs).compactMap(sentence)
            .flatMap { TerminalText.wrapped($0, to: max(24, width)) }.map { $0 + "\n" }.joined()
    }

    private static func sentence(of run: RunRecord) -> String? {
        let name = "Run \(TerminalText.printable(run.id))"
        return switch run.status {
        case .done: nil
        case .running: "\(name) is under way, or ended without a word: these are its trials so far."
        case .interrupted: "\(name) was interrupted: these are its trials up to then."
        case .incomplete: "\(name) is incomplete: trials are missing. `poise report` says which and why."
        }
    }
}
