import PoiseCore

/// The recommendation beside the front: the pick, its limits, how sure it is, and one step up and down the front.
struct RecommendationView {
    /// The pick, or what is said where there is none.
    let name: String
    let colour: String
    let glyph: String
    let finding: String
    let limits: [LimitLine]
    let hasLimits: Bool
    /// Whose limits they are, where nothing is picked; else empty.
    let limitsOf: String
    let hasLimitsOf: Bool
    let sureness: SurenessBar?
    let hasSureness: Bool
    let doubts: [String]
    let steps: [Step]
    let hasSteps: Bool
    let paceHead: String
    let hasMemory: Bool
    /// Of the table of steps, for the name that spans them.
    let columns: Int
    let stepsCaption: String
    let costs: [Cost]
    let hasCosts: Bool
    let costNotes: String
    /// How the pick was come to, whole sentences.
    let why: [String]
    let hasWhy: Bool

    /// One limit, and what the candidate has.
    struct LimitLine {
        let mark: String
        /// What the mark says, for those who do not see it.
        let spoken: String
        let text: String
        let value: String
    }

    /// A candidate beside the pick, or the pick itself.
    struct Step {
        let isHere: Bool
        let colour: String
        let glyph: String
        let name: String
        let role: String
        let right: String
        let rightRange: String
        let pace: String
        let paceRange: String
        let memory: String
        let memoryUnit: String
    }

    struct Cost {
        let name: String
        let thousand: String
        let right: String
        let rightRange: String
    }

    init(_ content: ReportContent, _ choice: Choice) {
        let marks = CandidateMarks(content)
        let spoken = choice.spoken
        let pick = choice.decision.flatMap { choice.contender($0.pick) }
        let shown = pick ?? choice.nearest.flatMap(choice.contender)
        name = spoken.decision?.pick ?? Self.nothing(choice)
        colour = pick.map { marks.colour($0.id) } ?? ""
        glyph = pick.map { marks.glyph($0.id) } ?? ""
        finding = ChoiceWords.finding(spoken)
        limits = (shown?.limits ?? []).map { Self.limit($0, currency: shown?.currency) }
        hasLimits = !limits.isEmpty
        limitsOf = pick == nil ? spoken.nearest.map { "\($0) is nearest:" } ?? "" : ""
        hasLimitsOf = !limitsOf.isEmpty
        sureness = SurenessBar(choice, spoken, marks)
        hasSureness = sureness != nil
        let decision = spoken.decision
        doubts =
            decision.map { decision in
                ChoiceWords.doubts(spoken, decision) + [ChoiceDoubt.sentence(spoken, decision)].compactMap(\.self)
            } ?? []
        let table = ChoiceSteps(choice, spoken, marks)
        (steps, paceHead, hasMemory, stepsCaption) = (table.rows, table.paceHead, table.hasMemory, table.caption)
        hasSteps = steps.count > 1
        columns = hasMemory ? 4 : 3
        costs = spoken.costs.prefix(8).map { cost in
            let right = cost.toCorrect
            let decimals = right.map { $0.value.isFinite ? FigureWords.moneyDecimals($0.value) : 2 } ?? 2
            return Cost(
                name: cost.candidate, thousand: FigureWords.money(cost.perThousand, cost.price.currency),
                right: FigureWords.money(right?.value, cost.price.currency),
                rightRange: right?.low?.isFinite == true
                    ? Numbers.range(right?.low, right?.high, decimals: decimals) : "")
        }
        hasCosts = !costs.isEmpty
        costNotes = costs.isEmpty ? "" : CostTable.notes(spoken).joined(separator: " ")
        why = decision.map { ChoiceWords.why(spoken, $0) } ?? []
        hasWhy = !why.isEmpty
    }

    private static func nothing(_ choice: Choice) -> String {
        switch choice.outcome {
        case .noneMeetsLimits: "None meets the limits"
        case .noneIsRight: "None was ever right"
        case .nothingMeasured, .picked: "Nothing has a score"
        }
    }

    private static func limit(_ finding: LimitFinding, currency: String?) -> LimitLine {
        let (kind, spoken): (VerdictChip.Kind, String) =
            switch finding.standing {
            case .keptSurely: (.pass, "kept")
            case .keptProbably: (.pass, "probably kept")
            case .brokenProbably: (.fail, "probably broken")
            case .brokenSurely: (.fail, "broken")
            case .unmeasured: (.unsure, "not measured")
            }
        let isOnly = finding.standing == .keptProbably || finding.standing == .brokenProbably
        return LimitLine(
            mark: kind.glyph, spoken: spoken,
            text: FigureWords.limit(finding.limit) + (isOnly ? ", \(spoken)" : ""),
            value: finding.estimate.map { FigureWords.value(finding.limit.figure, $0.value, currency: currency) }
                ?? Numbers.undefined)
    }
}

/// The colour and the mark of each candidate, as the chart draws them.
struct CandidateMarks {
    private let families: [String: Int]

    init(_ content: ReportContent) {
        let roster = Roster(content.candidates, measured: [])
        families = Dictionary(roster.entries.map { ($0.id, $0.family) }, uniquingKeysWith: { first, _ in first })
    }

    func colour(_ id: String) -> String { MarkShape.colour(family: families[id] ?? 6) }
    func glyph(_ id: String) -> String { Glyph.mark(family: families[id] ?? 6, fill: 1) }
}
