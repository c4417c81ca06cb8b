import PoiseCore

/// The table of a front on other axes than accuracy and decode speed.
enum AxesTable {
    static func lines(_ front: DrawnFront, width: Int, color: Bool) -> [String] {
        let table = FittedTable(columns(front), width: width)
        return table.lines(color: color) { front.candidates[$0].place.onFront }
            + (table.shows("front") ? legend(front, width: width) : [])
            .map { TerminalText.styled($0, .dim, color: color) }
    }

    private static func columns(_ front: DrawnFront) -> [FittedTable.Column] {
        let places = front.candidates.map(\.place)
        func column(
            _ head: String, _ priority: Int, right: Bool = true, quiet: Bool = false, _ cell: (FrontPlace) -> String
        ) -> FittedTable.Column {
            FittedTable.Column(
                head: head, cells: places.map(cell), priority: priority, alignsRight: right, isQuiet: quiet)
        }
        var columns = [
            column("candidate", 0, right: false) { TerminalText.printable($0.candidate) },
            column(front.y.head, 0) { Numbers.percent($0.y?.estimate) },
            column("95%", 2, quiet: true) { Numbers.percentRange($0.y?.low, $0.y?.high) },
            column("n", 5) { Numbers.count($0.n) },
        ]
        // A column of zeros says nothing; unscored samples matter as soon as there is one.
        if places.contains(where: { $0.unscored > 0 }) {
            columns.append(column("unscored", 3) { Numbers.count($0.unscored) })
        }
        columns.append(column(front.x.head, 0) { front.x.column.text($0.x?.estimate) })
        if places.contains(where: { $0.x?.low != nil }) {
            columns.append(
                column("95%", 3, quiet: true) {
                    // Between infinite and infinite there is nothing to say.
                    $0.x?.low == .infinity ? Numbers.undefined : front.x.column.range($0.x?.low, $0.x?.high)
                })
        }
        return columns + [
            FittedTable.Column(
                head: "front",
                cells: front.candidates.map {
                    FrontTable.membership(
                        isDrawn: $0.isDrawn || $0.place.x?.estimate == .infinity, isOnFront: $0.place.onFront,
                        frontProbability: $0.place.frontProbability)
                }, priority: 1)
        ]
    }

    private static func legend(_ front: DrawnFront, width: Int) -> [String] {
        let endless = front.candidates.contains { $0.place.x?.estimate == .infinity }
        return TerminalText.wrapped(
            "● on the front, ○ beaten; % of resamples in which it is on the front; intervals are 95%; "
                + TerminalText.printable(front.scope)
                + (endless ? "; \(Numbers.infinite) nothing was correct" : "")
                + (front.load.isOpenLoop && front.x.countsFromSchedule
                    ? "; times count from the moment that a request was due, the queue included" : ""),
            to: width)
    }
}
