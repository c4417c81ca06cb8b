import GRDB

/// The migrations of the schema, in order, applied altogether or not at all.
///
/// GRDB's own migrator makes a transaction of each migration: one that fails would leave a database between two versions,
/// which neither the older nor the newer Poise is written for. The table of what was applied is GRDB's, since databases
/// that exist have it.
struct SchemaMigrator: Sendable {
    private struct Migration: Sendable {
        let identifier: String
        let migrate: @Sendable (Database) throws -> Void
    }

    /// What a database's schema is to this Poise.
    enum State: Hashable {
        /// Nothing was ever applied.
        case new
        case current
        /// - Parameters:
        ///   - newest: the last migration that it has.
        ///   - pending: those that it lacks, in order.
        case older(newest: String, pending: [String])
        /// - Parameter newest: the last migration that it has, which this Poise does not know.
        case newer(newest: String)

        /// - Parameters:
        ///   - applied: what a database has, in any order.
        ///   - known: what this Poise knows, in order.
        init(applied: Set<String>, known: [String]) {
            let pending = known.filter { !applied.contains($0) }
            if let newest = Self.newest(of: applied.subtracting(known)) {
                self = .newer(newest: newest)
            } else if let newest = Self.newest(of: applied) {
                self = pending.isEmpty ? .current : .older(newest: newest, pending: pending)
            } else {
                self = .new
            }
        }

        /// Identifiers begin with their number.
        private static func newest(of identifiers: Set<String>) -> String? {
            identifiers.max { (SchemaMigrator.number(of: $0), $0) < (SchemaMigrator.number(of: $1), $1) }
        }
    }

    private var migrations: [Migration] = []

    /// In order.
    var identifiers: [String] { migrations.map(\.identifier) }

    mutating func registerMigration(
        _ identifier: String, migrate: @escaping @Sendable (Database) throws -> Void
    ) {
        migrations.append(Migration(identifier: identifier, migrate: migrate))
    }

    /// `5: resumptions` → 5.
    static func number(of identifier: String) -> Int {
        Int(identifier.prefix { $0.isWholeNumber }) ?? 0
    }

    func state(_ db: Database) throws -> State {
        State(applied: try Self.applied(db), known: identifiers)
    }

    /// Applies what a database lacks, in one transaction that begins with the lock, so that of two processes one migrates
    /// and the other finds it done.
    ///
    /// - Parameters:
    ///   - target: the last migration that is applied; all where none is named.
    ///   - copying: called within the transaction, before anything is changed, where a database has something to lose.
    func migrate(
        _ writer: some DatabaseWriter, upTo target: String? = nil,
        copying: (_ newest: String, _ pending: [String]) throws -> Void = { _, _ in }
    ) throws {
        let end = target.flatMap { identifiers.firstIndex(of: $0) } ?? migrations.count - 1
        try writer.barrierWriteWithoutTransaction { db in
            // Tables are made anew under their old names, which references to them must survive; within a transaction
            // SQLite takes no notice of this (https://www.sqlite.org/lang_altertable.html#otheralter).
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
            try db.inTransaction(.immediate) {
                let applied = try Self.applied(db)
                let pending = migrations[...end].filter { !applied.contains($0.identifier) }
                guard !pending.isEmpty else { return .rollback }
                if case .older(let newest, _) = State(applied: applied, known: identifiers) {
                    try copying(newest, pending.map(\.identifier))
                }
                try db.execute(
                    sql: "CREATE TABLE IF NOT EXISTS grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
                for migration in pending {
                    try migration.migrate(db)
                    try db.execute(
                        sql: "INSERT INTO grdb_migrations (identifier) VALUES (?)", arguments: [migration.identifier])
                }
                try db.checkForeignKeys()
                return .commit
            }
        }
    }

    private static func applied(_ db: Database) throws -> Set<String> {
        guard try db.tableExists("grdb_migrations", in: "main") else { return [] }
        return try Set(String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations"))
    }
}
