import GRDB
package import PoiseCore

/// How far candidates' next-token distributions are from a reference's, beside the run whose responses were followed.
extension RunStore {
    /// Keeps a divergence; one of the same candidate, reference and load goes.
    ///
    /// - Parameter time: ISO 8601, UTC.
    package func save(_ divergence: Divergence, of run: String, at time: String) async throws {
        let tasks = try Self.json(divergence.tasks)
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO divergence
                        (run, candidate, reference, load, samples, leftOut, tokens, meanKL, meanKLLow, meanKLHigh,
                        sameTop, sameTopLow, sameTopHigh, covered, top, vocabulary, tasks, measuredAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run, divergence.candidate, divergence.reference, divergence.load, divergence.samples,
                    divergence.leftOut, divergence.tokens, divergence.meanKL, divergence.meanKLLow,
                    divergence.meanKLHigh, divergence.sameTop, divergence.sameTopLow, divergence.sameTopHigh,
                    divergence.covered, divergence.top, divergence.vocabulary, tasks, time,
                ])
        }
    }

    /// What was measured of a run, by load, then by reference and candidate in the suite's order.
    package func divergences(of run: String) async throws -> [Divergence] {
        let found = try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT divergence.* FROM divergence
                    JOIN candidate ON candidate.run = divergence.run AND candidate.id = divergence.candidate
                    JOIN candidate AS other ON other.run = divergence.run AND other.id = divergence.reference
                    WHERE divergence.run = ? ORDER BY other.position, candidate.position
                    """, arguments: [run]
            ).map(Self.divergence)
        }
        return found.enumerated().sorted { ($0.element.load, $0.offset) < ($1.element.load, $1.offset) }.map(\.element)
    }

    private static func divergence(_ row: Row) throws -> Divergence {
        try Divergence(
            candidate: row.read("candidate"), reference: row.read("reference"), load: row.read("load"),
            samples: row.read("samples"),
            tokens: row.read("tokens"), meanKL: row.read("meanKL"), meanKLLow: row.read("meanKLLow"),
            meanKLHigh: row.read("meanKLHigh"), sameTop: row.read("sameTop"), sameTopLow: row.read("sameTopLow"),
            sameTopHigh: row.read("sameTopHigh"), top: row.read("top"), covered: row.read("covered"),
            vocabulary: row.read("vocabulary"), leftOut: row.read("leftOut"),
            tasks: try value([String].self, from: row.read("tasks")))
    }

    /// A stored response with the request that it answers, to be followed token by token.
    package struct SentResponse: Hashable, Sendable {
        package let task: String
        package let sample: String
        /// The body as it was sent.
        package let request: String
        package let answer: String
        package let reasoning: String
        package let toolCalls: String
        package let finishReason: String?
        /// Whether it ends a chain of several requests.
        package let isChain: Bool

        package init(
            task: String, sample: String, request: String, answer: String, reasoning: String, toolCalls: String,
            finishReason: String?, isChain: Bool
        ) {
            self.task = task
            self.sample = sample
            self.request = request
            self.answer = answer
            self.reasoning = reasoning
            self.toolCalls = toolCalls
            self.finishReason = finishReason
            self.isChain = isChain
        }
    }

    /// The first measured response of a candidate to each sample at one load, by task and sample.
    package func sentResponses(of candidate: String, in run: String, load: Load) async throws -> [SentResponse] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT task, sample, request, response, reasoning, toolCalls, finishReason,
                        EXISTS (SELECT * FROM exchange WHERE exchange.trial = trial.id) AS isChain
                    FROM trial
                    WHERE run = ? AND candidate = ? AND load = ? AND NOT isWarmup AND status = 'completed'
                        AND withdrawnReason IS NULL
                    GROUP BY task, sample HAVING id = min(id) ORDER BY task, sample
                    """, arguments: [run, candidate, load]
            ).map { row in
                try SentResponse(
                    task: row.read("task"), sample: row.read("sample"), request: row.read("request"),
                    answer: row.read("response") ?? "",
                    reasoning: row.read("reasoning") ?? "", toolCalls: row.read("toolCalls") ?? "",
                    finishReason: row.read("finishReason"), isChain: row.read("isChain"))
            }
        }
    }
}
