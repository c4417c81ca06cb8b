import GRDB

extension RunStore {
    /// How far a run is that goes on.
    package struct Advance: Hashable, Sendable {
        /// Trials that count and were stored since.
        package let trials: Int
        /// The newest of all; nil where there is none.
        package let last: Int64?
        /// Whose trial that is, and of which round.
        package let candidate: String?
        package let round: Int?
    }

    /// What was stored after a trial.
    ///
    /// - Parameter last: that trial; all count where none is given.
    package func advance(of run: String, after last: Int64? = nil) async throws -> Advance {
        try await pool.read { db in
            let count =
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM trial WHERE run = ? AND NOT isWarmup AND id > ?",
                    arguments: [run, last ?? -1]) ?? 0
            let newest = try Row.fetchOne(
                db, sql: "SELECT id, candidate, round FROM trial WHERE run = ? ORDER BY id DESC LIMIT 1",
                arguments: [run])
            return try Advance(
                trials: count, last: newest?.read("id") ?? last, candidate: newest?.read("candidate"),
                round: newest?.read("round"))
        }
    }
}
