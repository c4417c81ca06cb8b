import Foundation
import PoiseCore
import PoiseStore

/// What a merge made, for people and for programs.
struct MergeSummary: Hashable, Encodable {
    struct Run: Hashable, Encodable {
        let run: String
        let status: String
        let machine: String
        /// `MachineFacts.identity`.
        let identity: String
        let candidates: Int
        let cells: Int
        let trials: Int
        /// Machines that had a part in it.
        let nodes: Int
        /// Cells that another file held as well.
        let doubles: Int
    }

    /// A cell that is not all there.
    struct Missing: Hashable, Encodable {
        let candidate: String
        let round: Int
        let load: String?
        let shard: Int
        let trials: Int
        let planned: Int
        let state: String
    }

    let output: String
    /// The plan's digest.
    let plan: String
    let shards: Int
    let cells: Int
    let runs: [Run]
    let missing: [Missing]

    init(_ merge: Merge, output: String) {
        self.output = output
        plan = merge.set.planned.plan
        shards = merge.set.planned.shards
        cells = merge.set.cells.count
        let doubled = Set(merge.selection.doubles.map(\.cell))
        runs = merge.runs.map { run in
            Run(
                run: run.record.id, status: run.record.status.rawValue, machine: run.record.machine.summary,
                identity: run.record.machine.identity, candidates: Set(run.cells.map(\.candidate)).count,
                cells: run.cells.count, trials: run.trials, nodes: run.nodes,
                doubles: run.cells.filter(doubled.contains).count)
        }
        missing = merge.selection.gaps.map { gap in
            Missing(
                candidate: gap.cell.candidate, round: gap.cell.round, load: gap.cell.load?.description,
                shard: gap.shard, trials: gap.trials, planned: gap.planned, state: gap.state(in: merge.set))
        }
    }

    var table: String {
        let rows = runs.map {
            [$0.run, "\($0.candidates)", "\($0.cells)", "\($0.trials)", "\($0.nodes)", "\($0.doubles)"]
        }
        // Beneath: beside all that, it would be wider than most terminals.
        let machines = runs.map { "\($0.run): \($0.machine)\n" }.joined()
        return PlainTable.text([["run", "candidates", "cells", "trials", "machines", "doubles dropped"]] + rows)
            + "\n" + machines
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
