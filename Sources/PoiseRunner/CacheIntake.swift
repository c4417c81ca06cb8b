import PoiseCore

/// What a pass takes from the cache, before its candidate is opened: nothing of it can disturb what is timed later.
struct CacheIntake: Sendable {
    /// What is left to ask at one load, and what was not.
    struct Level: Sendable {
        /// In their order; arrivals of an open loop are drawn for these alone.
        let left: [TrialOrder.Item]
        let taken: Int
        /// What ends the level, where so many requests do: those that were taken over count as asked.
        let condition: StopCondition
    }

    private(set) var levels: [Load: Level] = [:]

    /// Trials that were taken over.
    var taken: Int { levels.values.reduce(0) { $0 + $1.taken } }
    /// Whether nothing is left to ask, at any load.
    var isAll: Bool { levels.values.allSatisfy(\.left.isEmpty) }

    /// Keys that are looked up at once, and responses that are held.
    private static let pageLength = 256

    /// Nothing is taken over.
    init(asking order: TrialOrder, of plan: Plan) {
        for load in plan.loads {
            levels[load] = Level(left: order.items, taken: 0, condition: plan.settings.stop)
        }
    }

    /// Takes over what is there: grades it now, and hands it to the recorder without any time.
    ///
    /// - Throws: where trials cannot be looked up or kept.
    init(
        from cache: any ResponseCache, keys: ResponseKeys, order: TrialOrder, round: Int, runner: Runner
    ) async throws {
        for load in keys.plan.loads {
            levels[load] = try await Self.level(
                at: load, from: cache, keys: keys, order: order, round: round, runner: runner)
        }
    }

    private static func level(
        at load: Load, from cache: any ResponseCache, keys: ResponseKeys, order: TrialOrder, round: Int, runner: Runner
    ) async throws -> Level {
        var condition = keys.plan.settings.stop
        // Those behind were not to be asked at all.
        let wanted = order.items.prefix(condition.requests ?? .max)
        var left: [TrialOrder.Item] = []
        for start in stride(from: 0, to: wanted.count, by: pageLength) {
            let page = wanted[start..<min(start + pageLength, wanted.count)].map { item in
                let trial = keys.plan.key(of: item, candidate: keys.candidate.id, load: load, round: round)
                return (item: item, trial: trial, key: keys.key(of: item, trial))
            }
            // Of an interrupted run, the rest stays to be asked.
            let known = Task.isCancelled ? [:] : try await cache.responses(for: page.compactMap(\.key))
            for (item, trial, key) in page {
                if let key, let cached = known[key] {
                    try await keep(Trial(trial, taking: cached, for: key), of: item, runner: runner)
                } else {
                    left.append(item)
                }
            }
        }
        let taken = wanted.count - left.count
        if let most = condition.requests, order.items.count > wanted.count {
            condition.requests = most - taken
            if left.isEmpty {
                let stop = LevelStop(
                    candidate: keys.candidate.id, load: load, round: round, reason: .requests, asked: taken,
                    planned: order.items.count)
                try await runner.recorder.record(stop)
                runner.watch(.levelStopped(stop))
                return Level(left: [], taken: taken, condition: condition)
            }
        }
        return Level(left: left + order.items.dropFirst(wanted.count), taken: taken, condition: condition)
    }

    private static func keep(_ trial: Trial, of item: TrialOrder.Item, runner: Runner) async throws {
        var trial = trial
        if let response = trial.response {
            let task = runner.plan.tasks[item.task]
            trial.scores = runner.grade(response, task, task.samples[item.sample])
        }
        try await runner.recorder.record(trial)
        runner.watch(.finished(trial))
    }
}
