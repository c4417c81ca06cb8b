import PoiseCore

/// The sentences of a choice.
enum ChoiceWords {
    /// What was found, in one sentence.
    static func finding(_ choice: Choice) -> String {
        let profile = profile(choice)
        switch choice.outcome {
        case .nothingMeasured:
            return "Nothing can be recommended for \(profile): no answer of any candidate has a score."
        case .noneMeetsLimits:
            let count = choice.contenders.count
            return
                (count == 1
                ? "The only candidate does not meet" : "None of the \(Numbers.count(count)) candidates meets")
                + " the limits for \(profile)."
        case .noneIsRight:
            let count = choice.contenders.count(where: \.isEligible)
            return "Nothing can be recommended for \(profile): "
                + (count == 1
                    ? "the only candidate that meets the limits was never right."
                    : "none of the \(Numbers.count(count)) candidates that meet the limits was ever right.")
        case .picked:
            guard let decision = choice.decision else { return "" }
            if choice.contenders.count == 1 {
                return "\(named(decision.pick)) is the only candidate, and meets the limits for \(profile)."
            }
            let eligible = choice.contenders.count(where: \.isEligible)
            let among =
                eligible == 1
                ? "the only one of \(Numbers.count(choice.contenders.count)) candidates that meets the limits"
                : "out of \(Numbers.count(eligible)) that meet the limits"
            return "\(named(decision.pick)) is the pick for \(profile), \(among)."
        }
    }

    private static func profile(_ choice: Choice) -> String {
        let name = TerminalText.printable(choice.profile.name)
        return choice.profile.meanwhile.map { "\(name) (the person \(TerminalText.printable($0)))" } ?? name
    }

    static func named(_ id: String) -> String { TerminalText.printable(id) }

    // MARK: - Why

    /// How the pick was come to, a sentence for each step.
    static func why(_ choice: Choice, _ decision: Decision) -> [String] {
        var sentences = choice.unusable.map { unusable($0, choice) }
        sentences += decision.stages.compactMap { stage($0, choice) }
        if decision.equals.count > 1 { sentences.append(tie(choice, decision)) }
        if let second = second(choice, decision) { sentences.append(second) }
        if let most = decision.mostAccurate, let difference = most.accuracyDifference {
            let turned = FigureEstimate(
                -difference.value, low: difference.high.map { -$0 }, high: difference.low.map { -$0 })
            sentences.append(
                "Beside \(named(most.candidate)), the most often right, it has \(FigureWords.points(turned))"
                    + (most.isToldApart ? "." : "; the two cannot be told apart."))
        }
        return sentences
    }

    private static func unusable(_ figure: ChoiceFigure, _ choice: Choice) -> String {
        let eligible = choice.contenders.filter(\.isEligible)
        let missing = eligible.filter { $0.figures[figure] == nil }.map { named($0.id) }
        let name = FigureWords.name(figure)
        if missing.isEmpty {
            return "The \(name) is left out: prices are in \(Numbers.list(currencies(choice))), which are not compared."
        }
        let who = missing.count == eligible.count ? "any of them" : Numbers.list(few(missing))
        return "The \(name) is left out: it is not known of \(who)."
    }

    static func currencies(_ choice: Choice) -> [String] {
        Set(choice.contenders.compactMap(\.currency)).sorted()
    }

    private static func stage(_ stage: Decision.Stage, _ choice: Choice) -> String? {
        let rest = stage.kept.filter { $0 != stage.leader }
        if stage.figure == .metric(.decodeTPS), let most = choice.profile.speed?.noFurtherGain, stage.dropped.isEmpty,
            stage.kept.allSatisfy({ (choice.value(.metric(.decodeTPS), of: $0) ?? 0) >= most })
        {
            let all = stage.kept.count == 2 ? "Both" : "All \(Numbers.count(stage.kept.count))"
            return
                "\(all) decode at \(Numbers.trimmed(most)) tok/s or more, from where on nobody gains, and count as equal."
        }
        guard let best = choice.contender(stage.leader)?.figures[stage.figure] else { return nil }
        let value = FigureWords.value(stage.figure, best.value, currency: choice.contender(stage.leader)?.currency)
        let lead = "\(named(stage.leader)) \(superlative(stage.figure)), \(value)"
        let others =
            rest.isEmpty
            ? "" : "\(Numbers.list(few(rest.map(named)))) cannot be told apart from it"
        let worse =
            stage.dropped.isEmpty
            ? ""
            : rest.isEmpty
                ? "the other\(stage.dropped.count == 1 ? "" : " " + Numbers.count(stage.dropped.count)) "
                    + (stage.dropped.count == 1
                        ? "is worse by more than chance explains" : "are worse by more than chance explains")
                : "\(Numbers.count(stage.dropped.count)) \(stage.dropped.count == 1 ? "is" : "are") worse by more than "
                    + "chance explains"
        return [lead, others, worse].filter { !$0.isEmpty }.joined(separator: "; ") + "."
    }

