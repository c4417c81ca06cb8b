import PoiseCore

/// The finding of a comparison in one sentence, from the paired evidence alone.
struct ComparisonHeadline {
    let words: ComparisonWords

    var text: String {
        let rows = words.comparison.rows
        guard let only = rows.first, rows.count == 1 else { return several(rows) }
        return one(only)
    }

    private func one(_ row: ComparisonRow) -> String {
        let (name, base) = (words.label(row.candidate), words.label(words.comparison.base))
        let accuracy =
            switch row.accuracy?.outcome {
            case .better: "\(name) is right more often than \(base)"
            case .worse: "\(name) is right less often than \(base)"
            case .undecided: "\(name) cannot be told apart from \(base) in accuracy"
            case nil: "\(name) cannot be held against \(base) in accuracy"
            }
        return "\(accuracy)\(speed(row))."
    }

    private func speed(_ row: ComparisonRow) -> String {
        guard let change = row.measures.first(where: { $0.metric == .decodeTPS }) else {
            if case .otherMachine = row.whyNoSpeeds { return "; their speeds are not comparable" }
            return ""
        }
        return switch change.outcome {
        case .better: "; it decodes faster"
        case .worse: "; it decodes slower"
        case .undecided: "; in decode speed the two cannot be told apart"
        }
    }

    private func several(_ rows: [ComparisonRow]) -> String {
        let base = words.label(words.comparison.base)
        func count(_ outcome: ChangeOutcome?) -> Int { rows.count { $0.accuracy?.outcome == outcome } }
        func clause(_ count: Int, _ one: String, _ many: String) -> String? {
            count == 0 ? nil : "\(Numbers.count(count)) \(count == 1 ? one : many)"
        }
        if count(.undecided) == rows.count {
            return "None of \(Numbers.count(rows.count)) candidates can be told apart from \(base) in accuracy."
        }
        let clauses = [
            clause(count(.worse), "is right less often", "are right less often"),
            clause(count(.better), "is right more often", "are right more often"),
            clause(count(.undecided), "cannot be told apart from it", "cannot be told apart from it"),
            clause(count(nil), "cannot be held against it", "cannot be held against it"),
        ].compactMap(\.self)
        return "Of \(Numbers.count(rows.count)) candidates held against \(base), \(Numbers.list(clauses))."
    }
}
