import GRDB
package import PoiseCore

extension RunStore {
    /// Keeps trials with their scores, in one transaction.
    ///
    /// - Parameters:
    ///   - stint: in which they were measured; nil where the run is no share of a plan.
    ///   - replacingFailed: whether one that failed before, or says nothing about the model, goes for the new one.
    package func record(
        _ trials: [Trial], in run: String, stint: Int? = nil, replacingFailed: Bool = false
    ) async throws {
        let rows = try trials.map { try TrialRow($0, run: run, stint: stint) }
        try await write { db in
            for (trial, row) in zip(trials, rows) {
                if replacingFailed { try Self.removeFailed(trial.key, of: run, in: db) }
                let id = try row.insert(db)
                for (number, attempt) in trial.attempts.dropLast().enumerated() {
                    guard case .failed(let failure) = attempt.outcome else { continue }
                    try db.execute(
                        sql: "INSERT INTO failedAttempt (trial, number, kind, message) VALUES (?, ?, ?, ?)",
                        arguments: [id, number + 1, failure.kind.rawValue, failure.message])
                }
                try Self.insert(trial.exchanges, of: id, in: db)
                try Self.insert(trial.scores, of: id, in: db)
            }
        }
    }

    package func record(_ trial: Trial, in run: String) async throws {
        try await record([trial], in: run)
    }

    /// Keeps why a load level ended before all of its trials were asked.
    package func record(_ stop: LevelStop, in run: String) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO levelStop (run, candidate, load, round, reason, asked, planned)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run, stop.candidate, stop.load, stop.round, stop.reason.rawValue, stop.asked, stop.planned,
                ])
        }
    }

    /// Keeps how late the client woke while it measured one candidate at one load in one round; of a level that went on, the
    /// part in which it was later.
    package func record(_ level: LevelLag, in run: String) async throws {
        let text = try Self.json(level.lag)
        try await write { db in
            let known = try String.fetchOne(
                db, sql: "SELECT lag FROM clientLag WHERE run = ? AND candidate = ? AND load = ? AND round = ?",
                arguments: [run, level.candidate, level.load, level.round])
            if let known, try Self.value(ClientLag.self, from: known).p99 > level.lag.p99 { return }
            try db.execute(
                sql: "INSERT OR REPLACE INTO clientLag (run, candidate, load, round, lag) VALUES (?, ?, ?, ?, ?)",
                arguments: [run, level.candidate, level.load, level.round, text])
        }
    }

    package func record(_ facts: EngineFacts, candidate: String, round: Int, in run: String) async throws {
        let arguments = try Self.json(facts.arguments)
        let modelFile = try facts.modelFile.map { try Self.json($0) }
        let details = try facts.details.map { try Self.json($0) }
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO engine
                    (run, candidate, round, engine, build, arguments, loadTime, peakMemory, modelFile, isSimulated,
                        details)
                    VALUES (?, ?, ?, ?, ?, ?, ?,
                        -- A round that goes on has held the most memory in whichever of its parts.
                        nullif(max(coalesce(?, 0), coalesce(
                            (SELECT peakMemory FROM engine WHERE run = ? AND candidate = ? AND round = ?), 0)), 0),
                        ?, ?, ?)
                    """,
                arguments: [
                    run, candidate, round, facts.engine, facts.build, arguments, facts.loadTime, facts.peakMemory,
                    run, candidate, round, modelFile, facts.isSimulated, details,
                ])
        }
    }

    /// Puts the points of a run in place of those it had.
    package func save(_ points: [FrontPoint], of run: String) async throws {
        try await write { db in
            try db.execute(sql: "DELETE FROM point WHERE run = ?", arguments: [run])
            for point in points { try PointRow(point, run: run).insert(db) }
        }
    }
}
