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
                        iif(trial.cachedFrom IS NULL, trial.queueDelay, NULL) AS queueDelay, trial.scheduled,
                        trial.scheduled + trial.timeToDone AS ended, trial.cachedFrom IS NOT NULL AS isCached,
                        trial.outputTokens, trial.epoch, trial.promptTokens, trial.charactersPerSecond,
                        trial.finishReason = 'length' AS isLengthCapped, trial.cachedTokens, \(answer) AS answer,
                        trial.status = 'failed' AS hasFailed
                    FROM trial LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE trial.run = ? AND NOT trial.isWarmup \(wanted) ORDER BY trial.id
                    """, arguments: StatementArguments([run] + candidates))
            var observations: [Observation] = []
            while let row = try rows.next() {
                try observations.append(
                    Observation(
                        candidate: row.read("candidate"), task: row.read("task"), sample: row.read("sample"),
                        load: row.read("load"), round: row.read("round"), score: row.read("score"),
                        ttft: row.read("ttft"), ttfo: row.read("ttfo"), latency: row.read("latency"),
                        decodeTPS: row.read("decodeTPS"), decodedTokens: row.read("decodedTokens"),
                        decodeSpan: row.read("decodeSpan"), queueDelay: row.read("queueDelay"),
                        scheduled: row.read("scheduled"), ended: row.read("ended"),
                        outputTokens: row.read("outputTokens"), epoch: row.read("epoch"),
                        promptTokens: row.read("promptTokens"), charactersPerSecond: row.read("charactersPerSecond"),
                        isLengthCapped: row.read("isLengthCapped"), answer: row.read("answer"),
                        cachedTokens: row.read("cachedTokens"), hasFailed: row.read("hasFailed"),
                        isCached: row.read("isCached")))
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
                try PointRow(row: row).point(model: row.read("model"), quantization: row.read("quantization"))
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
                try engines[row.read("candidate")] = Self.engine(row)
            }
            return engines
        }
    }

    /// A row of `engine`.
    static func engine(_ row: Row) throws -> EngineFacts {
        let modelFile: String? = try row.read("modelFile")
        let details: String? = try row.read("details")
        return try EngineFacts(
            engine: row.read("engine"), build: row.read("build"),
            arguments: value([String].self, from: row.read("arguments")), loadTime: row.read("loadTime"),
            peakMemory: row.read("peakMemory"), modelFile: modelFile.map { try value(ModelFileFacts.self, from: $0) },
            isSimulated: row.read("isSimulated"), details: details.map { try value(EngineDetails.self, from: $0) })
    }

    /// What was seen of the measured responses, by candidate.
    ///
    /// Counted here and not by SQLite, which would sort a million trials to group them.
    package func responseFacts(of run: String) async throws -> [String: ResponseFacts] {
        try await pool.read { db in
            guard let rows = try Self.rows(of: run, in: db) else { return [:] }
            let prompts = try Self.firstPrompts(of: rows, in: db)
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, candidate, status, failureKind, finishReason, isStreamed, chunks, coalescedChunks,
                        carriedTokens, outputTokensSource = 'chunks', promptTokens, cachedTokens,
                        cachedFrom IS NOT NULL
                    FROM trial WHERE id BETWEEN ? AND ? AND +run = ? AND NOT isWarmup
                    """, arguments: [rows.lowerBound, rows.upperBound, run])
            var counts: [String: ResponseCount] = [:]
            var (candidate, count) = ("", ResponseCount())
            while let row = try cursor.next() {
                let candidateNow: String = try row.read(1)
                if candidateNow != candidate {
                    if count.trials > 0 { counts[candidate] = count }
                    (candidate, count) = (candidateNow, counts[candidateNow] ?? ResponseCount())
                }
                try count.add(row, prompts: prompts)
            }
            if count.trials > 0 { counts[candidate] = count }
            return counts.mapValues(\.facts)
        }
    }

    /// Of chains, the prompt of the first request and what of it was cached: a chain's own words are in the cache by right,
    /// and its TTFT is that of its first request.
    private static func firstPrompts(
        of rows: ClosedRange<Int64>, in db: Database
    ) throws -> [Int64: (tokens: Int?, cached: Int?)] {
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT trial, promptTokens, json_extract(report, '$.cachedTokens') FROM exchange
                WHERE number = 1 AND trial BETWEEN ? AND ?
                """, arguments: [rows.lowerBound, rows.upperBound])
        var prompts: [Int64: (tokens: Int?, cached: Int?)] = [:]
        while let row = try cursor.next() {
            try prompts[row.read(0)] = (row.read(1), row.read(2))
        }
        return prompts
    }

    /// Our decode speed / the server's own, of every trial with at least so many output tokens.
    package func serverSpeedRatios(of run: String, minimumTokens: Int) async throws -> [Double] {
        try await pool.read { db in
            guard let rows = try Self.rows(of: run, in: db) else { return [] }
            return try Double.fetchAll(
                db,
                sql: """
                    SELECT decodeTPS / serverDecodeTPS FROM trial
                    WHERE id BETWEEN ? AND ? AND +run = ? AND NOT isWarmup AND outputTokens >= ? AND decodeTPS > 0
                        AND serverDecodeTPS > 0
                    ORDER BY id
                    """, arguments: [rows.lowerBound, rows.upperBound, run, minimumTokens])
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
                let trial: Int64 = try row.read("id")
                try responses.append(
                    StoredResponse(
                        trial: trial, task: row.read("task"), sample: row.read("sample"),
                        isWarmup: row.read("isWarmup"),
                        response: Response(
                            answer: row.read("response") ?? "", reasoning: row.read("reasoning") ?? "",
                            toolCalls: row.read("toolCalls") ?? "", finishReason: row.read("finishReason"),
                            report: ServerReport(), timeline: Timeline(), isStreamed: row.read("isStreamed") ?? true,
                            turns: turns[trial] ?? [])))
            }
            return responses
        }
    }
}

/// One candidate's responses, as they are counted row by row.
private struct ResponseCount {
    var trials = 0
    private var counted = ResponseFacts()
    private var carriedTokens: Int?
    private var cachedTokens: Int?
    /// Whether only chunks say how many tokens there were.
    private var isUncounted = false

    /// - Parameter row: as `responseFacts` selects it.
    mutating func add(_ row: Row, prompts: [Int64: (tokens: Int?, cached: Int?)]) throws {
        trials += 1
        let status: String = try row.read(2)
        guard status == "completed" else {
            let kind: String? = try row.read(3)
            counted.failures[kind ?? "", default: 0] += 1
            return
        }
        counted.responses += 1
        if let ending: String = try row.read(4) {
            counted.finishReasons[ending, default: 0] += 1
            if ending == "length" { counted.lengthCapped += 1 }
        }
        if try row.read(12) == true {
            // It waited for no prompt to be read, and came in no chunks.
            counted.fromCache += 1
            return
        }
        if try row.read(5) == true {
            counted.chunks += try row.read(6) ?? 0
            counted.coalescedChunks += try row.read(7) ?? 0
            if let carried: Int = try row.read(8) { carriedTokens = (carriedTokens ?? 0) + carried }
        }
        if try row.read(9) == true { isUncounted = true }
        let prompt = prompts.isEmpty ? nil : prompts[try row.read(0)]
        let (tokens, cached): (Int?, Int?) = try prompt.map { ($0.tokens, $0.cached) } ?? (row.read(10), row.read(11))
        if let cached {
            counted.promptTokens += tokens ?? 0
            cachedTokens = (cachedTokens ?? 0) + cached
        }
    }

    var facts: ResponseFacts {
        var facts = counted
        facts.carriedTokens = isUncounted ? nil : carriedTokens
        facts.cachedPromptTokens = cachedTokens
        return facts
    }
}
