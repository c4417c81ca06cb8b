import ArgumentParser
import Foundation
import PoiseCore

/// `poise submit kubernetes`
struct SubmitKubernetesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubernetes",
        abstract: "Print a plan's shards as an Indexed Job of Kubernetes, with the job that merges them.",
        discussion: """
            Each pod runs the shard of its index, and is begun again where that can help (Kubernetes 1.29 or later). The \
            merge is a second job, which waits until it is told to begin. How to begin, watch and merge stands in comments.

            A volume that all pods see holds the plan, under its own name, and the models under the paths that the plan \
            names; the shards and the merged database go there too. Where the suite puts layers on a GPU \
            (serve.gpu_layers), each pod gets one. Keys come from a secret of the cluster.

            Example:
              poise submit kubernetes --plan plan.json --image registry.example/poise:1 --claim models --mount /data \\
                --cpus 4 --mem 16Gi --secret keys --dry-run > plan.yaml
              kubectl apply -f plan.yaml
            """
    )

    @OptionGroup var options: SubmitOptions

    @Option(help: ArgumentHelp("The image, which has poise and the engine.", valueName: "image"))
    var image: String

    @Option(
        help: ArgumentHelp(
            "The PersistentVolumeClaim that holds the plan, the models and the shards.", valueName: "name"))
    var claim = "poise"

    @Option(help: ArgumentHelp("Where pods see that volume.", valueName: "path"))
    var mount = "/data"

    @Option(
        help: ArgumentHelp(
            "The job's name; poise- and the beginning of the plan's SHA-256 where none is given.", valueName: "name"))
    var name: String?

    @Option(help: ArgumentHelp("The namespace; kubectl's own where none is given.", valueName: "name"))
    var namespace: String?

    @Option(help: ArgumentHelp("A secret whose keys become environment variables.", valueName: "name"))
    var secret: String?

    @Option(
        name: [.customLong("array-limit"), .customLong("parallelism")],
        help: ArgumentHelp("So many shards run at once; all where none is given.", valueName: "n"))
    var arrayLimit: Int?

    @Option(
        name: [.customLong("cpus"), .customLong("cpu")],
        help: ArgumentHelp(
            "Cores of each pod; one more than the suite's serve.threads where none is given.", valueName: "n"))
    var cpus: String?

    @Option(
        name: [.customLong("mem"), .customLong("memory")],
        help: ArgumentHelp("Memory of each pod, as 16Gi.", valueName: "size"))
    var mem: String?

    @Option(
        help: ArgumentHelp(
            "The most time of each shard, in Slurm's words: 60 (minutes), 4:00:00 or 2-12.", valueName: "time"))
    var time: String?

    @Option(
        help: ArgumentHelp(
            "GPUs of each pod, as gpu:2, or none; one where the suite puts layers on a GPU, where none is given.",
            valueName: "gpu:n"))
    var gres: String?

    @Option(help: ArgumentHelp("What GPUs are called in this cluster.", valueName: "resource"))
    var gpuResource = "nvidia.com/gpu"

    @Option(
        help: ArgumentHelp("A label that nodes must have, as gpu=a100; may be given again.", valueName: "label=value"))
    var nodeSelector: [String] = []

    @Option(help: ArgumentHelp("The command in the image.", valueName: "path"))
    var poise = "poise"

    @Option(help: ArgumentHelp("How often a shard is begun again by itself.", valueName: "n"))
    var maxRestarts = 3

    @Flag(help: "Print the manifest; Poise itself sends nothing to a cluster.")
    var dryRun = false

    func validate() throws {
        guard dryRun else {
            throw ValidationError(
                "Poise sends nothing to a cluster: print the manifest with --dry-run > plan.yaml, and kubectl apply -f it."
            )
        }
        for (option, value) in [
            ("--image", image), ("--mount", mount),
            ("--gpu-resource", gpuResource),
            ("--poise", poise), ("--plan", options.plan), ("--shards-dir", options.shardsDir),
            ("--output", options.output),
        ] {
            try SubmitOptions.requireOneLine(value, of: option)
        }
        guard mount.hasPrefix("/"), !mount.contains(":") else {
            throw ValidationError("--mount must be an absolute path without a colon, and is “\(mount)”.")
        }
        for (option, value, least) in [
            ("--array-limit", arrayLimit, 1), ("--max-restarts", maxRestarts, 0),
        ] {
            guard let value, value < least else { continue }
            throw ValidationError("\(option) must be at least \(least), and is \(value).")
        }
        let problems = [
            namespace.flatMap(KubernetesNames.problem(ofNamespace:)),
            KubernetesNames.problem(ofObject: claim, "--claim"),
            secret.flatMap { KubernetesNames.problem(ofObject: $0, "--secret") },
            name.flatMap { KubernetesNames.problem(ofJob: $0, shards: 1) },
            cpus.flatMap { KubernetesNames.problem(ofQuantity: $0, "--cpus") },
            mem.flatMap { KubernetesNames.problem(ofQuantity: $0, "--mem") },
        ]
        if let problem = problems.compactMap(\.self).first { throw ValidationError(problem) }
        if let time, SlurmWords.seconds(time) == nil {
            throw ValidationError("--time: “\(time)” is no time, as 60 (minutes), 4:00:00 or 2-12.")
        }
        if let gres, SlurmWords.gpus(gres) == nil {
            throw ValidationError(
                "--gres: “\(gres)” is not gpu:N or none. A kind of GPU is asked for with --node-selector.")
        }
        _ = try selector
    }

    func run() async throws {
        try await Console.explaining {
            let file = try PlanReading.read(options.plan)
            let name = self.name ?? "poise-\(file.digest.prefix(8))"
            if let problem = KubernetesNames.problem(ofJob: name, shards: file.shards) {
                throw ValidationError(problem)
            }
            let needs = ShardNeeds(of: Array(0..<file.shards), in: file)
            let places = KubernetesPlaces(
                plan: options.plan, shards: options.shardsDir, output: options.output, mount: mount)
            let job = KubernetesJob(
                name: name, namespace: namespace, image: image, shards: file.shards, digest: file.digest,
                places: places,
                claim: claim, secret: secret, poise: poise, parallelism: arrayLimit ?? file.shards,
                cpu: cpus ?? needs.cores.map(String.init), memory: mem,
                gpus: gres.flatMap(SlurmWords.gpus) ?? (needs.gpuCandidates.isEmpty ? 0 : 1),
                seconds: time.flatMap(SlurmWords.seconds), gpuResource: gpuResource, nodeSelector: try selector,
                maxRestarts: maxRestarts, runOptions: options.runOptions)
            SubmitNotes.warnings(of: needs, plan: file, on: job).forEach(Console.say)
            Console.result(KubernetesManifest.text(job), as: .data)
        }
    }

    private var selector: [String: String] {
        get throws {
            var pairs: [String: String] = [:]
            for label in nodeSelector {
                try SubmitOptions.requireOneLine(label, of: "--node-selector")
                let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, !parts[0].isEmpty else {
                    throw ValidationError("--node-selector takes LABEL=VALUE, and not “\(label)”.")
                }
                pairs[String(parts[0])] = String(parts[1])
            }
            return pairs
        }
    }
}
