/// What stands under the table: how far the client's own times can be trusted, for each machine.
package enum ClientErrorLine {
    /// - Parameter width: columns of the terminal.
    package static func text(_ content: ReportContent, width: Int) -> String {
        let parts = content.parts
        return parts.enumerated().flatMap { index, part in
            let name = parts.machineName(index)
            let line = ClientErrorWords.line(part)
            return TerminalText.wrapped(
                name.isEmpty ? line : "\(Wording.sentence(name)). \(line)", to: max(24, width))
        }.joined(separator: "\n") + "\n"
    }
}
