import GRDB
package import PoiseCore

extension RunStore {
    /// The suite whose graders a run was graded with after it was made.
    package struct Grading: Hashable, Sendable {
        /// ISO 8601, UTC.
        package let gradedAt: String
        package let suite: String
        /// SHA-256 of the suite's files, by their path relative to it.
        package let digests: [String: String]

        package init(gradedAt: String, suite: String, digests: [String: String]) {
            self.gradedAt = gradedAt
            self.suite = suite
            self.digests = digests
        }
    }

    /// Keeps with what a run was graded after it was made, in place of what is kept; nil where that is its own graders.
    package func note(_ grading: Grading?, of run: String) async throws {
        let digests = try grading.map { try Self.json($0.digests) }
        try await write { db in
            try db.execute(sql: "DELETE FROM grading WHERE run = ?", arguments: [run])
            guard let grading else { return }
            try db.execute(
                sql: "INSERT INTO grading (run, gradedAt, suite, digests) VALUES (?, ?, ?, ?)",
                arguments: [run, grading.gradedAt, grading.suite, digests])
        }
    }

    /// The last grading with another suite; nil where the scores are by the run's own graders.
    package func grading(of run: String) async throws -> Grading? {
        try await pool.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM grading WHERE run = ?", arguments: [run]).map { row in
                try Grading(
                    gradedAt: row.read("gradedAt"), suite: row.read("suite"),
                    digests: try Self.value([String: String].self, from: row.read("digests")))
            }
        }
    }

    /// Makes scores unscored that turned out to say nothing about the model; those trials are not graded again.
    package func withdrawScores(of trials: [TrialKey], reason: String, in run: String) async throws {
        try await write { db in
            for key in trials {
                // Spelled as in the index `trialKey`, which is of measured trials alone.
                let rows = try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT id FROM trial WHERE run = ? AND candidate = ? AND task = ? AND sample = ?
                        AND epoch = ? AND load = ? AND round = ? AND \(key.isWarmup ? "isWarmup" : "NOT isWarmup")
                        """,
                    arguments: [run, key.candidate, key.task, key.sample, key.epoch, key.load, key.round])
                for trial in rows {
                    try db.execute(
                        sql: "UPDATE trial SET withdrawnReason = ? WHERE id = ?", arguments: [reason, trial])
                    try db.execute(
                        sql: """
                            UPDATE score SET value = NULL, answer = NULL, explanation = NULL, criteria = NULL,
                                unscoredReason = ? WHERE trial = ?
                            """, arguments: [reason, trial])
                }
            }
        }
    }
}
