import PoiseCore
import Synchronization

/// One round of one candidate: its warm-up and its trials at every load.
final class CandidatePass: Sendable {
    struct Result: Sendable {
        var completed = 0
        var failed = 0
        /// Levels that the server could not keep up with, as sentences.
        var overloads: [String] = []
        /// Why the candidate was given up; nil where the pass went through.
        var stopReason: String?
    }

    private struct State {
        var rule: StopRule
        var result = Result()
        var generator: SeededGenerator
    }

    private let candidate: Candidate
    private let session: any CandidateSession
    private let round: Int
    /// The run's beginning, which trials are timed from.
    private let began: Instant
    private let runner: Runner
    /// What is left to ask, since the rest came from the cache.
    private let intake: CacheIntake
    private let keys: ResponseKeys?
    private let state: Mutex<State>

    private var plan: Plan { runner.plan }

    init(
        candidate: Candidate, session: any CandidateSession, round: Int, began: Instant, runner: Runner,
        intake: CacheIntake, keys: ResponseKeys?
    ) {
        self.candidate = candidate
        self.session = session
        self.round = round
        self.began = began
        self.runner = runner
        self.intake = intake
        self.keys = keys
        state = Mutex(
            State(
                rule: StopRule(privateTasks: runner.plan.privateTasks), result: Result(completed: intake.taken),
                generator: SeededGenerator(seed: runner.plan.seed, stream: 1_000_000 + UInt64(round))))
    }

    /// - Throws: only where a trial cannot be kept.
    func run(order: TrialOrder) async throws -> Result {
        try await warmUp(order)
        for load in plan.loads where !isOver { try await measure(order, at: load) }
        try await obey(state.withLock { $0.rule.noteEnd() })
        return state.withLock { $0.result }
    }

    private func warmUp(_ order: TrialOrder) async throws {
        guard plan.warmup > 0, !order.items.isEmpty else { return }
        let items = (0..<plan.warmup).map { order.items[$0 % order.items.count] }
        let level = LoadLevel(load: .concurrency(1), gate: LevelGate(planned: items.count, condition: StopCondition()))
        await session.prepare(concurrency: 1)
        try await run(level, items: items, schedule: nil, isWarmup: true)
    }

    private func measure(_ order: TrialOrder, at load: Load) async throws {
        guard let own = intake.levels[load], !own.left.isEmpty else { return }
        let gate = LevelGate(
            planned: own.left.count, condition: own.condition,
            mostInFlight: load.isOpenLoop ? runner.mostInFlight : .max)
        let level = LoadLevel(load: load, gate: gate)
        let schedule = ArrivalSchedule(load: load, count: own.left.count, seed: plan.seed, round: round)
        await session.prepare(concurrency: Self.connections(for: load))
        runner.watch(.levelBegan(candidate: candidate.id, load: load, round: round))
        do {
            defer { runner.watch(.levelEnded(candidate: candidate.id, load: load, round: round)) }
            try await run(level, items: own.left, schedule: schedule, isWarmup: false)
        }
        // A level that was cut short for another reason is no level that was stopped.
        guard !isOver, let ending = level.ending else { return }
        let stop = LevelStop(
            candidate: candidate.id, load: load, round: round, reason: ending.reason,
            asked: level.asked + own.taken, planned: order.items.count, precision: ending.precision,
            inFlight: ending.inFlight)
        try await runner.recorder.record(stop)
        if ending.reason == .overload {
            state.withLock { $0.result.overloads.append("at \(load), round \(round), \(stop.explanation)") }
        }
        runner.watch(.levelStopped(stop))
    }

    private func run(
        _ level: LoadLevel, items: [TrialOrder.Item], schedule: ArrivalSchedule?, isWarmup: Bool
    ) async throws {
        // One request at a time: what is graded between two of them takes nothing from an engine on this machine.
        if level.load == .concurrency(1) {
            try await level.run(schedule: schedule, isOver: { self.isOver }) { position, scheduled in
                let item = items[position]
                guard let trial = await self.ask(item, load: level.load, isWarmup: isWarmup, scheduled: scheduled)
                else { return nil }
                try await self.keep(trial, of: item)
                return trial
            }
            return
        }
        let ended = EndedTrials()
        // Not cancelled with the run: what has ended by then is kept.
        let keeping = Task(executorPreference: runner.grading) { await self.keep(ended) }
        var failure: (any Error)?
        do {
            try await level.run(schedule: schedule, isOver: { self.isOver }) { position, scheduled in
                let item = items[position]
                let trial = await self.ask(item, load: level.load, isWarmup: isWarmup, scheduled: scheduled)
                if let trial { try await ended.add(trial, of: item, waits: !level.load.isOpenLoop) }
                return trial
            }
        } catch {
            failure = error
        }
        ended.finish()
        await keeping.value
        if let failure = failure ?? ended.failure { throw failure }
    }

    private func keep(_ ended: EndedTrials) async {
        for await (trial, item) in ended.all {
            var failure: (any Error)?
            if ended.failure == nil {
                do { try await keep(trial, of: item) } catch { failure = error }
            }
            ended.noteTaken(failure)
        }
    }

    /// Connections that stand before a level begins: in an open loop, as many as requests arrive in a second.
    static func connections(for load: Load) -> Int {
        switch load {
        case .concurrency(let count): count
        case .rate(let perSecond, _): Int(min(128, max(1, perSecond.rounded(.up))))
        }
    }

