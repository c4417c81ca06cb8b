import PoiseCore

/// The top of the page: what to take, how sure that is, what the gate says, and what was compared.
struct AnswerView {
    let kicker: String
    let headline: [AnswerText.Run]
    let isLong: Bool
    let verdict: [[AnswerText.Run]]
    let facts: [PageFact]
    let description: String
    let hasDescription: Bool
    let compared: String
    /// Why each machine has fronts of its own; empty where there is one machine.
    let apart: String
    let hasApart: Bool
    /// One for each machine whose runs have rules.
    let gates: [GateView]

    /// One load of one machine.
    struct Section {
        let part: ReportContent
        let machine: String
        let view: FrontView

        var choice: Choice? { part.detail?.choices.first { $0.load == view.load } }
        var answer: ChoiceAnswer? { choice.flatMap { ChoiceAnswer($0, part.detail?.choiceContext) } }
    }

    /// - Parameter sections: of all machines, the first one's first load first.
    init(_ content: ReportContent, _ sections: [Section]) {
        let parts = content.parts
        let first = sections.first?.view ?? FrontView(content, load: 1)
        let text = AnswerText(first)
        let chosen = sections.first?.answer
        headline = chosen?.title ?? text.title
        isLong = (chosen?.headline ?? text.headline).count > 56
        verdict =
            (chosen?.paragraphs ?? text.paragraphs)
            + sections.dropFirst().map { section in
                section.answer.map { $0.summary(besides: chosen?.pick, on: section.machine) }
                    ?? AnswerText(section.view).summary(section.view, on: section.machine)
            } + Self.undecided(content)
        let place = parts.count > 1 ? "on machine A, \(content.run.machine.summary)" : "on this machine"
        let profile = chosen.flatMap { _ in sections.first?.choice?.profile.name }.map(TerminalText.printable)
        kicker =
            (profile.map { "For \($0), \(place)" } ?? Wording.sentence(place)) + ", \(Wording.load(first.load))"
        facts = Self.facts(content, first, chosen == nil ? nil : sections.first?.choice)
        description = content.suite.description ?? ""
        hasDescription = !description.isEmpty
        compared = Self.compared(parts)
        apart = parts.count > 1 ? Wording.apart(parts.count) : ""
        hasApart = !apart.isEmpty
        gates = parts.enumerated().compactMap { index, part in
            let machine = parts.machineName(index)
            let pick = part.detail?.choices.first?.decision?.pick
            if let report = part.detail?.gate {
                return GateView(report, pick: pick, isOnlyRun: part.runs.count == 1, machine: machine)
            }
            return part.detail?.gateObstacle.map { GateView(obstacle: $0, machine: machine) }
        }
    }

    /// The pick's where there is one, else those of the best in each number.
    private static func facts(_ content: ReportContent, _ view: FrontView, _ choice: Choice?) -> [PageFact] {
        guard let choice, let detail = content.detail,
            let pick = choice.decision.flatMap({ choice.contender($0.pick) })
        else { return PageFact.six(content, view) }
        return PickFacts(choice: choice, pick: pick, detail: detail).facts
    }

    /// Why nothing is recommended, where that is not for want of candidates.
    private static func undecided(_ content: ReportContent) -> [[AnswerText.Run]] {
        content.parts.enumerated().compactMap { index, part in
            guard case .tooManyTrials(let trials, let most) = part.detail?.undecided else { return nil }
            let machine = content.parts.machineName(index)
            let place = machine.isEmpty ? "" : "\(Wording.sentence(machine)): "
            return [
                AnswerText.Run(
                    text:
                        "\(place)\(Numbers.count(trials)) trials are more than the \(Numbers.count(most)) that are read "
                        + "again for a page, so that it holds no recommendation, no gate and no ladder: poise choose, poise "
                        + "gate and poise compare --ladder give them.")
            ]
        }
    }

    static func compared(_ parts: [ReportContent]) -> String {
        let texts = parts.enumerated().map { index, part in
            (parts.count > 1 ? "On \(parts.machineName(index)) were compared: " : "Compared: ") + compared(part)
        }
        return texts.joined(separator: " ") + " Intervals are 95% throughout."
    }

    private static func compared(_ content: ReportContent) -> String {
        let models = Set(content.candidates.map(\.model)).count
        let samples = content.tasks.reduce(0) { $0 + $1.sampleCount }
        let responses = content.responses.values.reduce(0) { $0 + $1.responses }
        let failed = content.responses.values.reduce(0) { $0 + $1.failed }
        let loads = Wording.loads(content.loads)
        var text =
            "\(Numbers.counted(content.candidates.count, "candidate")) of "
            + "\(Numbers.counted(models, "model")) on \(Numbers.counted(content.tasks.count, "task")) with "
            + "\(Numbers.counted(samples, "sample")), \(loads), in \(Numbers.counted(content.rounds, "round"))"
        if !content.responses.isEmpty {
            text += ": \(Numbers.counted(responses, "response"))"
            let cached = content.responses.values.reduce(0) { $0 + $1.fromCache }
            if cached > 0 { text += ", \(Numbers.count(cached)) of them from the cache," }
            if failed > 0 { text += " and \(Numbers.counted(failed, "failed trial"))" }
        }
        let spans = content.runs.compactMap(Wording.seconds)
        if spans.count == content.runs.count { text += " in \(Numbers.span(seconds: spans.reduce(0, +)))" }
        let engines = Wording.engines(content)
        text += ". \(engines.isEmpty ? "" : "\(engines) on ")\(content.run.machine.summary)."
        return text
    }
}
