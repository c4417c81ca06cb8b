import PoiseCore
import PoiseStore

/// What judges may still cost of a run's limit.
///
/// What was asked counts with what it cost, and what is asked next with the mean so far; judges without a price, and
/// endpoints that do not count tokens, count nothing.
struct JudgeBudget: Sendable {
    /// Verdicts that are asked for before the cost is looked at again.
    static let portion = 16

    let most: Double
    private(set) var spent: Double
    private var known = 0.0
    private var graded = 0

    /// - Parameter spent: on the candidates' responses.
    init(most: Double, spent: Double) {
        self.most = most
        self.spent = spent
    }

    /// Whether so many more may be asked for.
    func allows(_ count: Int) -> Bool {
        // Without a verdict nobody knows the mean: then only a budget that is used up says no.
        graded == 0 ? spent < most : spent + known / Double(graded) * Double(count) <= most
    }

    mutating func note(_ scores: [GraderScore]) {
        let cost = scores.flatMap(\.judgements).compactMap(\.usage.cost).reduce(0, +)
        known += cost
        spent += cost
        graded += scores.count
    }

    /// Why the rest has no score, as a clause.
    static func reason(left: Int) -> String {
        "judges would cost more than --max-cost, so that \(left) \(left == 1 ? "score is" : "scores are") missing"
    }
}

extension GradingSession {
    /// Makes the scores that ask no judge, and of the others as many as may be paid.
    ///
    /// - Returns: how many were left out.
    func grade(
        _ jobs: [Job], within budget: JudgeBudget, keep: @Sendable ([RunStore.ScoreUpdate]) async throws -> Void
    ) async throws -> Int {
        var budget = budget
        try await keep(try await grade(jobs.filter { !$0.grader.asksJudge }))
        var judged = jobs.filter(\.grader.asksJudge)[...]
        while !judged.isEmpty, !Task.isCancelled {
            let portion = Array(judged.prefix(JudgeBudget.portion))
            guard budget.allows(portion.count) else { break }
            let updates = try await grade(portion)
            budget.note(updates.map(\.score))
            try await keep(updates)
            judged = judged.dropFirst(portion.count)
        }
        return Task.isCancelled ? 0 : judged.count
    }
}
