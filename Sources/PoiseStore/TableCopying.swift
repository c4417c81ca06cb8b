import GRDB

/// Copies rows of one table of the attached, damaged database into the same table of the new one.
///
/// Each statement is a transaction of its own, so that one that fails leaves nothing behind.
struct TableCopying {
    enum Failure: Error {
        /// A value is there that no such row can have.
        case refused
        case unreadable
    }

    private let db: Database
    /// Copies what a condition that is put behind it says.
    private let copying: String
    private let hasKey: Bool
    private var statements: [String: Statement] = [:]

    /// - Returns: nil where the damaged database has no such table.
    init?(_ name: String, in db: Database) throws {
        let own = try Row.fetchAll(db, sql: "SELECT name, pk FROM pragma_table_info(?, 'main')", arguments: [name])
        let old = try Set(
            String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?, 'damaged')", arguments: [name]))
        let shared = try own.map { try $0.read("name") as String }.filter(old.contains)
        guard !shared.isEmpty else { return nil }
        self.db = db
        // Of both databases: an older one may lack some.
        let columns = shared.map { "\"\($0)\"" }.joined(separator: ", ")
        copying = "INTO main.\"\(name)\" (\(columns)) SELECT \(columns) FROM damaged.\"\(name)\" NOT INDEXED"
        hasKey = try own.contains { try $0.read("pk") as Int > 0 }
    }

    /// Every row, in the order in which they lie.
    ///
    /// - Returns: how many there were; nil where one of them cannot be read or kept, and nothing was copied.
    mutating func allIfSound() throws -> Int? {
        do { return try insert("INSERT \(copying)", []) } catch is Failure { return nil }
    }

    /// Rows by their numbers, in which no index has a part.
    ///
    /// - Returns: how many there were.
    mutating func rows(in range: ClosedRange<Int64>) throws -> Int {
        // One row is sought by its own: the end of a range is found by going on to the row behind it, which may be the one
        // that cannot be read.
        range.lowerBound == range.upperBound
            ? try insert("INSERT \(copying) WHERE rowid = ?", [range.lowerBound])
            : try insert("INSERT \(copying) WHERE rowid BETWEEN ? AND ?", [range.lowerBound, range.upperBound])
    }

    /// Rows that no range has found, each sought by its number from 1 on.
    ///
    /// - Returns: how many there were; none of a table without a key, where nobody knows what was copied already.
    mutating func missingRows(upTo end: Int64) throws -> Int {
        guard hasKey else { return 0 }
        var found = 0
        for number in 1...max(1, end) {
            do {
                found += try insert("INSERT OR IGNORE \(copying) WHERE rowid = ?", [number])
            } catch is Failure {
                continue
            }
        }
        return found
    }

    /// - Returns: how many rows were copied.
    private mutating func insert(_ sql: String, _ numbers: [Int64]) throws -> Int {
        do {
            let statement = try statements[sql] ?? db.makeStatement(sql: sql)
            statements[sql] = statement
            try statement.execute(arguments: StatementArguments(numbers))
            return db.changesCount
        } catch let error as DatabaseError {
            // Used again it would fail once more, with this very error (sqlite3_reset).
            statements[sql] = nil
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_NOMEM, .SQLITE_READONLY, .SQLITE_INTERRUPT: throw error
            case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: throw Failure.refused
            default: throw Failure.unreadable
            }
        }
    }
}
