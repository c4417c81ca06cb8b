import PoiseCore

/// How one of several candidates is named: a pure function of their figures and of how surely they differ.
///
/// What the profile optimises is gone through in its order. Each time the best of those that are left leads, and all stay
/// that cannot be told apart from it: whose two-sided p-value, corrected after Holm 1979 over the comparisons with the
/// leader, is above 1 − confidence. Among those that are left in the end the cheaper one is named: by what a correct
/// answer costs where all of them have that; else by memory where all have that; else, or where memory differs by no more
/// than an engine's peak does from start to start, the faster one; then by the suite's order. Speed is weighed uncut here:
/// beyond what anybody gains by it stands in for the time that a request takes of the machine. Nobody who was never right
/// is named where another one was.
struct ChoiceRule: Sendable {
    /// What is optimised, in order; all who are chosen among have a value.
    let objectives: [ChoiceFigure]
    /// What names the cheaper one, in order.
    let cheapness: [ChoiceFigure]
    /// tok/s from where on decode speeds count as equal.
    let noFurtherGain: Double?
    var confidence = Interval.confidence
    /// Memory up to so much above the least counts as equal, as a share of the least.
    static let memoryTolerance = 0.05

    struct Trace: Sendable {
        struct Stage: Sendable {
            let figure: ChoiceFigure
            let leader: Int
            let kept: [Int]
            let dropped: [Int]
        }

        let stages: [Stage]
        let equals: [Int]
        /// What made fewer of the equals, and who was left.
        let tiebreaks: [(figure: ChoiceFigure, kept: [Int])]
        let pick: Int

        var tiebreak: ChoiceFigure? { tiebreaks.last?.figure }
    }

    /// A value turned so that more is better, with speeds cut where nobody gains any more.
    func goodness(_ figure: ChoiceFigure, _ value: Double) -> Double {
        let capped = figure == .metric(.decodeTPS) ? min(value, noFurtherGain ?? .infinity) : value
        return figure.isBetterHigher ? capped : -capped
    }

    /// The scale on which chance is normal enough to be held against a standard error; more is better.
    ///
    /// What something costs by the right answer has no bound where right answers are few; right answers by what they cost
    /// have one, and are 0 where it is infinite.
    func weighed(_ figure: ChoiceFigure, _ value: Double) -> Double {
        switch figure {
        case .metric(.timeToCorrect), .metric(.tokensToCorrect), .metric(.costToCorrect): 1 / value
        default: goodness(figure, value)
        }
    }

    /// Nil where there is nobody to choose among.
    ///
    /// - Parameters:
    ///   - eligible: places of candidates, in the suite's order.
    ///   - value: of each figure; nil where there is none.
    ///   - pValue: two-sided, of a figure between the leader and another; nil where too little was measured to say.
    func decide(
        among eligible: [Int], value: (ChoiceFigure, Int) -> Double?,
        pValue: (ChoiceFigure, _ leader: Int, _ other: Int) -> Double?
    ) -> Trace? {
        var rest = eligible
        var stages: [Trace.Stage] = []
        for (place, figure) in objectives.enumerated() where rest.count > 1 {
            guard let leader = best(of: rest, by: Array(objectives[place...]), value: value) else { continue }
            let others = rest.filter { $0 != leader }
            let adjusted = Holm.adjusted(others.map { pValue(figure, leader, $0) ?? 1 })
            let dropped = zip(others, adjusted).filter { $1 <= 1 - confidence }.map(\.0)
            rest = rest.filter { !dropped.contains($0) }
            stages.append(Trace.Stage(figure: figure, leader: leader, kept: rest, dropped: dropped))
        }
        guard let first = rest.first else { return nil }
        let equals = rest
        var tiebreaks: [(figure: ChoiceFigure, kept: [Int])] = []
        let right = rest.filter { value(.accuracy, $0) != 0 }
        if !right.isEmpty, right.count < rest.count {
            tiebreaks.append((.accuracy, right))
            rest = right
        }
        for figure in cheapness where rest.count > 1 {
            let cheapest = cheapest(of: rest, by: figure, value: value)
            if cheapest.count < rest.count { tiebreaks.append((figure, cheapest)) }
            rest = cheapest
        }
        return Trace(stages: stages, equals: equals, tiebreaks: tiebreaks, pick: rest.first ?? first)
    }

    /// Those that cost the least of a figure, the infinite being the most; all where not all have it, or all without end.
    private func cheapest(
        of candidates: [Int], by figure: ChoiceFigure, value: (ChoiceFigure, Int) -> Double?
    ) -> [Int] {
        let values = candidates.compactMap { value(figure, $0) }
        guard values.count == candidates.count, let least = values.min(), let most = values.max(),
            (figure.isBetterHigher ? most : least).isFinite
        else { return candidates }
        return zip(candidates, values).filter { _, value in
            if figure.isBetterHigher { return value == most }
            return value <= (figure == .metric(.memory) ? least * (1 + Self.memoryTolerance) : least)
        }.map(\.0)
    }

    /// The best by the first figure; where equal, by the next; then the first one. Nil where nobody has a value.
    private func best(
        of candidates: [Int], by figures: [ChoiceFigure], value: (ChoiceFigure, Int) -> Double?
    ) -> Int? {
        guard let figure = figures.first else { return candidates.first }
        let known = candidates.compactMap { index in value(figure, index).map { (index, goodness(figure, $0)) } }
        guard let most = known.map(\.1).max() else { return nil }
        let leaders = known.filter { $0.1 == most }.map(\.0)
        return leaders.count == 1 ? leaders[0] : best(of: leaders, by: Array(figures.dropFirst()), value: value)
    }
}
