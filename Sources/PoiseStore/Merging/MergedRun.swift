import Foundation
package import PoiseCore

/// One run of a merged database, before it is written: which cells of which files, and what is said of them. Pure.
package struct MergedRun: Hashable, Sendable {
    /// A file that cells are taken from.
    package struct Source: Hashable, Sendable {
        package let shard: Shard
        package let cells: [PlanCell]
        /// Whether nothing that it holds is left out.
        package let isWhole: Bool
        /// From the numbers of its stints to those of the run.
        package let stints: [Int: Int]
        /// The run's beginning → the shard's, milliseconds.
        package let shift: Double

        /// Rows of trials that are taken.
        package var rows: Int { cells.reduce(0) { $0 + shard[$1].rows } }
    }

    package let record: RunRecord
    package let plan: Plan
    package let planned: RunStore.Planned
    package let sources: [Source]
    package let stints: [RunStore.Stint]
    /// Of its stints' the one with the largest error.
    package let calibration: Calibration?
    package let problems: [Shard.Problem]
    package let warnings: [Shard.Problem]
    package let grading: RunStore.Grading?

    package var cells: [PlanCell] { sources.flatMap(\.cells) }
    /// Trials that count, those that failed among them.
    package var trials: Int {
        sources.reduce(0) { sum, source in source.cells.reduce(sum) { $0 + source.shard[$1].trials } }
    }
    /// Machines that had a part in it.
    package var nodes: Int { Set(stints.map(\.host)).count }
}

extension MergedRun {
    /// What one run is made of, as it was decided for all of them.
    struct Parts {
        let set: ShardSet
        let machine: MachineFacts
        let takes: [MergeSelection.Take]
        /// Said of candidates that are not all there.
        let gaps: [Shard.Problem]
        /// Candidates of which nothing is anywhere, and that are not forgotten here.
        let absent: Set<String>
        let warnings: [Shard.Problem]
        /// ISO 8601, UTC: of the first shard of all runs.
        let startedAt: String
        let id: String
        let command: String
    }

    init(_ parts: Parts) {
        let set = parts.set
        var (sources, stints): ([Source], [RunStore.Stint]) = ([], [])
        for index in Set(parts.takes.map(\.source)).sorted() {
            let shard = set.shards[index]
            let cells = parts.takes.filter { $0.source == index }.map(\.cell)
            let used = cells.reduce(into: Set<Int>()) { $0.formUnion(shard[$1].stints) }
            var numbers: [Int: Int] = [:]
            for stint in shard.stints.sorted(by: { $0.number < $1.number }) where used.contains(stint.number) {
                stints.append(stint.numbered(stints.count + 1))
                numbers[stint.number] = stints.count
            }
            sources.append(
                Source(
                    shard: shard, cells: cells,
                    isWhole: Set(shard.work.filter { $0.value.rows > 0 }.keys).isSubset(of: cells), stints: numbers,
                    shift: Self.milliseconds(from: parts.startedAt, to: shard.record.startedAt) ?? 0))
        }
        let problems = parts.gaps + Self.problems(of: parts.takes, in: set)
        let ends = sources.map(\.shard.record.endedAt)
        (self.sources, self.stints, self.problems) = (sources, stints, problems)
        plan = set.plan.holding(parts.takes.map(\.cell), of: set.cells, and: parts.absent)
        planned = set.planned
        record = RunRecord(
            id: parts.id, suite: set.plan.name, startedAt: parts.startedAt, endedAt: ends.compactMap(\.self).max(),
            status: problems.isEmpty ? .done : .incomplete, seed: set.plan.seed, machine: parts.machine,
            poiseVersion: stints.first?.poiseVersion ?? sources.first?.shard.record.poiseVersion ?? poiseVersion,
            command: parts.command)
        let streams = set.plan.loads.map { $0.concurrency ?? Self.streamsOfARate }.max() ?? 1
        calibration = stints.compactMap(\.calibration).reduce(nil) { worst, next in
            guard let worst else { return next }
            return Self.error(of: next, at: streams) > Self.error(of: worst, at: streams) ? next : worst
        }
        warnings = Self.warnings(of: sources, stints, parts.warnings)
        let gradings = sources.compactMap(\.shard.grading)
        grading = gradings.max { $0.gradedAt < $1.gradedAt }
    }

    /// A rate says nothing of how many requests are under way at once.
    private static let streamsOfARate = 32

    /// Milliseconds: the larger p99 of both kinds of errors at the load that was tried nearest to so many streams.
    private static func error(of calibration: Calibration, at streams: Int) -> Double {
        calibration.load(nearest: streams).map { max($0.ttftError.p99, $0.chunkError.p99) } ?? 0
    }

    /// Problems of files that cells are taken from, but those that only say that something is missing which is taken from
    /// elsewhere.
    private static func problems(of takes: [MergeSelection.Take], in set: ShardSet) -> [Shard.Problem] {
        var found: [Shard.Problem] = []
        for index in Set(takes.map(\.source)).sorted() {
            let shard = set.shards[index]
            for problem in shard.problems {
                let isWhole = problem.candidate == RunStore.wholeRun
                func isMeant(_ cell: PlanCell) -> Bool { isWhole || cell.candidate == problem.candidate }
                let own = takes.filter { $0.source == index && isMeant($0.cell) }
                let left = shard.cells.filter { cell in isMeant(cell) && !own.contains { $0.cell == cell } }
                let isSettled = own.allSatisfy { $0.isComplete && !shard[$0.cell].isOverloaded }
                if own.isEmpty || (isSettled && !left.isEmpty) { continue }
                let said =
                    isWhole
                    ? Shard.Problem(
                        candidate: RunStore.wholeRun,
                        reason: "shard \(shard.number)/\(set.planned.shards): \(problem.reason)") : problem
                if !found.contains(said) { found.append(said) }
            }
        }
        return found
    }

    private static func warnings(
        of sources: [Source], _ stints: [RunStore.Stint], _ own: [Shard.Problem]
    ) -> [Shard.Problem] {
        var found = own
        var versions: [String: Set<Int>] = [:]
        for stint in stints { versions[stint.poiseVersion, default: []].insert(stint.shard) }
        if versions.count > 1 {
            let said = versions.sorted { $0.key < $1.key }.map { version, shards in
                "\(version) (shard\(shards.count == 1 ? "" : "s") "
                    + "\(shards.sorted().map(String.init).joined(separator: ", ")))"
            }
            found.append(
                .init(
                    candidate: RunStore.wholeRun,
                    reason: "its shards were made by Poise \(said.joined(separator: " and "))"))
        }
        for source in sources {
            let candidates = Set(source.cells.map(\.candidate) + [RunStore.wholeRun])
            for warning in source.shard.warnings where candidates.contains(warning.candidate) {
                if !found.contains(warning) { found.append(warning) }
            }
        }
        return found
    }

    /// nil where one of them is no time.
    static func milliseconds(from start: String, to end: String) -> Double? {
        func date(_ text: String) -> Date? {
            [true, false].lazy.compactMap {
                try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: $0))
            }.first
        }
        guard let from = date(start), let to = date(end) else { return nil }
        return (to.timeIntervalSince(from) * 1000).rounded()
    }
}

extension RunStore.Stint {
    func numbered(_ number: Int) -> RunStore.Stint {
        RunStore.Stint(
            number: number, shard: shard, host: host, node: node, machine: machine, calibration: calibration,
            startedAt: startedAt, poiseVersion: poiseVersion, command: command)
    }
}
