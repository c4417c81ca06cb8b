import Foundation
import PoiseCore

/// What a user should know before a plan runs where nobody watches.
enum SubmitNotes {
    /// - Parameter environment: of this process, which the scheduler hands on.
    static func warnings(
        of needs: ShardNeeds, plan: PlanFile, cpus: Int?, environment: [String: String]
    ) -> [String] {
        var notes: [String] = []
        let unset = needs.keyVariables.filter { (environment[$0] ?? "").isEmpty }
        if !unset.isEmpty {
            notes.append(
                "warning: \(unset.joined(separator: ", ")) \(unset.count == 1 ? "is" : "are") not set here. Jobs see "
                    + "the environment that they are submitted from: export the key first.")
        }
        if needs.startsEngine, needs.threads == nil, cpus == nil {
            notes.append(
                "warning: no number of cores is asked for, and Slurm usually gives one. Name --cpus, or serve.threads in "
                    + "the suite.")
        }
        return notes + changes(of: plan)
    }

    /// What a user should know before pods run.
    static func warnings(of needs: ShardNeeds, plan: PlanFile, on job: KubernetesJob) -> [String] {
        var notes: [String] = []
        if let first = needs.gpuCandidates.first, job.gpus > 0 {
            notes.append("\(job.gpuResource): \(job.gpus), since \(first) puts layers on a GPU")
        }
        let outside = needs.files.filter { !job.places.holds($0) }
        if let first = outside.first {
            let whose = outside.count == 1 ? "\(first) lies" : "\(outside.count) model files lie"
            notes.append(
                "warning: \(whose) outside of \(job.places.mount), where pods see the volume"
                    + (outside.count == 1 ? "" : ", as \(first)")
                    + ". Plan where models lie under the same paths as in the pods.")
        }
        if !needs.keyVariables.isEmpty, job.secret == nil {
            notes.append(
                "warning: pods need \(needs.keyVariables.joined(separator: ", ")). Put them into a secret, and name it with "
                    + "--secret.")
        }
        return notes + changes(of: plan)
    }

    private static func changes(of plan: PlanFile) -> [String] {
        let changed = ChangedFiles.all(in: plan.plan.source.digests, suite: plan.plan.source.path)
        guard !changed.isEmpty else { return [] }
        return [
            "warning: \(changed.joined(separator: ", ")) changed since the plan was made. What was planned is what is "
                + "run; poise plan makes a new one."
        ]
    }

    /// What was chosen where the user chose nothing.
    static func choices(of needs: ShardNeeds, gres: String?, cpus: Int?) -> [String] {
        var notes: [String] = []
        if gres == nil, let first = needs.gpuCandidates.first {
            let more = needs.gpuCandidates.count > 1 ? " and \(needs.gpuCandidates.count - 1) more" : ""
            notes.append("--gres=gpu:1, since \(first)\(more) puts layers on a GPU")
        }
        if cpus == nil, let cores = needs.cores {
            notes.append("--cpus \(cores): \(cores - 1) for the engine, and one for the client that times it")
        }
        return notes
    }
}
