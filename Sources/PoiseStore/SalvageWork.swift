import Foundation
import GRDB
import PoiseCore

/// The copying of what can still be read, table by table, in SQL: values pass as they are stored.
struct SalvageWork: Sendable {
    let source: String

    /// Statements that may fail for each table before what is left of it is given up: where the end of a table cannot be
    /// read, every row number beyond it fails.
    static let mostFailures = 20_000

    func copy(into queue: DatabaseQueue) async throws -> RunStore.Salvage {
        // As old as what is read, so that every column has its place; brought up to date at the end. Nothing is attached
        // meanwhile, where a table without its schema's name could be found.
        try attach(to: queue)
        let applied = try? await queue.read { db in
            try Set(String.fetchAll(db, sql: "SELECT identifier FROM damaged.grdb_migrations"))
        }
        try detach(from: queue)
        let known = Schema.migrator.identifiers
        try Schema.migrator.migrate(queue, upTo: known.last { applied?.contains($0) ?? false } ?? known.last)
        try attach(to: queue)
        let salvage = try await queue.writeWithoutTransaction { db in
            // The new file is worth nothing until it is whole: it need not reach the disk statement by statement.
            try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA main.synchronous = OFF")
            var salvage = RunStore.Salvage()
            for table in try Self.tables(of: db) { salvage.tables.append(try Self.copy(table, in: db)) }
            try db.execute(sql: "PRAGMA main.synchronous = FULL")
            try db.inTransaction {
                guard salvage.tables.contains(where: { $0.rows > 0 || $0.gaps > 0 }) else {
                    throw SalvageFailure.foreign(path: source)
                }
                salvage.nameless = try Self.standIn(db)
                salvage.placeless = try Self.replaceMachines(db)
                try Self.refuseGarbled(db, &salvage)
                try Self.leaveOutOrphans(db, &salvage)
                return .commit
            }
            return salvage
        }
        try detach(from: queue)
        try Schema.migrator.migrate(queue)
        return salvage
    }

