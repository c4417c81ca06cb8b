import GRDB
package import PoiseCore

extension RunStore {
    /// What became of every sample at every candidate, at one load: places and counts, no text.
    ///
    /// A million trials of 13 candidates in three rounds take some 20 MB so.
    package struct SampleTallies: Sendable {
        /// One candidate's repeats of one sample.
        package struct Tally: Hashable, Sendable {
            /// The trial of the first epoch of the first round that there is.
            package var trial: Int64
            fileprivate var round = Int32.max
            fileprivate var epoch = Int32.max
            package var repeats: Int32 = 0
            package var failed: Int32 = 0
            package var scored: Int32 = 0
            /// Scored repeats with a value of at least one half.
            package var right: Int32 = 0
            /// Sum of the scores.
            package var sum: Double = 0

            package init(
                trial: Int64, repeats: Int32 = 0, failed: Int32 = 0, scored: Int32 = 0, right: Int32 = 0,
                sum: Double = 0
            ) {
                self.trial = trial
                self.repeats = repeats
                self.failed = failed
                self.scored = scored
                self.right = right
                self.sum = sum
            }
        }

        package fileprivate(set) var candidates: [String] = []
        package fileprivate(set) var samples: [TrialColumns.SampleName] = []
        /// By candidate and sample; shorter than `samples` where the last ones were not asked.
        fileprivate var tallies: [[Tally?]] = []

        /// Nil where the candidate was not asked this.
        package func tally(ofCandidate candidate: Int, sample: Int) -> Tally? {
            sample < tallies[candidate].count ? tallies[candidate][sample] : nil
        }
    }

