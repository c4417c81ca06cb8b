import Foundation
import GRDB
package import PoiseCore

extension RunStore {
    /// Trials that are read at once: enough to make the queries' own cost small, few enough to be held.
    private static let pageLength = 256

    /// Reads every trial that counts with its timeline, in the order in which they were stored, a page at a time.
    ///
    /// Memory does not grow with the run. Trials that are stored meanwhile are read too.
    /// - Parameters:
    ///   - point: only the trials of this candidate at this load.
    ///   - body: called once for each trial; what it throws ends the reading.
    /// - Throws: also `Timeline.CodingFailure`, as a `DamagedTrial` that says which trial it is.
    package func trials(
        of run: String, at point: (candidate: String, load: Load)? = nil, _ body: (StoredTrial) throws -> Void
    ) async throws {
        var last: Int64 = 0
        while true {
            try Task.checkCancellation()
            let page = try await page(of: run, at: point, after: last)
            for (_, trial) in page { try body(trial) }
            guard page.count == Self.pageLength, let end = page.last?.id else { return }
            last = end
        }
    }

    private func page(
        of run: String, at point: (candidate: String, load: Load)?, after last: Int64
    ) async throws -> [(id: Int64, trial: StoredTrial)] {
        try await pool.read { db in
            // The plus keeps SQLite on the order of ids: by another index it would sort the whole run for each page.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT trial.id, trial.run, trial.candidate, candidate.model, candidate.quantization, trial.task,
                        trial.sample, trial.epoch, trial.load, trial.round, trial.status, trial.failureKind,
                        trial.failureMessage, trial.attempts, trial.queueDelay, trial.scheduled, trial.timeToDone,
                        score.value AS score, trial.response, trial.reasoning, trial.toolCalls, trial.finishReason,
                        trial.isStreamed, trial.report, trial.timeline,
                        trial.cachedFrom, trial.outputTokens, trial.thinkingShare
                    FROM trial
                    JOIN candidate ON candidate.run = trial.run AND candidate.id = trial.candidate
                    LEFT JOIN score ON score.trial = trial.id AND score.position = 0
                    WHERE trial.id > :last AND +trial.run = :run AND NOT trial.isWarmup
                        AND (:candidate IS NULL OR +trial.candidate = :candidate AND +trial.load = :load)
                    ORDER BY trial.id LIMIT :limit
                    """,
                arguments: [
                    "run": run, "last": last, "candidate": point?.candidate, "load": point?.load,
                    "limit": Self.pageLength,
                ])
            let exchanges = try Self.exchangeRows(of: rows.map { try $0.read("id") }, in: db)
            return try rows.map { row in
                let id: Int64 = try row.read("id")
                return (id: id, trial: try Self.storedTrial(row, exchanges: exchanges[id] ?? []))
            }
        }
    }

    static func storedTrial(_ row: Row, exchanges rows: [Row]) throws -> StoredTrial {
        let key = try TrialKey(
            candidate: row.read("candidate"), task: row.read("task"), sample: row.read("sample"),
            epoch: row.read("epoch"), load: row.read("load"), round: row.read("round"))
        let isCompleted = try row.read("status") == "completed"
        let cachedFrom: String? = try row.read("cachedFrom")
        let response: Response?
        let exchanges: [Exchange]
        do {
            if cachedFrom != nil {
                let cached = try cachedResponse(row, exchanges: rows, from: "")
                (response, exchanges) = (cached.response, cached.exchanges)
            } else {
                exchanges = try rows.map { try exchange($0) }
                response = !isCompleted ? nil : exchanges.isEmpty ? try self.response(row) : Response(chain: exchanges)
            }
        } catch {
            throw DamagedTrial(key: key, reason: (error as? any ExplainedError)?.what ?? "\(error)")
        }
        var trial = try StoredTrial(
            run: row.read("run"), key: key, model: row.read("model"), quantization: row.read("quantization"),
            response: response,
            failure: isCompleted
                ? nil
                : StoredTrial.Failure(
                    kind: row.read("failureKind") ?? RequestFailure.Kind.notSent.rawValue,
                    message: row.read("failureMessage") ?? ""),
            score: row.read("score"), attempts: row.read("attempts"), queueDelay: row.read("queueDelay"),
            scheduled: row.read("scheduled"), timeToDone: row.read("timeToDone"), exchanges: exchanges)
        trial.cachedFrom = cachedFrom
        return trial
    }

    /// - Parameter readingTimes: whether its timeline is wanted, which may be damaged.
    static func response(_ row: Row, readingTimes: Bool = true) throws -> Response {
        let report: String? = try row.read("report")
        let timeline: Data? = readingTimes ? try row.read("timeline") : nil
        return try Response(
            answer: row.read("response") ?? "", reasoning: row.read("reasoning") ?? "",
            toolCalls: row.read("toolCalls") ?? "", finishReason: row.read("finishReason"),
            report: try report.map { try value(ServerReport.self, from: $0) } ?? ServerReport(),
            timeline: try timeline.map { try Timeline(decoding: [UInt8]($0)) } ?? Timeline(),
            isStreamed: row.read("isStreamed") ?? true)
    }

    /// A trial whose stored record cannot be read back.
    package struct DamagedTrial: ExplainedError, Hashable {
        package let key: TrialKey
        package let reason: String

        package var what: String { reason }
        package var place: String? {
            "\(key.candidate), \(key.task)/\(key.sample), epoch \(key.epoch), load \(key.load), round \(key.round)"
        }
        package var remedy: String? {
            "Its numbers are still in the view trialMetric of the database; its stream cannot be read again."
        }
    }
}
