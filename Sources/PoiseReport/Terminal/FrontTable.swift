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
        let fronts = content.allLoads.map { DrawnFront(content, load: $0) }.filter { !$0.candidates.isEmpty }
        return fronts.enumerated().map { index, front in
            var lines: [String] = []
            if !machine.isEmpty, index == 0 {
                let name = "\(Wording.sentence(machine)): \(TerminalText.printable(content.run.machine.summary))"
                lines += TerminalText.wrapped(name, to: width).map { TerminalText.styled($0, .bold, color: color) }
            }
            if fronts.count > 1 || !machine.isEmpty {
                let words = Wording.sentence(Wording.load(front.load))
                lines += TerminalText.wrapped(words, to: width).map { TerminalText.styled($0, .bold, color: color) }
            }
            if content.otherFront != nil { return lines + AxesTable.lines(front, width: width, color: color) }
            let view = FrontView(content, load: front.load)
            return lines + table(view, isShared: content.points.contains(where: \.isShared), width: width, color: color)
        }
    }

    /// - Parameter isShared: whether requests share an engine at any load of the machine.
    private static func table(_ view: FrontView, isShared: Bool, width: Int, color: Bool) -> [String] {
        let table = FittedTable(columns(view, isShared: isShared), width: width)
        let legend =
            table.shows("front") ? legend(view, hasThroughput: table.shows("throughput"), width: width) : []
        return table.lines(color: color) { view.candidates[$0].point.onFront }
            + legend.map { TerminalText.styled($0, .dim, color: color) }
    }

    private static func legend(_ view: FrontView, hasThroughput: Bool, width: Int) -> [String] {
        let quantities =
            "● on the front, ○ beaten; % of resamples in which it is on the front; intervals are 95%"
            + (hasThroughput ? "; throughput is tok/s over all requests together" : "")
            + (view.load.isOpenLoop ? "; times count from the moment that a request was due, the queue included" : "")
        return TerminalText.wrapped(quantities, to: width)
    }

    // MARK: - Columns

    private static func columns(_ view: FrontView, isShared: Bool) -> [FittedTable.Column] {
        let points = view.candidates.map(\.point)
        let speed = NumberColumn.plain(points.map(\.decodeTPS), unit: "tok/s")
        let ttft = NumberColumn.times(points.map(\.ttft))
        let latency = NumberColumn.times(points.map(\.latency))
        let queue = NumberColumn.times(points.map(\.queueDelay))
        let throughput = NumberColumn.plain(points.map(\.throughput), unit: "tok/s")
        let correct = NumberColumn.times(points.map(\.timeToCorrect))
        func column(
            _ head: String, _ priority: Int, right: Bool = true, quiet: Bool = false, _ cell: (FrontPoint) -> String
        ) -> FittedTable.Column {
            FittedTable.Column(
                head: head, cells: points.map(cell), priority: priority, alignsRight: right, isQuiet: quiet)
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
            FittedTable.Column(head: "front", cells: view.candidates.map(membership), priority: 1),
        ]
        if !view.load.isOpenLoop { columns.removeAll { $0.head.hasPrefix("queue ") } }
        if !isShared || points.allSatisfy({ $0.throughput == nil }) { columns.removeAll { $0.head == "throughput" } }
        // A column of zeros says nothing; unscored samples matter as soon as there is one.
        if points.allSatisfy({ $0.unscored == 0 }) {
            columns.removeAll { $0.head == "unscored" }
        } else {
            columns = columns.map { column in
                column.head == "unscored"
                    ? FittedTable.Column(
                        head: column.head, cells: column.cells, priority: 3, alignsRight: true) : column
            }
        }
        return columns
    }

    /// A candidate without both numbers is neither on the front nor beaten.
    private static func membership(_ candidate: ViewCandidate) -> String {
        let point = candidate.point
        return membership(
            isDrawn: candidate.isDrawn, isOnFront: point.onFront, frontProbability: point.frontProbability)
    }

    static func membership(isDrawn: Bool, isOnFront: Bool, frontProbability: Double?) -> String {
        let mark = isDrawn ? (isOnFront ? "●" : "○") : Numbers.undefined
        let share = frontProbability.map { " " + Numbers.probability($0) } ?? ""
        return mark + TerminalText.padded(share, to: 5, right: true)
    }
}
