import PoiseCore

/// What a gate says, in words that every format shares.
enum GateWords {
    /// `p95 of ttfo, task add, at most 500 ms`
    static func title(of rule: GateRule) -> String {
        let quantile = rule.quantile.map { "p\(Numbers.trimmed($0 * 100)) of " } ?? ""
        let places = [rule.task.map { "task \($0)" }, rule.load.map { "load \($0)" }].compactMap(\.self)
        let place = places.isEmpty ? "" : ", " + places.joined(separator: ", ") + ","
        return quantile + rule.quantity.rawValue + place + " " + limit(of: rule)
    }

    private static func limit(of rule: GateRule) -> String {
        let side = rule.side == .atLeast ? "at least" : "at most"
        switch rule.limit {
        case .nonInferior(let margin): return "non-inferior by \(Numbers.trimmed(margin * 100)) points"
        case .relative(let factor): return "\(side) \(Numbers.trimmed(factor)) of baseline"
        case .absolute(let value): return "\(side) \(bound(value, of: rule))"
        }
    }

    /// As a person would write it, with no more digits than it has.
    private static func bound(_ value: Double, of rule: GateRule) -> String {
        switch rule.quantity.kind {
        case .share: Numbers.trimmed(value * 100) + "%"
        case .time: value >= 1000 ? Numbers.trimmed(value / 1000) + " s" : Numbers.trimmed(value) + " ms"
        case .tokensPerSecond: Numbers.trimmed(value) + " tok/s"
        case .charactersPerSecond: Numbers.trimmed(value) + " characters/s"
        case .tokens: Numbers.trimmed(value) + " tokens"
        case .count: Numbers.trimmed(value)
        case .bytes: Numbers.bytes(Int64(min(value, 9e18)))
        case .money: Numbers.trimmed(value)
        }
    }

    /// `−0.4 points (95%: −1.9 to 1.0), bound −3.0, 2.6 to spare, n 457`
    static func figures(of result: RuleResult) -> String? {
        guard let estimate = result.estimate else { return nil }
        let unit = GateUnit(result.rule, estimate: estimate)
        var text = unit.text(estimate)
        if result.low != nil {
            text += " (\(confidence(of: result)): \(unit.range(result.low, result.high)))"
        }
        text += ", bound \(unit.number(result.rule.bound))"
        if let spare = result.toSpare {
            text += spare < 0 ? ", missed by \(unit.number(-spare))" : ", \(unit.number(spare)) to spare"
        }
        // Of a throughput, rounds are what it is known from.
        let isByRound = result.rule.quantity == .throughput
        return text
            + (result.n.map { isByRound ? ", \(Numbers.counted($0, "round"))" : ", n \(Numbers.count($0))" } ?? "")
    }

    /// `95%`, or what a look of several is held at: `99.1%`.
    static func confidence(of result: RuleResult) -> String {
        let percent = result.confidence * 100
        guard (percent - percent.rounded()).magnitude > 1e-9 else { return Numbers.fixed(percent, 0) + "%" }
        // As many nines as it has, and two digits more.
        return Numbers.fixed(percent, percent > 99.9 ? 4 : 2) + "%"
    }

    /// What it could have seen, and what would decide it.
    static func power(of result: RuleResult) -> String? {
        let unit = GateUnit(result.rule, estimate: result.estimate)
        var parts: [String] = []
        if let effect = result.smallestEffect {
            let among = result.tested.map { $0 > 1 ? " with all \(Numbers.count($0)) verdicts tested" : "" } ?? ""
            parts.append("it would have seen \(unit.text(effect)) beyond the bound (80% power\(among))")
        }
        if let samples = result.samplesToDecide {
            let isByRound = result.rule.quantity == .throughput
            parts.append("about \(Numbers.count(samples)) \(isByRound ? "rounds" : "samples") would decide it")
        } else if result.verdict == .inconclusive, result.estimate == result.rule.bound {
            parts.append("the estimate lies on the bound, where no number of samples decides")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// Everything beside the verdict, as sentences.
    static func explanation(of result: RuleResult) -> [String] {
        ([figures(of: result), power(of: result)].compactMap(\.self).map { Wording.sentence($0) + "." })
            + result.reasons.map { Wording.sentence(GateReasonWords.text($0)) + "." }
    }

    static func method(_ method: RuleResult.Method) -> String {
        switch method {
        case .newcombe: "Newcombe's interval of paired shares"
        case .mover: "Newcombe's interval over as many samples as the scores are worth"
        case .wilson: "Wilson's interval"
        case .effectiveWilson: "Wilson's interval over as many samples as the scores are worth"
        case .bootstrap: "bootstrap over samples"
        case .asItIs: "as it stands"
        case .none: Numbers.undefined
        }
    }

    // MARK: - The whole

    /// The finding: `Gate failed: tiny-m@tq2_0 fails 2 of 3 rules.`
    static func finding(_ report: GateReport) -> String {
        let groups = Verdict.allCases.map { verdict in
            (verdict, report.candidates.filter { report.verdict(of: $0) == verdict })
        }
        func count(_ verdict: Verdict, of candidate: String) -> String {
            // A rule at several loads is one rule, as in the count of all.
            let own = report.results.filter { $0.candidate == candidate }
            let concerned = Set(own.filter { $0.verdict == verdict }.map(\.rule)).count
            return "\(concerned) of \(Numbers.counted(Set(own.map(\.rule)).count, "rule"))"
        }
        var parts: [String] = []
        for (verdict, names) in groups where !names.isEmpty {
            switch verdict {
            case .pass: parts.append(Numbers.list(names) + (names.count == 1 ? " passes" : " pass"))
            case .fail: parts += names.map { "\($0) fails \(count(.fail, of: $0))" }
            case .inconclusive: parts += names.map { "\($0) is open on \(count(.inconclusive, of: $0))" }
            }
        }
        let rules = Set(report.results.map(\.rule)).count
        let all = "\(Numbers.counted(rules, "rule")), \(Numbers.counted(report.candidates.count, "candidate"))"
        return "Gate \(past(report.verdict)) (\(all)): \(parts.joined(separator: "; "))."
    }

    static func past(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: "passed"
        case .fail: "failed"
        case .inconclusive: "inconclusive"
        }
    }

    /// What the user's word makes of an inconclusive gate; nil where it makes nothing.
    static func policy(_ policy: GateReport.InconclusivePolicy?, _ report: GateReport) -> String? {
        guard report.verdict == .inconclusive, let policy else { return nil }
        return switch policy {
        case .fail: "An inconclusive gate counts as failed here (--inconclusive fail)."
        case .pass:
            "NOT DECIDED, AND LET THROUGH: an inconclusive gate counts as passed here (--inconclusive pass)."
        case .warn: "Not decided; an inconclusive gate is only a warning here (--inconclusive warn)."
        }
    }

    /// `against tiny-m@f16 of run 20261121`, or of a file.
    static func baseline(_ report: GateReport) -> String? {
        report.baseline.map { baseline in
            if let file = baseline.file { return "\(baseline.candidate) of \(file) (run \(baseline.run))" }
            return baseline.candidate + (baseline.run == report.run ? "" : " of run \(baseline.run)")
        }
    }

    /// One look of a sequential gate.
    static func look(_ look: GateReport.Look) -> String {
        "look \(look.number): \(Numbers.count(look.samples)) of \(Numbers.count(look.of)) samples, "
            + "\(look.decided) of \(Numbers.counted(look.rules, "verdict")) decided"
            + " (each side at \(Numbers.fixed(look.level * 100, 3))%): \(past(look.verdict))"
    }
}
