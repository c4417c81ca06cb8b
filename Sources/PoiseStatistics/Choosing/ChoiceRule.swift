import PoiseCore

/// How one of several candidates is named: a pure function of their figures and of how surely they differ.
///
/// What the profile optimises is gone through in its order. Each time the best of those that are left leads, and all stay
/// that cannot be told apart from it: whose two-sided p-value, corrected after Holm 1979 over the comparisons with the
/// leader, is above 1 − confidence. Among those that are left in the end the cheaper one is named: by what a correct
/// answer costs where all of them have that; else by memory where all have that; else, or where memory differs by no more
/// than an engine's peak does from start to start, the faster one; then by the suite's order.
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
            let adjusted = Self.holm(others.map { pValue(figure, leader, $0) ?? 1 })
            let dropped = zip(others, adjusted).filter { $1 <= 1 - confidence }.map(\.0)
            rest = rest.filter { !dropped.contains($0) }
            stages.append(Trace.Stage(figure: figure, leader: leader, kept: rest, dropped: dropped))
        }
        guard let first = rest.first else { return nil }
        let equals = rest
        var tiebreaks: [(figure: ChoiceFigure, kept: [Int])] = []
        for figure in cheapness where rest.count > 1 {
            let cheapest = cheapest(of: rest, by: figure, value: value)
            if cheapest.count < rest.count { tiebreaks.append((figure, cheapest)) }
            rest = cheapest
        }
        return Trace(stages: stages, equals: equals, tiebreaks: tiebreaks, pick: rest.first ?? first)
    }

    /// Those that cost the least of a figure; all where not all have it.
    private func cheapest(
        of candidates: [Int], by figure: ChoiceFigure, value: (ChoiceFigure, Int) -> Double?
    ) -> [Int] {
        let values = candidates.compactMap { value(figure, $0) }.filter(\.isFinite)
        guard values.count == candidates.count, let least = values.min(), let most = values.max() else {
            return candidates
        }
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

    /// Holm 1979, "A simple sequentially rejective multiple test procedure": p-values that may be held against one level.
    static func holm(_ pValues: [Double]) -> [Double] {
        var adjusted = pValues
        var largest = 0.0
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        for (rank, index) in order.enumerated() {
            largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
