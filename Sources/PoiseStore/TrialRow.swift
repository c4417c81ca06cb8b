import Foundation
import GRDB
import PoiseCore

/// A trial as a row of `trial`: every column with its value, written by one statement that is prepared once.
///
/// Not a Codable record: encoding one by its names costs more than SQLite takes to store it.
struct TrialRow {
    /// In the order of `arguments`.
    private static let columns = [
        "run", "candidate", "task", "sample", "epoch", "load", "round", "isWarmup", "status", "failureKind",
        "failureMessage", "attempts", "queueDelay", "scheduled", "timeToDone", "connect", "ttft", "ttfo", "latency",
        "decodeTPS", "decodedTokens", "decodeSpan", "endToEndTPS", "tpot", "prefillTPS", "charactersPerSecond",
        "thinkingShare", "outputTokens", "outputTokensSource", "carriedTokens", "promptTokens", "cachedTokens",
        "serverDecodeTPS", "serverPrefillTPS", "chunks", "coalescedChunks", "finishReason", "isStreamed", "request",
        "response", "reasoning", "toolCalls", "report", "timeline", "responseKey", "cachedFrom",
        "stint",
    ]

    private static let sql =
        "INSERT INTO trial (" + columns.map { "\"\($0)\"" }.joined(separator: ", ") + ") VALUES ("
        + columns.map { _ in "?" }.joined(separator: ", ") + ")"

    private let arguments: [DatabaseValue]

    /// - Parameter stint: in which it was measured; nil where the run is no share of a plan.
    init(_ trial: Trial, run: String, stint: Int? = nil) throws {
        let key = trial.key
        let response = trial.response
        let report = response?.report
        let metrics = trial.metrics
        let isCached = trial.cachedFrom != nil
        // Without a stream there are no chunks, not even none of them.
        let coalescing = isCached ? nil : response.map { Self.coalescing(of: $0, trial.exchanges) }
        let columns: [(any DatabaseValueConvertible)?] = [
            run, key.candidate, key.task, key.sample, key.epoch, key.load, key.round, key.isWarmup,
            response == nil ? "failed" : "completed", trial.failure?.kind.rawValue, trial.failure?.message,
            isCached ? 0 : trial.attempts.count, trial.queueDelay.milliseconds,
            isCached || trial.isApart ? nil : trial.scheduled.milliseconds,
            trial.timeToDone.milliseconds, response?.timeline.connect?.milliseconds, metrics?.ttft, metrics?.ttfo,
            metrics?.latency, metrics?.decodeTPS, metrics?.decodedTokens, metrics?.decodeSpan, metrics?.endToEndTPS,
            metrics?.tpot, metrics?.prefillTPS, metrics?.charactersPerSecond, metrics?.thinkingShare,
            metrics?.outputTokens, metrics?.outputTokensSource?.rawValue, metrics?.carriedTokens,
            report?.promptTokens, report?.cachedTokens, report?.decodeTPS, report?.prefillTPS, coalescing?.chunks,
            coalescing?.coalesced, response?.finishReason, response?.isStreamed, trial.attempts.last?.request ?? "",
            response?.answer, response.flatMap { $0.reasoning.isEmpty ? nil : $0.reasoning },
            response.flatMap { $0.toolCalls.isEmpty ? nil : $0.toolCalls }, try report.map { try RunStore.json($0) },
            // A chain has one for each of its requests.
            trial.exchanges.isEmpty && !isCached ? response.map { Data($0.timeline.encoded()) } : nil,
            // What failed can be asked again.
            response == nil || key.isWarmup ? nil : trial.responseKey.map { Data($0.bytes) }, trial.cachedFrom,
            stint,
        ]
        arguments = columns.map { $0?.databaseValue ?? .null }
    }

    private static func coalescing(of response: Response, _ exchanges: [Exchange]) -> (chunks: Int, coalesced: Int) {
        guard !exchanges.isEmpty else { return response.timeline.coalescing }
        return exchanges.reduce((0, 0)) { sum, exchange in
            let own = exchange.response.timeline.coalescing
            return (sum.0 + own.chunks, sum.1 + own.coalesced)
        }
    }

    /// - Returns: the row's id.
    func insert(_ db: Database) throws -> Int64 {
        let statement = try db.cachedStatement(sql: Self.sql)
        try statement.execute(arguments: StatementArguments(arguments))
        return db.lastInsertedRowID
    }
}
