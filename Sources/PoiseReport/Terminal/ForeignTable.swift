package import PoiseCore

/// The table of a run in another tool's words: for each load a row a candidate, the columns that fit the terminal.
package enum ForeignTable {
    private static let gap = "  "
    /// Narrower than this, names could not be told apart; such a terminal wraps the lines.
    private static let narrowest = 24

    package static func text(
        _ points: [ForeignSummary], tool: ForeignTool, width: Int, color: Bool = false
    ) -> String {
        let width = max(narrowest, width)
        let heading = TerminalText.wrapped(
            "The same run in \(tool.name)'s definitions (\(tool.version)); – is undefined", to: width)
        let loads = Set(points.map(\.load)).sorted()
        guard !loads.isEmpty else { return heading.joined(separator: "\n") + "\n\nNothing was measured.\n" }
        let tables = loads.map { load -> [String] in
            let words = Wording.load(load)
            let title = TerminalText.styled(words.prefix(1).uppercased() + words.dropFirst(), .bold, color: color)
            let rows = table(points.filter { $0.load == load }, width: width)
            return ["", title] + rows.enumerated().map { TerminalText.styled($1, $0 == 0 ? .dim : nil, color: color) }
        }
        let notes = ForeignNotes.of(points).flatMap { TerminalText.wrapped($0, to: width) }
        let ending = notes.isEmpty ? [] : [""] + notes.map { TerminalText.styled($0, .dim, color: color) }
        return (heading + tables.flatMap(\.self) + ending).joined(separator: "\n") + "\n"
    }

    private struct Column {
        let head: String
        let cells: [String]
        let priority: Int

        var width: Int { (cells + [head]).map(TerminalText.width).max() ?? 0 }
    }

    private static func table(_ points: [ForeignSummary], width: Int) -> [String] {
        let columns = fitted(columns(points), beside: points.map { TerminalText.printable($0.candidate) }, width: width)
        let used = columns.reduce(0) { $0 + gap.count + $1.width }
        let names = ["candidate"] + points.map { TerminalText.printable($0.candidate) }
        let room = max(6, min(names.map(TerminalText.width).max() ?? 0, width - used))
        return names.enumerated().map { row, name in
            let cells = columns.map {
                TerminalText.padded(row == 0 ? $0.head : $0.cells[row - 1], to: $0.width, right: true)
            }
            return ([TerminalText.padded(TerminalText.cut(name, to: room), to: room)] + cells).joined(separator: gap)
        }
    }

    private static func columns(_ points: [ForeignSummary]) -> [Column] {
        (points.first?.metrics ?? []).compactMap { metric in
            guard let priority = metric.priority else { return nil }
            let values = points.map { $0[metric.name] }
            // A column that no candidate has a number for says nothing.
            guard priority == 0 || values.contains(where: { $0 != nil }) else { return nil }
            // A candidate with a failure keeps the column for all.
            let best = points.compactMap { $0.metrics.first { $0.name == metric.name }?.priority }.min() ?? priority
            return Column(head: metric.head, cells: cells(values), priority: best)
        }
    }

    /// Counts as they are; else so many decimals that the smallest keeps three digits, four at most.
    private static func cells(_ values: [Double?]) -> [String] {
        let known = values.compactMap(\.self)
        let smallest = known.map(\.magnitude).filter { $0 > 0 }.min() ?? 1
        let decimals =
            if known.allSatisfy({ $0 == $0.rounded() }) {
                0
            } else {
                switch smallest {
                case 99.5...: 0
                case 9.95..<99.5: 1
                case 0.995..<9.95: 2
                case 0.0995..<0.995: 3
                default: 4
                }
            }
        return values.map { $0.map { Numbers.fixed($0, decimals) } ?? Numbers.undefined }
    }

    /// Leaves out the least useful columns until the rest fits beside the names.
    private static func fitted(_ columns: [Column], beside names: [String], width: Int) -> [Column] {
        var columns = columns
        let name = max(TerminalText.width("candidate"), names.map(TerminalText.width).max() ?? 0)
        while name + columns.reduce(0, { $0 + gap.count + $1.width }) > width,
            let least = columns.map(\.priority).max(), least > 0,
            let index = columns.lastIndex(where: { $0.priority == least })
        {
            columns.remove(at: index)
        }
        return columns
    }
}
