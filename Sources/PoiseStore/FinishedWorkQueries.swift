import GRDB
package import PoiseCore

extension RunStore {
    /// All that a run has done, for one that goes on with it.
    package func finishedWork(of run: String) async throws -> FinishedWork {
        try await pool.read { db in
            var work = FinishedWork()
            // The run's clock went on while warm-ups were asked.
            let clock = try Double.fetchOne(
                db, sql: "SELECT max(scheduled + timeToDone) FROM trial WHERE run = ?", arguments: [run])
            work.clock = .milliseconds(clock ?? 0)
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT candidate, load, round, task, sample, epoch, status = 'completed' AS responded,
                        withdrawnReason IS NOT NULL AS isWithdrawn, failureKind, scheduled,
                        scheduled + queueDelay AS started, scheduled + timeToDone AS ended,
                        CASE WHEN decodedTokens >= ? THEN decodeTPS END AS speed,
                        coalesce(response, '') <> '' OR reasoning IS NOT NULL OR toolCalls IS NOT NULL AS hasSpoken
                    FROM trial WHERE run = ? AND NOT isWarmup
                    """, arguments: [Self.leastTokens, run])
            var starts: [LevelKey: Double] = [:]
            while let row = try cursor.next() {
                let key = LevelKey(
                    candidate: try row.read("candidate"), load: try row.read("load"), round: try row.read("round"))
                try work.levels[key, default: FinishedLevel()].add(row)
                if let started: Double = try row.read("started") { starts[key] = min(starts[key] ?? started, started) }
            }
            for (key, start) in starts {
                guard let end = work.levels[key]?.lastEnd else { continue }
                work.levels[key]?.elapsed = max(.zero, end - .milliseconds(start))
            }
            for row in try Row.fetchAll(
                db, sql: "SELECT candidate, load, round, reason FROM levelStop WHERE run = ?", arguments: [run])
            {
                let key = LevelKey(
                    candidate: try row.read("candidate"), load: try row.read("load"), round: try row.read("round"))
                let reason: String = try row.read("reason")
                // A reason of a newer version ended it all the same.
                work.levels[key, default: FinishedLevel()].stop = LevelStop.Reason(rawValue: reason) ?? .requests
            }
            return work
        }
    }

    /// Fewer decoded tokens are two gaps and not a speed.
    private static let leastTokens = 8
}

extension FinishedLevel {
    fileprivate mutating func add(_ row: Row) throws {
        let item = Item(task: try row.read("task"), sample: try row.read("sample"), epoch: try row.read("epoch"))
        let (responded, isWithdrawn): (Bool, Bool) = (try row.read("responded"), try row.read("isWithdrawn"))
        let failureKind: String? = try row.read("failureKind")
        if responded, !isWithdrawn {
            finished.insert(item)
        } else if failureKind != RequestFailure.Kind.interrupted.rawValue {
            failed.insert(item)
        }
        if responded {
            responses += 1
            if let speed: Double = try row.read("speed"), speed.isFinite { speeds.append(speed) }
            if try row.read("hasSpoken") { hasSpoken = true }
        }
        if let ended: Double = try row.read("ended") { lastEnd = max(lastEnd ?? .zero, .milliseconds(ended)) }
    }
}
