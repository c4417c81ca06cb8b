import PoiseCore

/// What shards become: one run for each kind of machine that they were measured on. Pure.
package struct Merge: Sendable {
    package let set: ShardSet
    package let selection: MergeSelection
    /// The one with the most trials first.
    package let runs: [MergedRun]

    /// - Parameters:
    ///   - isPartial: whether it goes on where something is missing.
    ///   - isPooled: whether all kinds of machine become one run, with their speeds side by side.
    ///   - command: what was typed.
    /// - Throws: `MergeFailure.gaps` and `.conflicts`, with all of them.
    package init(_ set: ShardSet, isPartial: Bool, isPooled: Bool, command: String) throws(MergeFailure) {
        let selection = MergeSelection(of: set)
        if !selection.gaps.isEmpty, !isPartial || selection.takes.isEmpty {
            throw .gaps(Self.lines(of: selection.gaps, in: set), shards: Self.shards(of: selection.gaps))
        }
        let kinds = Self.kinds(of: selection.takes, in: set, isPooled: isPooled)
        let conflicts = MergeConflicts(of: selection.takes, in: set) { take in
            isPooled ? "" : set.shards[take.source].machines(of: take.cell).first?.identity ?? ""
        }
        let lines = (isPooled ? [] : Self.mixed(selection.takes, in: set)) + conflicts.grave
        guard lines.isEmpty else { throw .conflicts(lines) }
        let startedAt = selection.takes.map { set.shards[$0.source].record.startedAt }.min() ?? ""
        let id = RunRecord.id(of: set.plan.name, startedAt: startedAt)
        let measured = Set(selection.takes.map(\.cell.candidate))
        let absent = Set(set.plan.candidates.map(\.id)).subtracting(measured)
        (self.set, self.selection) = (set, selection)
        runs = kinds.enumerated().map { index, kind in
            let own = Set(kind.takes.map(\.cell.candidate))
            // What is nowhere is missed in the first run.
            let missed = selection.gaps.filter { gap in
                if let take = selection.takes.first(where: { $0.cell == gap.cell }) { return kind.takes.contains(take) }
                if own.contains(gap.cell.candidate) { return true }
                return index == 0 && absent.contains(gap.cell.candidate)
            }
            return MergedRun(
                MergedRun.Parts(
                    set: set, machine: kind.machine, takes: kind.takes, gaps: Self.problems(of: missed, in: set),
                    absent: index == 0 ? absent : [],
                    warnings: conflicts.slight[isPooled ? "" : kind.machine.identity] ?? [],
                    startedAt: startedAt, id: index == 0 ? id : "\(id)-\(index + 1)", command: command))
        }
    }

    /// Whether all of the plan is there.
    package var isWhole: Bool { selection.gaps.isEmpty }

    /// What is missing, a line for each cell, by shards.
    package var missing: [String] { Self.lines(of: selection.gaps, in: set) }

    /// Machines of one kind with what was measured on them.
    private struct Kind {
        var machine: MachineFacts
        var takes: [MergeSelection.Take]
    }

    /// The one with the most trials first.
    private static func kinds(of takes: [MergeSelection.Take], in set: ShardSet, isPooled: Bool) -> [Kind] {
        var kinds: [String: Kind] = [:]
        var machines: [MachineFacts] = []
        // By shards: the facts of a kind are those of the first stint on it.
        for index in Set(takes.map(\.source)).sorted() {
            for take in takes where take.source == index {
                let own = set.shards[index].machines(of: take.cell)
                guard let machine = own.first else { continue }
                machines += own
                kinds[machine.identity, default: Kind(machine: machine, takes: [])].takes.append(take)
            }
        }
        func trials(_ kind: Kind) -> Int { kind.takes.reduce(0) { $0 + set.shards[$1.source][$1.cell].trials } }
        let place = Dictionary(uniqueKeysWithValues: set.cells.enumerated().map { ($1, $0) })
        func sorted(_ takes: [MergeSelection.Take]) -> [MergeSelection.Take] {
            takes.sorted { place[$0.cell, default: 0] < place[$1.cell, default: 0] }
        }
        let all = kinds.map { (identity: $0, kind: $1, trials: trials($1)) }
            .sorted { $0.trials == $1.trials ? $0.identity < $1.identity : $0.trials > $1.trials }
        if isPooled, let machine = MachineFacts(pooling: all.map(\.kind.machine) + machines) {
            return [Kind(machine: machine, takes: sorted(takes))]
        }
        return all.map { Kind(machine: $0.kind.machine, takes: sorted($0.kind.takes)) }
    }

    /// Cells that went on elsewhere on another kind of machine, which makes them measurements of neither.
    private static func mixed(_ takes: [MergeSelection.Take], in set: ShardSet) -> [String] {
        takes.compactMap { take in
            let machines = set.shards[take.source].machines(of: take.cell)
            guard machines.count > 1 else { return nil }
            return "\(take.cell): a part was measured on \(machines.map(\.summary).joined(separator: ", a part on "))"
                + " (\(set.shards[take.source].place(of: take.cell)))"
        }
    }

    private static func shards(of gaps: [MergeSelection.Gap]) -> [Int] { Set(gaps.map(\.shard)).sorted() }

    private static func lines(of gaps: [MergeSelection.Gap], in set: ShardSet) -> [String] {
        shards(of: gaps).flatMap { shard in
            gaps.filter { $0.shard == shard }.map { gap in
                "shard \(shard)/\(set.planned.shards): \(gap.cell): \(gap.state(in: set))"
            }
        }
    }

    private static func problems(of gaps: [MergeSelection.Gap], in set: ShardSet) -> [Shard.Problem] {
        gaps.map { gap in
            let part = "round \(gap.cell.round)" + (gap.cell.load.map { ", load \($0)" } ?? "")
            return Shard.Problem(
                candidate: gap.cell.candidate,
                reason: "\(part) is not all there: of shard \(gap.shard)/\(set.planned.shards) \(gap.state(in: set))")
        }
    }
}
