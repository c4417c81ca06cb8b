import Foundation
import PoiseCore
import PoiseReport
import PoiseStore
import PoiseSuite

/// Makes the plan of a suite.
struct PlanMaking {
    /// As many as a job array has by default at most (Slurm's `MaxArraySize` of 1001 counts from 0).
    static let mostShards = 1000

    let suite: String
    let limit: Int?
    let trust: TrustDesk

    /// - Parameter shards: nil for one for each cell.
    /// - Throws: where the suite is invalid, or asks for what nobody trusted it with.
    func file(by grain: Plan.Grain, shards: Int?) throws -> PlanFile {
        let plan = try trust.load(suite) { try $0.load(suiteAt: suite, limit: limit) }
        try trust.admit(plan.candidates + plan.judges, tasks: plan.tasks, of: suite)
        let located = plan.located(at: URL(fileURLWithPath: suite).standardizedFileURL.path)
        let graders = try TaskGraders(tasks: plan.tasks, judges: plan.judges).versions
        return PlanFile(
            located, by: grain, shards: shards ?? min(Self.mostShards, plan.cells(by: grain).count), graders: graders,
            poiseVersion: poiseVersion, plannedAt: Timestamp.text(of: Date()))
    }

    /// Readable by its owner only, as databases are: a task in it may be private.
    static func write(_ text: String, to path: String) throws {
        try ReportFile.write(text, to: path)
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// What was frozen, and how it goes on.
    static func summary(of file: PlanFile, wanted: Int?, at path: String?) -> String {
        let plan = file.plan
        let whose = plan.candidates.count == 1 ? "1 candidate" : "\(plan.candidates.count) candidates"
        var text =
            "\(Numbers.counted(file.places.count, "cell")) of \(whose)"
            + (plan.rounds > 1 ? " in \(plan.rounds) rounds" : "")
            + ", \(Numbers.counted(plan.trialCount, "trial")), in "
            + "\(Numbers.counted(file.shards, "shard")); SHA-256 \(file.digest.prefix(12))"
        if let wanted, wanted > file.shards {
            text += "\nwarning: \(wanted) shards were asked for, and there are no more cells than \(file.shards)"
        }
        guard let path else { return text }
        let quoted = GoingOn.quoted(path)
        return "wrote \(path): \(text)\nto run a shard of it: poise run --plan \(quoted) --shard 0/\(file.shards)"
            + "\non a cluster: poise submit slurm --plan \(quoted) --dry-run"
    }

    /// Where the shards of a plan are gathered: `plan.json` → `plan.shards`.
    static func folder(besides plan: String) -> String {
        URL(fileURLWithPath: plan).deletingPathExtension().appendingPathExtension("shards").path
    }
}
