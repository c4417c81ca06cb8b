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
        struct Key: Hashable {
            let candidate: String
            let load: Load
            let round: Int
        }
        return try await pool.read { db in
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT candidate, load, round FROM trial INDEXED BY trialKey WHERE run = ? AND NOT isWarmup
                    """, arguments: [run])
            var asked: [Key: Int] = [:]
            while let row = try cursor.next() {
                try asked[Key(candidate: row.read(0), load: row.read(1), round: row.read(2)), default: 0] += 1
            }
            return try asked.sorted { one, other in
                (one.key.candidate, one.key.load, one.key.round) < (
                    other.key.candidate, other.key.load, other.key.round
                )
            }.map { key, count in
                let times =
                    wantsTimes(key.candidate, key.load, key.round)
                    ? try Self.times(of: key.candidate, at: key.load, round: key.round, in: run, db) : ([], [])
                return StoredLevel(
                    candidate: key.candidate, load: key.load, round: key.round, asked: count, firstTokens: times.0,
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
            if let ttft: Double = try row.read("ttft") { firstTokens.append(ttft) }
            if let gap: Double = try row.read("gap") { gaps.append(gap) }
        }
        return (firstTokens, gaps)
    }
}
