/// What a submission to Slurm writes: two scripts that a person can read, change and submit by hand.
struct SlurmJob: Hashable {
    let places: SubmitPlaces
    /// Of the plan.
    let digest: String
    /// Of the whole plan, however few of them are run.
    let shards: Int
    /// Those that are run, from 0.
    let missing: [Int]
    /// Arrays in the queue that have the others of what is missing; the merge waits for them too.
    var earlier: [String] = []
    var resources = SlurmResources()
    /// So many shards run at once; nil for as many as there is room for.
    var arrayLimit: Int?
    /// Shell lines that nodes need first, as `module load cuda`.
    var setup: [String] = []
    /// On the nodes; nil for the folder that Slurm or the system names.
    var scratch: String?
    /// How often a shard is begun again after its first time.
    var maxRestarts = 3
    /// Passed on to `poise run`.
    var runOptions: [String] = []
    /// Whether the merge may take the place of a database that is there.
    var mergeReplaces = false

    /// Seconds before the time limit at which a shard is told, and puts away what it has.
    static let notice = 90

    var mergeText: String {
        let command = ["merge", GoingOn.quoted(places.shards), "-o", GoingOn.quoted(places.output)]
        return """
            #!/bin/bash
            # Puts the shards of a plan into one database. Written by poise submit slurm for the plan
            # \(digest).
            #SBATCH --job-name=\(SbatchLine.quoted("\(resources.jobName)-merge"))
            \(SbatchLine.option("output", SbatchLine.path(in: places.logs, "merge_%j.out")))
            #SBATCH --open-mode=append
            #SBATCH --nodes=1
            #SBATCH --ntasks=1
            \(resources.mergeLines.joined(separator: "\n"))

            # It is submitted with --dependency=afterany:ARRAY and not with afterok: a task that fails once is the end of
            # an afterok, also where it is requeued and succeeds then. So it begins when no task is left, however they
            # ended. Where a shard is missing it says which, writes nothing, and ends with 1.
            \(setupText)
            set -u
            poise=\(GoingOn.quoted(places.poise))
            "$poise" \((command + (mergeReplaces ? ["--force"] : [])).joined(separator: " ")) || exit
            # The page, beside the database.
            exec "$poise" report --db \(GoingOn.quoted(places.output))

            """
    }

    var setupText: String {
        setup.isEmpty ? "" : "\n# Given by --setup:\n" + setup.joined(separator: "\n") + "\n"
    }
}
