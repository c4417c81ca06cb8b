import GRDB
package import PoiseCore

/// Runs that are shares of a plan, and where their trials were measured.
extension RunStore {
    /// Which share of which plan a run is.
    package struct Planned: Hashable, Sendable {
        /// SHA-256 of all that the plan froze.
        package let plan: String
        /// From 0; nil of a run that was merged.
        package let shard: Int?
        package let shards: Int
        /// Every cell of the plan, also those of other shares.
        package let places: [PlanFile.Place]
        /// Version by name, of the graders of each task.
        package let graders: [String: [String: String]]

        package init(
            plan: String, shard: Int?, shards: Int, places: [PlanFile.Place], graders: [String: [String: String]]
        ) {
            self.plan = plan
            self.shard = shard
            self.shards = shards
            self.places = places
            self.graders = graders
        }

        package init(_ file: PlanFile, shard: Int?) {
            self.init(
                plan: file.digest, shard: shard, shards: file.shards, places: file.places, graders: file.graders)
        }
    }

    /// Work on a share that was done on one machine in one go.
    package struct Stint: Hashable, Sendable {
        /// From 1, in a run.
        package let number: Int
        /// From 0.
        package let shard: Int
        /// The same for one machine in one plan, and says nothing of which it is.
        package let host: String
        /// What the user called the machine; it is on no page.
        package let node: String?
        package let machine: MachineFacts
        /// The client's own error there.
        package let calibration: Calibration?
        /// ISO 8601, UTC.
        package let startedAt: String
        package let poiseVersion: String
        package let command: String

        package init(
            number: Int, shard: Int, host: String, node: String?, machine: MachineFacts, calibration: Calibration?,
            startedAt: String, poiseVersion: String, command: String
        ) {
            self.number = number
            self.shard = shard
            self.host = host
            self.node = node
            self.machine = machine
            self.calibration = calibration
            self.startedAt = startedAt
            self.poiseVersion = poiseVersion
            self.command = command
        }
    }

    package func record(_ planned: Planned, of run: String) async throws {
        let (cells, graders) = (try Self.json(planned.places), try Self.json(planned.graders))
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO planned (run, plan, shard, shards, cells, graders) VALUES (?, ?, ?, ?, ?, ?)
                    """, arguments: [run, planned.plan, planned.shard, planned.shards, cells, graders])
        }
    }

    /// nil of a run that is no share of a plan.
    package func planned(_ run: String) async throws -> Planned? {
        try await pool.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM planned WHERE run = ?", arguments: [run]).map { row in
                Planned(
                    plan: try row.read("plan"), shard: try row.read("shard"), shards: try row.read("shards"),
                    places: try Self.value(
                        [PlanFile.Place].self, from: try row.read("cells"), of: "the cells of run \(run)"),
                    graders: try Self.value(
                        [String: [String: String]].self, from: try row.read("graders"), of: "the graders of run \(run)")
                )
            }
        }
    }

    /// The runs that one merge made of a plan, one for each kind of machine, with this one; only itself of any other run.
    package func merged(with run: RunRecord) async throws -> [RunRecord] {
        let names = try await pool.read { db in
            try Set(
                String.fetchAll(
                    db,
                    sql: """
                        SELECT run FROM planned WHERE shard IS NULL
                            AND plan = (SELECT plan FROM planned WHERE run = ? AND shard IS NULL)
                        """, arguments: [run.id]))
        }
        return [run] + (try await runs()).filter { names.contains($0.id) && $0.id != run.id }
    }

    package func record(_ stint: Stint, of run: String) async throws {
        try await write { db in try Self.insert(stint, of: run, in: db) }
    }

    static func insert(_ stint: Stint, of run: String, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO stint
                    (run, number, shard, host, node, machine, calibration, startedAt, poiseVersion, command)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                run, stint.number, stint.shard, stint.host, stint.node, try json(stint.machine),
                try stint.calibration.map { try json($0) }, stint.startedAt, stint.poiseVersion, stint.command,
            ])
    }

    /// The stints of a run, in order; empty of a run that is no share of a plan.
    package func stints(of run: String) async throws -> [Stint] {
        try await pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM stint WHERE run = ? ORDER BY number", arguments: [run]).map {
                row in
                let number: Int = try row.read("number")
                let calibration: String? = try row.read("calibration")
                return Stint(
                    number: number, shard: try row.read("shard"), host: try row.read("host"),
                    node: try row.read("node"),
                    machine: try Self.value(
                        MachineFacts.self, from: try row.read("machine"),
                        of: "the machine of stint \(number) of run \(run)"
                    ),
                    calibration: try calibration.map {
                        try Self.value(
                            Calibration.self, from: $0, of: "the calibration of stint \(number) of run \(run)")
                    },
                    startedAt: try row.read("startedAt"), poiseVersion: try row.read("poiseVersion"),
                    command: try row.read("command"))
            }
        }
    }
}
