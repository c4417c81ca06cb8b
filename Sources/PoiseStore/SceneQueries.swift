import GRDB
package import PoiseCore

extension RunStore {
    /// Which measured trials are looked at for the player: one for each candidate and sample.
    package struct ScenePlace: Hashable, Sendable {
        package var task: String
        package var samples: [String]
        package var candidates: [String]
        package var load: Load

        package init(task: String, samples: [String], candidates: [String], load: Load) {
            self.task = task
            self.samples = samples
            self.candidates = candidates
            self.load = load
        }
    }

    /// The first round's first epoch of some samples, without texts and streams; in the order of samples' names.
    ///
    /// Each is found by its key, so that a run of a million trials costs no more than a small one.
    package func sketches(of run: String, at place: ScenePlace) async throws -> [TrialSketch] {
        guard !place.samples.isEmpty, !place.candidates.isEmpty else { return [] }
        return try await pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT trial.candidate, trial.sample, score.value AS score, trial.latency,
                        length(trial.response) AS answer, length(trial.reasoning) AS reasoning,
                        instr(trial.response, '```') > 0 AS hasFence, trial.status = 'failed' AS hasFailed
                    FROM trial LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE trial.run = ? AND trial.task = ? AND trial.load = ? AND trial.epoch = 1 AND trial.round = 1
                        AND NOT trial.isWarmup
                        AND trial.candidate IN (\(databaseQuestionMarks(count: place.candidates.count)))
                        AND trial.sample IN (\(databaseQuestionMarks(count: place.samples.count)))
                    ORDER BY trial.sample, trial.candidate
                    """,
                arguments: [run, place.task, place.load] + StatementArguments(place.candidates)
                    + StatementArguments(place.samples))
            var sketches: [TrialSketch] = []
            while let row = try rows.next() {
                try sketches.append(
                    TrialSketch(
                        candidate: row.read("candidate"), task: place.task, sample: row.read("sample"),
                        score: row.read("score"),
                        latency: row.read("latency"), answerCharacters: row.read("answer") ?? 0,
                        reasoningCharacters: row.read("reasoning") ?? 0, hasFence: row.read("hasFence") ?? false,
                        hasFailed: row.read("hasFailed")))
            }
            return sketches
        }
    }

    /// One measured trial with its stream, and what the deciding grader read out of its response; nil where there is none.
    ///
    /// - Throws: also `DamagedTrial`, where its stream cannot be read back.
    package func recorded(_ key: TrialKey, of run: String) async throws -> (trial: StoredTrial, answer: String?)? {
        try await pool.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT trial.id, trial.run, trial.candidate, candidate.model, candidate.quantization, trial.task,
                        trial.sample, trial.epoch, trial.load, trial.round, trial.status, trial.failureKind,
                        trial.failureMessage, trial.attempts, trial.queueDelay, trial.scheduled, trial.timeToDone,
                        score.value AS score, score.answer AS readAnswer, trial.response, trial.reasoning,
                        trial.toolCalls, trial.finishReason, trial.isStreamed, trial.report, trial.timeline,
                        trial.cachedFrom, trial.outputTokens, trial.thinkingShare
                    FROM trial
                    JOIN candidate ON candidate.run = trial.run AND candidate.id = trial.candidate
                    LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE trial.run = ? AND trial.candidate = ? AND trial.task = ? AND trial.sample = ?
                        AND trial.epoch = ? AND trial.load = ? AND trial.round = ? AND NOT trial.isWarmup
                    """,
                arguments: [run, key.candidate, key.task, key.sample, key.epoch, key.load, key.round])
            guard let row else { return nil }
            let id: Int64 = try row.read("id")
            let exchanges = try Self.exchangeRows(of: [id], in: db)[id] ?? []
            return try (Self.storedTrial(row, exchanges: exchanges), row.read("readAnswer"))
        }
    }
}
