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
    ///   - queue: what arrays of earlier submissions still have.
    /// - Throws: `SubmitFailure.outputIsThere`.
    func work(
        missing: MissingShards, isMerged: Bool, queue: SlurmQueue = .empty
    ) throws(SubmitFailure) -> Work {
        let all = "nothing is missing of \(Numbers.counted(missing.shards, "shard")) in \(places.shards)"
        if missing.missing.isEmpty, isMerged, !replaces {
            return .nothing("\(all), and merged into \(places.output)")
        }
        if missing.missing.isEmpty, !merges { return .nothing(all) }
        if isMerged, merges, !replaces {
            throw .outputIsThere(path: places.output, missing: missing.missing.count)
        }
        let free = queue.free(of: missing.missing)
        if free.isEmpty, let holders = queue.holders(of: missing.missing) {
            return .nothing("what is missing is in the queue still: \(holders)")
        }
        let needs = ShardNeeds(of: free, in: plan)
        var chosen = resources
        if !needs.gpuCandidates.isEmpty { chosen.gres = chosen.gres ?? "gpu:1" }
        chosen.cpus = chosen.cpus ?? needs.cores
        let job = SlurmJob(
            places: places, digest: plan.digest, shards: plan.shards, missing: free,
            earlier: queue.ids(of: missing.missing), resources: chosen,
            arrayLimit: arrayLimit, setup: setup, scratch: scratch, maxRestarts: maxRestarts, runOptions: runOptions,
            mergeReplaces: replaces)
        return .job(job, merges: merges)
    }

    /// Both scripts, or the one that is left, each after its path; says on standard error what was chosen.
    func scripts() async throws -> String {
        switch try await currentWork() {
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
        switch try await currentWork() {
        case .nothing(let reason): return "nothing to submit: \(reason)"
        case .job(let job, let merges):
            note(job)
            let ids = try await SlurmSubmission(job: job, merges: merges, environment: environment).submit()
            return SlurmReply.text(ids, job: job, again: again)
        }
    }

    private func currentWork() async throws -> Work {
        let files = ShardFile.all(in: places.shards)
        // One of another plan, or a damaged one, would stand in for this plan's own until the merge refuses it, hours later.
        for file in files where file.attempt == nil {
            _ = try await ShardRun.isWhole(file.path(in: places.shards), of: plan)
        }
        let missing = MissingShards(of: plan.shards, among: files)
        let queue = await SlurmQueue.now(of: places.arrays, environment: environment)
        let work = try work(
            missing: missing, isMerged: FileManager.default.fileExists(atPath: places.output), queue: queue)
        if case .job = work, let holders = queue.holders(of: missing.missing) {
            Console.say("left out, since it is in the queue still: \(holders)")
        }
        return work
    }

    private func note(_ job: SlurmJob) {
        let needs = ShardNeeds(of: job.missing, in: plan)
        let notes =
            SubmitNotes.choices(of: needs, gres: resources.gres, cpus: resources.cpus)
            + SubmitNotes.warnings(of: needs, plan: plan, cpus: resources.cpus, environment: environment)
        notes.forEach(Console.say)
    }
}
