import PoiseCore

/// The tables of a recommendation.
enum ChoiceTables {
    private static let gap = "  "

    /// The pick and the runner-up, a row for each figure.
    static func figures(_ choice: Choice, _ decision: Decision, width: Int) -> [String] {
        let sides = [decision.pick, decision.runnerUp?.candidate].compactMap { $0.flatMap(choice.contender) }
        let currencies = Set(sides.compactMap(\.currency))
        var figures: [ChoiceFigure] = [
            .accuracy, .metric(.ttfo), .metric(.decodeTPS), .metric(.latency), .metric(.timeToCorrect),
            .metric(.costToCorrect), .metric(.memory), .chainTime, .chainSuccess,
        ]
        for figure in choice.profile.optimise + choice.profile.limits.map(\.figure) where !figures.contains(figure) {
            figures.append(figure)
        }
        let rows = figures.compactMap { figure -> FigureWords.Row? in
            let estimates = sides.map { $0.figures[figure] }
            // Numbers of two currencies do not stand in one row.
            guard estimates.contains(where: { $0 != nil }),
                figure != .metric(.costToCorrect) || currencies.count == 1
            else { return nil }
            return FigureWords.row(figure, estimates, currency: currencies.first, chain: choice.profile.chain)
        }
        let shares = FigureWords.Row(
            head: "picked in % of resamples",
            values: sides.map { Numbers.probability($0.pickShare).replacing("%", with: "") },
            ranges: sides.map { _ in "" })
        let all = rows + (choice.contenders.count > 1 && choice.resamples > 0 ? [shares] : [])
        let names = sides.map { TerminalText.printable($0.id) }
        // Names keep to what is left beside the rows' own.
        let heads = all.map { TerminalText.width($0.head) }.max() ?? 0
        let ranges = sides.indices.map { side in
            (["95%"] + all.map { $0.ranges[side] }).map(TerminalText.width).max() ?? 0
        }
        let room = max(
            8,
            (width - heads - ranges.reduce(0) { $0 + gap.count + $1 } - gap.count * sides.count) / max(1, sides.count))
        let head = [""] + names.flatMap { [TerminalText.cut($0, to: room), "95%"] }
        let lines = all.map { row in
            [row.head]
                + sides.indices.flatMap { side in
                    [row.values[side], row.ranges[side] == Numbers.undefined ? "" : row.ranges[side]]
                }
        }
        return aligned([head] + lines)
    }

    /// Everybody who is out, a line for each limit that is broken.
    static func out(_ choice: Choice, width: Int) -> [String] {
        let lines = choice.contenders.flatMap { contender -> [[String]] in
            let name = TerminalText.printable(contender.id)
            if !contender.isScored {
                return [[name, contender.unscored > 0 ? "no score" : "not measured", "", "", ""]]
            }
            return contender.limits.filter { !$0.standing.isKept }.enumerated().map { place, finding in
                [place == 0 ? name : ""] + cells(finding, currency: contender.currency)
            }
        }
        guard !lines.isEmpty else { return [] }
        let head = ["candidate", "limit", "has", "95%", "broken"]
        let rows = [head] + lines
        let used = (1..<5).reduce(0) { sum, column in
            sum + gap.count + (rows.map { TerminalText.width($0[column]) }.max() ?? 0)
        }
        let room = max(8, width - used)
        return aligned(rows.map { [TerminalText.cut($0[0], to: room)] + $0.dropFirst() }, left: [0, 1, 4])
    }

    private static func cells(_ finding: LimitFinding, currency: String?) -> [String] {
        let limit = FigureWords.limit(finding.limit)
            .replacing(" at least ", with: " ≥ ").replacing(" at most ", with: " ≤ ")
        guard let estimate = finding.estimate else { return [limit, Numbers.undefined, "", "not measured"] }
        let range = FigureWords.range(finding.limit.figure, estimate)
        let value = FigureWords.value(finding.limit.figure, estimate.value, currency: currency)
        return [limit, value, range, finding.standing == .brokenSurely ? "surely" : "probably"]
    }

    /// Rows of cells with two spaces between them; the columns named stand left, the others right.
    static func aligned(_ rows: [[String]], left: Set<Int> = [0]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in
            rows.map { TerminalText.width($0[column]) }.max() ?? 0
        }
        return rows.map { row in
            var line = row.enumerated().map { column, cell in
                TerminalText.padded(cell, to: widths[column], right: !left.contains(column))
            }.joined(separator: gap)
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
