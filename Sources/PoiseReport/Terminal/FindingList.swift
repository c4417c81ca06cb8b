import PoiseCore

/// Findings for a terminal: a heading for each subject, a line for each check, what to do below those that need it.
package enum FindingList {
    /// Lines are not drawn out further than they can be read.
    private static let widest = 120
    private static let indent = "  "

    /// - Parameters:
    ///   - width: columns of the terminal.
    ///   - isVerbose: whether what is well is told of each group, too.
    package static func text(_ groups: [FindingGroup], width: Int, color: Bool, isVerbose: Bool = false) -> String {
        let shown = groups.map { isVerbose ? $0 : condensed($0) }
        let layout = Layout(shown.flatMap(\.findings), width: min(max(width, 40), widest))
        var lines: [String] = []
        for group in shown where !group.findings.isEmpty {
            let title = TerminalText.printable(group.title)
            lines.append(
                TerminalText.styled(TerminalText.cutInside(title, to: layout.width), .bold, color: color))
            lines += group.findings.flatMap { layout.lines(of: $0, color: color) }
            lines.append("")
        }
        lines.append(summary(groups.flatMap(\.findings), color: color))
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line for all that is well in a group that is one of many.
    private static func condensed(_ group: FindingGroup) -> FindingGroup {
        let fine = group.findings.filter { !$0.isTrouble }
        guard group.isOneOfMany, fine.count > 1 else { return group }
        let ok = fine.filter { $0.status == .ok }.map(\.check)
        let skipped = fine.filter { $0.status == .skipped }.map(\.check)
        var lines: [Finding] = []
        if !ok.isEmpty { lines.append(Finding("\(ok.count) checks", .ok, Numbers.list(ok))) }
        if !skipped.isEmpty { lines.append(Finding("\(skipped.count) checks", .skipped, Numbers.list(skipped))) }
        return FindingGroup(title: group.title, findings: group.findings.filter(\.isTrouble) + lines)
    }

    /// `31 ok, 2 warnings, 1 failed, 3 skipped`: always all that there are, the failures never left out.
    static func summary(_ findings: [Finding], color: Bool) -> String {
        func count(_ status: Finding.Status) -> Int { findings.count { $0.status == status } }
        let (warnings, failed, skipped) = (count(.warning), count(.failed), count(.skipped))
        var parts = ["\(count(.ok)) ok", Numbers.counted(warnings, "warning"), "\(failed) failed"]
        if skipped > 0 { parts.append("\(skipped) skipped") }
        let text = parts.joined(separator: ", ")
        return TerminalText.styled(text, failed > 0 ? .red : warnings > 0 ? .yellow : .green, color: color)
    }

    /// Breaks at spaces; a word that is too long, as a path, stays whole: cut in two, nobody could copy it.
    private static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace).map({ TerminalText.printable(String($0)) }) {
            if let line = lines.last, TerminalText.width(line) + 1 + TerminalText.width(word) <= columns {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(word)
            }
        }
        return lines
    }

    /// Where the columns stand: mark and word, the check's name, what was found.
    private struct Layout {
        let width: Int
        private let names: Int
        /// `! warning`.
        private static let marks = 9

        init(_ findings: [Finding], width: Int) {
            self.width = width
            names = min(findings.map { TerminalText.width($0.check) }.max() ?? 0, 18)
        }

        private var textColumn: Int { FindingList.indent.count + Self.marks + 2 + names + 2 }

        func lines(of finding: Finding, color: Bool) -> [String] {
            let room = max(20, width - textColumn)
            let margin = String(repeating: " ", count: textColumn)
            let (mark, style) = Self.mark(finding.status)
            let head = TerminalText.styled(
                TerminalText.padded("\(mark) \(finding.status.rawValue)", to: Self.marks), style, color: color)
            let name = TerminalText.padded(TerminalText.cut(finding.check, to: names), to: names)
            let found = FindingList.wrapped(finding.found, to: room)
            let isQuiet = finding.status == .skipped
            var lines = ["\(FindingList.indent)\(head)  \(name)  "]
            for (index, line) in found.enumerated() {
                let text = TerminalText.styled(line, isQuiet ? .dim : nil, color: color)
                if index == 0 { lines[0] += text } else { lines.append(margin + text) }
            }
            guard let remedy = finding.remedy else { return lines }
            let wrapped = FindingList.wrapped(remedy, to: room - 2)
            for (index, line) in wrapped.enumerated() { lines.append(margin + (index == 0 ? "→ " : "  ") + line) }
            return lines
        }

        /// A sign for the eye and never alone: the word stands beside it.
        private static func mark(_ status: Finding.Status) -> (String, TerminalText.Style) {
            switch status {
            case .ok: ("✓", .green)
            case .warning: ("!", .yellow)
            case .failed: ("✗", .red)
            case .skipped: ("–", .dim)
            }
        }
    }
}
