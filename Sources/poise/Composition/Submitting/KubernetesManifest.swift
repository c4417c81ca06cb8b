/// The file that `kubectl apply` takes: two jobs, with what to do with them in comments.
enum KubernetesManifest {
    static func text(_ job: KubernetesJob) -> String {
        [comments(job).map { $0.isEmpty ? "#" : "# \($0)" }.joined(separator: "\n") + "\n", job.shardsTree.document]
            .joined() + "---\n" + job.mergeTree.document
    }

    private static func comments(_ job: KubernetesJob) -> [String] {
        let space = job.namespace.map { " --namespace \($0)" } ?? ""
        let kubectl = "kubectl\(space)"
        let failed = "jsonpath='{.status.failedIndexes}'"
        return [
            "The shards of a plan as an Indexed Job, and a job that merges them. Written by poise submit kubernetes for the",
            "plan \(job.digest).",
            "",
            "The volume \(job.claim) holds \(GoingOn.quoted(job.places.plan)), and the models under the paths that the plan",
            "names. Many pods write to it: its access mode is ReadWriteMany, unless all of them run on one node.",
            "",
            "to begin:  \(kubectl) apply -f FILE",
            "to watch:  \(kubectl) get pods -l job-name=\(job.name)",
            "           \(kubectl) logs -l job-name=\(job.name) --prefix --tail=-1",
            "           \(kubectl) get job \(job.name) -o \(failed)",
            "to merge, when the job has ended:",
            "           \(kubectl) patch job \(job.name)-merge -p '{\"spec\":{\"suspend\":false}}'",
            "           \(kubectl) logs job/\(job.name)-merge",
            "again, for what is missing:",
            "           \(kubectl) delete job \(job.name) \(job.name)-merge && \(kubectl) apply -f FILE",
        ]
    }
}
