import Foundation
import GRDB
import PoiseCore

extension RunStore {
    /// Reads what shards hold, each without changing it or leaving a file beside it.
    ///
    /// - Parameter paths: at least one, each once.
    /// - Throws: `MergeFailure`, where one is none or they are not of one plan.
    package static func shards(at paths: [String]) async throws -> ShardSet {
        var holdings: [(texts: ShardReading.PlanTexts, holding: PlanAgreement.Holding)] = []
        var shards: [Shard] = []
        for path in paths {
            try Task.checkCancellation()
            let reading = try ShardReading(path)
            defer { try? reading.store.pool.database.close() }
            let texts = try await reading.texts()
            let place = holdings.firstIndex { $0.texts == texts }
            if let place {
                holdings[place].holding.paths.append(path)
            } else {
                holdings.append((texts, try reading.holding(texts)))
            }
            shards.append(try await reading.shard(of: holdings[place ?? holdings.count - 1].holding))
        }
        let lines = PlanAgreement.differences(between: holdings.map(\.holding))
        guard lines.isEmpty, let first = holdings.first?.holding else { throw MergeFailure.otherPlans(lines) }
        return ShardSet(plan: first.plan, planned: first.planned, shards: shards)
    }
}

/// The reading of one shard.
struct ShardReading: Sendable {
    /// What a file says of its plan, as it stands there: the texts of one plan are equal, and a large one is decoded once.
    struct PlanTexts: Hashable, Sendable {
        /// Without what of it is run.
        let plan: String
        let digest: String
        let shards: Int
        let cells: String
        let graders: String
    }

    let store: RunStore
    private var path: String { store.path }

    /// Opens it.
    init(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw MergeFailure.missing(path: path) }
        guard RunStore.size(of: path) > 0 else { throw MergeFailure.noShard(path: path, reason: "it is empty") }
        do {
            let database = try StoreOpening(path: path, patience: BusyPatience(), notice: { _ in }).unchanged()
            store = RunStore(unchanged: path, database)
            switch try database.read({ try Schema.migrator.state($0) }) {
            case .current: break
            case .new: throw MergeFailure.noShard(path: path, reason: "it is a database of another program")
            case .older(let newest, _): throw MergeFailure.older(path: path, schema: newest)
            case .newer(let newest): throw MergeFailure.newer(path: path, schema: newest)
            }
        } catch let error as DatabaseError {
            throw Self.explained(error, path)
        }
    }

    static func explained(_ error: DatabaseError, _ path: String) -> any Error {
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_NOTADB: return MergeFailure.noShard(path: path, reason: "it is no database")
        case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_CONSTRAINT:
            return MergeFailure.damaged(path: path, reason: reason)
        default: return RunStore.Failure.unreadable(path: path, reason: reason)
        }
    }

    private func reading<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value
    {
        do {
            return try await store.pool.database.read(body)
        } catch let error as DatabaseError {
            throw Self.explained(error, path)
        } catch let error as any ExplainedError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            if case RunStore.Failure.damaged(_, let reason) = store.pool.explained(error) {
                throw MergeFailure.damaged(path: path, reason: reason)
            }
            throw error
        }
    }

    func texts() async throws -> PlanTexts {
        let path = path
        return try await reading { db in
            guard try Int.fetchOne(db, sql: "SELECT count(*) FROM run") == 1 else {
                throw MergeFailure.noShard(path: path, reason: "it does not hold one run")
            }
            guard
                let row = try Row.fetchOne(
                    db,
                    sql: """
                        SELECT json_remove(run.plan, '$.cells') AS text, planned.plan, shard, shards, cells, graders
                        FROM run JOIN planned ON planned.run = run.id
                        """)
            else { throw MergeFailure.noShard(path: path, reason: "its run was not made from a plan") }
            guard try row.read("shard") as Int? != nil else {
                throw MergeFailure.noShard(path: path, reason: "it is what a merge made")
            }
            return try PlanTexts(
                plan: row.read("text"), digest: row.read("plan"), shards: row.read("shards"),
                cells: row.read("cells"), graders: row.read("graders"))
        }
    }

    func holding(_ texts: PlanTexts) throws -> PlanAgreement.Holding {
        do {
            return PlanAgreement.Holding(
                plan: try RunStore.value(Plan.self, from: texts.plan),
                planned: RunStore.Planned(
                    plan: texts.digest, shard: nil, shards: texts.shards,
                    places: try RunStore.value([PlanFile.Place].self, from: texts.cells),
                    graders: try RunStore.value([String: [String: String]].self, from: texts.graders)),
                paths: [path])
        } catch let error as DecodingError {
            throw MergeFailure.damaged(path: path, reason: "its plan does not decode: \(error.shortPlace)")
        }
    }

    func shard(of holding: PlanAgreement.Holding) async throws -> Shard {
        let (path, plan, places) = (path, holding.plan, holding.planned.places)
        do {
            guard let record = try await store.runs().first else { throw MergeFailure.changed(path: path) }
            let (number, cells) = try await share()
            guard Set(places.filter { $0.shard == number }.map(\.cell)) == Set(cells) else {
                throw MergeFailure.noShard(path: path, reason: "its cells are not those of shard \(number) of its plan")
            }
            let own = places.map(\.cell).filter(Set(cells).contains)
            let isOver = record.status == .done || record.status == .incomplete
            let work = try await reading { db in
                try ShardWork(cells: own, plan: plan, asksForScores: !isOver).read(db, path: path)
            }
            return Shard(
                path: path, number: number, record: record, cells: own, stints: try await store.stints(of: record.id),
                work: work, engines: try await engines(),
                problems: try await store.problems(of: record.id).map { .init(candidate: $0, reason: $1) },
                warnings: try await store.partWarnings(of: record.id).map { .init(candidate: $0, reason: $1) },
                grading: try await store.grading(of: record.id))
        } catch RunStore.Failure.damaged(_, let reason) {
            throw MergeFailure.damaged(path: path, reason: reason)
        }
    }

    private func share() async throws -> (number: Int, cells: [PlanCell]) {
        let path = path
        return try await reading { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT planned.shard, json_extract(run.plan, '$.cells') AS cells
                    FROM run JOIN planned ON planned.run = run.id
                    """)
            guard let row, let cells: String = try row.read("cells") else {
                throw MergeFailure.noShard(path: path, reason: "its run holds all of a plan")
            }
            return (try row.read("shard"), try RunStore.value([PlanCell].self, from: cells))
        }
    }

    private func engines() async throws -> [Shard.Pass: EngineFacts] {
        try await reading { db in
            try Row.fetchAll(db, sql: "SELECT * FROM engine").reduce(into: [:]) { engines, row in
                let pass = Shard.Pass(candidate: try row.read("candidate"), round: try row.read("round"))
                engines[pass] = try RunStore.engine(row)
            }
        }
    }
}

extension RunStore {
    static let onlyRead = "it is only read"

    /// A database that is only read.
    init(unchanged path: String, _ database: DatabasePool) {
        self.path = path
        readOnlyReason = Self.onlyRead
        pool = StorePool(database: database, path: path)
    }
}
