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
    let limits: LimitKeeper
    let traffic: RunTraffic
    /// Nil where requests are sent as they are.
    let uniquePrefix: UniquePrefix?
    let halt: Halt
    /// What a run that goes on has already; nil in a new one.
    let finished: FinishedWork?
    let retriesFailed: Bool
    /// Nil where every response is generated now.
    let cache: (any ResponseCache)?

    /// - Parameters:
    ///   - halt: how the end is wished for; cancelling the task cuts off what is in flight.
    ///   - finished: what is not asked again, where the run goes on; nil for a new one.
    ///   - retriesFailed: whether what failed then is asked again.
    ///   - mostInFlight: where an open loop ends, since the server does not keep up.
    ///   - limits: what ends the run; those of the plan where none are given.
    ///   - breaker: when an endpoint that fails again and again is left alone; as the plan says where it is not given.
    ///   - nonce: sets the unique prefixes of this run apart from those of all others.
    ///   - cache: where responses may be taken from in place of asking; a plan with unique prefixes finds nothing there.
    ///   - grade: scores of a response, one for each grader of the task. It runs between two requests where there is one
    ///     at a time, else beside them, on a thread of its own.
    ///   - watch: told of everything, from any thread.
    package init(
        plan: Plan, host: any CandidateHost, recorder: any TrialRecorder, retryPolicy: RetryPolicy = RetryPolicy(),
        mostInFlight: Int? = nil, limits: RunLimits? = nil, breaker: CircuitBreaker.Policy? = nil,
        nonce: UInt64 = .random(in: 0 ... .max), halt: Halt = Halt(), finished: FinishedWork? = nil,
        retriesFailed: Bool = false, cache: (any ResponseCache)? = nil,
        grade: @escaping @Sendable (Response, EvaluationTask, Sample) -> [GraderScore],
        watch: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.plan = plan
        self.host = host
        self.recorder = recorder
        self.retryPolicy = retryPolicy
        self.mostInFlight = mostInFlight ?? OpenFileLimit.requestsInFlight
        self.watch = watch
        self.limits = LimitKeeper(limits ?? plan.settings.runLimits ?? RunLimits(), plan: plan)
        traffic = RunTraffic(
            retryPolicy: retryPolicy,
            breaker: breaker ?? CircuitBreaker.Policy(outage: .seconds(plan.settings.limits.outage)), seed: plan.seed)
        self.grade = grade
        self.halt = halt
        self.finished = finished
        self.retriesFailed = retriesFailed
        self.cache = cache
        uniquePrefix = plan.settings.hasUniquePrefix ? UniquePrefix(nonce: nonce) : nil
    }

    /// Runs until all is done, or the task is cancelled; what is under way then is left out, what finished is kept.
    ///
    /// A candidate that cannot be run is left out from there on, and the others go on.
    ///
    /// - Throws: only where trials cannot be kept.
    package func run() async throws -> RunOutcome {
        // Limits are of what this command does: who goes on with a run has as much again.
        limits.begin(at: .now())
        let began = Instant(nanoseconds: Instant.now().nanoseconds - (finished?.clock.nanoseconds ?? 0))
        var outcome = RunOutcome(status: .done)
        var givenUp: Set<String> = []
        for round in 1...max(1, plan.rounds) {
            let order = TrialOrder(plan: plan, round: round)
            let candidates = plan.candidates.filter { !givenUp.contains($0.id) }
            try await passes(over: candidates, round: round, order: order, began: began) { candidate, result in
                outcome.completed += result.completed
                outcome.failed += result.failed
                if isEnding { return }
                outcome.problems += result.overloads.map { .init(candidate: candidate.id, reason: $0) }
                guard let reason = result.stopReason else { return }
                givenUp.insert(candidate.id)
                outcome.problems.append(.init(candidate: candidate.id, reason: reason))
                watch(.stopped(candidate: candidate.id, reason: reason))
            }
        }
        if let reason = limits.ending {
            outcome.problems.append(.init(candidate: RunOutcome.Problem.wholeRun, reason: reason))
            announceLimit()
        }
        outcome.status = isEnding ? .interrupted : outcome.problems.isEmpty ? .done : .incomplete
        return outcome
    }

    /// Whether nothing more is asked, and the run is not at its end.
    var isEnding: Bool { Task.isCancelled || halt.isRequested }

    /// What the responses cost, as far as it is known, in the currency of their prices.
    package var spent: Double { limits.spent }

    /// One round over the candidates: one after the other, or as many at once as the plan says.
    private func passes(
        over candidates: [Candidate], round: Int, order: TrialOrder, began: Instant,
        finished: (Candidate, CandidatePass.Result) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Candidate, CandidatePass.Result).self) { group in
            var waiting = candidates[...]
            var running = 0
            while true {
                while running < candidatesAtOnce, !isEnding, !waiting.isEmpty, let candidate = waiting.first {
                    let levels = try await remaining(of: candidate, round: round, order: order)
                    if !levels.isEmpty, !limits.goesOn() { break }
                    waiting.removeFirst()
                    if levels.isEmpty { continue }
                    running += 1
                    group.addTask {
                        (candidate, try await pass(candidate, round: round, levels: levels, order: order, began: began))
                    }
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
        _ candidate: Candidate, round: Int, levels: [RemainingLevel], order: TrialOrder, began: Instant
    ) async throws -> CandidatePass.Result {
        watch(.opening(candidate, round: round))
        let slots = Self.slots(for: plan.loads)
        let keys = await responseKeys(of: candidate, slots: slots)
        var (levels, intake) = (levels, CacheIntake())
        if let cache, let keys {
            intake = try await CacheIntake(of: levels, from: cache, keys: keys, runner: self)
            levels = try await remaining(of: candidate, round: round, order: order, intake: intake)
            if levels.isEmpty {
                // Nothing is asked, so that no engine is started.
                try await recorder.record(keys.known.facts, candidate: candidate.id, round: round)
                watch(.closed(candidate: candidate.id, round: round))
                return CandidatePass.Result(completed: intake.count)
            }
            if isEnding { return CandidatePass.Result(completed: intake.count) }
        }
        let session: any CandidateSession
        do {
            session = try await halt.cancelling { [host] in
                try await host.open(candidate, round: round, slots: slots)
            }
        } catch {
            return CandidatePass.Result(completed: intake.count, stopReason: Self.description(of: error))
        }
        watch(.opened(candidate, session.facts))
        limits.noteOpened(candidate.id)
        defer { limits.noteClosed(candidate.id) }
        let pass = CandidatePass(
            candidate: candidate, session: session, round: round, began: began, runner: self, taken: intake.count,
            keys: keys)
        let result: CandidatePass.Result
        do {
            // Now, since whoever kills the process does not wait for the pass to end.
            try await recorder.record(session.facts, candidate: candidate.id, round: round)
            result = try await pass.run(levels, order: order)
        } catch {
            _ = await session.close()
            throw error
        }
        try await recorder.record(await session.close(), candidate: candidate.id, round: round)
        watch(.closed(candidate: candidate.id, round: round))
        return result
    }

    /// The levels of a pass that have something to do, in the plan's order; a pass without any is not opened.
    ///
    /// A level whose own condition holds already, since the run was cut off just before that was noted or its responses
    /// came from the cache, is noted now.
    private func remaining(
        of candidate: Candidate, round: Int, order: TrialOrder, intake: CacheIntake = CacheIntake()
    ) async throws -> [RemainingLevel] {
        let levels = plan.loads(of: candidate.id, round: round).map { load in
            let key = LevelKey(candidate: candidate.id, load: load, round: round)
            return RemainingLevel(
                key, of: plan, order: order, finished: intake.added(to: finished?[key] ?? FinishedLevel(), at: load),
                retries: retriesFailed, mostInFlight: mostInFlight)
        }
        guard finished != nil || intake.count > 0 else { return levels }
        for level in levels {
            guard let ending = level.gate.ending else { continue }
            try await recorder.record(
                LevelStop(
                    candidate: candidate.id, load: level.key.load, round: round, reason: ending.reason,
                    asked: level.gate.asked, planned: level.planned, precision: ending.precision))
        }
        return levels.filter { !$0.isOver }
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

    /// Tells that the run has met a limit, once.
    func announceLimit() {
        if let reason = limits.announcement() { watch(.limitReached(reason)) }
    }

    static func description(of error: any Error) -> String {
        (error as? any ExplainedError)?.errorDescription ?? "\(error)"
    }
}
