package import PoiseCore

/// Divergences from one or more references as tables of at most 80 columns.
package enum DivergenceTable {
    /// - Parameter divergences: in the order in which they are shown; those of one reference and load stand together.
    package static func text(_ divergences: [Divergence]) -> String {
        var groups: [[Divergence]] = []
        for divergence in divergences {
            if let last = groups.last?.first, last.reference == divergence.reference, last.load == divergence.load {
                groups[groups.count - 1].append(divergence)
            } else {
                groups.append([divergence])
            }
        }
        return groups.map(table).joined(separator: "\n")
    }

    private static func table(_ group: [Divergence]) -> String {
        guard let first = group.first else { return "" }
        let decimals = decimals(of: group)
        let head = ["candidate", "mean KL", "95%", "same top %", "95%", "covered %", "n"]
        let rows = group.map { one in
            [
                TerminalText.printable(one.candidate), Numbers.fixed(one.meanKL, decimals),
                Numbers.range(one.meanKLLow, one.meanKLHigh, decimals: decimals), Numbers.percent(one.sameTop),
                Numbers.percentRange(one.sameTopLow, one.sameTopHigh), covered(one), Numbers.count(one.samples),
            ]
        }
        var widths = head.indices.map { column in
            ([head] + rows).map { TerminalText.width($0[column]) }.max() ?? 0
        }
        // Names give way to numbers.
        let others = widths.dropFirst().reduce(0) { $0 + $1 + 2 }
        widths[0] = min(widths[0], max(9, 80 - others))
        let lines = ([head] + rows).map { cells in
            zip(cells, widths).enumerated().map { column, cell in
                TerminalText.padded(TerminalText.cut(cell.0, to: cell.1), to: cell.1, right: column > 0)
            }.joined(separator: "  ")
        }
        return
            (TerminalText.wrapped(title(first, group), to: 80) + [""] + lines + [""]
            + TerminalText.wrapped(notes(group), to: 80)).joined(separator: "\n") + "\n"
    }

    private static func title(_ first: Divergence, _ group: [Divergence]) -> String {
        let tokens = Set(group.map(\.tokens)).sorted()
        let count =
            tokens.count == 1
            ? Numbers.counted(tokens[0], "position")
            : "\(Numbers.count(tokens[0])) to \(Numbers.counted(tokens[tokens.count - 1], "position"))"
        return "Next tokens along \(TerminalText.printable(first.reference))’s own responses at load \(first.load): "
            + "\(Numbers.counted(group.map(\.samples).max() ?? 0, "sample")), \(count)."
    }

    private static func notes(_ group: [Divergence]) -> String {
        var notes =
            "KL: from the reference, nats a token. Positions are averaged within a response, then responses: each"
            + " response counts once. Intervals by the bootstrap over samples."
        if let whole = group.first(where: \.isWhole), let vocabulary = whole.vocabulary, group.allSatisfy(\.isWhole) {
            notes += " Over the whole vocabulary of \(Numbers.count(vocabulary)) tokens."
        } else {
            notes +=
                " Over the \(Numbers.counted(group.map(\.top).max() ?? 0, "likeliest token")) of each side, all others"
                + " as one: at most what it is over the whole vocabulary. Covered: the reference’s probability on"
                + " tokens that both sides named."
        }
        let leftOut = group.map(\.leftOut).max() ?? 0
        if leftOut > 0 { notes += " \(Numbers.counted(leftOut, "response")) could not be followed." }
        return notes
    }

    private static func covered(_ one: Divergence) -> String {
        one.isWhole ? "all" : Numbers.percent(one.covered, 2)
    }

    /// Decimals by the smallest divergence, so that it keeps two digits that matter; six at most.
    private static func decimals(of group: [Divergence]) -> Int {
        let smallest = group.map(\.meanKL).filter { $0 > 0 }.min() ?? 1
        var (decimals, scaled) = (2, smallest * 100)
        while scaled < 10, decimals < 6 {
            scaled *= 10
            decimals += 1
        }
        return decimals
    }
}
