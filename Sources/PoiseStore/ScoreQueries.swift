import GRDB
package import PoiseCore

extension RunStore {
    /// Which score of a trial stands where.
    package struct ScorePlace: Hashable, Sendable {
        package let trial: Int64
        package let position: Int
        package let grader: String
        package let isScored: Bool
        package let version: String?
    }

    /// The scores of a run's measured responses that can be graded, without their texts.
    package func scorePlaces(of run: String) async throws -> [ScorePlace] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT score.trial, score.position, score.grader, score.value IS NOT NULL AS isScored, score.version
                    FROM score JOIN trial ON trial.id = score.trial
                    WHERE trial.run = ? AND NOT trial.isWarmup AND trial.status = 'completed'
                        AND trial.withdrawnReason IS NULL
                    ORDER BY score.trial, score.position
                    """, arguments: [run]
            ).map { row in
                try ScorePlace(
                    trial: row.read("trial"), position: row.read("position"), grader: row.read("grader"),
                    isScored: row.read("isScored"), version: row.read("version"))
            }
        }
    }

    /// How many scores of measured trials a task has by each version of a grader.
    package struct VersionCount: Hashable, Sendable {
        package let task: String
        package let position: Int
        package let grader: String
        package let version: String?
        package let scores: Int
        package let unscored: Int
        /// One of the reasons; nil where all are scored.
        package var reason: String?

        package init(
            task: String, position: Int, grader: String, version: String?, scores: Int, unscored: Int, reason: String?
        ) {
            self.task = task
            self.position = position
            self.grader = grader
            self.version = version
            self.scores = scores
            self.unscored = unscored
            self.reason = reason
        }
    }

    /// In the order of tasks' names and graders' positions.
    ///
    /// Counted here and not by SQLite, which would sort a million scores to group them.
    package func versions(of run: String) async throws -> [VersionCount] {
        struct Key: Hashable {
            let task: String
            let position: Int
            let grader: String
            let version: String?
        }
        return try await pool.read { db in
            guard let rows = try Self.rows(of: run, in: db) else { return [] }
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT trial.task, score.position, score.grader, score.version, score.value IS NULL,
                        score.unscoredReason
                    FROM score CROSS JOIN trial ON trial.id = score.trial
                    WHERE score.trial BETWEEN ? AND ? AND trial.run = ? AND NOT trial.isWarmup
                    """, arguments: [rows.lowerBound, rows.upperBound, run])
            var counts: [Key: (scores: Int, unscored: Int, reason: String?)] = [:]
            while let row = try cursor.next() {
                let key = try Key(task: row.read(0), position: row.read(1), grader: row.read(2), version: row.read(3))
                counts[key, default: (0, 0, nil)].scores += 1
                guard try row.read(4) == true else { continue }
                counts[key]?.unscored += 1
                if let reason: String = try row.read(5), reason < counts[key]?.reason ?? "\u{10FFFF}" {
                    counts[key]?.reason = reason
                }
            }
            return counts.map { key, count in
                VersionCount(
                    task: key.task, position: key.position, grader: key.grader, version: key.version,
                    scores: count.scores, unscored: count.unscored, reason: count.reason)
            }.sorted { one, other in
                (one.task, one.position, one.version ?? "", one.grader)
                    < (other.task, other.position, other.version ?? "", other.grader)
            }
        }
    }

    /// What the deciding grader read out of one scored response.
    package struct StoredAnswer: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        package let task: String
        package let sample: String
        package let epoch: Int
        package let round: Int
        package let text: String
    }

    /// The answers of measured trials, in the order in which they were stored.
    package func answers(of run: String) async throws -> [StoredAnswer] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT trial.candidate, trial.load, trial.task, trial.sample, trial.epoch, trial.round, score.answer
                    FROM trial JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE trial.run = ? AND NOT trial.isWarmup AND score.value IS NOT NULL ORDER BY trial.id
                    """, arguments: [run]
            ).map { row in
                try StoredAnswer(
                    candidate: row.read("candidate"), load: row.read("load"), task: row.read("task"),
                    sample: row.read("sample"),
                    epoch: row.read("epoch"), round: row.read("round"), text: row.read("answer") ?? "")
            }
        }
    }

    /// Every grader that scores were kept under, by its version.
    package func graderDefinitions() async throws -> [String: GraderDefinition] {
        try await pool.read { db in
            var graders: [String: GraderDefinition] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT version, definition FROM grader") {
                try graders[row.read("version")] = Self.value(GraderDefinition.self, from: row.read("definition"))
            }
            return graders
        }
    }

    /// The judges that graded a run last, in the order of their names; empty where none did.
    package func judges(of run: String) async throws -> [Candidate] {
        try await pool.read { db in
            try String.fetchAll(db, sql: "SELECT definition FROM judge WHERE run = ? ORDER BY rowid", arguments: [run])
                .map { try Self.value(Candidate.self, from: $0) }
        }
    }

    /// Keeps which judges graded a run, and what their engines say of themselves.
    ///
    /// - Parameter engines: by the judge's id; a judge that could not be opened has none.
    package func record(_ judges: [Candidate], engines: [String: EngineFacts], of run: String) async throws {
        let rows = try judges.map { judge in
            (judge.id, try Self.json(judge), try engines[judge.id].map { try Self.json($0) })
        }
        try await write { db in
            try db.execute(sql: "DELETE FROM judge WHERE run = ?", arguments: [run])
            for (id, definition, engine) in rows {
                try db.execute(
                    sql: "INSERT INTO judge (run, id, definition, engine) VALUES (?, ?, ?, ?)",
                    arguments: [run, id, definition, engine])
            }
        }
    }

    /// What each judge of a run was asked and what that took, in the order of their names.
    package func judgeUsage(of run: String) async throws -> [JudgeUsage] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT judgement.judge, sum(judgement.request <> '') AS requests,
                        count(*) AS judgements, sum(judgement.grade IS NULL) AS ungraded,
                        sum(judgement.promptTokens) AS promptTokens, sum(judgement.outputTokens) AS outputTokens,
                        sum(judgement.time) AS time, sum(judgement.cost) AS cost,
                        (SELECT definition FROM judge WHERE judge.run = trial.run AND judge.id = judgement.judge)
                            AS definition
                    FROM judgement JOIN trial ON trial.id = judgement.trial
                    WHERE trial.run = ? GROUP BY judgement.judge ORDER BY judgement.judge
                    """, arguments: [run]
            ).map { row in
                let definition: String? = try row.read("definition")
                let judge = try definition.map { try Self.value(Candidate.self, from: $0) }
                return try JudgeUsage(
                    judge: row.read("judge"), requests: row.read("requests") ?? 0, judgements: row.read("judgements"),
                    ungraded: row.read("ungraded") ?? 0, promptTokens: row.read("promptTokens"),
                    outputTokens: row.read("outputTokens"), time: row.read("time"), cost: row.read("cost"),
                    currency: judge?.price?.currency, sampling: judge?.sampling)
            }
        }
    }
}
