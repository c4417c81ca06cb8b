import Foundation
import GRDB
package import PoiseCore

extension RunStore {
    /// The trials of one candidate at one load that count, by what identifies them.
    package struct TrialGroup: Hashable, Sendable {
        package let candidate: String
        package let load: Load
        /// In the order of tasks, samples, epochs and rounds, whatever the order in which they were run.
        package var trials: [Int64]
    }

    /// Where every trial that counts is stored, by candidate and load; 8 bytes a trial.
    package func trialGroups(of run: String) async throws -> [TrialGroup] {
        try await pool.read { db in
            // The index holds all that is asked for: the trials themselves are not read.
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, candidate, load FROM trial INDEXED BY trialKey WHERE run = ? AND NOT isWarmup
                    ORDER BY candidate, task, sample, epoch, load, round
                    """, arguments: [run])
            var groups: [TrialGroup] = []
            var places: [String: [Load: Int]] = [:]
            var (candidate, loads): (String?, [DatabaseValue: Int]) = (nil, [:])
            while let row = try rows.next() {
                let id: Int64 = try row.read(0)
                let candidateNow: String = try row.read(1)
                if candidateNow != candidate { (candidate, loads) = (candidateNow, [:]) }
                let loadNow: DatabaseValue = try row.read(2)
                let place =
                    try loads[loadNow]
                    ?? {
                        let load: Load = try row.read("load")
                        let place = places[candidateNow]?[load] ?? groups.count
                        if place == groups.count {
                            groups.append(TrialGroup(candidate: candidateNow, load: load, trials: []))
                        }
                        places[candidateNow, default: [:]][load] = place
                        loads[loadNow] = place
                        return place
                    }()
                groups[place].trials.append(id)
            }
            return groups
        }
    }

    /// What was read back of some trials' streams.
    package struct Gaps: Hashable, Sendable {
        /// Between token-bearing chunks, milliseconds; of a chain those within each of its requests.
        package var milliseconds: [Double] = []
        /// Streamed responses that were read.
        package var trials = 0
        /// Streams that could not be read back.
        package var damaged = 0

        package init() {}
    }

    /// The gaps in the streams of some trials; failed ones, and responses that came whole, have none.
    package func gaps(of trials: [Int64]) async throws -> Gaps {
        try await pool.read { db in
            var gaps = Gaps()
            for start in stride(from: 0, to: trials.count, by: 400) {
                let page = trials[start..<min(start + 400, trials.count)]
                let marks = databaseQuestionMarks(count: page.count)
                let streams = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT id, timeline FROM trial
                        WHERE id IN (\(marks)) AND status = 'completed' AND isStreamed
                            AND NOT EXISTS (SELECT 1 FROM exchange WHERE exchange.trial = trial.id)
                        UNION ALL
                        SELECT trial, timeline FROM exchange WHERE trial IN (\(marks)) AND isStreamed AND attempts > 0
                        ORDER BY 1
                        """, arguments: StatementArguments(Array(page) + Array(page)))
                var last: Int64?
                while let row = try streams.next() {
                    guard let bytes: Data = try row.read(1) else { continue }
                    if let timeline = try? Timeline(decoding: [UInt8](bytes)) {
                        gaps.milliseconds += timeline.gaps
                        let trial: Int64 = try row.read(0)
                        if trial != last { gaps.trials += 1 }
                        last = trial
                    } else {
                        gaps.damaged += 1
                    }
                }
            }
            return gaps
        }
    }
}
