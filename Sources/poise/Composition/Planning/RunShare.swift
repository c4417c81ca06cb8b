import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// What a run records of the plan that it is a share of, and of the machine that works on it.
struct RunShare: Sendable {
    let planned: RunStore.Planned
    /// From 0.
    let shard: Int
    /// The same for one machine in one plan.
    let host: String
    /// What the user calls this machine; it gets on no page.
    let node: String?

    init(_ file: PlanFile, shard: Int, node: String?) {
        planned = RunStore.Planned(file, shard: shard)
        self.shard = shard
        self.node = node
        host = Self.host(node: node, plan: file.digest)
    }

    /// Tells machines of one plan apart, and none of them from its digest: their names are nobody's business.
    private static func host(node: String?, plan: String) -> String {
        let own = (try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)) ?? ""
        let parts = [plan, own, ProcessInfo.processInfo.hostName, node ?? ""]
        return String(SHA256Digest.of(Data(parts.joined(separator: "\n").utf8)).prefix(12))
    }

    /// Notes that work begins here.
    ///
    /// - Returns: the stint's number in the run.
    func begin(
        _ record: RunRecord, on machine: MachineFacts, _ calibration: Calibration?, in store: RunStore
    ) async throws -> Int {
        try await store.record(planned, of: record.id)
        let number = try await store.stints(of: record.id).count + 1
        let now = Date()
        try await store.record(
            RunStore.Stint(
                number: number, shard: shard, host: host, node: node, machine: machine, calibration: calibration,
                startedAt: Timestamp.text(of: now), poiseVersion: poiseVersion, command: RunSession.command),
            of: record.id)
        return number
    }

    /// `shard 3 of 40: 2 cells, 914 trials`
    func beginning(of plan: Plan) -> String {
        "shard \(shard) of \(planned.shards): \(Numbers.counted(plan.cells?.count ?? 0, "cell")),"
            + " \(Numbers.counted(plan.trialCount, "trial"))"
    }
}
