/// A column of a table on a terminal.
struct TerminalColumn {
    let head: String
    let cells: [String]
    /// The lower, the longer it stays where room is short; 0 stays always.
    var priority = 0
    var alignsRight = true
    var isQuiet = false

    var width: Int { (cells + [head]).map(TerminalText.width).max() ?? 0 }
}

/// A table whose columns stand in titled groups behind labels; groups that do not fit beside each other follow below.
struct TerminalMatrix {
    /// Columns under one title; the title may be empty.
    struct Group {
        let title: String
        let columns: [TerminalColumn]
    }

    /// What stands first in each line of each part.
    let labels: [TerminalColumn]
    let groups: [Group]

    private static let gap = "  "

    func lines(width: Int, color: Bool) -> [String] {
        let labels = fittedLabels(width: width)
        let room = width - Self.width(labels)
        var parts: [[Group]] = []
        for group in groups {
            let fitted = Self.fitted(group, width: room)
            if let last = parts.last, last.map(Self.width).reduce(0, +) + Self.width(fitted) <= room {
                parts[parts.count - 1].append(fitted)
            } else {
                parts.append([fitted])
            }
        }
        return Array(parts.map { part(labels, $0, color: color) }.joined(separator: [""]))
    }

    /// The heads of the columns that fit, labels left out.
    func heads(width: Int) -> [String] {
        let room = width - Self.width(fittedLabels(width: width))
        return groups.flatMap { Self.fitted($0, width: room).columns.map(\.head) }
    }

    private func part(_ labels: [TerminalColumn], _ groups: [Group], color: Bool) -> [String] {
        let columns = labels + groups.flatMap(\.columns)
        let head = TerminalText.styled(Self.line(columns.map { ($0.head, $0) }, color: false), .dim, color: color)
        let rows = (columns.map(\.cells.count).min() ?? 0)
        let body = (0..<rows).map { row in
            Self.line(columns.map { ($0.cells[row], $0) }, color: color)
        }
        guard groups.contains(where: { !$0.title.isEmpty }) else { return [head] + body }
        let spaces = String(repeating: " ", count: Self.width(labels))
        let titles = groups.map { group in
            Self.gap
                + TerminalText.padded(
                    TerminalText.cut(group.title, to: Self.width(group) - Self.gap.count),
                    to: Self.width(group) - Self.gap.count)
        }
        let title = Self.trimmed(String(spaces + titles.joined()))
        return [TerminalText.styled(title, .bold, color: color), head] + body
    }

    private static func line(_ cells: [(text: String, column: TerminalColumn)], color: Bool) -> String {
        let plain = cells.map { TerminalText.padded($0.text, to: $0.column.width, right: $0.column.alignsRight) }
        guard color else { return trimmed(plain.joined(separator: gap)) }
        return zip(plain, cells).map { TerminalText.styled($0, $1.column.isQuiet ? .dim : nil, color: color) }
            .joined(separator: gap)
    }

    /// Spaces at the end of a line are only noise in a log.
    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    // MARK: - Fitting

    private static func width(_ columns: [TerminalColumn]) -> Int {
        columns.map(\.width).reduce(0, +) + gap.count * max(0, columns.count - 1)
    }

    /// With the gap before each of its columns, and wide enough for the beginning of its title.
    private static func width(_ group: Group) -> Int {
        group.columns.map { $0.width + gap.count }.reduce(0, +)
    }

    private static func fitted(_ group: Group, width: Int) -> Group {
        var columns = group.columns
        while columns.map({ $0.width + gap.count }).reduce(0, +) > width,
            let index = columns.indices.filter({ columns[$0].priority > 0 })
                .max(by: { columns[$0].priority < columns[$1].priority })
        {
            columns.remove(at: index)
        }
        return Group(title: group.title, columns: columns)
    }

    /// Labels take at most what the widest group leaves them; the first is cut where that is too little.
    private func fittedLabels(width: Int) -> [TerminalColumn] {
        let needed =
            groups.map { group in
                Self.width(Group(title: "", columns: group.columns.filter { $0.priority == 0 }))
            }.max() ?? 0
        var labels = labels
        while Self.width(labels) + needed > width,
            let index = labels.indices.filter({ labels[$0].priority > 0 })
                .max(by: { labels[$0].priority < labels[$1].priority })
        {
            labels.remove(at: index)
        }
        let excess = Self.width(labels) + needed - width
        if excess > 0, let first = labels.first {
            let room = max(6, first.width - excess)
            labels[0] = TerminalColumn(
                head: TerminalText.cut(first.head, to: room),
                cells: first.cells.map { TerminalText.cut($0, to: room) }, alignsRight: first.alignsRight)
        }
        return labels
    }
}
