import GRDB

/// Whether what is stored is what was written.
extension RunStore {
    /// What SQLite finds wrong with the file, and rows that name others that are not there; empty where it is sound.
    ///
    /// - Parameter isQuick: without the comparison of indexes with their tables, which takes most of the time.
    package func integrityProblems(isQuick: Bool) async throws -> [String] {
        try await pool.read { db in
            // 100 lines of damage say no more than ten.
            let check = isQuick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)"
            let problems: [String]
            do {
                problems = try String.fetchAll(db, sql: check).filter { $0 != "ok" }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
                // Where the damage keeps even the check from going on.
                return [error.message ?? "the file is damaged"]
            }
            // A damaged file can hardly be asked what its rows mean.
            guard problems.isEmpty else { return problems }
            let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                "a row of \(row["table"] as String? ?? "?") names one of \(row["parent"] as String? ?? "?") that is missing"
            }
            return Array(Set(orphans).sorted().prefix(10))
        }
    }
}
