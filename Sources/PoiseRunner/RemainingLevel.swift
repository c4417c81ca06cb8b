package import PoiseCore

/// What one level of a pass still has to do: all of it in a new run, the rest in one that goes on. Pure.
package struct RemainingLevel: Sendable {
    package let key: LevelKey
    /// In the order of the round.
    package let items: [TrialOrder.Item]
    /// Of them, so many may be asked: the first ones.
    package let mostAsked: Int
    /// Trials of the whole level.
    package let planned: Int
    /// Its state before the first of `items`.
    package let gate: LevelGate
    /// When the requests go out; nil in a closed loop.
    package let schedule: ArrivalSchedule?
    /// Whether so few are left that the load is not reached again: their times are not those of the level.
    package let isApart: Bool
    /// Where the level's time goes on, on the run's clock; nil where it begins.
    package let lastEnd: Duration?

    /// - Parameters:
    ///   - finished: what was asked of the level before.
    ///   - retries: whether what failed is asked again.
    ///   - mostInFlight: an open loop's guard.
    package init(
        _ key: LevelKey, of plan: Plan, order: TrialOrder, finished: FinishedLevel, retries: Bool,
        mostInFlight: Int = .max
    ) {
        self.key = key
        let places = order.items.map { item -> (item: TrialOrder.Item, key: FinishedLevel.Item) in
            let task = plan.tasks[item.task]
            return (item, FinishedLevel.Item(task: task.name, sample: task.samples[item.sample].id, epoch: item.epoch))
        }
        planned = places.count
        let isStopped = finished.stop != nil
        let wanted = places.filter { place in
            let hasFailed = finished.failed.contains(place.key)
            // What a stopped level left out stays out; its condition held, whatever became of some of its trials.
            if isStopped { return retries && hasFailed }
            return !finished.finished.contains(place.key) && (retries || !hasFailed)
        }
        items = wanted.map(\.item)
        let kept = finished.finished.count + (retries ? 0 : finished.failed.count)
        let condition = isStopped ? StopCondition() : plan.settings.stop
        gate = LevelGate(
            planned: wanted.count, condition: condition,
            mostInFlight: key.load.isOpenLoop ? mostInFlight : .max,
            before: LevelGate.Before(
                asked: kept, elapsed: finished.elapsed,
                speed: SpeedPrecision(speeds: finished.speeds, responses: finished.responses)))
        // As many instants as are left, the last of the level's own, so that the rate is kept.
        schedule = ArrivalSchedule(load: key.load, count: planned, seed: plan.seed, round: key.round)?
            .last(wanted.count)
        let asked = min(wanted.count, max(0, (condition.requests ?? .max) - kept))
        mostAsked = asked
        let onlyRetried = !wanted.isEmpty && wanted.allSatisfy { finished.failed.contains($0.key) }
        isApart = finished.asked > 0 && (key.load.concurrency.map { asked < $0 && $0 > 1 } ?? onlyRetried)
        lastEnd = finished.lastEnd
    }

    /// Whether nothing of it is asked any more.
    package var isOver: Bool { gate.isOver }
}
