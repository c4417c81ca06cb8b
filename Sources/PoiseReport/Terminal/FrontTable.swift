import PoiseCore

/// The table that a run ends with: every candidate at every load, the columns that fit the terminal.
package enum FrontTable {
    /// - Parameters:
    ///   - width: columns of the terminal; the least useful columns of the table are left out until it fits.
    ///   - color: whether ANSI styles may be used.
    package static func text(_ content: ReportContent, width: Int, color: Bool = false) -> String {
        let parts = content.parts
        let all = parts.enumerated().flatMap { index, part in
            tables(part, machine: parts.machineName(index), width: max(24, width), color: color)
        }
        guard !all.isEmpty else { return "Nothing was measured.\n" }
        let apart = parts.count > 1 ? TerminalText.wrapped(Wording.apart(parts.count), to: max(24, width)) : []
        return ([apart] + all).filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
            .joined(separator: "\n")
    }

    /// One table for each load of one machine, with headings where there are several of either.
    private static func tables(_ content: ReportContent, machine: String, width: Int, color: Bool) -> [[String]] {
        let views = content.allLoads.map { FrontView(content, load: $0) }.filter { !$0.candidates.isEmpty }
        return views.enumerated().map { index, view in
            var lines: [String] = []
            if !machine.isEmpty, index == 0 {
                let name = "\(Wording.sentence(machine)): \(TerminalText.printable(content.run.machine.summary))"
                lines += TerminalText.wrapped(name, to: width).map { TerminalText.styled($0, .bold, color: color) }
            }
            if views.count > 1 || !machine.isEmpty {
                let words = Wording.sentence(Wording.load(view.load))
                lines += TerminalText.wrapped(words, to: width).map { TerminalText.styled($0, .bold, color: color) }
            }
            return lines + table(view, isShared: content.points.contains(where: \.isShared), width: width, color: color)
        }
    }

    /// One column: its head, its cells, and what it is worth when room is short.
    private struct Column {
        let head: String
        let cells: [String]
        /// The lower, the longer it stays; 0 stays always.
        let priority: Int
        var alignsRight = true
        var isQuiet = false

        var width: Int { (cells + [head]).map(TerminalText.width).max() ?? 0 }
    }

    private static let gap = "  "

    /// - Parameter isShared: whether requests share an engine at any load of the machine.
    private static func table(_ view: FrontView, isShared: Bool, width: Int, color: Bool) -> [String] {
        let columns = fitted(columns(view, isShared: isShared), width: width)
        let head = line(columns, cell: \.head)
        let rows = view.candidates.indices.map { row -> String in
            let isOnFront = view.candidates[row].point.onFront
            let cells = columns.map { column in
                let cell = TerminalText.padded(column.cells[row], to: column.width, right: column.alignsRight)
                return TerminalText.styled(cell, column.isQuiet ? .dim : isOnFront ? .bold : nil, color: color)
            }
            return trimmed(cells.joined(separator: gap), color: color)
        }
        let legend =
            columns.contains { $0.head == "front" }
            ? legend(view, hasThroughput: columns.contains { $0.head == "throughput" }, width: width) : []
        return [TerminalText.styled(head, .dim, color: color)] + rows
            + legend.map { TerminalText.styled($0, .dim, color: color) }
    }

    private static func legend(_ view: FrontView, hasThroughput: Bool, width: Int) -> [String] {
        let quantities =
            "● on the front, ○ beaten; % of resamples in which it is on the front; intervals are 95%"
            + (hasThroughput ? "; throughput is tok/s over all requests together" : "")
            + (view.load.isOpenLoop ? "; times count from the moment that a request was due, the queue included" : "")
        return TerminalText.wrapped(quantities, to: width)
    }

    private static func line(_ columns: [Column], cell: (Column) -> String) -> String {
        trimmed(
            columns.map { TerminalText.padded(cell($0), to: $0.width, right: $0.alignsRight) }.joined(separator: gap),
            color: false
        )
    }

    /// Spaces at the end of a line are only noise in a log.
    private static func trimmed(_ line: String, color: Bool) -> String {
        guard !color else { return line }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    // MARK: - Columns

    private static func columns(_ view: FrontView, isShared: Bool) -> [Column] {
        let points = view.candidates.map(\.point)
        let speed = NumberColumn.plain(points.map(\.decodeTPS), unit: "tok/s")
        let ttft = NumberColumn.times(points.map(\.ttft))
        let latency = NumberColumn.times(points.map(\.latency))
        let queue = NumberColumn.times(points.map(\.queueDelay))
        let throughput = NumberColumn.plain(points.map(\.throughput), unit: "tok/s")
        let correct = NumberColumn.times(points.map(\.timeToCorrect))
        func column(
            _ head: String, _ priority: Int, right: Bool = true, quiet: Bool = false, _ cell: (FrontPoint) -> String
        ) -> Column {
            Column(head: head, cells: points.map(cell), priority: priority, alignsRight: right, isQuiet: quiet)
        }
        var columns = [
            column("candidate", 0, right: false) { TerminalText.printable($0.candidate) },
            column("right %", 0) { Numbers.percent($0.accuracy) },
            column("95%", 2, quiet: true) { Numbers.percentRange($0.accuracyLow, $0.accuracyHigh) },
            column("n", 5) { Numbers.count($0.n) },
            column("unscored", 6) { Numbers.count($0.unscored) },
            column("tok/s", 0) { speed.text($0.decodeTPS) },
            column("95%", 3, quiet: true) { speed.range($0.decodeTPSLow, $0.decodeTPSHigh) },
            column("TTFT \(ttft.unit)", 4) { ttft.text($0.ttft) },
            column("latency \(latency.unit)", 8) { latency.text($0.latency) },
            column("queue \(queue.unit)", 6) { queue.text($0.queueDelay) },
            column("throughput", 5) { throughput.text($0.throughput) },
            column("to correct \(correct.unit)", 7) { correct.text($0.timeToCorrect) },
            Column(head: "front", cells: view.candidates.map(membership), priority: 1),
        ]
        if !view.load.isOpenLoop { columns.removeAll { $0.head.hasPrefix("queue ") } }
        if !isShared || points.allSatisfy({ $0.throughput == nil }) { columns.removeAll { $0.head == "throughput" } }
        // A column of zeros says nothing; unscored samples matter as soon as there is one.
        if points.allSatisfy({ $0.unscored == 0 }) {
            columns.removeAll { $0.head == "unscored" }
        } else {
            columns = columns.map { column in
                column.head == "unscored"
                    ? Column(head: column.head, cells: column.cells, priority: 3, alignsRight: true) : column
            }
        }
        return columns
    }

    /// A candidate without both numbers is neither on the front nor beaten.
    private static func membership(_ candidate: ViewCandidate) -> String {
        let point = candidate.point
        let mark = candidate.isDrawn ? (point.onFront ? "●" : "○") : Numbers.undefined
        let share = point.frontProbability.map { " " + Numbers.probability($0) } ?? ""
        return mark + TerminalText.padded(share, to: 5, right: true)
    }

    /// Drops the least useful columns until the rest fits, then shortens the names.
    private static func fitted(_ columns: [Column], width: Int) -> [Column] {
        var columns = columns
        func total() -> Int { columns.map(\.width).reduce(0, +) + gap.count * (columns.count - 1) }
        while total() > width, let least = columns.max(by: { $0.priority < $1.priority }), least.priority > 0 {
            guard let index = columns.lastIndex(where: { $0.priority == least.priority }) else { break }
            columns.remove(at: index)
        }
        let excess = total() - width
        if excess > 0, let names = columns.first {
            let room = max(6, names.width - excess)
            columns[0] = Column(
                head: TerminalText.cut(names.head, to: room),
                cells: names.cells.map { TerminalText.cut($0, to: room) }, priority: 0, alignsRight: false
            )
        }
        return columns
    }
}
