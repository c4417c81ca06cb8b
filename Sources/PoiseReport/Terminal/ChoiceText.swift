package import PoiseCore

/// A recommendation for the terminal: the pick, why, how sure, what is beside it, what is out and by what.
package enum ChoiceText {
    /// - Parameter width: columns of the terminal; at least 40 are used.
    package static func text(_ choice: Choice, _ context: ChoiceContext, width: Int, color: Bool = false) -> String {
        let width = max(40, min(width, 100))
        // Set in by four, with what stands behind a name.
        let choice = choice.named(within: width - 8)
        var parts: [[String]] = [
            TerminalText.wrapped(ChoiceWords.finding(choice), to: width).map {
                TerminalText.styled($0, .bold, color: color)
            }
                + TerminalText.wrapped(circumstances(choice, context), to: width).map {
                    TerminalText.styled($0, .dim, color: color)
                }
        ]
        if let decision = choice.decision {
            parts.append(ChoiceTables.figures(choice, decision, width: width))
            parts.append(section("Why", ChoiceWords.why(choice, decision), width: width, color: color))
            parts.append(beside(choice, decision, width: width, color: color))
            let sure = [ChoiceWords.sureness(choice)].compactMap(\.self) + ChoiceWords.doubts(choice, decision)
            parts.append(section("How sure", sure, width: width, color: color))
        } else if let nearest = ChoiceWords.nearest(choice) {
            parts.append(TerminalText.wrapped(nearest, to: width))
        }
        parts.append(out(choice, width: width, color: color))
        parts.append(costs(choice, width: width, color: color))
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
            // Lines are broken by now.
            .replacing("\u{A0}", with: " ")
    }

    private static func circumstances(_ choice: Choice, _ context: ChoiceContext) -> String {
        var words = [
            Wording.sentence(Wording.load(choice.load))
                + (context.tasks.isEmpty
                    ? "" : ", \(Numbers.list(context.tasks.map(TerminalText.printable)))")
        ]
        let limits = choice.profile.allLimits.map(FigureWords.limit)
        if !limits.isEmpty { words.append("Limits: \(Numbers.list(limits))") }
        if context.isUsualProfile { words.append("Nobody named a profile: chat is taken, --profile takes another") }
        if !context.otherLoads.isEmpty {
            words.append(
                "Also measured \(Wording.loads(context.otherLoads)): --load \(context.otherLoads[0])")
        }
        if !context.otherRuns.isEmpty {
            words.append(
                "Left out, since speeds of different machines are not compared: \(Numbers.list(context.otherRuns))")
        }
        if context.isSimulated { words.append("Simulated, so no model was measured") }
        return words.joined(separator: ". ") + "."
    }

    private static func section(_ title: String, _ sentences: [String], width: Int, color: Bool) -> [String] {
        guard !sentences.isEmpty else { return [] }
        return [TerminalText.styled(title, .bold, color: color)]
            + sentences.flatMap { indented($0, width: width) }
    }

    /// A sentence, its further lines set in.
    private static func indented(_ sentence: String, width: Int) -> [String] {
        TerminalText.wrapped(sentence, to: width - 4).enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
    }

    private static func beside(_ choice: Choice, _ decision: Decision, width: Int, color: Bool) -> [String] {
        guard choice.contenders.count > 1 else { return [] }
        let eligible = choice.contenders.count(where: \.isEligible)
        guard eligible > 1 else {
            return section(
                "Beside it", ["No other candidate meets the limits."], width: width, color: color)
        }
        let lines: [(String, Decision.Comparison?, String)] = [
            ("Runner-up", decision.runnerUp, "none"),
            ("Up the front", decision.up, "none of those that meet the limits is right more often."),
            ("Down the front", decision.down, "none with fewer right answers gains anything by it."),
        ]
        let sentences = lines.enumerated().map { place, line in
            let (head, comparison, none) = line
            guard let comparison else { return "\(head): \(none)" }
            // Said once, where the runner-up is also the neighbour.
            return place > 0 && comparison == decision.runnerUp
                ? "\(head): the runner-up." : "\(head): \(ChoiceWords.beside(comparison, choice))"
        }
        return section("Beside it", sentences, width: width, color: color)
    }

    private static func out(_ choice: Choice, width: Int, color: Bool) -> [String] {
        let table = ChoiceTables.out(choice, width: width)
        return table.isEmpty ? [] : [TerminalText.styled("Out", .bold, color: color)] + table
    }

    private static func costs(_ choice: Choice, width: Int, color: Bool) -> [String] {
        let table = CostTable.lines(choice, width: width)
        return table.isEmpty ? [] : [TerminalText.styled("Cost", .bold, color: color)] + table
    }
}
