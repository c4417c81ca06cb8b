import GRDB
import PoiseCore

/// How far each cell of a shard got, counted from its trials.
struct ShardWork: Sendable {
    let cells: [PlanCell]
    let plan: Plan
    /// Whether trials may be there whose scores are not: of a shard that ended in the middle.
    let asksForScores: Bool
    private let byPass: [Shard.Pass: [PlanCell]]

    init(cells: [PlanCell], plan: Plan, asksForScores: Bool) {
        (self.cells, self.plan, self.asksForScores) = (cells, plan, asksForScores)
        byPass = Dictionary(grouping: cells) { Shard.Pass(candidate: $0.candidate, round: $0.round) }
    }

    private struct Level: Hashable {
        let cell: PlanCell
        let load: Load
    }

    /// - Throws: `MergeFailure.noShard`, where trials of other cells are there.
    func read(_ db: Database, path: String) throws -> [PlanCell: Shard.Work] {
        var work: [PlanCell: Shard.Work] = [:]
        var asked: [Level: Int] = [:]
        let counts = try Row.fetchCursor(
            db,
            sql: """
                SELECT candidate, round, load, stint, count(*) AS "rows",
                    sum(NOT isWarmup AND failureKind IS NOT ?) AS trials
                FROM trial GROUP BY candidate, round, load, stint
                """, arguments: [RequestFailure.Kind.interrupted.rawValue])
        while let row = try counts.next() {
            let load: Load = try row.read("load")
            guard let cell = try cell(of: row, load) else {
                throw MergeFailure.noShard(
                    path: path,
                    reason: "it holds trials of \(try row.read("candidate") as String), which is not its share")
            }
            let (rows, trials): (Int, Int) = (try row.read("rows"), try row.read("trials"))
            work[cell, default: .init()].rows += rows
            work[cell, default: .init()].trials += trials
            asked[Level(cell: cell, load: load), default: 0] += trials
            if let stint: Int = try row.read("stint") { work[cell, default: .init()].stints.insert(stint) }
        }
        var ended: Set<Level> = []
        for row in try Row.fetchAll(db, sql: "SELECT candidate, round, load, reason FROM levelStop") {
            let load: Load = try row.read("load")
            guard let cell = try cell(of: row, load) else { continue }
            ended.insert(Level(cell: cell, load: load))
            let reason: String = try row.read("reason")
            if reason == LevelStop.Reason.overload.rawValue { work[cell, default: .init()].isOverloaded = true }
        }
        if asksForScores { try countUngraded(db, &work) }
        for cell in cells {
            let levels = (cell.load.map { [$0] } ?? plan.loads).map { Level(cell: cell, load: $0) }
            let isThere = levels.allSatisfy { ended.contains($0) || asked[$0, default: 0] >= plan.trialsPerPass }
            work[cell, default: .init()].isComplete = isThere && work[cell, default: .init()].ungraded == 0
        }
        return work
    }

    private func cell(of row: Row, _ load: Load) throws -> PlanCell? {
        let (candidate, round): (String, Int) = (try row.read("candidate"), try row.read("round"))
        return byPass[Shard.Pass(candidate: candidate, round: round)]?.first { $0.load == nil || $0.load == load }
    }

    private func countUngraded(_ db: Database, _ work: inout [PlanCell: Shard.Work]) throws {
        let graders = Dictionary(
            plan.tasks.map { ($0.name, $0.graders.count) }, uniquingKeysWith: { first, _ in first })
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT candidate, round, load, task,
                    (SELECT count(*) FROM score WHERE score.trial = trial.id) AS scores, count(*) AS trials
                FROM trial WHERE NOT isWarmup AND status = 'completed' AND withdrawnReason IS NULL
                GROUP BY candidate, round, load, task, scores
                """)
        while let row = try rows.next() {
            let (task, scores): (String, Int) = (try row.read("task"), try row.read("scores"))
            guard scores < graders[task, default: 0], let cell = try cell(of: row, row.read("load")) else { continue }
            let trials: Int = try row.read("trials")
            work[cell, default: .init()].ungraded += trials
        }
    }
}