    private func detach(from queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "DETACH damaged")
            try db.execute(sql: "PRAGMA writable_schema = OFF")
        }
    }

    /// Opens the damaged file beside the new one, for reading only.
    private func attach(to queue: DatabaseQueue) throws {
        let name = URL(fileURLWithPath: source).absoluteString.replacingOccurrences(of: "?", with: "%3f")
        try queue.writeWithoutTransaction { db in
            do {
                try Self.attach("\(name)?mode=ro", db)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
                // A folder that takes no files beside it.
                try? db.execute(sql: "DETACH damaged")
                try Self.attach("\(name)?mode=ro&immutable=1", db)
            }
        }
    }

    private static func attach(_ name: String, _ db: Database) throws {
        // With this, an entry of the schema that cannot be read costs its own table and not all of them; and as long as it
        // is on, a file that is shorter than it says is read as far as it goes (lockBtree in SQLite's btree.c).
        try db.execute(sql: "PRAGMA writable_schema = ON")
        try db.execute(sql: "ATTACH ? AS damaged", arguments: [name])
    }

    /// The new database's, in the order in which they were made: what others refer to comes first.
    private static func tables(of db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT name FROM main.sqlite_master
                WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations' ORDER BY rowid
                """)
    }

    private static func copy(_ name: String, in db: Database) throws -> RunStore.Salvage.Table {
        var table = RunStore.Salvage.Table(name: name)
        guard var copying = try TableCopying(name, in: db) else { return table }
        // As it lies: so a row is found whose number is damaged, and which stands where nobody seeks it.
        if let rows = try copying.allIfSound() {
            table.rows = rows
            return table
        }
        var ranges = RowRanges(mostFailures: mostFailures)
        while let range = ranges.next() {
            do {
                table.rows += try copying.rows(in: range)
                ranges.succeeded()
            } catch TableCopying.Failure.refused {
                if ranges.failed() { table.refused += 1 }
            } catch TableCopying.Failure.unreadable {
                if ranges.failed() { ranges.leaveGap() }
            }
        }
        // Whatever kept it from being read in one go: where no number fails, a row may stand where none is sought.
        table.gaps = table.refused > 0 ? ranges.gaps : max(1, ranges.gaps)
        // A range ends at the first number beyond it, and behind a damaged one there may be more.
        table.rows += try copying.missingRows(upTo: Int64(2 * table.rows + 2_000))
        return table
    }

    /// Where a run's own record is lost, one that says so takes its place, so that its trials are kept; likewise its
    /// candidates.
    private static func standIn(_ db: Database) throws -> [String] {
        let nameless = try String.fetchAll(
            db, sql: "SELECT DISTINCT run FROM trial WHERE run NOT IN (SELECT id FROM run) ORDER BY run")
        for run in nameless {
            try db.execute(
                sql: """
                    INSERT INTO run (id, suite, startedAt, status, seed, machine, poiseVersion, command, plan)
                    VALUES (?, 'lost', '1970-01-01T00:00:00.000Z', 'incomplete', 0, ?, '', '', '{}')
                    """, arguments: [run, unknownMachine()])
        }
        try db.execute(
            sql: """
                INSERT INTO candidate (run, id, position, model)
                SELECT DISTINCT run, candidate, 1000000 + dense_rank() OVER (PARTITION BY run ORDER BY candidate),
                    candidate
                FROM trial WHERE (run, candidate) NOT IN (SELECT run, id FROM candidate)
                """)
        return nameless
    }

    private static func unknownMachine() throws -> String {
        try RunStore.json(MachineFacts(processor: "unknown", cores: 0, memory: 0, system: "unknown"))
    }

    /// Trials of which a part lay behind the end of a file that was cut, where SQLite reads zeros: their report or stream
    /// does not decode, and their other texts may be as little their own.
    private static func refuseGarbled(_ db: Database, _ salvage: inout RunStore.Salvage) throws {
        for (index, table) in salvage.tables.enumerated() where ["trial", "exchange"].contains(table.name) {
            let id = table.name == "trial" ? "id" : "trial"
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT \(id) AS trial, report, timeline FROM "\(table.name)"
                    WHERE report IS NOT NULL OR timeline IS NOT NULL
                    """)
            var garbled: [Int64] = []
            while let row = try rows.next() {
                if !RunStore.decodes(row) { garbled.append(try row.read("trial")) }
            }
            for trial in Set(garbled) {
                try db.execute(sql: "DELETE FROM \"\(table.name)\" WHERE \(id) = ?", arguments: [trial])
                salvage.tables[index].rows -= db.changesCount
                salvage.tables[index].refused += db.changesCount
            }
        }
    }

    /// A list of runs cannot be read where one of their machines does not decode.
    private static func replaceMachines(_ db: Database) throws -> [String] {
        var placeless: [String] = []
        for row in try Row.fetchAll(db, sql: "SELECT id, machine FROM run ORDER BY rowid") {
            let (run, machine): (String, String) = try (row.read(0), row.read(1))
            guard (try? RunStore.value(MachineFacts.self, from: machine)) == nil else { continue }
            try db.execute(sql: "UPDATE run SET machine = ? WHERE id = ?", arguments: [unknownMachine(), run])
            placeless.append(run)
        }
        return placeless
    }

    /// Takes out rows whose trial or run is lost; those of a row that goes here go with it.
    private static func leaveOutOrphans(_ db: Database, _ salvage: inout RunStore.Salvage) throws {
        var found = true
        while found {
            found = false
            for index in salvage.tables.indices {
                let name = salvage.tables[index].name
                try db.execute(
                    sql: """
                        DELETE FROM main."\(name)" WHERE rowid IN
                            (SELECT rowid FROM pragma_foreign_key_check(?, 'main') WHERE rowid IS NOT NULL)
                        """, arguments: [name])
                let count = db.changesCount
                salvage.tables[index].orphans += count
                salvage.tables[index].rows -= count
                found = found || count > 0
            }
        }
    }
}
