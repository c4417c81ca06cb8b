import PoiseCore
import PoiseReport
import PoiseStore

/// Responses that earlier runs generated: they have scores, and nothing that takes time.
enum CacheWarnings {
    /// Runs that are named; more are counted.
    private static let mostNamed = 3

    /// One sentence for each candidate, in the suite's order.
    static func about(_ run: MeasuredRun) -> [String] {
        run.plan.candidates.compactMap { candidate in
            let own = run.cached.filter { $0.candidate == candidate.id }
            let count = own.reduce(0) { $0 + $1.responses }
            guard count > 0 else { return nil }
            let runs = Set(own.map(\.run)).sorted()
            let from =
                runs.count > mostNamed
                ? Numbers.counted(runs.count, "earlier run") : "run\(runs.count > 1 ? "s" : "") \(Numbers.list(runs))"
            let all = run.responses[candidate.id]?.responses
            let share = "\(Numbers.count(count))\(all.map { " of \(Numbers.count($0))" } ?? "")"
            return "\(candidate.id): \(share) responses are from the cache, generated in \(from); they were graded"
                + " now, and have no speed."
        }
    }
}
