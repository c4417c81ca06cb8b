import PoiseCore

/// The six facts of the pick: its numbers with their limits, the gate's word on it, and how sure the choice is.
struct PickFacts {
    let choice: Choice
    let pick: Contender
    let detail: PageDetail

    var facts: [PageFact] {
        let last = [gate, sureness].compactMap(\.self)
        return Array(figures.compactMap(fact).prefix(6 - last.count)) + last
    }

    /// What is shown first where room is short: what the profile asks for, then what everybody asks for.
    private var figures: [ChoiceFigure] {
        let usual: [ChoiceFigure] = [
            .accuracy, .metric(.decodeTPS), .metric(.ttfo), .metric(.costToCorrect), .metric(.memory),
            .metric(.latency), .metric(.timeToCorrect), .metric(.ttft),
        ]
        let asked = choice.profile.optimise + choice.profile.allLimits.map(\.figure)
        let known = (asked + usual).reduce(into: [ChoiceFigure]()) { all, figure in
            if !all.contains(figure), pick.figures[figure] != nil { all.append(figure) }
        }
        let room = 6 - [gate, sureness].compactMap(\.self).count
        let chosen = Set(([.accuracy] + known.filter { $0 != .accuracy }).prefix(room))
        // In the order in which people read them, whatever asked for them.
        return usual.filter(chosen.contains) + known.filter { chosen.contains($0) && !usual.contains($0) }
    }

    private func fact(_ figure: ChoiceFigure) -> PageFact? {
        guard let estimate = pick.figures[figure] else { return nil }
        let value = FigureWords.value(figure, estimate.value, currency: pick.currency)
        // A number and its unit; a share keeps its sign.
        let parts = value.split(separator: "\u{A0}", maxSplits: 1)
        let limit = choice.profile.allLimits.first { $0.figure == figure }
        let range = FigureWords.range(figure, estimate)
        var line = range
        if figure == .accuracy {
            line += (range.isEmpty ? "" : ", ") + Wording.unbroken("n = \(Numbers.count(pick.n))")
        }
        let bound = limit.map { Wording.unbroken("limit ") + FigureWords.setting($0) }
        return PageFact(
            title: Self.title(figure), number: parts.first.map(String.init) ?? Numbers.undefined,
            unit: parts.count > 1 ? String(parts[1]) : "",
            lines: [[line, bound ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")].filter { !$0.isEmpty })
    }

    private static func title(_ figure: ChoiceFigure) -> String {
        switch figure {
        case .accuracy: "Right answers"
        case .metric(.ttft): "First token"
        case .metric(.ttfo): "First useful token"
        case .metric(.latency): "Whole answer"
        case .metric(.memory): "Memory in use"
        case .metric(.costToCorrect): "Cost of a right answer"
        default: Wording.sentence(FigureWords.name(figure))
        }
    }

    /// The gate's word on the pick itself.
    private var gate: PageFact? {
        if let report = detail.gate {
            if report.baseline?.candidate == pick.id, report.baseline?.run == report.run {
                return PageFact(title: "Gate", number: Numbers.undefined, unit: "", lines: ["it is the baseline"])
            }
            let own = report.results.filter { $0.candidate == pick.id }
            guard !own.isEmpty else { return nil }
            let verdict = report.verdict(of: pick.id)
            let against = report.baseline.map { Self.name($0.candidate, in: choice) }
            let rule = own.first { $0.verdict == verdict && $0.rule.quantity == .accuracy } ?? own[0]
            return PageFact(
                title: against.map { "Gate against \($0)" } ?? "Gate", number: verdict.rawValue, unit: "",
                lines: verdict == .pass || rule.verdict == verdict ? Self.lines(rule) : [],
                glyph: VerdictChip(verdict).glyph)
        }
        return detail.gateObstacle == nil
            ? nil : PageFact(title: "Gate", number: Numbers.undefined, unit: "", lines: ["it could not be judged"])
    }

    /// Of one model the quantization says enough.
    private static func name(_ id: String, in choice: Choice) -> String {
        let models = Set(choice.contenders.map(\.model))
        guard models.count == 1, let quantization = choice.contender(id)?.quantization else {
            return TerminalText.printable(id)
        }
        return TerminalText.printable(quantization)
    }

    private static func lines(_ result: RuleResult) -> [String] {
        guard let estimate = result.estimate else { return [] }
        let unit = GateUnit(result.rule, estimate: estimate)
        let range = result.low == nil ? "" : unit.range(result.low, result.high)
        let n = result.n.map { Wording.unbroken("n = \(Numbers.count($0))") } ?? ""
        return [
            "\(Wording.unbroken(unit.text(estimate))), bound \(unit.number(result.rule.bound))",
            [range, n].filter { !$0.isEmpty }.joined(separator: ", "),
        ].filter { !$0.isEmpty }
    }

    private var sureness: PageFact? {
        guard choice.resamples > 0, let share = pick.pickShare else { return nil }
        return PageFact(
            title: "Stays the choice", number: Numbers.probability(share), unit: "",
            lines: ["of \(Numbers.count(choice.resamples)) resamples"])
    }
}
