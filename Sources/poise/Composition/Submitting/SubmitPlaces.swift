import Foundation

/// Where a submission finds and leaves things, as absolute paths: a job may start in any folder.
struct SubmitPlaces: Hashable {
    let plan: String
    /// Whole shards, the scripts, and the logs.
    let shards: String
    /// The merged database.
    let output: String
    /// The command on the nodes.
    let poise: String

    /// - Parameters:
    ///   - shards: beside the plan where nil: `plan.shards` for `plan.json`.
    ///   - output: beside the plan where nil: `plan.sqlite` for `plan.json`.
    ///   - poise: this program's own file where nil, which is right where nodes share this machine's disks.
    init(
        plan: String, shards: String? = nil, output: String? = nil, poise: String? = nil,
        executable: String? = Bundle.main.executablePath,
        folder: String = FileManager.default.currentDirectoryPath
    ) {
        let absolute = { (path: String) in
            URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: folder, isDirectory: true))
                .standardizedFileURL.path
        }
        self.plan = absolute(plan)
        self.shards = absolute(shards ?? PlanMaking.folder(besides: self.plan))
        self.output = absolute(output ?? Self.database(besides: self.plan))
        // A bare name is looked for by the nodes, on their own PATH.
        self.poise = poise.map { $0.contains("/") ? absolute($0) : $0 } ?? executable.map(absolute) ?? "poise"
    }

    /// What the shards of a plan are merged into: `plan.json` → `plan.sqlite`.
    static func database(besides plan: String) -> String {
        URL(fileURLWithPath: plan).deletingPathExtension().appendingPathExtension("sqlite").path
    }

    var logs: String { "\(shards)/logs" }
    /// The arrays that were submitted, a number a line.
    var arrays: String { "\(shards)/arrays.txt" }
    var arrayScript: String { "\(shards)/array.sbatch" }
    var mergeScript: String { "\(shards)/merge.sbatch" }
}