    private static func superlative(_ figure: ChoiceFigure, of count: Int = 1) -> String {
        let (s, has, isOrAre) = count == 1 ? ("s", "has", "is") : ("", "have", "are")
        return switch figure {
        case .accuracy: "\(isOrAre) right most often"
        case .metric(.decodeTPS): "decode\(s) fastest"
        case .metric(.costToCorrect): "cost\(s) least for a correct answer"
        case .metric(.memory): "need\(s) the least memory"
        default: "\(has) the \(figure.isBetterHigher ? "highest" : "lowest") \(FigureWords.name(figure))"
        }
    }

    /// `Of the 4, a and b need the least memory, up to 103 MB; of these b decodes fastest, 1,922 tok/s.`
    private static func tie(_ choice: Choice, _ decision: Decision) -> String {
        var left = decision.equals.count
        func the(_ count: Int) -> String { count == 2 ? "the two" : "the \(Numbers.count(count))" }
        var before = decision.equals
        var clauses: [String] = []
        for step in decision.tiebreaks {
            defer { before = step.kept }
            let start = "of \(clauses.isEmpty ? the(left) : "these") "
            if step.figure == .accuracy {
                let verb = step.kept.count == 1 ? "is" : "are"
                clauses.append("\(start)only \(Numbers.list(few(step.kept.map(named)))) \(verb) right at all")
                left = step.kept.count
                continue
            }
            let values = step.kept.compactMap { choice.value(step.figure, of: $0) }
            guard let worst = step.figure.isBetterHigher ? values.min() : values.max() else { continue }
            let value = FigureWords.value(
                step.figure, worst, currency: choice.contender(decision.pick)?.currency)
            clauses.append(
                "\(start)\(Numbers.list(few(step.kept.map(named)))) "
                    + "\(superlative(step.figure, of: step.kept.count)), "
                    + (step.kept.count > 1 ? "up to \(value)" : value)
                    + (isBeyondGain(step, before, choice)
                        ? ", which nobody gains by but the machine: a request takes less of its time" : ""))
            left = step.kept.count
        }
        if left > 1 {
            clauses.append("nothing that was measured sets \(the(left)) apart, and the first one in the suite is named")
        }
        return Wording.sentence(clauses.joined(separator: "; ")) + "."
    }

    /// Whether a speed decided that nobody gains by any more.
    private static func isBeyondGain(_ step: Decision.Tiebreak, _ before: [String], _ choice: Choice) -> Bool {
        guard step.figure == .metric(.decodeTPS), let most = choice.profile.speed?.noFurtherGain else { return false }
        return before.contains { !step.kept.contains($0) && choice.value(step.figure, of: $0) ?? 0 >= most }
    }

    /// Why the runner-up is only that; nil where there is none.
    static func second(_ choice: Choice, _ decision: Decision) -> String? {
        guard let runnerUp = decision.runnerUp?.candidate else { return nil }
        let name = named(runnerUp)
        if let stage = decision.stages.first(where: { $0.dropped.contains(runnerUp) }) {
            return
                "\(name) is second: its \(FigureWords.name(stage.figure)) is worse than that of \(named(stage.leader)) "
                + "by more than chance explains."
        }
        let step = decision.tiebreaks.first { !$0.kept.contains(runnerUp) }
        let by =
            step.map { "only the \(FigureWords.name($0.figure)) sets it behind" } ?? "only its place in the suite does"
        return "\(name) is second: \(by)."
    }

