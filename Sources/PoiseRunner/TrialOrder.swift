package import PoiseCore

/// The order in which a pass asks its samples: shuffled over all tasks by the plan's seed and the round.
///
/// Every candidate gets the same order in the same round, so that neighbours (and what they leave in caches) are the
/// same for all; tasks are mixed, so that a machine that drifts does not favour one of them.
package struct TrialOrder: Sendable {
    package struct Item: Hashable, Sendable {
        package let task: Int
        package let sample: Int
        package let epoch: Int
    }

    package let items: [Item]

    package init(plan: Plan, round: Int) {
        var items: [Item] = []
        for task in plan.tasks.indices {
            for sample in plan.tasks[task].samples.indices {
                for epoch in 1...max(1, plan.epochs) { items.append(Item(task: task, sample: sample, epoch: epoch)) }
            }
        }
        var generator = SeededGenerator(seed: plan.seed, stream: UInt64(round))
        self.items = generator.shuffled(items)
    }
}
