import PoiseReport

/// What is said of a job that was submitted: its numbers, how to watch it, and how to go on.
enum SlurmReply {
    static func text(_ ids: SlurmSubmission.IDs, job: SlurmJob, again: String) -> String {
        var lines: [String] = []
        if let array = ids.array {
            let count = "\(job.missing.count) of \(Numbers.counted(job.shards, "shard"))"
            lines.append("array \(array)   \(count): \(ArrayIndices.text(job.missing, limit: job.arrayLimit))")
        }
        if let merge = ids.merge {
            lines.append("merge \(merge)   \(ids.array == nil ? "" : "then ")into \(job.places.output)")
        }
        let all = [ids.array, ids.merge].compactMap { $0 }.joined(separator: ",")
        let logs = GoingOn.quoted(job.places.logs)
        lines += [
            "", "to watch:",
            "  squeue --jobs \(all)",
            "  sacct --jobs \(all) --format JobID,State,ExitCode,Restarts,NodeList,Elapsed",
            "  tail -n +1 \(ids.array.map { "\(logs)/\($0)_*.out" } ?? "\(logs)/merge_\(all).out")",
            "what is missing in the end, once more:",
            "  \(again)",
        ]
        return lines.joined(separator: "\n")
    }
}
