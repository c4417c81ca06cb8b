import GRDB
package import PoiseCore

extension RunStore {
    /// The trials of a run that count, in columns, in the order in which they were stored.
    ///
    /// A run's trials stand close together in the file: they are read through from the first to the last, which takes a
    /// third of the time of finding each by the index. So are their scores, apart from them.
    ///
    /// - Parameters:
    ///   - quantities: the numbers that are wanted; others are undefined.
    ///   - grader: whose scores are wanted; nil for the graders that decide. Where it stands twice in a task's list, the
    ///     first counts.
    package func trialColumns(
        of run: String, _ quantities: Set<TrialColumns.Quantity> = Set(TrialColumns.Quantity.allCases),
        grader: String? = nil
    ) async throws -> TrialColumns {
        try await pool.read { db in
            guard let rows = try Self.rows(of: run, in: db) else { return TrialColumns(quantities) }
            let scores = quantities.contains(.score) ? try Self.scores(in: rows, grader: grader, db) : []
            return try Self.columns(of: run, rows: rows, quantities, scores: scores, db)
        }
    }

    /// The tasks that a grader gave scores in, or tried to, in the order of their names.
    package func tasks(gradedBy grader: String, in run: String) async throws -> [String] {
        try await pool.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT trial.task FROM score JOIN trial ON trial.id = score.trial
                    WHERE score.grader = ? AND trial.run = ? AND NOT trial.isWarmup ORDER BY trial.task
                    """, arguments: [grader, run])
        }
    }

    /// Every grader that gave a score in a run, or tried to, in the order of their names.
    package func graders(in run: String) async throws -> [String] {
        try await pool.read { db in
            guard let rows = try Self.rows(of: run, in: db) else { return [] }
            return try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT score.grader FROM score JOIN trial ON trial.id = score.trial
                    WHERE score.trial BETWEEN ? AND ? AND trial.run = ? ORDER BY score.grader
                    """, arguments: [rows.lowerBound, rows.upperBound, run])
        }
    }

    /// From the first trial that counts to the last; those of other runs may stand between them.
    static func rows(of run: String, in db: Database) throws -> ClosedRange<Int64>? {
        let ends = try Row.fetchOne(
            db, sql: "SELECT min(id), max(id) FROM trial WHERE run = ? AND NOT isWarmup", arguments: [run])
        guard let ends, let first: Int64 = try ends.read(0), let last: Int64 = try ends.read(1) else { return nil }
        // What takes an array of this length must not follow a damaged id out of the memory.
        guard first <= last, last - first < longest else { throw Row.Implausible(column: "id") }
        return first...last
    }

    /// The trials from the first of a run to its last, at most.
    private static let longest: Int64 = 1 << 27

    /// By the trial's distance from the first, NaN where it has none.
    static func scores(in rows: ClosedRange<Int64>, grader: String?, _ db: Database) throws -> [Double] {
        var scores = [Double](repeating: .nan, count: Int(rows.upperBound - rows.lowerBound) + 1)
        let cursor = try Row.fetchCursor(
            db,
            sql: grader == nil
                ? "SELECT trial, value FROM score WHERE trial BETWEEN ? AND ? AND position = 0"
                : """
                SELECT trial, value FROM score WHERE trial BETWEEN ? AND ? AND grader = ?
                ORDER BY trial, position DESC
                """,
            arguments: [rows.lowerBound, rows.upperBound] + (grader.map { [$0] } ?? []))
        while let row = try cursor.next() {
            let trial: Int64 = try row.read(0)
            let value: Double? = try row.read(1)
            // An index that is damaged may lead to the scores of others.
            guard rows.contains(trial) else { throw Row.Implausible(column: "trial") }
            scores[Int(trial - rows.lowerBound)] = value ?? .nan
        }
        return scores
    }

    private static func columns(
        of run: String, rows: ClosedRange<Int64>, _ quantities: Set<TrialColumns.Quantity>, scores: [Double],
        _ db: Database
    ) throws -> TrialColumns {
        let measured = TrialColumns.Quantity.allCases.filter { quantities.contains($0) && $0 != .score }
        // The place of each quantity's column in a row.
        var columns = [Int](repeating: 0, count: TrialColumns.Quantity.allCases.count)
        for (offset, quantity) in measured.enumerated() { columns[quantity.rawValue] = 6 + offset }
        let names = ["id", "candidate", "task", "sample", "load", "round"] + measured.map(\.sql)
        let cursor = try Row.fetchCursor(
            db,
            // The plus keeps SQLite from the index on runs.
            sql: """
                SELECT \(names.joined(separator: ", ")) FROM trial
                WHERE id BETWEEN ? AND ? AND +run = ? AND NOT isWarmup ORDER BY id
                """, arguments: [rows.lowerBound, rows.upperBound, run])
        var trials = TrialColumns(quantities)
        trials.reserve(Int(rows.upperBound - rows.lowerBound) + 1)
        // What a row says is mostly what the row before it said.
        var (candidate, task, load) = ("", "", DatabaseValue.null)
        var place = TrialColumns.Place(candidate: -1, sample: -1, load: -1, round: -1)
        while let row = try cursor.next() {
            let id: Int64 = try row.read(0)
            let candidateNow: String = try row.read(1)
            if place.candidate < 0 || candidateNow != candidate {
                candidate = candidateNow
                place.candidate = trials.place(ofCandidate: candidate)
            }
            let taskNow: String = try row.read(2)
            if taskNow != task { task = taskNow }
            place.sample = try trials.place(of: TrialColumns.SampleName(task: task, sample: row.read(3)))
            let loadNow: DatabaseValue = try row.read(4)
            if place.load < 0 || loadNow != load {
                load = loadNow
                place.load = try trials.place(of: row.read(4))
            }
            let round: Int64 = try row.read(5)
            place.round = Int32(clamping: round)
            try trials.append(place) { quantity in
                if quantity == .score { return scores[Int(id - rows.lowerBound)] }
                let value: Double? = try row.read(columns[quantity.rawValue])
                return value ?? .nan
            }
        }
        return trials
    }
}

extension TrialColumns.Quantity {
    /// Its column of the table of trials.
    fileprivate var sql: String {
        switch self {
        case .score: "NULL"
        case .ttft: "ttft"
        case .ttfo: "ttfo"
        case .latency: "latency"
        case .decodeTPS: "decodeTPS"
        case .decodedTokens: "decodedTokens"
        case .decodeSpan: "decodeSpan"
        case .queueDelay: "iif(cachedFrom IS NULL, queueDelay, NULL)"
        case .scheduled: "scheduled"
        case .ended: "scheduled + timeToDone"
        case .outputTokens: "outputTokens"
        case .promptTokens: "promptTokens"
        case .cachedTokens: "cachedTokens"
        case .charactersPerSecond: "charactersPerSecond"
        case .isCached: "iif(cachedFrom IS NULL, NULL, 1)"
        }
    }
}
