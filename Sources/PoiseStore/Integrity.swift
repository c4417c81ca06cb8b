import Foundation
import GRDB
import PoiseCore

/// Whether what is stored is what Poise wrote.
extension RunStore {
    /// Problems that are named at most, of each kind.
    private static let mostProblems = 20

    /// What is wrong with the database, a line each; empty where it is sound.
    ///
    /// - Parameter isQuick: leaves out what takes reading every response: indexes, references, streams.
    package func integrityProblems(isQuick: Bool) async throws -> [String] {
        let pragma = isQuick ? "quick_check" : "integrity_check"
        var problems = try await found { db in
            try String.fetchAll(db, sql: "PRAGMA \(pragma)(\(Self.mostProblems))").filter { $0 != "ok" }
        }
        // A damaged file can hardly be asked what its rows mean.
        guard problems.isEmpty else { return problems }
        problems += try await found(Self.runProblems)
        guard !isQuick else { return problems }
        problems += try await found { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT "table", rowid, parent FROM pragma_foreign_key_check LIMIT \(Self.mostProblems)
                    """
            ).map { row in
                let (table, number, parent): (String, Int64?, String) = try (row.read(0), row.read(1), row.read(2))
                return "row \(number.map { "\($0)" } ?? "?") of \(table) belongs to no \(parent)"
            }
        }
        problems += try await found { db in
            try Self.streamProblems(
                db, "SELECT id, run, report, timeline FROM trial WHERE report IS NOT NULL OR timeline IS NOT NULL")
        }
        problems += try await found { db in
            try Self.streamProblems(
                db,
                """
                SELECT exchange.trial, trial.run, exchange.report, exchange.timeline
                FROM exchange JOIN trial ON trial.id = exchange.trial
                """)
        }
        return problems
    }

    /// A check that cannot go on because of damage has found some.
    private func found(_ check: @escaping @Sendable (Database) throws -> [String]) async throws -> [String] {
        do {
            return try await pool.read(check)
        } catch Failure.damaged(_, let reason) {
            return [reason]
        }
    }

    /// Runs whose machine or plan does not decode.
    private static func runProblems(_ db: Database) throws -> [String] {
        var problems: [String] = []
        let runs = try Row.fetchCursor(db, sql: "SELECT id, machine, plan FROM run ORDER BY startedAt")
        while let row = try runs.next(), problems.count < mostProblems {
            let id: String? = try? row.read("id")
            do {
                _ = try value(MachineFacts.self, from: row.read("machine"))
                _ = try value(Plan.self, from: row.read("plan"))
            } catch {
                problems.append("run \(id ?? "?"): its plan or its machine does not decode")
            }
        }
        return problems
    }

    /// Whether a trial's server's report and its stream are what they can be.
    static func decodes(_ row: Row) -> Bool { (try? requireDecodes(row)) != nil }

    private static func requireDecodes(_ row: Row) throws {
        let (report, timeline): (String?, Data?) = try (row.read("report"), row.read("timeline"))
        if let report { _ = try value(ServerReport.self, from: report) }
        if let timeline { _ = try Timeline(decoding: [UInt8](timeline)) }
    }

    /// Trials whose server's report or stream does not decode.
    ///
    /// - Parameter sql: the trial, its run, the report, the timeline.
    private static func streamProblems(_ db: Database, _ sql: String) throws -> [String] {
        var problems: [String] = []
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next(), problems.count < mostProblems {
            do {
                try requireDecodes(row)
            } catch {
                let (trial, run): (Int64?, String?) = (try? row.read(0), try? row.read(1))
                problems.append(
                    "trial \(trial.map { "\($0)" } ?? "?") of run \(run ?? "?"): "
                        + ((error as? any ExplainedError)?.what ?? "its report does not decode"))
            }
        }
        return problems
    }
}
