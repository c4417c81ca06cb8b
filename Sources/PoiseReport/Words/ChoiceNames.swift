import PoiseCore

extension Choice {
    /// The same with every id printable, and short enough for a line; ids that differ stay apart.
    func named(within columns: Int) -> Choice {
        let printable = contenders.map { TerminalText.printable($0.id) }
        let fitted = CutNames.fitted(printable, to: columns)
        return renamed(Dictionary(zip(contenders.map(\.id), fitted), uniquingKeysWith: { first, _ in first }))
    }

    /// The same with every candidate named as running text names it, `tiny-m at q4_0`; ids that differ stay apart.
    var spoken: Choice {
        let names = contenders.map { contender in
            contender.quantization.map { "\(contender.model) at \($0)" } ?? contender.model
        }
        let isUnique = Set(names).count == names.count
        let printable = zip(contenders, names).map { TerminalText.printable(isUnique ? $1 : $0.id) }
        return renamed(Dictionary(zip(contenders.map(\.id), printable), uniquingKeysWith: { first, _ in first }))
    }

    private func renamed(_ names: [String: String]) -> Choice {
        func name(_ id: String) -> String { names[id] ?? id }
        var choice = self
        for index in choice.contenders.indices { choice.contenders[index].id = name(choice.contenders[index].id) }
        for index in choice.costs.indices { choice.costs[index].candidate = name(choice.costs[index].candidate) }
        choice.breakEvens = breakEvens.map {
            BreakEven(
                hourly: name($0.hourly), perToken: name($0.perToken), requestsPerHour: $0.requestsPerHour,
                capacity: $0.capacity)
        }
        choice.nearest = nearest.map(name)
        choice.decision = decision?.renamed(name)
        return choice
    }
}

extension Decision {
    fileprivate func renamed(_ name: (String) -> String) -> Decision {
        func compared(_ other: Comparison?) -> Comparison? {
            other.map {
                Comparison(
                    candidate: name($0.candidate), accuracyDifference: $0.accuracyDifference,
                    isToldApart: $0.isToldApart, ratios: $0.ratios)
            }
        }
        return Decision(
            pick: name(pick),
            stages: stages.map {
                Stage(
                    figure: $0.figure, leader: name($0.leader), kept: $0.kept.map(name),
                    dropped: $0.dropped.map(name))
            }, equals: equals.map(name),
            tiebreaks: tiebreaks.map { Tiebreak(figure: $0.figure, kept: $0.kept.map(name)) },
            runnerUp: compared(runnerUp), up: compared(up), down: compared(down), mostAccurate: compared(mostAccurate))
    }
}
