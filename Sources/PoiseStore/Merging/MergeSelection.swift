package import PoiseCore

/// Which file each cell of a plan is taken from, and what is missing. Pure.
///
/// A cell is taken from one file, whole: a machine that was cut off may have measured its share once more elsewhere, and
/// trials of both in one level would be no measurement. Of several complete ones it is the one whose work ended first.
package struct MergeSelection: Hashable, Sendable {
    package struct Take: Hashable, Sendable {
        package let cell: PlanCell
        /// The file's place among the shards.
        package let source: Int
        package let isComplete: Bool
    }

    /// A cell that no file holds to its end.
    package struct Gap: Hashable, Sendable {
        package let cell: PlanCell
        /// The shard that should have it.
        package let shard: Int
        /// The file that holds the most of it, and how many trials; nil where none holds any.
        package let source: Int?
        package let trials: Int
        package let planned: Int
    }

    /// A cell that several files hold to its end.
    package struct Doubled: Hashable, Sendable {
        package let cell: PlanCell
        package let taken: Int
        package let dropped: [Int]
    }

    /// In the plan's order; of cells that no file holds to its end what there is of them.
    package private(set) var takes: [Take] = []
    package private(set) var gaps: [Gap] = []
    package private(set) var doubles: [Doubled] = []

    package init(of set: ShardSet) {
        // An attempt that was cut off has nothing that the whole shard does not.
        let whole = Set(set.shards.filter(\.isWhole).map(\.number))
        let sources = set.shards.indices.filter { !whole.contains(set.shards[$0].number) || set.shards[$0].isWhole }
        for place in set.planned.places {
            let holders = sources.filter { set.shards[$0].number == place.shard }
            let complete = holders.filter { set.shards[$0][place.cell].isComplete }
            if let first = complete.first {
                takes.append(Take(cell: place.cell, source: first, isComplete: true))
                if complete.count > 1 {
                    doubles.append(Doubled(cell: place.cell, taken: first, dropped: Array(complete.dropFirst())))
                }
                continue
            }
            // The first of those that have equally many.
            let most = holders.max { one, other in
                let (mine, its) = (set.shards[one][place.cell].trials, set.shards[other][place.cell].trials)
                return mine == its ? one > other : mine < its
            }
            let trials = most.map { set.shards[$0][place.cell].trials } ?? 0
            gaps.append(
                Gap(
                    cell: place.cell, shard: place.shard, source: most, trials: trials,
                    planned: set.plannedTrials(of: place.cell)))
            if let most, trials > 0 {
                takes.append(Take(cell: place.cell, source: most, isComplete: false))
            }
        }
    }
}

extension MergeSelection.Gap {
    /// `nothing is there`, or how far it got and why no further.
    package func state(in set: ShardSet) -> String {
        guard let source else { return "nothing is there" }
        let shard = set.shards[source]
        let ungraded = shard[cell].ungraded
        var parts =
            trials >= planned && ungraded > 0
            ? ["\(ungraded) of \(trials) answers are not graded"] : ["partial: \(trials) of \(planned) trials"]
        let problem =
            shard.problems.first { $0.candidate == cell.candidate }
            ?? shard.problems.first { $0.candidate == RunStore.wholeRun }
        if let line = problem?.reason.split(separator: "\n").first {
            parts.append(String(line))
        } else if shard.record.status == .interrupted {
            parts.append("it was interrupted")
        } else if shard.record.status == .running {
            parts.append("it ended without a word")
        }
        return parts.joined(separator: "; ")
    }
}
