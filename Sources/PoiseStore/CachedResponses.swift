import Foundation
import GRDB
package import PoiseCore

extension RunStore {
    /// Keys that one query looks up.
    private static let mostKeys = 400

    /// The responses that other runs have under some keys, without their times.
    ///
    /// Only whole ones: no failure, no warm-up, none that was withdrawn since it says nothing about the model. Where several
    /// runs generated one, the newest counts, a copy of it only where its own run was deleted. What cannot be read back is
    /// as good as not there.
    ///
    /// - Parameter run: whose own trials are left out.
    package func responses(
        for keys: [ResponseKey], besides run: String
    ) async throws -> [ResponseKey: CachedResponse] {
        guard !keys.isEmpty else { return [:] }
        return try await pool.read { db in
            var found: [ResponseKey: CachedResponse] = [:]
            for start in stride(from: 0, to: keys.count, by: Self.mostKeys) {
                let page = keys[start..<min(start + Self.mostKeys, keys.count)]
                try Self.read(Array(page), besides: run, in: db, into: &found)
            }
            return found
        }
    }

    private static func read(
        _ keys: [ResponseKey], besides run: String, in db: Database, into found: inout [ResponseKey: CachedResponse]
    ) throws {
        let rows = try Row.fetchAll(
            db,
            // Where two rows have one key, the last of them stays.
            sql: """
                SELECT id, run, responseKey, cachedFrom, request, response, reasoning, toolCalls, finishReason, isStreamed,
                    report, outputTokens, thinkingShare
                FROM trial WHERE responseKey IN (\(databaseQuestionMarks(count: keys.count))) AND run <> ?
                    AND NOT isWarmup AND status = 'completed' AND withdrawnReason IS NULL
                ORDER BY cachedFrom IS NULL, id
                """, arguments: StatementArguments(keys.map { Data($0.bytes) }) + [run])
        let ids: [Int64] = try rows.map { try $0.read("id") }
        let exchanges = try exchangeRows(ofEach: ids, in: db)
        for row in rows {
            let (id, bytes, own): (Int64, Data, String) = try (
                row.read("id"), row.read("responseKey"), row.read("run")
            )
            let origin: String? = try row.read("cachedFrom")
            guard let response = try? cachedResponse(row, exchanges: exchanges[id] ?? [], from: origin ?? own) else {
                continue
            }
            found[ResponseKey(bytes: [UInt8](bytes))] = response
        }
    }

    /// - Parameter row: of the trial; its request may be left out.
    static func cachedResponse(_ row: Row, exchanges rows: [Row], from run: String) throws -> CachedResponse {
        let exchanges = try rows.map { row in
            let report = try value(ServerReport.self, from: try row.read("report"))
            return try exchange(row, readingTimes: false).withoutTimes(
                CachedCounts(outputTokens: try row.read("outputTokens"), thinkingShare: thinkingShare(report)))
        }
        let counts = try CachedCounts(
            outputTokens: row.read("outputTokens"), thinkingShare: row.read("thinkingShare"))
        return try CachedResponse(
            run: run, request: row.read("request") ?? "",
            response: exchanges.isEmpty
                ? response(row, readingTimes: false).withoutTimes(counts) : Response(chain: exchanges),
            exchanges: exchanges)
    }

    /// Where the server counted the thinking; by characters it is known of whole trials only.
    static func thinkingShare(_ report: ServerReport) -> Double? {
        guard let thinking = report.reasoningTokens, let all = report.completionTokens ?? report.timedTokens,
            all > 0, (0...all).contains(thinking)
        else { return nil }
        return Double(thinking) / Double(all)
    }

    /// The rows of some trials' requests, by trial, wherever in the file they are.
    private static func exchangeRows(ofEach trials: [Int64], in db: Database) throws -> [Int64: [Row]] {
        guard !trials.isEmpty else { return [:] }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM exchange WHERE trial IN (\(databaseQuestionMarks(count: trials.count)))
                ORDER BY trial, number
                """, arguments: StatementArguments(trials))
        return Dictionary(grouping: rows) { $0["trial"] }
    }

    /// How many of a candidate's responses at one load were generated in one earlier run.
    package struct CachedCount: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        package let run: String
        package let responses: Int

        package init(candidate: String, load: Load, run: String, responses: Int) {
            self.candidate = candidate
            self.load = load
            self.run = run
            self.responses = responses
        }
    }

    /// Which responses of a run are from the cache; empty of most runs, and found without reading a trial.
    package func cachedCounts(of run: String) async throws -> [CachedCount] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT candidate, load, cachedFrom, count(*) AS responses FROM trial INDEXED BY trialCached
                    WHERE run = ? AND cachedFrom IS NOT NULL AND NOT isWarmup
                    GROUP BY candidate, load, cachedFrom ORDER BY candidate, load, cachedFrom
                    """, arguments: [run]
            ).map { row in
                try CachedCount(
                    candidate: row.read("candidate"), load: row.read("load"), run: row.read("cachedFrom"),
                    responses: row.read("responses"))
            }
        }
    }
}
