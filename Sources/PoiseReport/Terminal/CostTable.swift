import PoiseCore

/// What the candidates that have a price cost, and where an hour of a machine is as cheap as tokens.
enum CostTable {
    /// Empty where nobody has a price.
    static func lines(_ choice: Choice, width: Int) -> [String] {
        guard !choice.costs.isEmpty else { return [] }
        let rows = choice.costs.map { cost in
            let right = cost.toCorrect
            let decimals = right.map { $0.value.isFinite ? FigureWords.moneyDecimals($0.value) : 2 } ?? 2
            return [
                paid(cost.price), FigureWords.money(cost.perTrial, nil), FigureWords.money(cost.perThousand, nil),
                FigureWords.money(right?.value, nil),
                right?.low?.isFinite == true ? Numbers.range(right?.low, right?.high, decimals: decimals) : "",
            ]
        }
        // The cost of a trial goes first, which that of 1,000 says too, and then the interval, until names have room.
        let heads = [("paid", 1), ("per trial", 3), ("per 1,000", 0), ("per right one", 0), ("95%", 2)]
        let columns = heads.enumerated().map { place, head in
            FittedTable.Column(head: head.0, cells: rows.map { $0[place] }, priority: head.1, alignsRight: place > 0)
        }
        let narrow = columns.filter { $0.priority < 3 }.reduce(0) { $0 + 2 + $1.width }
        let names = CutNames.fitted(
            choice.costs.map { TerminalText.printable($0.candidate) }, to: max(16, width - narrow))
        let table = FittedTable(
            [FittedTable.Column(head: "candidate", cells: names, priority: 0, alignsRight: false)] + columns,
            width: width
        ).lines(color: false) { _ in false }
        return table + notes(choice).flatMap { TerminalText.wrapped($0, to: width) }
    }

    private static func paid(_ price: Price) -> String {
        TerminalText.printable(price.currency) + (price.hour == nil ? " by token" : " by hour")
    }

    /// What the costs mean: where tokens and hours break even, what is not known, whose prices these are.
    static func notes(_ choice: Choice) -> [String] {
        var notes = choice.breakEvens.map { breakEven($0, choice) }
        let unknown = choice.costs.filter { $0.unknown > 0 }.map { cost in
            "\(TerminalText.printable(cost.candidate)) \(Numbers.count(cost.unknown)) of \(Numbers.count(cost.trials))"
        }
        if !unknown.isEmpty {
            notes.append("Trials of which nobody knows what they cost: \(Numbers.list(ChoiceWords.few(unknown))).")
        }
        let currencies = ChoiceWords.currencies(choice)
        if currencies.count > 1 {
            notes.append("Prices in \(Numbers.list(currencies.map(TerminalText.printable))) are never compared.")
        }
        if choice.costs.contains(where: { $0.price.hour != nil }) {
            notes.append("An hour is shared by the trials of the load level, \(Wording.load(choice.load)).")
        }
        notes.append("Judges are not in these costs. \(sources(choice))")
        return notes
    }

    private static func breakEven(_ breakEven: BreakEven, _ choice: Choice) -> String {
        let names = (TerminalText.printable(breakEven.hourly), TerminalText.printable(breakEven.perToken))
        let rate = "\(rate(breakEven.requestsPerHour)) requests an hour"
        let start = "\(names.0) by the hour costs as much as \(names.1) by the token at \(rate)"
        guard let capacity = breakEven.capacity else { return start + "." }
        return breakEven.isServable == true
            ? "\(start), and less above; at this load it served \(Self.rate(capacity))."
            : "\(start), but at this load it served only \(Self.rate(capacity)): tokens are cheaper up to there."
    }

    private static func rate(_ perHour: Double) -> String { Numbers.threeDigits(perHour) }

    /// Where the prices were read.
    private static func sources(_ choice: Choice) -> String {
        var seen: [String] = []
        for price in choice.costs.map(\.price) {
            let words = [price.source, price.date.map { "on \(Wording.date($0))" }].compactMap(\.self)
                .joined(separator: " ")
            let line = words.isEmpty ? "a source that nobody named" : TerminalText.printable(words)
            if !seen.contains(line) { seen.append(line) }
        }
        return "Prices: \(Numbers.list(ChoiceWords.few(seen)))."
    }
}
