import Foundation
import GRDB
package import PoiseCore

extension RunStore {
    /// A stored response, to be graded again.
    package struct StoredResponse: Sendable {
        package let trial: Int64
        package let task: String
        package let sample: String
        /// Graded by what costs nothing, and left out of every number.
        package let isWarmup: Bool
        package let response: Response
    }

    /// What the analysis needs of every trial that counts, in the order in which they were stored.
    ///
    /// - Parameters:
    ///   - withAnswers: whether what the deciding grader read comes too, or where it says nothing, the response.
    ///   - candidates: those that are wanted; all where none is named.
    package func observations(
        of run: String, withAnswers: Bool = false, candidates: [String] = []
    ) async throws -> [Observation] {
        let wanted =
            candidates.isEmpty
            ? "" : "AND trial.candidate IN (\(databaseQuestionMarks(count: candidates.count)))"
        let answer = withAnswers ? "coalesce(nullif(score.answer, ''), trial.response)" : "NULL"
        return try await pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT trial.candidate, trial.task, trial.sample, trial.load, trial.round, score.value AS score,
                        trial.ttft, trial.ttfo, trial.latency, trial.decodeTPS, trial.decodedTokens, trial.decodeSpan,
                        trial.queueDelay, trial.scheduled, trial.scheduled + trial.timeToDone AS ended,
                        trial.outputTokens, trial.epoch, trial.promptTokens, trial.charactersPerSecond,
                        trial.finishReason = 'length' AS isLengthCapped, trial.cachedTokens, \(answer) AS answer,
                        trial.status = 'failed' AS hasFailed
                    FROM trial LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE trial.run = ? AND NOT trial.isWarmup \(wanted) ORDER BY trial.id
                    """, arguments: StatementArguments([run] + candidates))
            var observations: [Observation] = []
            while let row = try rows.next() {
                observations.append(
                    Observation(
                        candidate: row["candidate"], task: row["task"], sample: row["sample"], load: row["load"],
                        round: row["round"], score: row["score"], ttft: row["ttft"], ttfo: row["ttfo"],
                        latency: row["latency"], decodeTPS: row["decodeTPS"], decodedTokens: row["decodedTokens"],
                        decodeSpan: row["decodeSpan"], queueDelay: row["queueDelay"], scheduled: row["scheduled"],
                        ended: row["ended"], outputTokens: row["outputTokens"], epoch: row["epoch"],
                        promptTokens: row["promptTokens"], charactersPerSecond: row["charactersPerSecond"],
                        isLengthCapped: row["isLengthCapped"], answer: row["answer"],
                        cachedTokens: row["cachedTokens"], hasFailed: row["hasFailed"]))
            }
            return observations
        }
    }

    /// The points of a run in the suite's order of candidates, then by load.
    package func points(of run: String) async throws -> [FrontPoint] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT point.*, candidate.model, candidate.quantization FROM point
                    JOIN candidate ON candidate.run = point.run AND candidate.id = point.candidate
                    WHERE point.run = ? ORDER BY candidate.position, point.load
                    """, arguments: [run]
            ).map { row in
                try PointRow(row: row).point(model: row["model"], quantization: row["quantization"])
            }
        }
    }

    /// The engine of each candidate; where rounds differ, the one that held the most memory.
    package func engines(of run: String) async throws -> [String: EngineFacts] {
        try await pool.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT * FROM engine WHERE run = ? ORDER BY peakMemory, round", arguments: [run])
            var engines: [String: EngineFacts] = [:]
            for row in rows {
                let modelFile: String? = row["modelFile"]
                let details: String? = row["details"]
                engines[row["candidate"]] = EngineFacts(
                    engine: row["engine"], build: row["build"],
                    arguments: try Self.value([String].self, from: row["arguments"]), loadTime: row["loadTime"],
                    peakMemory: row["peakMemory"],
                    modelFile: try modelFile.map { try Self.value(ModelFileFacts.self, from: $0) },
                    isSimulated: row["isSimulated"],
                    details: try details.map { try Self.value(EngineDetails.self, from: $0) })
            }
            return engines
        }
    }

    /// What was seen of the measured responses, by candidate.
    package func responseFacts(of run: String) async throws -> [String: ResponseFacts] {
        try await pool.read { db in
            var counts: [String: ResponseFacts] = [:]
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT candidate, trial.finishReason AS ending, count(*) AS responses,
                        sum(CASE WHEN trial.isStreamed THEN chunks END) AS chunks,
                        sum(CASE WHEN trial.isStreamed THEN coalescedChunks END) AS coalescedChunks,
                        sum(CASE WHEN trial.isStreamed THEN carriedTokens END) AS carriedTokens,
                        sum(outputTokensSource = 'chunks') AS uncounted,
                        sum(CASE WHEN prompt.cached IS NOT NULL THEN prompt.tokens END) AS promptTokens,
                        sum(prompt.cached) AS cachedTokens
                    FROM trial JOIN (
                        -- A chain's own words are in the cache by right; its TTFT is that of its first request.
                        SELECT trial.id, iif(exchange.trial IS NULL, trial.promptTokens, exchange.promptTokens) AS tokens,
                            iif(exchange.trial IS NULL, trial.cachedTokens,
                                json_extract(exchange.report, '$.cachedTokens')) AS cached
                        FROM trial LEFT JOIN exchange ON exchange.trial = trial.id AND exchange.number = 1
                        WHERE trial.run = :run
                    ) AS prompt ON prompt.id = trial.id
                    WHERE run = :run AND NOT isWarmup AND status = 'completed'
                    GROUP BY candidate, trial.finishReason ORDER BY candidate, trial.finishReason
                    """, arguments: ["run": run])
            for row in rows {
                let candidate: String = row["candidate"]
                let facts = Self.facts(row)
                counts[candidate] = counts[candidate].map { Self.joined($0, facts) } ?? facts
            }
            let failures = try Row.fetchAll(
                db,
                sql: """
                    SELECT candidate, failureKind, count(*) AS failures FROM trial
                    WHERE run = ? AND NOT isWarmup AND status = 'failed' GROUP BY candidate, failureKind
                    """, arguments: [run])
            for row in failures {
                counts[row["candidate"], default: ResponseFacts()].failures[row["failureKind"]] = row["failures"]
            }
            return counts
        }
    }

    /// Of the responses of one candidate that ended alike.
    private static func facts(_ row: Row) -> ResponseFacts {
        let uncounted: Int = row["uncounted"] ?? 0
        let ending: String? = row["ending"]
        let responses: Int = row["responses"]
        return ResponseFacts(
            responses: responses, lengthCapped: ending == "length" ? responses : 0, chunks: row["chunks"] ?? 0,
            coalescedChunks: row["coalescedChunks"] ?? 0, carriedTokens: uncounted > 0 ? nil : row["carriedTokens"],
            promptTokens: row["promptTokens"] ?? 0, cachedPromptTokens: row["cachedTokens"],
            finishReasons: ending.map { [$0: responses] } ?? [:])
    }

    /// Of one candidate's responses: those that had no stream add nothing to what chunks carried, and those whose cache
    /// nobody tells of have no prompt tokens here.
    private static func joined(_ one: ResponseFacts, _ other: ResponseFacts) -> ResponseFacts {
        var all = one + other
        if one.chunks == 0 { all.carriedTokens = other.carriedTokens }
        if other.chunks == 0 { all.carriedTokens = one.carriedTokens }
        if one.promptTokens == 0 { all.cachedPromptTokens = other.cachedPromptTokens }
        if other.promptTokens == 0 { all.cachedPromptTokens = one.cachedPromptTokens }
        return all
    }

    /// Our decode speed / the server's own, of every trial with at least so many output tokens.
    package func serverSpeedRatios(of run: String, minimumTokens: Int) async throws -> [Double] {
        try await pool.read { db in
            try Double.fetchAll(
                db,
                sql: """
                    SELECT decodeTPS / serverDecodeTPS FROM trial
                    WHERE run = ? AND NOT isWarmup AND outputTokens >= ? AND decodeTPS > 0 AND serverDecodeTPS > 0
                    ORDER BY id
                    """, arguments: [run, minimumTokens])
        }
    }

    /// Every response of a run that can be graded, warm-up included; its timeline, which no grader looks at, left out.
    package func responses(of run: String) async throws -> [StoredResponse] {
        try await pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, task, sample, isWarmup, response, reasoning, toolCalls, finishReason, isStreamed
                    FROM trial WHERE run = ? AND status = 'completed' AND withdrawnReason IS NULL ORDER BY id
                    """, arguments: [run])
            let turns = try Self.turns(of: run, in: db)
            var responses: [StoredResponse] = []
            while let row = try rows.next() {
                let trial: Int64 = row["id"]
                responses.append(
                    StoredResponse(
                        trial: trial, task: row["task"], sample: row["sample"], isWarmup: row["isWarmup"],
                        response: Response(
                            answer: row["response"] ?? "", reasoning: row["reasoning"] ?? "",
                            toolCalls: row["toolCalls"] ?? "", finishReason: row["finishReason"],
                            report: ServerReport(), timeline: Timeline(), isStreamed: row["isStreamed"] ?? true,
                            turns: turns[trial] ?? [])))
            }
            return responses
        }
    }
}