    /// At most four names, and how many more.
    static func few(_ names: [String]) -> [String] {
        names.count <= 5 ? names : Array(names.prefix(4)) + ["\(Numbers.count(names.count - 4)) more"]
    }

    // MARK: - Beside the pick

    /// `+0.7 points (−0.9 to +2.2), not told apart, for 0.72× (0.65–0.75) the decode speed and 1.4× the memory`
    static func beside(_ comparison: Decision.Comparison, _ choice: Choice) -> String {
        var parts: [String] = []
        if let difference = comparison.accuracyDifference {
            parts.append(
                FigureWords.points(difference) + (comparison.isToldApart ? "" : ", which cannot be told from none"))
        }
        let pace =
            choice.profile.pace == .metric(.costToCorrect) ? ChoiceFigure.metric(.timeToCorrect) : choice.profile.pace
        var shown: [ChoiceFigure] = [pace]
        for figure in [ChoiceFigure.metric(.memory), .metric(.costToCorrect)] where !shown.contains(figure) {
            shown.append(figure)
        }
        let areComparable =
            choice.contender(comparison.candidate)?.currency
            == choice.decision.flatMap {
                choice.contender($0.pick)?.currency
            }
        for figure in shown where figure != .metric(.costToCorrect) || areComparable {
            if let ratio = comparison.ratios[figure] {
                parts.append("\(FigureWords.ratio(ratio)) the \(FigureWords.name(figure))")
            }
        }
        return "\(named(comparison.candidate)): \(parts.joined(separator: "; "))."
    }

    // MARK: - How sure

    static func sureness(_ choice: Choice) -> String? {
        guard choice.resamples > 0, choice.noneShare != nil, let decision = choice.decision,
            choice.contenders.count > 1
        else { return nil }
        let shares = choice.contenders.enumerated().compactMap { place, contender in
            contender.pickShare.map { (contender.id, $0, place) }
        }
        .filter { $0.0 == decision.pick || $0.1 >= 0.005 }
        .sorted { left, right in
            (left.0 == decision.pick ? 1 : 0, left.1, -left.2) > (right.0 == decision.pick ? 1 : 0, right.1, -right.2)
        }
        let words = shares.prefix(6).map { "\(named($0.0)) in \(Numbers.probability($0.1))" }
        let none = choice.noneShare.flatMap { share in
            share > 0 ? "; in \(Numbers.probability(share)) no candidate meets the limits and is ever right" : nil
        }
        return "In \(Numbers.count(choice.resamples)) joint resamples of the samples the same rule picks "
            + Numbers.list(words) + (none ?? "") + "."
    }

    /// Limits that the pick keeps by its estimate and not by its interval.
    static func doubts(_ choice: Choice, _ decision: Decision) -> [String] {
        guard let pick = choice.contender(decision.pick) else { return [] }
        return pick.limits.compactMap { finding in
            guard finding.standing == .keptProbably, let estimate = finding.estimate else { return nil }
            let value = FigureWords.value(finding.limit.figure, estimate.value, currency: pick.currency)
            guard let low = estimate.low, let high = estimate.high else {
                return
                    "\(Wording.sentence(FigureWords.limit(finding.limit))) holds by \(value) alone, without an interval."
            }
            let range =
                "\(FigureWords.value(finding.limit.figure, low, currency: pick.currency)) to "
                + FigureWords.value(finding.limit.figure, high, currency: pick.currency)
            return
                "\(Wording.sentence(FigureWords.limit(finding.limit))) holds probably, not surely: \(value), 95% from \(range)."
        }
    }

    static func nearest(_ choice: Choice) -> String? {
        guard let nearest = choice.nearest.flatMap(choice.contender) else { return nil }
        let missed = nearest.limits.filter { !$0.standing.isKept }.map { finding in
            let value = finding.estimate.map {
                FigureWords.value(finding.limit.figure, $0.value, currency: nearest.currency)
            }
            return "\(FigureWords.limit(finding.limit)) (it has \(value ?? "no number"))"
        }
        return "\(named(nearest.id)) is nearest; it misses \(Numbers.list(missed))."
    }
}

extension Choice {
    /// The estimate of a candidate's figure; nil where there is none.
    func value(_ figure: ChoiceFigure, of candidate: String) -> Double? {
        contender(candidate)?.figures[figure]?.value
    }
}
