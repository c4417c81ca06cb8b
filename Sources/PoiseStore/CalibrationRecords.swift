import GRDB
package import PoiseCore

/// The client's own error: by machine, and as it was known when a run began.
extension RunStore {
    package func save(_ calibration: Calibration) async throws {
        let text = try Self.json(calibration)
        try await write { db in
            try db.execute(
                sql: "INSERT INTO calibration (machine, measuredAt, isQuick, result) VALUES (?, ?, ?, ?)",
                arguments: [calibration.machine, calibration.measuredAt, calibration.isQuick, text])
        }
    }

    /// The newest calibration of a machine by this Poise; a whole one before a quick one.
    ///
    /// - Parameter machine: `MachineFacts.identity`.
    package func calibration(ofMachine machine: String) async throws -> Calibration? {
        let texts = try await pool.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT result FROM calibration WHERE machine = ? ORDER BY isQuick, measuredAt DESC, id DESC",
                arguments: [machine])
        }
        // Other versions may have written them otherwise.
        for text in texts {
            if let found = try? Self.value(Calibration.self, from: text), found.poiseVersion == poiseVersion {
                return found
            }
        }
        return nil
    }

    /// Keeps with a run what was known of the client when it began.
    package func note(_ calibration: Calibration, of run: String) async throws {
        let text = try Self.json(calibration)
        try await write { db in
            try db.execute(sql: "UPDATE run SET calibration = ? WHERE id = ?", arguments: [text, run])
        }
    }

    package func calibration(of run: String) async throws -> Calibration? {
        let text = try await pool.read { db in
            try String.fetchOne(db, sql: "SELECT calibration FROM run WHERE id = ?", arguments: [run])
        }
        return try text.map { try Self.value(Calibration.self, from: $0) }
    }

    /// How late the client woke while it measured, by load, then in the suite's order of candidates.
    package func lags(of run: String) async throws -> [LevelLag] {
        let lags = try await pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT clientLag.* FROM clientLag
                    JOIN candidate ON candidate.run = clientLag.run AND candidate.id = clientLag.candidate
                    WHERE clientLag.run = ? ORDER BY candidate.position, round
                    """, arguments: [run]
            ).map { row in
                try LevelLag(
                    candidate: row.read("candidate"), load: row.read("load"), round: row.read("round"),
                    lag: try Self.value(ClientLag.self, from: row.read("lag")))
            }
        }
        return lags.enumerated().sorted { ($0.element.load, $0.offset) < ($1.element.load, $1.offset) }.map(\.element)
    }
}
