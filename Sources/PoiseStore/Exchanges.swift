import Foundation
import GRDB
import PoiseCore

/// The requests of chains, in the order in which they were made.
extension RunStore {
    static func insert(_ exchanges: [Exchange], of trial: Int64, in db: Database) throws {
        for (index, exchange) in exchanges.enumerated() {
            let response = exchange.response
            let metrics = TrialMetrics(response)
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO exchange
                        (trial, number, turn, attempts, started, timeToDone, ttft, ttfo, latency, decodeTPS,
                        outputTokens, promptTokens, finishReason, isStreamed, request, response, reasoning, toolCalls,
                        report, timeline)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            try statement.execute(arguments: [
                trial, index + 1, exchange.turn, exchange.attempts, exchange.started.milliseconds,
                exchange.timeToDone.milliseconds, metrics.ttft, metrics.ttfo, metrics.latency, metrics.decodeTPS,
                metrics.outputTokens, response.report.promptTokens, response.finishReason, response.isStreamed,
                exchange.request, response.answer, response.reasoning.isEmpty ? nil : response.reasoning,
                response.toolCalls.isEmpty ? nil : response.toolCalls, try json(response.report),
                Data(response.timeline.encoded()),
            ])
        }
    }

    /// The last response to each turn of a run's chains, by trial; without what no grader looks at.
    static func turns(of run: String, in db: Database) throws -> [Int64: [Response]] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT exchange.trial, exchange.response, exchange.reasoning, exchange.toolCalls,
                    exchange.finishReason, exchange.isStreamed, max(exchange.number)
                FROM exchange JOIN trial ON trial.id = exchange.trial
                WHERE trial.run = ? GROUP BY exchange.trial, exchange.turn ORDER BY exchange.trial, exchange.turn
                """, arguments: [run])
        var turns: [Int64: [Response]] = [:]
        while let row = try rows.next() {
            try turns[row.read("trial"), default: []].append(
                Response(
                    answer: row.read("response"), reasoning: row.read("reasoning") ?? "",
                    toolCalls: row.read("toolCalls") ?? "",
                    finishReason: row.read("finishReason"), report: ServerReport(), timeline: Timeline(),
                    isStreamed: row.read("isStreamed")))
        }
        return turns
    }

    /// The rows of some trials' requests, by trial.
    static func exchangeRows(of trials: [Int64], in db: Database) throws -> [Int64: [Row]] {
        guard let first = trials.first, let last = trials.last else { return [:] }
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM exchange WHERE trial BETWEEN ? AND ? ORDER BY trial, number",
            arguments: [first, last])
        return try Dictionary(grouping: rows) { try $0.read("trial") }
    }

    /// Throws where its timeline or its report is damaged.
    static func exchange(_ row: Row, readingTimes: Bool = true) throws -> Exchange {
        let (started, timeToDone): (Double, Double) = try (row.read("started"), row.read("timeToDone"))
        return try Exchange(
            turn: row.read("turn"), attempts: row.read("attempts"), started: .milliseconds(started),
            timeToDone: .milliseconds(timeToDone), request: row.read("request"),
            response: try response(row, readingTimes: readingTimes))
    }
}