    /// The measured trials of a run at a load, tallied by sample and candidate.
    package func sampleTallies(of run: String, at load: Load) async throws -> SampleTallies {
        try await pool.read { db in
            guard let rows = try Self.rows(of: run, in: db) else { return SampleTallies() }
            let scores = try Self.scores(in: rows, grader: nil, db)
            // The plus keeps SQLite from the index on runs: the trials are read through, as they lie.
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, candidate, task, sample, round, epoch, status = 'failed' FROM trial
                    WHERE id BETWEEN ? AND ? AND +run = ? AND NOT isWarmup AND load = ? ORDER BY id
                    """, arguments: [rows.lowerBound, rows.upperBound, run, load])
            var tallies = SampleTallies()
            var (candidates, samples): ([String: Int], [TrialColumns.SampleName: Int]) = ([:], [:])
            while let row = try cursor.next() {
                let (id, name): (Int64, String) = try (row.read(0), row.read(1))
                let candidate = candidates[name] ?? tallies.candidates.count
                if candidate == tallies.candidates.count {
                    candidates[name] = candidate
                    tallies.candidates.append(name)
                    tallies.tallies.append([])
                }
                let sampleName = try TrialColumns.SampleName(task: row.read(2), sample: row.read(3))
                let sample = samples[sampleName] ?? tallies.samples.count
                if sample == tallies.samples.count {
                    samples[sampleName] = sample
                    tallies.samples.append(sampleName)
                }
                while tallies.tallies[candidate].count <= sample { tallies.tallies[candidate].append(nil) }
                var tally = tallies.tallies[candidate][sample] ?? SampleTallies.Tally(trial: id)
                let (round, epoch): (Int32, Int32) = try (row.read(4), row.read(5))
                if (round, epoch) < (tally.round, tally.epoch) {
                    (tally.round, tally.epoch, tally.trial) = (round, epoch, id)
                }
                tally.repeats += 1
                if try row.read(6) { tally.failed += 1 }
                let score = scores[Int(id - rows.lowerBound)]
                if !score.isNaN {
                    tally.scored += 1
                    tally.sum += score
                    if score >= 0.5 { tally.right += 1 }
                }
                tallies.tallies[candidate][sample] = tally
            }
            return tallies
        }
    }

    /// One trial's texts, with what graders and judges wrote of it.
    package struct TrialTexts: Sendable {
        package let trial: Int64
        /// One; of a chain the last of each turn; none where the trial failed.
        package let responses: [Response]
        /// Kind and message; nil where there is a response.
        package let failure: StoredTrial.Failure?
        package let finishReason: String?
        /// Milliseconds.
        package let ttft: Double?
        package let latency: Double?
        /// The deciding one first.
        package let scores: [GraderScore]

        package init(
            trial: Int64, responses: [Response], failure: StoredTrial.Failure?, finishReason: String?, ttft: Double?,
            latency: Double?, scores: [GraderScore]
        ) {
            self.trial = trial
            self.responses = responses
            self.failure = failure
            self.finishReason = finishReason
            self.ttft = ttft
            self.latency = latency
            self.scores = scores
        }
    }

    /// The texts of a few trials, in their order; those that are not there are left out.
    package func texts(of trials: [Int64]) async throws -> [TrialTexts] {
        try await pool.read { db in
            let marks = databaseQuestionMarks(count: trials.count)
            let arguments = StatementArguments(trials)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, status, failureKind, failureMessage, finishReason, ttft, latency, response, reasoning,
                        toolCalls, isStreamed
                    FROM trial WHERE id IN (\(marks))
                    """, arguments: arguments)
            let turns = try Row.fetchAll(
                db,
                sql: """
                    SELECT trial, response, reasoning, toolCalls, finishReason, isStreamed, max(number) FROM exchange
                    WHERE trial IN (\(marks)) GROUP BY trial, turn ORDER BY trial, turn
                    """, arguments: arguments)
            let exchanges = try Dictionary(grouping: turns) { try $0.read("trial") as Int64 }
            let scores = try Self.scores(of: trials, in: db)
            let byTrial = try Dictionary(
                rows.map { (try $0.read("id") as Int64, $0) }, uniquingKeysWith: { first, _ in first })
            return try trials.compactMap { trial in
                try byTrial[trial].map { try Self.texts(trial, $0, exchanges[trial] ?? [], scores[trial] ?? []) }
            }
        }
    }

    private static func texts(_ trial: Int64, _ row: Row, _ exchanges: [Row], _ scores: [GraderScore]) throws
        -> TrialTexts
    {
        func response(_ row: Row) throws -> Response {
            try Response(
                answer: row.read("response") ?? "", reasoning: row.read("reasoning") ?? "",
                toolCalls: row.read("toolCalls") ?? "",
                finishReason: row.read("finishReason"), report: ServerReport(), timeline: Timeline(),
                isStreamed: row.read("isStreamed") ?? true)
        }
        let isCompleted = try row.read("status") == "completed"
        return try TrialTexts(
            trial: trial,
            responses: exchanges.isEmpty ? (isCompleted ? [response(row)] : []) : exchanges.map(response),
            failure: isCompleted
                ? nil
                : StoredTrial.Failure(kind: row.read("failureKind") ?? "", message: row.read("failureMessage") ?? ""),
            finishReason: row.read("finishReason"), ttft: row.read("ttft"), latency: row.read("latency"), scores: scores
        )
    }

    /// With criteria and judgements, by trial.
    private static func scores(of trials: [Int64], in db: Database) throws -> [Int64: [GraderScore]] {
        let marks = databaseQuestionMarks(count: trials.count)
        let judged = try Row.fetchAll(
            db,
            sql: """
                SELECT trial, position, criterion, judge, repetition, attempt, reply, grade, failure FROM judgement
                WHERE trial IN (\(marks)) ORDER BY id
                """, arguments: StatementArguments(trials))
        let judgements = try Dictionary(grouping: judged) {
            try [$0.read("trial") as Int64, $0.read("position") as Int64]
        }
        let rows = try Row.fetchAll(
            db, sql: "SELECT * FROM score WHERE trial IN (\(marks)) ORDER BY trial, position",
            arguments: StatementArguments(trials))
        var scores: [Int64: [GraderScore]] = [:]
        for row in rows {
            let (trial, position): (Int64, Int64) = try (row.read("trial"), row.read("position"))
            let value: Double? = try row.read("value")
            let criteria: String? = try row.read("criteria")
            try scores[trial, default: []].append(
                GraderScore(
                    grader: row.read("grader"),
                    score: try value.map {
                        try .scored(
                            value: $0, answer: row.read("answer") ?? "", explanation: row.read("explanation") ?? "")
                    } ?? .unscored(reason: row.read("unscoredReason") ?? ""),
                    criteria: try criteria.map { try Self.value([CriterionScore].self, from: $0) } ?? [],
                    judgements: try (judgements[[trial, position]] ?? []).map(judgement)))
        }
        return scores
    }

    private static func judgement(_ row: Row) throws -> Judgement {
        try Judgement(
            criterion: row.read("criterion"), judge: row.read("judge"), repetition: row.read("repetition"),
            attempt: row.read("attempt"),
            request: "", reply: row.read("reply"), grade: row.read("grade"), failure: row.read("failure"))
    }
}
