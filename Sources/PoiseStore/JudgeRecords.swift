import GRDB
package import PoiseCore

extension RunStore {
    /// Keeps how far a rubric's judges agree with labels.
    package func save(_ calibration: JudgeCalibration) async throws {
        let text = try Self.json(calibration)
        try await write { db in
            try db.execute(
                sql: "INSERT INTO judgeCalibration (rubric, version, calibratedAt, result) VALUES (?, ?, ?, ?)",
                arguments: [calibration.rubric, calibration.version, calibration.calibratedAt, text])
        }
    }

    /// Of each question to a panel the last calibration, the oldest first.
    package func judgeCalibrations() async throws -> [JudgeCalibration] {
        let all = try await pool.read { db in
            try String.fetchAll(db, sql: "SELECT result FROM judgeCalibration ORDER BY id")
                .map { try Self.value(JudgeCalibration.self, from: $0) }
        }
        return all.enumerated().filter { index, one in
            !all[(index + 1)...].contains { $0.version == one.version && $0.criterion == one.criterion }
        }.map(\.element)
    }

    /// What judges made of one response's criterion.
    package struct JudgedValue: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        package let task: String
        package let sample: String
        package let grader: String
        package let version: String
        package let criterion: String
        /// 0…1.
        package let value: Double
        /// Of the grader that decides the trial's score, 0…1; nil where it is this one, or gave none.
        package let decided: Double?
    }

    /// The values of every criterion that judges score, those of empty responses among them, of measured trials, in the order in which they were stored.
    package func judgedValues(of run: String) async throws -> [JudgedValue] {
        try await pool.read { db in
            // Most runs have no judges: then there is nothing to look for in any of their scores.
            guard try Int.fetchOne(db, sql: "SELECT 1 FROM judgement LIMIT 1") != nil else { return [] }
            return try Row.fetchAll(
                db,
                sql: """
                    WITH asked AS (
                        SELECT DISTINCT score.version, judgement.criterion
                        FROM judgement
                        JOIN score ON score.trial = judgement.trial AND score.position = judgement.position
                        JOIN trial ON trial.id = judgement.trial WHERE trial.run = ?)
                    SELECT trial.candidate, trial.load, trial.task, trial.sample, score.grader, score.version,
                        json_extract(criterion.value, '$.name') AS criterion,
                        json_extract(criterion.value, '$.score.scored.value') AS value,
                        (SELECT first.value FROM score AS first
                            WHERE first.trial = trial.id AND first.position = 0 AND score.position > 0) AS decided
                    FROM trial JOIN score ON score.trial = trial.id, json_each(score.criteria) AS criterion
                    WHERE trial.run = ? AND NOT trial.isWarmup AND score.criteria IS NOT NULL
                        AND score.version IS NOT NULL
                        AND json_extract(criterion.value, '$.score.scored.value') IS NOT NULL
                        AND (score.version, json_extract(criterion.value, '$.name')) IN asked
                    ORDER BY trial.id, score.position, criterion.key
                    """, arguments: [run, run]
            ).map { row in
                try JudgedValue(
                    candidate: row.read("candidate"), load: row.read("load"), task: row.read("task"),
                    sample: row.read("sample"),
                    grader: row.read("grader"), version: row.read("version"), criterion: row.read("criterion"),
                    value: row.read("value"),
                    decided: row.read("decided"))
            }
        }
    }

    /// A candidate's first measured response to each sample, by task and sample.
    package func firstResponses(
        of candidate: String, in run: String
    ) async throws -> [(task: String, sample: String, answer: String)] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT task, sample, response FROM trial
                    WHERE run = ? AND candidate = ? AND NOT isWarmup AND status = 'completed'
                        AND withdrawnReason IS NULL
                    GROUP BY task, sample HAVING id = min(id) ORDER BY task, sample
                    """, arguments: [run, candidate]
            ).map { try ($0.read("task"), $0.read("sample"), $0.read("response") ?? "") }
        }
    }
}
