/// What stands under the table where a load was not offered as planned: its speeds stand beside it as if it had been.
package enum LoadWarningLines {
    /// - Parameters:
    ///   - sentences: what happened, one for each load.
    ///   - width: columns of the terminal.
    package static func text(_ sentences: [String], width: Int) -> String {
        sentences.flatMap { TerminalText.wrapped("Warning: \($0)", to: max(24, width)) }.map { $0 + "\n" }.joined()
    }
}
