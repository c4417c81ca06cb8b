/// A table for a terminal that gives up its least useful columns until it fits.
struct FittedTable {
    /// One column: its head, its cells, and what it is worth when room is short.
    struct Column {
        let head: String
        let cells: [String]
        /// The lower, the longer it stays; 0 stays always.
        let priority: Int
        var alignsRight = true
        var isQuiet = false

        var width: Int { (cells + [head]).map(TerminalText.width).max() ?? 0 }
    }

    private static let gap = "  "

    private let columns: [Column]

    /// Columns that the names keep before any other column has to go: one name of a hundred letters must not cost
    /// everybody's numbers.
    private static let nameWidth = 30

    /// - Parameter columns: the first one holds the names, which are shortened to a length that tells them apart before
    ///   any column goes, and further where nothing else can go.
    init(_ columns: [Column], width: Int) {
        self.columns = Self.fitted(columns, width: width)
    }

    /// Whether a column found room.
    func shows(_ head: String) -> Bool { columns.contains { $0.head == head } }

    /// The head and a line for each row.
    func lines(color: Bool, isBold: (_ row: Int) -> Bool) -> [String] {
        let head = columns.map { TerminalText.padded($0.head, to: $0.width, right: $0.alignsRight) }
        let rows = (0..<(columns.first?.cells.count ?? 0)).map { row -> String in
            let cells = columns.map { column in
                let cell = TerminalText.padded(column.cells[row], to: column.width, right: column.alignsRight)
                return TerminalText.styled(cell, column.isQuiet ? .dim : isBold(row) ? .bold : nil, color: color)
            }
            return Self.trimmed(cells.joined(separator: Self.gap), color: color)
        }
        let line = Self.trimmed(head.joined(separator: Self.gap), color: false)
        return [TerminalText.styled(line, .dim, color: color)] + rows
    }

    /// Spaces at the end of a line are only noise in a log.
    private static func trimmed(_ line: String, color: Bool) -> String {
        guard !color else { return line }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    /// Shortens long names as far as needed, drops the least useful columns until the rest fits, then shortens all.
    private static func fitted(_ columns: [Column], width: Int) -> [Column] {
        var columns = columns
        func total() -> Int { columns.map(\.width).reduce(0, +) + gap.count * (columns.count - 1) }
        func shortenNames(to least: Int) {
            let excess = total() - width
            guard excess > 0, let names = columns.first, names.width > least else { return }
            let room = max(least, names.width - excess)
            columns[0] = Column(
                head: TerminalText.cut(names.head, to: room),
                cells: names.cells.map { TerminalText.cutInside($0, to: room) }, priority: 0, alignsRight: false)
        }
        shortenNames(to: nameWidth)
        while total() > width, let least = columns.max(by: { $0.priority < $1.priority }), least.priority > 0 {
            guard let index = columns.lastIndex(where: { $0.priority == least.priority }) else { break }
            columns.remove(at: index)
        }
        shortenNames(to: 6)
        return columns
    }
}
