import PoiseCore

/// Why nothing, or not all, was submitted.
enum SubmitFailure: ExplainedError, Hashable {
    /// sbatch is not there.
    case noScheduler(script: String)
    case refused(script: String, status: Int32?, words: String)
    case noID(script: String, words: String)
    /// The array runs, the merge after it does not.
    case noMerge(array: String, script: String, words: String)
    case notWritten(path: String, reason: String)
    /// The merge would refuse to write over it, hours later.
    case outputIsThere(path: String, missing: Int)

    var what: String {
        switch self {
        case .noScheduler: "sbatch is not on PATH, so that nothing was submitted"
        case .refused(_, let status?, let words): "sbatch ended with \(status): \(words)"
        case .refused(_, nil, let words): "sbatch did not end within a minute: \(words)"
        case .noID(_, let words): "sbatch said no job's number: \(words)"
        case .noMerge(let array, _, let words): "array \(array) is submitted, but not the merge after it: \(words)"
        case .notWritten(_, let reason): "the script cannot be written: \(reason)"
        case .outputIsThere(_, let missing):
            "the merged database is there already, and \(missing) \(missing == 1 ? "shard is" : "shards are") missing"
        }
    }

    var place: String? {
        switch self {
        case .noScheduler(let script), .refused(let script, _, _), .noID(let script, _), .noMerge(_, let script, _):
            script
        case .notWritten(let path, _), .outputIsThere(let path, _): path
        }
    }

    var remedy: String? {
        switch self {
        case .noScheduler:
            "Submit on a machine of the cluster; the scripts are written, and sbatch --parsable takes them as they are."
        case .refused(_, _, let words) where words.lowercased().contains("array"):
            "A cluster may limit how many tasks an array has (scontrol show config | grep MaxArraySize): plan fewer shards."
        case .refused:
            "The script is written. Name what this cluster asks for, as --partition, --account or --time, and submit again."
        case .noID: "Look whether it is in the queue: squeue --me."
        case .noMerge(let array, let script, _):
            "Submit it by hand: sbatch --dependency=afterany:\(array) \(GoingOn.quoted(script))"
        case .notWritten: "Give the right to write there, make room, or name another folder with --shards-dir."
        case .outputIsThere: "Move it away, name another with -o, or say --force to let the merge take its place."
        }
    }
}
