import GRDB
package import PoiseCore

extension RunStore {
    /// The machines that took part in a run, in the order in which they began; empty of a run that is no share of a plan.
    package func nodes(of run: String) async throws -> [NodeSummary] {
        let stints = try await stints(of: run)
        guard !stints.isEmpty else { return [] }
        let levels = try await levelsByStint(of: run)
        var hosts: [String] = []
        for stint in stints.sorted(by: { ($0.startedAt, $0.number) < ($1.startedAt, $1.number) })
        where !hosts.contains(stint.host) { hosts.append(stint.host) }
        return hosts.enumerated().compactMap { index, host in
            let own = stints.filter { $0.host == host }
            guard let first = own.first else { return nil }
            let measured = own.flatMap { levels[$0.number] ?? [] }
            return NodeSummary(
                number: index + 1, machine: first.machine, shards: Array(Set(own.map(\.shard))).sorted(),
                candidates: Set(measured.map(\.key.candidate)).sorted(), levels: Set(measured.map(\.key)).count,
                trials: measured.reduce(0) { $0 + $1.trials },
                calibration: own.compactMap(\.calibration).max { $0.largestError < $1.largestError })
        }
    }

    /// By candidate, what tells the machines apart that measured it; empty of a run that is no share of a plan.
    package func hosts(of run: String) async throws -> [String: [String]] {
        let stints = try await stints(of: run)
        guard !stints.isEmpty else { return [:] }
        let levels = try await levelsByStint(of: run)
        var hosts: [String: [String]] = [:]
        for stint in stints {
            for candidate in Set((levels[stint.number] ?? []).map(\.key.candidate))
            where hosts[candidate]?.contains(stint.host) != true { hosts[candidate, default: []].append(stint.host) }
        }
        return hosts
    }

    private func levelsByStint(of run: String) async throws -> [Int: [(key: LevelKey, trials: Int)]] {
        try await pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT stint, candidate, load, round, count(*) AS trials FROM trial INDEXED BY trialStint
                    WHERE run = ? AND stint IS NOT NULL AND NOT isWarmup GROUP BY stint, candidate, load, round
                    """, arguments: [run])
            var levels: [Int: [(key: LevelKey, trials: Int)]] = [:]
            while let row = try rows.next() {
                let key = LevelKey(
                    candidate: try row.read("candidate"), load: try row.read("load"), round: try row.read("round"))
                try levels[row.read("stint"), default: []].append((key, row.read("trials")))
            }
            return levels
        }
    }
}
