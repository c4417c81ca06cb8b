import PoiseCore
import PoiseStore

/// What a reader must know before believing a run's numbers: whole sentences, the gravest first.
enum Warnings {
    static func about(
        run: RunRecord, plan: Plan, responses: [String: ResponseFacts], engines: [String: EngineFacts],
        problems: [(candidate: String, reason: String)], trials: Int, grading: RunStore.Grading? = nil
    ) -> [String] {
        var warnings: [String] = []
        if engines.values.contains(where: \.isSimulated) {
            warnings.append("Some responses come from a simulated endpoint; they say nothing about a model.")
        }
        if let limit = plan.limit {
            warnings.append("At most \(limit) samples of each task were asked, drawn at random by seed \(plan.seed).")
        }
        switch run.status {
        case .running: warnings.append("The run is under way, or ended without a word; these are its trials so far.")
        case .interrupted: warnings.append("The run was interrupted after \(trials) of \(plan.trialCount) trials.")
        case .incomplete, .done: break
        }
        if let grading {
            warnings.append(
                "Responses were graded anew with \(grading.suite) at \(grading.gradedAt); those to samples that it does not"
                    + " have, or asks otherwise, keep their first scores.")
        }
        for problem in problems {
            let reason = problem.reason.split(separator: "\n").first.map(String.init) ?? problem.reason
            warnings.append("\(problem.candidate) was not run to its end: \(reason).")
        }
        for candidate in plan.candidates {
            guard let facts = responses[candidate.id] else { continue }
            if facts.failed > 0 {
                let kinds = facts.failures.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
                warnings.append(
                    "\(candidate.id): \(facts.failed) requests failed (\(kinds.joined(separator: ", "))); they have no"
                        + " score and no speed.")
            }
            if let share = facts.lengthCappedShare, share >= 0.05 {
                warnings.append(
                    "\(candidate.id): \(facts.lengthCapped) of \(facts.responses) responses met the length cap and are"
                        + " cut.")
            }
            if let share = facts.cachedShare, share >= 0.05 {
                warnings.append(
                    "\(candidate.id): \(Int((share * 100).rounded()))% of the prompt tokens came from the server's"
                        + " cache, which shortens the time to the first token.")
            }
        }
        return warnings
    }
}
