import PoiseCore

/// Graders that ask an endpoint themselves, for vectors, reach as far as a candidate at that endpoint would.
extension CandidateReach {
    static func graders(of tasks: [EvaluationTask]) -> [CandidateReach] {
        tasks.flatMap { task in task.graders.flatMap(checks).compactMap { reach(of: $0, task: task.name) } }
    }

    private static func checks(of grader: GraderDefinition) -> [CheckDefinition] {
        switch grader {
        case .check(let check): [check]
        case .rubric(let rubric):
            rubric.criteria.compactMap { if case .check(let check) = $0.measure { check } else { nil } }
        }
    }

    /// Nil where the check names no address.
    private static func reach(of check: CheckDefinition, task: String) -> CandidateReach? {
        guard let baseURL = check.options["base_url"]?.string else { return nil }
        let endpoint = Endpoint(
            baseURL: baseURL, model: check.options["model"]?.string ?? "",
            apiKeyVariable: check.options["api_key_env"]?.string, apiKeyFile: check.options["api_key_file"]?.string)
        return CandidateReach(
            Candidate(
                id: "\(check.name) of \(task)", model: endpoint.model, quantization: nil, serving: .endpoint(endpoint),
                sampling: SamplingSettings()))
    }
}
