package import PoiseCore

/// Carries a plan out: rounds over all candidates, at each load, every trial graded and kept as it finishes.
package struct Runner: Sendable {
    let plan: Plan
    let host: any CandidateHost
    let recorder: any TrialRecorder
    let retryPolicy: RetryPolicy
    let grade: @Sendable (Response, EvaluationTask, Sample) -> [GraderScore]
    let watch: @Sendable (RunEvent) -> Void

    /// - Parameters:
    ///   - grade: scores of a response, one for each grader of the task; fast, since it runs between two requests.
    ///   - watch: told of everything, from any thread.
    package init(
        plan: Plan, host: any CandidateHost, recorder: any TrialRecorder, retryPolicy: RetryPolicy = RetryPolicy(),
        grade: @escaping @Sendable (Response, EvaluationTask, Sample) -> [GraderScore],
        watch: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.plan = plan
        self.host = host
        self.recorder = recorder
        self.retryPolicy = retryPolicy
        self.grade = grade
        self.watch = watch
    }

    /// Runs until all is done, or the task is cancelled; what is under way then is left out, what finished is kept.
    ///
    /// A candidate that cannot be run is left out from there on, and the others go on.
    ///
    /// - Throws: only where trials cannot be kept.
    package func run() async throws -> RunOutcome {
        var outcome = RunOutcome(status: .done)
        for round in 1...max(1, plan.rounds) {
            let order = TrialOrder(plan: plan, round: round)
            for candidate in plan.candidates where !outcome.problems.contains(where: { $0.candidate == candidate.id }) {
                if Task.isCancelled { break }
                let result = try await pass(candidate, round: round, order: order)
                outcome.completed += result.completed
                outcome.failed += result.failed
                if let reason = result.stopReason, !Task.isCancelled {
                    outcome.problems.append(RunOutcome.Problem(candidate: candidate.id, reason: reason))
                    watch(.stopped(candidate: candidate.id, reason: reason))
                }
            }
        }
        outcome.status = Task.isCancelled ? .interrupted : outcome.problems.isEmpty ? .done : .incomplete
        return outcome
    }

    private func pass(_ candidate: Candidate, round: Int, order: TrialOrder) async throws -> CandidatePass.Result {
        watch(.opening(candidate, round: round))
        let session: any CandidateSession
        do {
            session = try await host.open(candidate, round: round, slots: plan.loads.compactMap(\.concurrency).max() ?? 1)
        } catch {
            return CandidatePass.Result(stopReason: Self.description(of: error))
        }
        watch(.opened(candidate, session.facts))
        let pass = CandidatePass(plan: plan, candidate: candidate, session: session, round: round, runner: self)
        let result: CandidatePass.Result
        do {
            // Now, since whoever kills the process does not wait for the pass to end.
            try await recorder.record(session.facts, candidate: candidate.id, round: round)
            result = try await pass.run(order: order)
        } catch {
            _ = await session.close()
            throw error
        }
        try await recorder.record(await session.close(), candidate: candidate.id, round: round)
        return result
    }

    static func description(of error: any Error) -> String {
        (error as? any ExplainedError)?.errorDescription ?? "\(error)"
    }
}
