import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// What a user asks to be submitted, held against what is there already.
struct SlurmRequest {
    let plan: PlanFile
    let places: SubmitPlaces
    let resources: SlurmResources
    let arrayLimit: Int?
    let setup: [String]
    let scratch: String?
    let maxRestarts: Int
    let runOptions: [String]
    let merges: Bool
    let replaces: Bool
    var environment = ProcessInfo.processInfo.environment

    /// What is left to do.
    enum Work: Hashable {
        case nothing(String)
        case job(SlurmJob, merges: Bool)
    }

    /// - Parameters:
    ///   - missing: what is there of the shards.
    ///   - isMerged: whether the merged database is there.
    /// - Throws: `SubmitFailure.outputIsThere`.
    func work(missing: MissingShards, isMerged: Bool) throws(SubmitFailure) -> Work {
        let all = "nothing is missing of \(Numbers.counted(missing.shards, "shard")) in \(places.shards)"
        if missing.missing.isEmpty, isMerged, !replaces {
            return .nothing("\(all), and merged into \(places.output)")
        }
        if missing.missing.isEmpty, !merges { return .nothing(all) }
        if isMerged, merges, !replaces {
            throw .outputIsThere(path: places.output, missing: missing.missing.count)
        }
        let needs = ShardNeeds(of: missing.missing, in: plan)
        var chosen = resources
        if !needs.gpuCandidates.isEmpty { chosen.gres = chosen.gres ?? "gpu:1" }
        chosen.cpus = chosen.cpus ?? needs.cores
        let job = SlurmJob(
            places: places, digest: plan.digest, shards: plan.shards, missing: missing.missing, resources: chosen,
            arrayLimit: arrayLimit, setup: setup, scratch: scratch, maxRestarts: maxRestarts, runOptions: runOptions,
            mergeReplaces: replaces)
        return .job(job, merges: merges)
    }

    /// Both scripts, or the one that is left, each after its path; says on standard error what was chosen.
    func scripts() throws -> String {
        switch try currentWork() {
        case .nothing(let reason): return "# nothing to submit: \(reason)"
        case .job(let job, let merges):
            note(job)
            let array = job.missing.isEmpty ? [] : ["# \(places.arrayScript)\n\(job.arrayText)"]
            return (array + (merges ? ["# \(places.mergeScript)\n\(job.mergeText)"] : [])).joined(separator: "\n")
        }
    }

    /// - Parameter again: this command, as it is typed.
    /// - Returns: what was submitted, or why nothing was.
    func submit(again: String) async throws -> String {
        switch try currentWork() {
        case .nothing(let reason): return "nothing to submit: \(reason)"
        case .job(let job, let merges):
            note(job)
            let ids = try await SlurmSubmission(job: job, merges: merges, environment: environment).submit()
            return SlurmReply.text(ids, job: job, again: again)
        }
    }

    private func currentWork() throws -> Work {
        try work(
            missing: MissingShards(of: plan.shards, among: ShardFile.all(in: places.shards)),
            isMerged: FileManager.default.fileExists(atPath: places.output))
    }

    private func note(_ job: SlurmJob) {
        let needs = ShardNeeds(of: job.missing, in: plan)
        let notes =
            SubmitNotes.choices(of: needs, gres: resources.gres, cpus: resources.cpus)
            + SubmitNotes.warnings(of: needs, plan: plan, cpus: resources.cpus, environment: environment)
        notes.forEach(Console.say)
    }
}