    private var isOver: Bool {
        Task.isCancelled || state.withLock { $0.result.stopReason != nil }
    }

    /// Asks one sample.
    ///
    /// - Returns: the trial; nil where the run's end cut it off, which leaves nothing behind. One whose response was whole
    ///   by then is kept.
    private func ask(
        _ item: TrialOrder.Item, load: Load, isWarmup: Bool, scheduled: Instant
    ) async -> Trial? {
        let task = plan.tasks[item.task]
        let sample = task.samples[item.sample]
        let key = plan.key(of: item, candidate: candidate.id, load: load, round: round, isWarmup: isWarmup)
        let sampling = candidate.sampling(of: task, epoch: item.epoch)
        let asked: (attempts: [Attempt], exchanges: [Exchange])
        if sample.turns.isEmpty {
            let prompt = ChatPrompt(task.messages(for: sample), tools: sample.tools)
            asked = (await attempts(at: { self.marked(prompt) }, sampling: sampling, key: key), [])
        } else {
            asked = await converse(
                Conversation(sample, of: task, marking: { self.marked($0) }), sampling: sampling, key: key)
        }
        let ended = Instant.now()
        // Now, and not when the trial is kept: a dead engine is asked nothing more.
        if let failure = session.failure { give(up: Runner.description(of: failure)) }
        let queueDelay = asked.attempts.first?.started.map { $0 - scheduled } ?? .zero
        let trial = Trial(
            key: key, attempts: asked.attempts, scheduled: scheduled - began, timeToDone: ended - scheduled,
            queueDelay: max(.zero, queueDelay), exchanges: asked.exchanges)
        return Task.isCancelled && trial.response == nil ? nil : trial
    }

    /// Grades a trial and hands it to the recorder.
    private func keep(_ trial: Trial, of item: TrialOrder.Item) async throws {
        var trial = trial
        if let response = trial.response {
            let task = plan.tasks[item.task]
            trial.scores = runner.grade(response, task, task.samples[item.sample])
            trial.responseKey = keys?.key(of: item, trial.key)
        }
        try await runner.recorder.record(trial)
        runner.watch(.finished(trial))
        try await note(trial)
    }

    private func note(_ trial: Trial) async throws {
        let decision = state.withLock { state in
            if !trial.key.isWarmup {
                if trial.response == nil { state.result.failed += 1 } else { state.result.completed += 1 }
            }
            return state.rule.note(trial)
        }
        if session.failure == nil { try await obey(decision) }
    }

    /// Asks the turns of a chain one after the other, and lets its tools answer.
    ///
    /// A wrong answer does not end it, which the model cannot know either; a request that failed does.
    private func converse(
        _ conversation: Conversation, sampling: SamplingSettings, key: TrialKey
    ) async -> (attempts: [Attempt], exchanges: [Exchange]) {
        var conversation = conversation
        var attempts: [Attempt] = []
        var exchanges: [Exchange] = []
        while !conversation.isOver {
            if !exchanges.isEmpty, isOver {
                let failure = RequestFailure(
                    kind: .interrupted, message: "the candidate was given up before the chain was through")
                attempts.append(Attempt(request: "", outcome: .failed(failure)))
                break
            }
            let prompt = conversation.prompt
            let asked = Instant.now()
            let made = await self.attempts(at: { prompt }, sampling: sampling, key: key)
            attempts += made
            guard let last = made.last, case .responded(let response) = last.outcome else { break }
            let started = made.first?.started ?? asked
            exchanges.append(
                Exchange(
                    turn: conversation.turn, attempts: made.count, started: started - began,
                    timeToDone: Instant.now() - started, request: last.request, response: response))
            conversation.take(response)
        }
        return (attempts, exchanges)
    }

    private func marked(_ prompt: ChatPrompt) -> ChatPrompt {
        runner.uniquePrefix?.marking(prompt) ?? prompt
    }

    /// - Parameter prompt: made anew for each attempt.
    private func attempts(
        at prompt: () -> ChatPrompt, sampling: SamplingSettings, key: TrialKey
    ) async -> [Attempt] {
        var attempts: [Attempt] = []
        while true {
            let attempt = await session.attempt(prompt(), sampling: sampling)
            attempts.append(attempt)
            guard case .failed(let failure) = attempt.outcome, session.failure == nil, !isOver else { return attempts }
            let delay = state.withLock {
                runner.retryPolicy.delay(after: failure, made: attempts.count, generator: &$0.generator)
            }
            guard let delay else { return attempts }
            runner.watch(.retrying(key, failure, after: delay))
            try? await Task.sleep(for: delay)
            if isOver { return attempts }
        }
    }

    private func obey(_ decision: StopRule.Decision) async throws {
        guard case .stop(let reason, let unscored) = decision else { return }
        give(up: reason)
        // Also where it was given up already: these may be answers that were in flight then.
        if unscored.isEmpty { return }
        try await runner.recorder.withdrawScores(
            of: unscored, reason: "the candidate answered nothing, so that its empty answers say nothing about it")
    }

    /// The first reason is the one that counts.
    private func give(up reason: String) {
        state.withLock { $0.result.stopReason = $0.result.stopReason ?? reason }
    }
}
