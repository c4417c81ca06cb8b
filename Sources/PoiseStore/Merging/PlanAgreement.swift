import PoiseCore

/// Whether files are shares of one plan. Pure.
struct PlanAgreement {
    /// A plan as one or more files hold it.
    struct Holding {
        let plan: Plan
        let planned: RunStore.Planned
        var paths: [String]

        func agrees(with other: Holding) -> Bool {
            planned.plan == other.planned.plan && planned.shards == other.planned.shards
                && planned.places == other.planned.places && planned.graders == other.planned.graders
                && plan.essence == other.plan.essence
        }
    }

    /// A line for each plan with its files, then for each difference from the one that most files hold; empty where all
    /// agree.
    static func differences(between holdings: [Holding]) -> [String] {
        guard let usual = holdings.max(by: { $0.paths.count < $1.paths.count }) else { return [] }
        let others = holdings.filter { !$0.agrees(with: usual) }
        guard !others.isEmpty else { return [] }
        let headings = ([usual] + others).map { "plan \($0.planned.plan.prefix(12)): \(listed($0.paths))" }
        return headings
            + others.flatMap { other in
                changes(from: usual, to: other).map { "\(other.planned.plan.prefix(12)): \($0)" }
            }
    }

    /// More files than this are counted.
    private static let mostNamed = 4

    private static func listed(_ paths: [String]) -> String {
        let rest = paths.count - mostNamed
        return paths.prefix(mostNamed).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func changes(from old: Holding, to new: Holding) -> [String] {
        var found = PlanDifference.between(old.plan, new.plan).map(\.text)
        let (one, other) = (old.planned, new.planned)
        if one.shards != other.shards { found.append("shards: there were \(one.shards) and are \(other.shards)") }
        if Set(one.places.map(\.cell)) != Set(other.places.map(\.cell)) {
            found.append(
                "cells: there were \(one.places.count) and are \(other.places.count), not all of them the same")
        } else if one.places != other.places, one.shards == other.shards {
            found.append("cells: they are dealt to the shards otherwise")
        }
        for task in Set(one.graders.keys).union(other.graders.keys).sorted() {
            let (before, now) = (one.graders[task] ?? [:], other.graders[task] ?? [:])
            for grader in Set(before.keys).union(now.keys).sorted() where before[grader] != now[grader] {
                found.append(
                    "task \(task): the version of the grader \(grader) was \(before[grader] ?? "none") and is "
                        + (now[grader] ?? "none"))
            }
        }
        return found.isEmpty ? ["it was frozen otherwise, by another version of Poise or by hand"] : found
    }
}
