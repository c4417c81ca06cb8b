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

    /// What trials that are asked in one go have in common.
    private struct Part: Sendable {
        /// What they are timed from.
        let began: Instant
        var isWarmup = false
        var isApart = false
    }

    private let candidate: Candidate
    private let session: any CandidateSession
    private let round: Int
    /// The run's beginning, which trials are timed from.
    private let began: Instant
    private let runner: Runner
    private let traffic: EndpointTraffic
    private let keys: ResponseKeys?
    private let state: Mutex<State>

    private var plan: Plan { runner.plan }

    init(
        candidate: Candidate, session: any CandidateSession, round: Int, began: Instant, runner: Runner,
        taken: Int, keys: ResponseKeys?
    ) {
        self.candidate = candidate
        self.session = session
        self.round = round
        self.began = began
        self.runner = runner
        self.keys = keys
        traffic = runner.traffic.traffic(of: candidate)
        state = Mutex(
            State(
                rule: StopRule(
                    // All that are in flight may fail for one reason.
                    endurance: max(20, 2 * (runner.plan.loads.compactMap(\.concurrency).max() ?? 32)),
                    outage: .seconds(runner.plan.settings.limits.outage), privateTasks: runner.plan.privateTasks,
                    hasSpoken: runner.finished?.hasSpoken(candidate.id, round: round) ?? false),
                result: Result(completed: taken),
                generator: SeededGenerator(seed: runner.plan.seed, stream: 1_000_000 + UInt64(round))))
    }

    /// - Throws: only where a trial cannot be kept.
    func run(_ levels: [RemainingLevel], order: TrialOrder) async throws -> Result {
        traffic.tryOnceMore()
        try await warmUp(order)
        for level in levels where runner.limits.goesOn() && !isOver { try await measure(level) }
        // One that was cut off may have spoken in the rest of it.
        if !runner.isEnding { try await obey(state.withLock { $0.rule.noteEnd() }) }
        return state.withLock { $0.result }
    }

    private func warmUp(_ order: TrialOrder) async throws {
        guard plan.warmup > 0, !order.items.isEmpty else { return }
        let items = (0..<plan.warmup).map { order.items[$0 % order.items.count] }
        let level = LoadLevel(load: .concurrency(1), gate: LevelGate(planned: items.count, condition: StopCondition()))
        await session.prepare(concurrency: 1)
        try await run(level, items: items, schedule: nil, as: Part(began: began, isWarmup: true))
    }

    private func measure(_ remaining: RemainingLevel) async throws {
        let load = remaining.key.load
        let level = LoadLevel(load: load, gate: remaining.gate)
        await session.prepare(concurrency: Self.connections(for: load))
        runner.watch(.levelBegan(candidate: candidate.id, load: load, round: round))
        do {
            defer { runner.watch(.levelEnded(candidate: candidate.id, load: load, round: round)) }
            // A level's time is one stretch also where it was cut off in between: what came then is none of its.
            let began =
                remaining.lastEnd.map { Instant(nanoseconds: Instant.now().nanoseconds - $0.nanoseconds) } ?? began
            try await run(
                level, items: remaining.items, schedule: remaining.schedule,
                as: Part(began: began, isApart: remaining.isApart))
        }
        if level.asked < remaining.planned, level.ending == nil { runner.limits.noteLeftOut() }
        if let shortfall = level.flow.total.shortfall(of: candidate.id, at: load, round: round) {
            try await runner.recorder.record(shortfall)
        }
        // A level that was cut short for another reason is no level that was stopped.
        guard !isOver, let ending = level.ending else { return }
        let stop = LevelStop(
            candidate: candidate.id, load: load, round: round, reason: ending.reason, asked: level.asked,
            planned: remaining.planned, precision: ending.precision, inFlight: ending.inFlight)
        try await runner.recorder.record(stop)
        if ending.reason == .overload {
            state.withLock { $0.result.overloads.append("at \(load), round \(round), \(stop.explanation)") }
        }
        runner.watch(.levelStopped(stop))
    }

    private func run(
        _ level: LoadLevel, items: [TrialOrder.Item], schedule: ArrivalSchedule?, as part: Part
    ) async throws {
        // One request at a time: what is graded between two of them takes nothing from an engine on this machine.
        if level.load == .concurrency(1) {
            try await level.run(schedule: schedule, isOver: { self.isOver }) { position, scheduled in
                let item = items[position]
                guard let trial = await self.ask(item, at: level, as: part, scheduled: scheduled)
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
            try await level.run(schedule: schedule, isOver: { self.isOver }, pause: { await self.pause(level) }) {
                position, scheduled in
                let item = items[position]
                let trial = await self.ask(item, at: level, as: part, scheduled: scheduled)
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

    /// Whether no trial goes out any more.
    private var isOver: Bool {
        isCut || runner.isEnding || runner.limits.isReached
    }

    /// Whether also what is in flight has no point any more.
    private var isCut: Bool {
        Task.isCancelled || state.withLock { $0.result.stopReason != nil } || runner.limits.isCut
    }

    private func pause(_ level: LoadLevel) async -> Duration {
        await traffic.pause(level.flow) { isOver || session.failure != nil }
    }

    /// Asks one sample.
    ///
    /// - Returns: the trial; nil where the run's end cut it off, which leaves nothing behind. One whose response was whole
    ///   by then is kept.
    private func ask(
        _ item: TrialOrder.Item, at level: LoadLevel, as part: Part, scheduled due: Instant
    ) async -> Trial? {
        guard let clearance = await traffic.clearance(level.flow, isOver: { isOver || session.failure != nil }) else {
            if let failure = session.failure { give(up: Runner.description(of: failure)) }
            giveUpWithTraffic(nil, of: nil)
            return nil
        }
        guard runner.limits.admit(candidate.id) else {
            traffic.takeBack(clearance)
            return nil
        }
        // What may not be sent is not late: its clock starts when it goes out.
        let scheduled = clearance.hasWaited ? Instant.now() : due
        let trial = await conduct(item, at: level, as: part, scheduled: scheduled, clearance)
        runner.limits.note(trial, of: candidate.id)
        if trial == nil { runner.limits.noteLeftOut() }
        runner.announceLimit()
        return trial
    }

    private func conduct(
        _ item: TrialOrder.Item, at level: LoadLevel, as part: Part, scheduled: Instant,
        _ clearance: EndpointTraffic.Clearance
    ) async -> Trial? {
        let task = plan.tasks[item.task]
        let sample = task.samples[item.sample]
        let key = plan.key(of: item, candidate: candidate.id, load: level.load, round: round, isWarmup: part.isWarmup)
        let sampling = candidate.sampling(of: task, epoch: item.epoch)
        let asked: (attempts: [Attempt], exchanges: [Exchange])
        if sample.turns.isEmpty {
            let prompt = ChatPrompt(task.messages(for: sample), tools: sample.tools)
            asked = (
                await attempts(at: { self.marked(prompt) }, sampling: sampling, key: key, level.flow, clearance), []
            )
        } else {
            asked = await converse(
                Conversation(sample, of: task, marking: { self.marked($0) }), sampling: sampling, key: key, level.flow,
                clearance, began: part.began)
        }
        let ended = Instant.now()
        // Now, and not when the trial is kept: a dead engine is asked nothing more.
        if let failure = session.failure { give(up: Runner.description(of: failure)) }
        let queueDelay = asked.attempts.first?.started.map { $0 - scheduled } ?? .zero
        let trial = Trial(
            key: key, attempts: asked.attempts, scheduled: scheduled - part.began, timeToDone: ended - scheduled,
            queueDelay: max(.zero, queueDelay), exchanges: asked.exchanges, isApart: part.isApart)
        return (runner.isEnding || runner.limits.isCut) && trial.response == nil ? nil : trial
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
        _ conversation: Conversation, sampling: SamplingSettings, key: TrialKey, _ flow: LevelFlow,
        _ clearance: EndpointTraffic.Clearance, began: Instant
    ) async -> (attempts: [Attempt], exchanges: [Exchange]) {
        var conversation = conversation
        var attempts: [Attempt] = []
        var exchanges: [Exchange] = []
        while !conversation.isOver {
            let prompt = conversation.prompt
            let asked = Instant.now()
            let made =
                !exchanges.isEmpty && isCut
                ? []
                : await self.attempts(
                    at: { prompt }, sampling: sampling, key: key, flow, attempts.isEmpty ? clearance : nil)
            attempts += made
            if made.isEmpty, !exchanges.isEmpty {
                let failure = RequestFailure(
                    kind: .interrupted, message: "the candidate was given up before the chain was through")
                attempts.append(Attempt(request: "", outcome: .failed(failure)))
            }
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

    /// - Parameters:
    ///   - prompt: made anew for each attempt.
    ///   - first: of the trial's first request, which has its turn already.
    /// - Returns: the attempts; none where the endpoint was given up before the first of them.
    private func attempts(
        at prompt: () -> ChatPrompt, sampling: SamplingSettings, key: TrialKey, _ flow: LevelFlow,
        _ first: EndpointTraffic.Clearance?
    ) async -> [Attempt] {
        var attempts: [Attempt] = []
        // Failures that were the endpoint's state use up no retry.
        var excused = 0
        while true {
            let own = attempts.isEmpty ? first : nil
            var clearance = own
            if clearance == nil {
                clearance = await traffic.clearance(flow, isOver: { isCut || session.failure != nil })
            }
            guard let clearance else {
                giveUpWithTraffic(attempts.last, of: key.task)
                return attempts
            }
            flow.noteStart(isFirst: own != nil)
            let question = prompt()
            let attempt = await runner.limits.bounding { [session] in
                await session.attempt(question, sampling: sampling)
            }
            flow.noteEnd()
            attempts.append(attempt)
            let effect = traffic.note(attempt.outcome, of: clearance)
            guard case .failed(let failure) = attempt.outcome, session.failure == nil, !isCut else { return attempts }
            if case .paused(let span) = effect {
                flow.noteOutage()
                runner.watch(.paused(candidate: candidate.id, failure, for: span))
            }
            if failure.kind == .rateLimited { flow.noteTurnedAway() }
            if traffic.excuses(failure, of: clearance, excused: excused) { excused += 1 }
            let delay = state.withLock {
                runner.retryPolicy.delay(
                    after: failure, made: max(1, attempts.count - excused), generator: &$0.generator)
            }
            guard let delay else { return attempts }
            runner.watch(.retrying(key, failure, after: delay))
            // The endpoint's pause is the level's, also where this trial is alone.
            if failure.kind == .rateLimited { flow.noteWaiting(true) }
            await pause(for: delay)
            if failure.kind == .rateLimited { flow.noteWaiting(false) }
            if isCut || runner.isEnding { return attempts }
        }
    }

    /// In pieces, since the run may end while a server's wish to wait is far from over.
    private func pause(for delay: Duration) async {
        let end = Instant.now() + delay
        while !isCut, !runner.isEnding, let wait = LoadLevel.wait(until: end, now: .now()) {
            try? await Task.sleep(for: wait)
        }
    }

    /// Nothing more is sent to the endpoint: then there is nothing more to ask this candidate.
    private func giveUpWithTraffic(_ last: Attempt?, of task: String?) {
        guard let reason = traffic.givenUp else { return }
        var why = ""
        if let task, case .failed(let failure)? = last?.outcome {
            why = ", the last time because " + StopRule.describe(failure, of: task, privateTasks: plan.privateTasks)
        }
        give(up: reason + why)
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
