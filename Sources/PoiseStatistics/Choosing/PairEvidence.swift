import Foundation
import PoiseCore

/// How surely two candidates differ in a figure, computed where it is asked for.
struct PairEvidence {
    private struct Pair: Hashable {
        let base: Int
        let candidate: Int
    }

    private struct Question: Hashable {
        let figure: ChoiceFigure
        let pair: Pair
    }

    /// What two candidates' right answers on the same samples say.
    private struct Accuracy {
        let difference: Evidence?
        /// Nil where a score is neither right nor wrong.
        let counts: PairedCounts?

        /// Two-sided, by the test that a comparison of the two takes too: McNemar's exact one where every answer is right
        /// or wrong, else the inversion of the interval.
        var pValue: Double? {
            guard let difference, difference.n > 1 else { return nil }
            return counts?.mcNemar ?? difference.twoSidedP(of: 0)
        }
    }

    private let measured: [MeasuredCandidate?]
    private let table: FigureTable
    private let rule: ChoiceRule
    private var pairs: [Pair: Accuracy] = [:]
    private var pValues: [Question: Double?] = [:]
    private var errors: [Question: Double?] = [:]

    init(measured: [MeasuredCandidate?], table: FigureTable, rule: ChoiceRule) {
        self.measured = measured
        self.table = table
        self.rule = rule
    }

    /// The candidate's share of right answers − the base's, over the samples that both have a score of.
    mutating func accuracyDifference(base: Int, candidate: Int) -> Evidence? {
        accuracy(Pair(base: base, candidate: candidate)).difference
    }

    private mutating func accuracy(_ pair: Pair) -> Accuracy {
        if let known = pairs[pair] { return known }
        var accuracy = Accuracy(difference: nil, counts: nil)
        if let base = measured[pair.base], let candidate = measured[pair.candidate] {
            let samples = PairedSamples(base: base, candidate: candidate)
            accuracy = Accuracy(difference: samples.accuracyDifference, counts: samples.counts)
        }
        pairs[pair] = accuracy
        return accuracy
    }

    /// Two-sided; nil where too little was measured to say.
    mutating func pValue(_ figure: ChoiceFigure, _ one: Int, _ other: Int) -> Double? {
        let pair = Pair(base: min(one, other), candidate: max(one, other))
        let question = Question(figure: figure.isQuality ? .accuracy : figure, pair: pair)
        if let known = pValues[question] { return known }
        let value: Double?
        if figure.isQuality {
            value = accuracy(pair).pValue
        } else {
            value = table.pValue(figure, pair.base, pair.candidate) { rule.goodness(figure, $0) }
        }
        pValues[question] = .some(value)
        return value
    }

    /// The same p-value in a resample: its difference over the standard error of all resamples, held against the normal
    /// distribution, since no resample has resamples of its own.
    ///
    /// Of answers that are right or wrong one sample is taken from the difference, which brings the normal distribution
    /// near McNemar's exact test (Edwards 1948, "Note on the 'correction for continuity' in testing the significance of the
    /// difference between correlated proportions"). A difference without end is told apart without an error.
    mutating func pValue(_ asked: ChoiceFigure, _ one: Int, _ other: Int, in resample: Int) -> Double? {
        let figure = asked.isQuality ? .accuracy : asked
        guard let ours = table.value(figure, of: one, in: resample),
            let theirs = table.value(figure, of: other, in: resample)
        else { return nil }
        let (left, right) = (rule.weighed(figure, ours), rule.weighed(figure, theirs))
        if left == right { return 1 }
        guard table.areComparable(figure, one, other) else { return nil }
        var difference = abs(left - right)
        guard difference.isFinite else { return 0 }
        let pair = Pair(base: min(one, other), candidate: max(one, other))
        guard let error = error(Question(figure: figure, pair: pair)) else { return nil }
        if figure == .accuracy, let counts = accuracy(pair).counts, counts.n > 0 {
            difference = max(0, difference - 1 / Double(counts.n))
        }
        return error > 0 ? erfc(difference / error / 2.0.squareRoot()) : 0
    }

    private mutating func error(_ question: Question) -> Double? {
        if let known = errors[question] { return known }
        let error = table.standardError(question.figure, question.pair.base, question.pair.candidate) {
            rule.weighed(question.figure, $0)
        }
        errors[question] = .some(error)
        return error
    }

    /// Another candidate beside the pick.
    mutating func comparison(of other: Int, with pick: Int, name: String, isToldApart: Bool) -> Decision.Comparison {
        let difference = accuracyDifference(base: pick, candidate: other)
        let interval = difference?.interval()
        var ratios: [ChoiceFigure: FigureEstimate] = [:]
        for figure in table.figures where !figure.isQuality {
            ratios[figure] = table.ratio(figure, of: other, to: pick)
        }
        return Decision.Comparison(
            candidate: name,
            accuracyDifference: difference.map {
                FigureEstimate($0.estimate, low: interval?.low, high: interval?.high)
            }, isToldApart: isToldApart, ratios: ratios)
    }
}
