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

    private let measured: [MeasuredCandidate?]
    private let table: FigureTable
    private let rule: ChoiceRule
    private var differences: [Pair: Evidence?] = [:]
    private var pValues: [Question: Double?] = [:]
    private var errors: [Question: Double?] = [:]

    init(measured: [MeasuredCandidate?], table: FigureTable, rule: ChoiceRule) {
        self.measured = measured
        self.table = table
        self.rule = rule
    }

    /// The candidate's share of right answers − the base's, over the samples that both have a score of.
    mutating func accuracyDifference(base: Int, candidate: Int) -> Evidence? {
        let pair = Pair(base: base, candidate: candidate)
        if let known = differences[pair] { return known }
        let evidence = measured[base].flatMap { base in
            measured[candidate].flatMap { PairedSamples(base: base, candidate: $0).accuracyDifference }
        }
        differences[pair] = .some(evidence)
        return evidence
    }

    /// Two-sided; nil where too little was measured to say.
    mutating func pValue(_ figure: ChoiceFigure, _ one: Int, _ other: Int) -> Double? {
        let pair = Pair(base: min(one, other), candidate: max(one, other))
        let question = Question(figure: figure.isQuality ? .accuracy : figure, pair: pair)
        if let known = pValues[question] { return known }
        let value: Double?
        if figure.isQuality {
            value = accuracyDifference(base: pair.base, candidate: pair.candidate).flatMap { evidence in
                evidence.pValue(atMost: 0).flatMap { below in
                    evidence.pValue(atLeast: 0).map { min(1, 2 * min(below, $0)) }
                }
            }
        } else {
            value = table.pValue(figure, pair.base, pair.candidate) { rule.goodness(figure, $0) }
        }
        pValues[question] = .some(value)
        return value
    }

    /// The same p-value in a resample: its difference over the standard error of all resamples, held against the normal
    /// distribution, since no resample has resamples of its own.
    mutating func pValue(_ figure: ChoiceFigure, _ one: Int, _ other: Int, in resample: Int) -> Double? {
        guard let ours = table.value(figure, of: one, in: resample),
            let theirs = table.value(figure, of: other, in: resample)
        else { return nil }
        let (left, right) = (rule.goodness(figure, ours), rule.goodness(figure, theirs))
        if left == right { return 1 }
        let question = Question(figure: figure, pair: Pair(base: min(one, other), candidate: max(one, other)))
        let error: Double?
        if let known = errors[question] {
            error = known
        } else {
            error = table.standardError(figure, one, other) { rule.goodness(figure, $0) }
            errors[question] = .some(error)
        }
        guard let error else { return nil }
        let difference = abs(left - right)
        return error > 0 && difference.isFinite ? erfc(difference / error / 2.0.squareRoot()) : 0
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
