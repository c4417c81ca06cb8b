import PoiseCore

/// The tables of a recommendation.
enum ChoiceTables {
    private static let gap = "  "
    /// Columns below which a name says too little.
    private static let leastName = 12

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
            head: "picked in %",
            values: sides.map { Numbers.probability($0.pickShare).replacing("%", with: "") },
            ranges: sides.map { _ in "" })
        let isDrawn = choice.contenders.count > 1 && sides.contains { $0.pickShare != nil }
        return matrix(rows + (isDrawn ? [shares] : []), of: sides.map(\.id), width: width)
    }

    /// A side below the other where they do not fit beside each other.
    private static func matrix(_ rows: [FigureWords.Row], of sides: [String], width: Int) -> [String] {
        let heads = TerminalColumn(head: "", cells: rows.map(\.head), alignsRight: false)
        let columns = sides.indices.map { side in
            [
                TerminalColumn(head: "", cells: rows.map { $0.values[side] }),
                TerminalColumn(head: "95%", cells: rows.map { blank($0.ranges[side]) }, priority: 1, isQuiet: true),
            ]
        }
        let natural = columns.map { $0.reduce(-gap.count) { $0 + gap.count + $1.width } }
        // Names have what is left beside the rows' own; where only one side fits, all of it.
        let least = natural.max() ?? 0
        let beside = (width - heads.width) / max(1, sides.count) - gap.count
        let room = beside >= least ? beside : max(8, min(least, width - heads.width - gap.count))
        let names = CutNames.fitted(sides.map(TerminalText.printable), to: room)
        let groups = sides.indices.map { side in
            let missing = max(0, TerminalText.width(names[side]) - natural[side])
            let first = columns[side][0]
            // A head of spaces makes room for a name that is wider than its numbers.
            let wide = TerminalColumn(
                head: missing == 0 ? "" : String(repeating: " ", count: first.width + missing), cells: first.cells)
            return TerminalMatrix.Group(title: names[side], columns: [wide, columns[side][1]])
        }
        return TerminalMatrix(labels: [heads], groups: groups).lines(width: width, color: false)
    }

    private static func blank(_ range: String) -> String { range == Numbers.undefined ? "" : range }

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
        let heads = ["candidate", "limit", "has", "95%", "broken"]
        let others = (1..<5).map { column in
            FittedTable.Column(
                head: heads[column], cells: lines.map { $0[column] }, priority: 0,
                alignsRight: column == 2 || column == 3)
        }
        let room = width - others.reduce(0) { $0 + gap.count + $1.width }
        guard room >= leastName else { return sentences(choice, width: width) }
        let names = CutNames.fitted(lines.map { $0[0] }, to: room)
        return FittedTable(
            [FittedTable.Column(head: heads[0], cells: names, priority: 0, alignsRight: false)] + others, width: width
        ).lines(color: false) { _ in false }
    }

    /// The same where the table has no room.
    private static func sentences(_ choice: Choice, width: Int) -> [String] {
        choice.contenders.flatMap { contender -> [String] in
            let findings = contender.limits.filter { !$0.standing.isKept }
            guard !contender.isScored || !findings.isEmpty else { return [] }
            let words = findings.map { finding in
                let cells = cells(finding, currency: contender.currency)
                return "\(cells[0]): \(cells[1])\(cells[2].isEmpty ? "" : " (\(cells[2]))"), \(cells[3])"
            }
            let nothing = contender.unscored > 0 ? "no score" : "not measured"
            let lines = [CutNames.fitted([TerminalText.printable(contender.id)], to: width)[0]]
            return lines
                + (contender.isScored ? words : [nothing]).flatMap { words in
                    TerminalText.wrapped(words, to: width - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
                }
        }
    }

    private static func cells(_ finding: LimitFinding, currency: String?) -> [String] {
        let limit = FigureWords.limit(finding.limit)
            .replacing(" at least ", with: " ≥ ").replacing(" at most ", with: " ≤ ")
        guard let estimate = finding.estimate else { return [limit, Numbers.undefined, "", "not measured"] }
        let range = FigureWords.range(finding.limit.figure, estimate)
        let value = FigureWords.value(finding.limit.figure, estimate.value, currency: currency)
        return [limit, value, range, finding.standing == .brokenSurely ? "surely" : "probably"]
    }
}
