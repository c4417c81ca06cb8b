import GRDB
package import PoiseCore

extension RunStore {
    /// Keeps a trial with its scores, in one transaction.
    package func record(_ trial: Trial, in run: String) async throws {
        let row = try TrialRow(trial, run: run)
        try await write { db in
            try row.insert(db)
            let id = db.lastInsertedRowID
            for (number, attempt) in trial.attempts.dropLast().enumerated() {
                guard case .failed(let failure) = attempt.outcome else { continue }
                try db.execute(
                    sql: "INSERT INTO failedAttempt (trial, number, kind, message) VALUES (?, ?, ?, ?)",
                    arguments: [id, number + 1, failure.kind.rawValue, failure.message])
            }
            try Self.insert(trial.scores, of: id, in: db)
        }
    }

    package func record(_ facts: EngineFacts, candidate: String, round: Int, in run: String) async throws {
        let arguments = try Self.json(facts.arguments)
        let modelFile = try facts.modelFile.map { try Self.json($0) }
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO engine
                    (run, candidate, round, engine, build, arguments, loadTime, peakMemory, modelFile, isSimulated)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run, candidate, round, facts.engine, facts.build, arguments, facts.loadTime, facts.peakMemory,
                    modelFile, facts.isSimulated,
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

    static func insert(_ scores: [GraderScore], of trial: Int64, in db: Database) throws {
        for (position, score) in scores.enumerated() {
            var (value, answer, explanation, unscoredReason): (Double?, String?, String?, String?)
            switch score.score {
            case .scored(let scored, let read, let why): (value, answer, explanation) = (scored, read, why)
            case .unscored(let reason): unscoredReason = reason
            }
            let criteria = score.criteria.isEmpty ? nil : try json(score.criteria)
            try db.execute(
                sql: """
                    INSERT INTO score (trial, position, grader, value, answer, explanation, unscoredReason, criteria)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [trial, position, score.grader, value, answer, explanation, unscoredReason, criteria])
        }
    }
}
