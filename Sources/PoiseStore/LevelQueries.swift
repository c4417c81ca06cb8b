import GRDB
package import PoiseCore

extension RunStore {
    /// What was seen of one candidate at one load in one round, as far as it says how far to believe it.
    package struct StoredLevel: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        package let round: Int
        /// Trials that were asked, warm-up left out.
        package let asked: Int
        /// Of each streamed response, milliseconds: started → the first token, and the mean gap between its chunks; empty
        /// where nobody asked for them.
        package let firstTokens: [Double]
        package let gaps: [Double]

        package init(
            candidate: String, load: Load, round: Int, asked: Int, firstTokens: [Double] = [], gaps: [Double] = []
        ) {
            self.candidate = candidate
            self.load = load
            self.round = round
            self.asked = asked
            self.firstTokens = firstTokens
            self.gaps = gaps
        }
    }

    /// Every level in which something was asked, by candidate, load and round.
    ///
    /// - Parameter wantsTimes: whether a level's times are read, which takes all of its trials; without them the index
    ///   says all.
    package func levels(
        of run: String, wantsTimes: @escaping @Sendable (String, Load, Int) -> Bool = { _, _, _ in true }
    ) async throws -> [StoredLevel] {
        try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT candidate, load, round, count(*) AS asked FROM trial INDEXED BY trialKey
                    WHERE run = ? AND NOT isWarmup GROUP BY candidate, load, round ORDER BY candidate, load, round
                    """, arguments: [run]
            ).map { row in
                let (candidate, load, round): (String, Load, Int) = (row["candidate"], row["load"], row["round"])
                let times =
                    wantsTimes(candidate, load, round)
                    ? try Self.times(of: candidate, at: load, round: round, in: run, db) : ([], [])
                return StoredLevel(
                    candidate: candidate, load: load, round: round, asked: row["asked"], firstTokens: times.0,
                    gaps: times.1)
            }
        }
    }

    private static func times(
        of candidate: String, at load: Load, round: Int, in run: String, _ db: Database
    ) throws -> (firstTokens: [Double], gaps: [Double]) {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT ttft,
                    CASE WHEN chunks > 1 THEN
                        CASE WHEN EXISTS (SELECT * FROM exchange WHERE exchange.trial = trial.id)
                            THEN decodeSpan ELSE latency - ttft END / (chunks - 1) END AS gap
                FROM trial WHERE run = ? AND candidate = ? AND load = ? AND round = ? AND NOT isWarmup ORDER BY id
                """, arguments: [run, candidate, load, round])
        var (firstTokens, gaps): ([Double], [Double]) = ([], [])
        while let row = try rows.next() {
            if let ttft: Double = row["ttft"] { firstTokens.append(ttft) }
            if let gap: Double = row["gap"] { gaps.append(gap) }
        }
        return (firstTokens, gaps)
    }
}
