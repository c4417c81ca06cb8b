import ArgumentParser
import Foundation
import PoiseCore

/// `poise submit slurm`
struct SubmitSlurmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slurm",
        abstract: "Run a plan's shards as a job array of Slurm, and merge them after it.",
        discussion: """
            Two scripts are written into the folder of the shards, array.sbatch and merge.sbatch, and submitted with \
            sbatch. Each task of the array runs one shard; one that was killed or interrupted is requeued, and goes on \
            from what it had. The merge begins when no task is left, and lists what is missing.

            Submitted again, only shards without a whole file are run: also after scancel, a lost node, or a full disk. \
            Those that an earlier array still has in the queue are left to it.

            All machines must see the plan, the shards' folder and the models under the same paths. Where the suite puts \
            layers on a GPU (serve.gpu_layers) each shard gets one; --gres says otherwise. Keys of endpoints are read from \
            the environment, which sbatch hands on; they stand in no script.

            Examples:
              poise plan suite.yaml -o plan.json --shards 40
              poise submit slurm --plan plan.json --dry-run
              poise submit slurm --plan plan.json --partition gpu --time 4:00:00 --array-limit 8
              poise submit slurm --plan plan.json --setup 'module load cuda' --sbatch=--mail-type=END
            """
    )

    @OptionGroup var options: SubmitOptions

    @Option(help: "The partition, of the array and of the merge.")
    var partition: String?

    @Option(help: "Who is charged.")
    var account: String?

    @Option(help: "The quality of service.")
    var qos: String?

    @Option(help: ArgumentHelp("Features that a node must have, as a100.", valueName: "features"))
    var constraint: String?

    @Option(help: ArgumentHelp("What each shard needs beside cores, as gpu:1; none takes no GPU.", valueName: "list"))
    var gres: String?

    @Option(
        name: [.customLong("cpus"), .customLong("cpus-per-task")],
        help: ArgumentHelp(
            "Cores of each shard; one more than the suite's serve.threads where none is given.", valueName: "n"))
    var cpus: Int?

    @Option(help: ArgumentHelp("Memory of each shard, as 16G.", valueName: "size"))
    var mem: String?

    @Option(help: ArgumentHelp("The most time of each shard, as 4:00:00 or 2-12.", valueName: "time"))
    var time: String?

    @Option(help: ArgumentHelp("So many shards run at once.", valueName: "n"))
    var arrayLimit: Int?

    @Flag(help: "No other job on a shard's machine, so that none disturbs its times.")
    var exclusive = false

    @Option(help: ArgumentHelp("What the array is called; the merge has -merge behind it.", valueName: "name"))
    var jobName = "poise"

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A line of shell that nodes need first, as 'module load cuda'; may be given again.", valueName: "line"))
    var setup: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Another option of sbatch for both jobs, as --mail-type=END; may be given again. A value with blanks needs quotes"
                + " that sbatch sees, as '--comment=\"two words\"'.", valueName: "option"))
    var sbatch: [String] = []

    @Option(help: ArgumentHelp("The command on the nodes; this one where none is given.", valueName: "path"))
    var poise: String?

    @Option(
        help: ArgumentHelp(
            "A folder on the nodes' own disks to work in; $SLURM_TMPDIR, $TMPDIR or /tmp of the node where none is given.",
            valueName: "folder"))
    var scratch: String?

    @Option(help: ArgumentHelp("How often a shard is begun again by itself.", valueName: "n"))
    var maxRestarts = 3

    @Flag(inversion: .prefixedNo, help: "Merge the shards after the array.")
    var merge = true

    @Flag(help: "Let the merge take the place of a database that is there.")
    var force = false

    @Flag(help: "Print both scripts, and write and submit nothing.")
    var dryRun = false

    func validate() throws {
        for (name, value) in [
            ("--partition", partition), ("--account", account), ("--qos", qos), ("--constraint", constraint),
            ("--gres", gres), ("--mem", mem), ("--time", time), ("--job-name", jobName), ("--scratch", scratch),
        ] {
            try SubmitOptions.requireOneLine(value, of: name)
        }
        for (name, value, least) in [
            ("--cpus", cpus, 1), ("--array-limit", arrayLimit, 1), ("--max-restarts", maxRestarts, 0),
        ] {
            guard let value, value < least else { continue }
            throw ValidationError("\(name) must be at least \(least), and is \(value).")
        }
        for line in sbatch {
            try SubmitOptions.requireOneLine(line, of: "--sbatch")
            if let problem = SbatchLine.problem(of: line) { throw ValidationError(problem) }
        }
        // Slurm takes a backslash in the name of a log for something else, and the job ends before it says why.
        if try options.places(poise: poise).logs.contains("\\") {
            throw ValidationError(
                "Slurm cannot write logs into a folder with a backslash in its name: name another with --shards-dir.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            let request = SlurmRequest(
                plan: try PlanReading.read(options.plan), places: try options.places(poise: poise),
                resources: resources,
                arrayLimit: arrayLimit, setup: setup, scratch: scratch, maxRestarts: maxRestarts,
                runOptions: options.runOptions, merges: merge, replaces: force)
            if dryRun { return Console.result(try await request.scripts(), as: .data) }
            Console.result(try await request.submit(again: Self.typed))
        }
    }

    /// This command, as it can be typed again.
    private static var typed: String {
        (["poise"] + CommandLine.arguments.dropFirst().map(GoingOn.quoted)).joined(separator: " ")
    }

    private var resources: SlurmResources {
        SlurmResources(
            partition: partition, account: account, qos: qos, constraint: constraint, gres: gres, cpus: cpus,
            memory: mem,
            time: time, isExclusive: exclusive, jobName: jobName, others: sbatch)
    }
}
