import PoiseCore
import Synchronization

/// One round of one candidate: its warm-up and its trials at every load.
final class CandidatePass: Sendable {
    struct Result {
        var completed = 0
        var failed = 0
        /// Why the candidate was given up; nil where the pass went through.
        var stopReason: String?
    }

    private struct State {
        var rule = StopRule()
        var result = Result()
        var next = 0
        var generator: SeededGenerator
    }

    private let plan: Plan
    private let candidate: Candidate
    private let session: any CandidateSession
    private let round: Int
    private let runner: Runner
    private let state: Mutex<State>

    init(plan: Plan, candidate: Candidate, session: any CandidateSession, round: Int, runner: Runner) {
        self.plan = plan
        self.candidate = candidate
        self.session = session
        self.round = round
        self.runner = runner
        state = Mutex(State(generator: SeededGenerator(seed: plan.seed, stream: 1_000_000 + UInt64(round))))
    }

    /// - Throws: only where a trial cannot be kept.
    func run(order: TrialOrder) async throws -> Result {
        let warmup = (0..<plan.warmup).compactMap { index in
            order.items.isEmpty ? nil : order.items[index % order.items.count]
        }
        try await ask(warmup, load: .concurrency(1), isWarmup: true)
        for load in plan.loads { try await ask(order.items, load: load, isWarmup: false) }
        try await obey(state.withLock { $0.rule.noteEnd() })
        return state.withLock { $0.result }
    }

    /// Closed loop: `load` workers, each with one request in flight, until the items are through.
    private func ask(_ items: [TrialOrder.Item], load: Load, isWarmup: Bool) async throws {
        state.withLock { $0.next = 0 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(load.concurrency ?? 1, items.count) {
                group.addTask {
                    while let item = self.nextItem(of: items) {
                        try await self.ask(item, load: load, isWarmup: isWarmup)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func nextItem(of items: [TrialOrder.Item]) -> TrialOrder.Item? {
        guard !Task.isCancelled else { return nil }
        return state.withLock { state in
            guard state.result.stopReason == nil, state.next < items.count else { return nil }
            defer { state.next += 1 }
            return items[state.next]
        }
    }

    /// Asks one sample, grades and keeps what came. A trial that the run's end cut off leaves nothing behind; one whose
    /// response was whole by then is kept.
    private func ask(_ item: TrialOrder.Item, load: Load, isWarmup: Bool) async throws {
        let task = plan.tasks[item.task]
        let sample = task.samples[item.sample]
        let key = TrialKey(
            candidate: candidate.id, task: task.name, sample: sample.id, epoch: item.epoch, load: load, round: round,
            isWarmup: isWarmup)
        let handed = Instant.now()
        let attempts = await attempts(
            at: task.messages(for: sample), sampling: sampling(of: task, item: item), key: key)
        var trial = Trial(key: key, attempts: attempts, timeToDone: Instant.now() - handed)
        if Task.isCancelled, trial.response == nil { return }
        if let response = trial.response { trial.scores = runner.grade(response, task, sample) }
        try await runner.recorder.record(trial)
        runner.watch(.finished(trial))
        let decision = state.withLock { state in
            if !isWarmup {
                if trial.response == nil { state.result.failed += 1 } else { state.result.completed += 1 }
            }
            return state.rule.note(trial)
        }
        if let failure = session.failure {
            give(up: Runner.description(of: failure))
        } else {
            try await obey(decision)
        }
    }

    private func attempts(
        at messages: [Message], sampling: SamplingSettings, key: TrialKey
    ) async -> [Attempt] {
        var attempts: [Attempt] = []
        while true {
            let attempt = await session.attempt(messages, sampling: sampling)
            attempts.append(attempt)
            guard case .failed(let failure) = attempt.outcome, session.failure == nil, !Task.isCancelled else {
                return attempts
            }
            let delay = state.withLock {
                runner.retryPolicy.delay(after: failure, made: attempts.count, generator: &$0.generator)
            }
            guard let delay else { return attempts }
            runner.watch(.retrying(key, failure, after: delay))
            try? await Task.sleep(for: delay)
            if Task.isCancelled { return attempts }
        }
    }

    /// The task's length cap stands before the candidate's; each epoch draws with a seed of its own.
    private func sampling(of task: EvaluationTask, item: TrialOrder.Item) -> SamplingSettings {
        var sampling = candidate.sampling
        sampling.maxTokens = task.maxTokens ?? sampling.maxTokens
        sampling.seed = sampling.seed.map { $0 &+ (item.epoch - 1) }
        return sampling
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
