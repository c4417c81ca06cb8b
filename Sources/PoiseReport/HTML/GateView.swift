import PoiseCore

/// The verdict of the suite's own rules, with the rules behind it.
struct GateView {
    let chip: VerdictChip
    /// What came of it, in a sentence or two.
    let finding: String
    let groups: [Group]
    let hasRows: Bool
    let caption: String
    /// What puts it in doubt, whole sentences.
    let warnings: [String]
    let hasWarnings: Bool

    /// One candidate with a row for each rule and load.
    struct Group {
        let name: String
        let rows: [Row]
    }

    struct Row {
        let isFirst: Bool
        let span: Int
        let name: String
        let rule: String
        let chip: VerdictChip
        let value: String
        let range: String
        let bound: String
        let n: String
        let smallest: String
        let samples: String
        let reasons: String
    }

    /// - Parameters:
    ///   - pick: the recommended candidate's id; nil where there is none.
    ///   - isOnlyRun: whether the page is of one run.
    ///   - machine: what tells its machine from the others of the page; empty where there is one.
    init(_ report: GateReport, pick: String?, isOnlyRun: Bool, machine: String = "") {
        let words = ("gate passed", "gate failed", "gate inconclusive")
        chip = VerdictChip(report.verdict, words)
        finding = Self.finding(report, pick: pick, isOnlyRun: isOnlyRun, machine: machine)
        let hasLoads = Set(report.results.map(\.load)).count > 1
        groups = report.candidates.map { candidate in
            let own = report.results.filter { $0.candidate == candidate }
            let name = TerminalText.printable(candidate)
            return Group(
                name: name,
                rows: own.enumerated().map { Self.row($1, name: name, place: $0, of: own.count, hasLoads: hasLoads) })
        }
        hasRows = !report.results.isEmpty
        caption =
            "A rule passes where its whole interval is on the good side of the bound, fails where it is on the other "
            + "(Holm’s correction over all rules and candidates), and is inconclusive between the two. The smallest "
            + "effect is what it would have seen beyond the bound in 80% of such runs; where a verdict is open, as many "
            + "samples would decide it were the value the true one."
        warnings = report.warnings.map { TerminalText.printable(GateReasonWords.text($0)) + "." }
        hasWarnings = !warnings.isEmpty
    }

    /// Rules that could not be judged: no verdict, and never a pass.
    init(obstacle: String, machine: String = "") {
        chip = .unsure("gate not judged")
        finding =
            (machine.isEmpty ? "" : "\(Wording.sentence(machine)): ")
            + "the suite’s rules could not be judged, so there is no verdict. \(TerminalText.printable(obstacle))"
        groups = []
        hasRows = false
        caption = ""
        warnings = []
        hasWarnings = false
    }

    private static func row(_ result: RuleResult, name: String, place: Int, of count: Int, hasLoads: Bool) -> Row {
        let unit = GateUnit(result.rule, estimate: result.estimate)
        let load = hasLoads && result.rule.load == nil ? ", load \(result.load)" : ""
        return Row(
            isFirst: place == 0, span: count, name: name,
            rule: TerminalText.printable(GateWords.title(of: result.rule) + load), chip: VerdictChip(result.verdict),
            value: unit.text(result.estimate), range: result.low == nil ? "" : unit.range(result.low, result.high),
            bound: unit.text(result.rule.bound), n: result.n.map(Numbers.count) ?? Numbers.undefined,
            smallest: result.smallestEffect.map { unit.text($0) } ?? "",
            samples: result.samplesToDecide.map(Numbers.count) ?? "",
            reasons: result.reasons.map { Wording.sentence(TerminalText.printable(GateReasonWords.text($0))) + "." }
                .joined(separator: " "))
    }

    // MARK: - The finding

    /// `By the suite’s 4 rules against tiny-m@f16, tiny-m@q8_0 passes and 11 candidates fail. The pick passes.`
    private static func finding(_ report: GateReport, pick: String?, isOnlyRun: Bool, machine: String) -> String {
        let rules = Numbers.counted(Set(report.results.map(\.rule)).count, "rule")
        let against = GateWords.baseline(report).map { " against \(TerminalText.printable($0))" } ?? ""
        let run = isOnlyRun ? "" : " of run \(report.run)"
        let place = machine.isEmpty ? "" : "\(Wording.sentence(machine)): "
        let groups = Verdict.allCases.compactMap { verdict -> String? in
            let names = report.candidates.filter { report.verdict(of: $0) == verdict }
            return names.isEmpty ? nil : clause(verdict, names, of: report.candidates.count)
        }
        return "\(place)By the suite’s \(rules)\(against)\(run), \(Numbers.list(groups))."
            + (pick.map { " " + own($0, report) } ?? "")
    }

    private static func clause(_ verdict: Verdict, _ names: [String], of all: Int) -> String {
        let who =
            names.count <= 3
            ? Numbers.list(names.map(TerminalText.printable))
            : names.count == all ? "all \(Numbers.count(all)) candidates" : "\(Numbers.count(names.count)) candidates"
        let isOne = names.count == 1
        return switch verdict {
        case .pass: "\(who) \(isOne ? "passes" : "pass")"
        case .fail: "\(who) \(isOne ? "fails" : "fail")"
        case .inconclusive: "\(who) \(isOne ? "is" : "are") inconclusive"
        }
    }

    private static func own(_ pick: String, _ report: GateReport) -> String {
        if report.baseline?.candidate == pick, report.baseline?.run == report.run, report.baseline?.file == nil {
            return "The pick is the baseline itself."
        }
        guard report.candidates.contains(pick) else { return "The pick is not among those that are judged." }
        let own = report.results.filter { $0.candidate == pick }
        let count = Numbers.counted(Set(own.map(\.rule)).count, "rule")
        func concerned(_ verdict: Verdict) -> String {
            Numbers.count(Set(own.filter { $0.verdict == verdict }.map(\.rule)).count)
        }
        return switch report.verdict(of: pick) {
        case .pass: "The pick passes."
        case .fail: "The pick fails \(concerned(.fail)) of \(count)."
        case .inconclusive: "The pick is open on \(concerned(.inconclusive)) of \(count)."
        }
    }
}
