/// What stands under the table: how far the client's own times can be trusted, for each machine.
package enum ClientErrorLine {
    /// Empty where nothing was measured.
    ///
    /// - Parameter width: columns of the terminal.
    package static func text(_ content: ReportContent, width: Int) -> String {
        let parts = content.parts
        let lines = parts.enumerated().flatMap { index, part -> [String] in
            if part.points.isEmpty { return [] }
            let name = parts.machineName(index)
            let line = ClientErrorWords.line(part)
            return TerminalText.wrapped(
                name.isEmpty ? line : "\(Wording.sentence(name)). \(line)", to: max(24, width))
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
