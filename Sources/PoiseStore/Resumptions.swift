import GRDB
package import PoiseCore

/// The parts of runs that went on.
extension RunStore {
    /// One time that a run went on.
    package struct Resumption: Hashable, Sendable {
        /// ISO 8601, UTC.
        package let resumedAt: String
        /// Seconds since the part before it ended; nil where that is not known.
        package let pause: Double?
        package let finished: Int
        package let retried: Int
        package let poiseVersion: String
        package let command: String

        package init(
            resumedAt: String, pause: Double?, finished: Int, retried: Int, poiseVersion: String, command: String
        ) {
            self.resumedAt = resumedAt
            self.pause = pause
            self.finished = finished
            self.retried = retried
            self.poiseVersion = poiseVersion
            self.command = command
        }
    }

    /// Where a run comes from that took trials over.
    package struct Fork: Hashable, Sendable {
        package let origin: String
        package let trials: Int
        package let differences: [String]

        package init(origin: String, trials: Int, differences: [String]) {
            self.origin = origin
            self.trials = trials
            self.differences = differences
        }
    }

    /// What `run` says of a run's parts.
    static let parts = """
        nullif((SELECT count(*) FROM resumption WHERE run = run.id), 0) AS resumed,
            (SELECT sum(pause) FROM resumption WHERE run = run.id) AS paused
        """

    /// Marks that a run goes on: it is under way again, and what was computed of it is not the whole of it.
    ///
    /// - Parameter clock: where the run's clock goes on.
    package func resume(_ run: String, as part: Resumption, clock: Duration) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO resumption
                        (run, number, resumedAt, pause, clock, finished, retried, poiseVersion, command)
                    SELECT ?, 1 + count(*), ?, ?, ?, ?, ?, ?, ? FROM resumption WHERE run = ?
                    """,
                arguments: [
                    run, part.resumedAt, part.pause, clock.milliseconds, part.finished, part.retried,
                    part.poiseVersion, part.command, run,
                ])
            try db.execute(sql: "UPDATE run SET status = 'running', endedAt = NULL WHERE id = ?", arguments: [run])
            try db.execute(sql: "DELETE FROM point WHERE run = ?", arguments: [run])
        }
    }

    /// The times that a run went on, in order.
    package func resumptions(of run: String) async throws -> [Resumption] {
        try await pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM resumption WHERE run = ? ORDER BY number", arguments: [run]).map {
                Resumption(
                    resumedAt: $0["resumedAt"], pause: $0["pause"], finished: $0["finished"], retried: $0["retried"],
                    poiseVersion: $0["poiseVersion"], command: $0["command"])
            }
        }
    }

    /// Keeps what of a run's newest part is not as it was before.
    ///
    /// - Parameter candidate: whom it is about; `wholeRun` for the run itself.
    package func warn(_ warning: String, of candidate: String, in run: String) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO partWarning (run, number, candidate, warning)
                    SELECT ?, count(*), ?, ? FROM resumption WHERE run = ?
                    """, arguments: [run, candidate, warning, run])
        }
    }

    /// What of a run's parts is not alike, in the order in which it was found.
    package func partWarnings(of run: String) async throws -> [(candidate: String, warning: String)] {
        try await pool.read { db in
            try Row.fetchAll(
                db, sql: "SELECT candidate, warning FROM partWarning WHERE run = ? ORDER BY rowid", arguments: [run]
            ).map { ($0["candidate"], $0["warning"]) }
        }
    }

    package func fork(of run: String) async throws -> Fork? {
        try await pool.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM fork WHERE run = ?", arguments: [run]).map {
                Fork(
                    origin: $0["origin"], trials: $0["trials"],
                    differences: try Self.value([String].self, from: $0["differences"]))
            }
        }
    }

    /// Takes problems back that are none any more.
    package func forgetProblems(of run: String, _ gone: [(candidate: String, reason: String)]) async throws {
        try await write { db in
            for problem in gone {
                try db.execute(
                    sql: "DELETE FROM problem WHERE run = ? AND candidate = ? AND reason = ?",
                    arguments: [run, problem.candidate, problem.reason])
            }
        }
    }

    /// Takes out a measured trial that failed, or whose response says nothing about the model, with all that hangs on it.
    static func removeFailed(_ key: TrialKey, of run: String, in db: Database) throws {
        guard !key.isWarmup else { return }
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM trial WHERE run = ? AND candidate = ? AND task = ? AND sample = ? AND epoch = ? AND load = ?
                    AND round = ? AND NOT isWarmup AND (status = 'failed' OR withdrawnReason IS NOT NULL)
                """)
        try statement.execute(
            arguments: [run, key.candidate, key.task, key.sample, key.epoch, key.load, key.round])
    }
}

extension RunStore {
    /// When the newest part of a run began, and where the run's clock stood then; nil of a run that never went on.
    package func lastPart(of run: String) async throws -> (began: String, clock: Duration)? {
        try await pool.read { db in
            try Row.fetchOne(
                db, sql: "SELECT resumedAt, clock FROM resumption WHERE run = ? ORDER BY number DESC LIMIT 1",
                arguments: [run]
            ).map { row in
                let clock: Double = try row.read("clock")
                return (try row.read("resumedAt"), .milliseconds(clock))
            }
        }
    }
}

/// Trials that were asked apart from their level, and so have no place in its time.
extension RunStore {
    package struct Apart: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        package let trials: Int

        package init(candidate: String, load: Load, trials: Int) {
            self.candidate = candidate
            self.load = load
            self.trials = trials
        }
    }

    /// By candidate and load; empty where the run never went on.
    package func apart(in run: String) async throws -> [Apart] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT candidate, load, count(*) AS trials FROM trial
                    WHERE run = ? AND NOT isWarmup AND scheduled IS NULL
                        AND EXISTS (SELECT 1 FROM resumption WHERE resumption.run = trial.run)
                    GROUP BY candidate, load ORDER BY min(id)
                    """, arguments: [run]
            ).map { Apart(candidate: $0["candidate"], load: $0["load"], trials: $0["trials"]) }
        }
    }
}
