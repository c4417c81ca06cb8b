/// What a run that goes on has in its database already.
package struct FinishedWork: Hashable, Sendable {
    package var levels: [LevelKey: FinishedLevel] = [:]
    /// The run's beginning → the end of its last trial, on the run's own clock: it stands still while nobody runs it.
    package var clock: Duration = .zero

    package init() {}

    package subscript(level: LevelKey) -> FinishedLevel { levels[level] ?? FinishedLevel() }

    /// Trials that are never asked again.
    package var finished: Int { levels.values.reduce(0) { $0 + $1.finished.count } }
    /// Trials that failed, or whose response was found to say nothing about the model.
    package var failed: Int { levels.values.reduce(0) { $0 + $1.failed.count } }

    /// Whether the candidate said anything in a round: an empty response is an answer from then on.
    package func hasSpoken(_ candidate: String, round: Int) -> Bool {
        levels.contains { $0.key.candidate == candidate && $0.key.round == round && $0.value.hasSpoken }
    }
}

/// What was asked in one level before.
package struct FinishedLevel: Hashable, Sendable {
    /// One of the level's trials.
    package struct Item: Hashable, Sendable {
        package let task: String
        package let sample: String
        package let epoch: Int

        package init(task: String, sample: String, epoch: Int) {
            self.task = task
            self.sample = sample
            self.epoch = epoch
        }
    }

    package var finished: Set<Item> = []
    /// What may be tried again; one that was cut off in the middle is in neither.
    package var failed: Set<Item> = []
    /// The first start → the last end.
    package var elapsed: Duration = .zero
    /// The run's beginning → the last end, on the run's clock.
    package var lastEnd: Duration?
    /// tok/s of the responses that have one, and how many responses there are.
    package var speeds: [Double] = []
    package var responses = 0
    /// Why it ended before all of its trials were asked; nil where nothing says that it did.
    package var stop: LevelStop.Reason?
    package var hasSpoken = false

    package init() {}

    package var asked: Int { finished.count + failed.count }
}

extension FinishedWork {
    /// The levels of a plan, or of the cells that it has, in which not all was asked that was to be; in the plan's order.
    ///
    /// A level that a stop condition ended has all of it.
    package func unfinishedLevels(of plan: Plan) -> [LevelKey] {
        let planned = min(plan.trialsPerPass, plan.settings.stop.requests ?? .max)
        return (1...max(1, plan.rounds)).flatMap { round in
            plan.candidates.flatMap { candidate in
                plan.loads(of: candidate.id, round: round).compactMap { load in
                    let key = LevelKey(candidate: candidate.id, load: load, round: round)
                    let level = self[key]
                    return level.stop != nil || level.asked >= planned ? nil : key
                }
            }
        }
    }
}
