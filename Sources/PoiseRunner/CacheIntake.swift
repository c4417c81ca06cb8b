import PoiseCore

/// What a pass takes from the cache, before its candidate is opened: nothing of it can disturb what is timed later.
struct CacheIntake: Sendable {
    private var taken: [Load: Set<FinishedLevel.Item>] = [:]

    /// Trials that were taken over.
    var count: Int { taken.values.reduce(0) { $0 + $1.count } }

    /// Keys that are looked up at once, and responses that are held.
    private static let pageLength = 256

    /// Nothing is taken over.
    init() {}

    /// Takes over what is there of what is left: grades it now, and hands it to the recorder without any time.
    ///
    /// - Throws: where trials cannot be looked up or kept.
    init(
        of levels: [RemainingLevel], from cache: any ResponseCache, keys: ResponseKeys, runner: Runner
    ) async throws {
        for level in levels {
            taken[level.key.load] = try await Self.taken(of: level, from: cache, keys: keys, runner: runner)
        }
    }

    /// A level as if what was taken over had been asked before: it counts towards the conditions, and has no time.
    func added(to level: FinishedLevel, at load: Load) -> FinishedLevel {
        guard let taken = taken[load] else { return level }
        var level = level
        level.finished.formUnion(taken)
        level.failed.subtract(taken)
        return level
    }

    private static func taken(
        of level: RemainingLevel, from cache: any ResponseCache, keys: ResponseKeys, runner: Runner
    ) async throws -> Set<FinishedLevel.Item> {
        // Those behind were not to be asked at all.
        let wanted = level.items.prefix(level.mostAsked)
        var taken: Set<FinishedLevel.Item> = []
        for start in stride(from: 0, to: wanted.count, by: pageLength) {
            // Of an interrupted run, the rest stays to be asked.
            if runner.isEnding { break }
            let page = wanted[start..<min(start + pageLength, wanted.count)].map { item in
                let trial = keys.plan.key(
                    of: item, candidate: keys.candidate.id, load: level.key.load, round: level.key.round)
                return (item: item, trial: trial, key: keys.key(of: item, trial))
            }
            let known = try await cache.responses(for: page.compactMap(\.key))
            for (item, trial, key) in page {
                guard let key, let cached = known[key] else { continue }
                try await keep(Trial(trial, taking: cached, for: key), of: item, runner: runner)
                taken.insert(FinishedLevel.Item(task: trial.task, sample: trial.sample, epoch: trial.epoch))
            }
        }
        return taken
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
