package import PoiseCore

/// Carries a plan out: rounds over all candidates, at each load, every trial graded and kept.
package struct Runner: Sendable {
    let plan: Plan
    let host: any CandidateHost
    let recorder: any TrialRecorder
    let retryPolicy: RetryPolicy
    let grade: @Sendable (Response, EvaluationTask, Sample) -> [GraderScore]
    let grading = GradingThread()
    let watch: @Sendable (RunEvent) -> Void
    let mostInFlight: Int
    /// Nil where requests are sent as they are.
    let uniquePrefix: UniquePrefix?
    /// Nil where every response is generated now.
    let cache: (any ResponseCache)?

    /// - Parameters:
    ///   - mostInFlight: where an open loop ends, since the server does not keep up.
    ///   - nonce: sets the unique prefixes of this run apart from those of all others.
    ///   - cache: where responses may be taken from in place of asking; a plan with unique prefixes finds nothing there.
    ///   - grade: scores of a response, one for each grader of the task. It runs between two requests where there is one
    ///     at a time, else beside them, on a thread of its own.
    ///   - watch: told of everything, from any thread.
    package init(
        plan: Plan, host: any CandidateHost, recorder: any TrialRecorder, retryPolicy: RetryPolicy = RetryPolicy(),
        mostInFlight: Int? = nil, nonce: UInt64 = .random(in: 0 ... .max), cache: (any ResponseCache)? = nil,
        grade: @escaping @Sendable (Response, EvaluationTask, Sample) -> [GraderScore],
        watch: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.plan = plan
        self.host = host
        self.recorder = recorder
        self.retryPolicy = retryPolicy
        self.mostInFlight = mostInFlight ?? OpenFileLimit.requestsInFlight
        self.watch = watch
        self.grade = grade
        self.cache = cache
        uniquePrefix = plan.settings.hasUniquePrefix ? UniquePrefix(nonce: nonce) : nil
    }

    /// Runs until all is done, or the task is cancelled; what is under way then is left out, what finished is kept.
    ///
    /// A candidate that cannot be run is left out from there on, and the others go on.
    ///
    /// - Throws: only where trials cannot be kept.
    package func run() async throws -> RunOutcome {
        let began = Instant.now()
        var outcome = RunOutcome(status: .done)
        var givenUp: Set<String> = []
        for round in 1...max(1, plan.rounds) {
            let order = TrialOrder(plan: plan, round: round)
            let candidates = plan.candidates.filter { !givenUp.contains($0.id) }
            try await passes(over: candidates, round: round, order: order, began: began) { candidate, result in
                outcome.completed += result.completed
                outcome.failed += result.failed
                if Task.isCancelled { return }
                outcome.problems += result.overloads.map { .init(candidate: candidate.id, reason: $0) }
                guard let reason = result.stopReason else { return }
                givenUp.insert(candidate.id)
                outcome.problems.append(.init(candidate: candidate.id, reason: reason))
                watch(.stopped(candidate: candidate.id, reason: reason))
            }
        }
        outcome.status = Task.isCancelled ? .interrupted : outcome.problems.isEmpty ? .done : .incomplete
        return outcome
    }

    /// One round over the candidates: one after the other, or as many at once as the plan says.
    private func passes(
        over candidates: [Candidate], round: Int, order: TrialOrder, began: Instant,
        finished: (Candidate, CandidatePass.Result) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Candidate, CandidatePass.Result).self) { group in
            var waiting = candidates[...]
            var running = 0
            while true {
                while running < candidatesAtOnce, !Task.isCancelled, let candidate = waiting.popFirst() {
                    running += 1
                    group.addTask { (candidate, try await pass(candidate, round: round, order: order, began: began)) }
                }
                guard let (candidate, result) = try await group.next() else { return }
                running -= 1
                finished(candidate, result)
            }
        }
    }

    /// Engines on this machine would take each other's cores, so that they always have it to themselves.
    private var candidatesAtOnce: Int {
        let hasManaged = plan.candidates.contains { if case .managed = $0.serving { true } else { false } }
        return hasManaged ? 1 : max(1, plan.settings.candidatesAtOnce)
    }

    private func pass(
        _ candidate: Candidate, round: Int, order: TrialOrder, began: Instant
    ) async throws -> CandidatePass.Result {
        watch(.opening(candidate, round: round))
        let slots = Self.slots(for: plan.loads)
        let keys = await responseKeys(of: candidate, slots: slots)
        var intake = CacheIntake(asking: order, of: plan)
        if let cache, let keys {
            intake = try await CacheIntake(from: cache, keys: keys, order: order, round: round, runner: self)
            if intake.isAll {
                // Nothing is asked, so that no engine is started.
                try await recorder.record(keys.known.facts, candidate: candidate.id, round: round)
                watch(.closed(candidate: candidate.id, round: round))
                return CandidatePass.Result(completed: intake.taken)
            }
            if Task.isCancelled { return CandidatePass.Result(completed: intake.taken) }
        }
        let session: any CandidateSession
        do {
            session = try await host.open(candidate, round: round, slots: slots)
        } catch {
            return CandidatePass.Result(completed: intake.taken, stopReason: Self.description(of: error))
        }
        watch(.opened(candidate, session.facts))
        let pass = CandidatePass(
            candidate: candidate, session: session, round: round, began: began, runner: self, intake: intake,
            keys: keys)
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
        watch(.closed(candidate: candidate.id, round: round))
        return result
    }

    /// Nil where no response can be known again: its source is not known, or no request is like another.
    private func responseKeys(of candidate: Candidate, slots: Int) async -> ResponseKeys? {
        guard uniquePrefix == nil, let known = await host.source(of: candidate, slots: slots) else { return nil }
        return ResponseKeys(candidate: candidate, plan: plan, known: known)
    }

    /// Requests that an engine shall work on at once.
    package static func slots(for loads: [Load]) -> Int {
        // An arrival rate says nothing of it; llama.cpp's server takes 4 where it is not told.
        loads.map { $0.concurrency ?? 4 }.max() ?? 1
    }

    static func description(of error: any Error) -> String {
        (error as? any ExplainedError)?.errorDescription ?? "\(error)"
    }
}
