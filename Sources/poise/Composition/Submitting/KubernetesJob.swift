/// What a plan is on Kubernetes: an Indexed Job that runs the shards, and a suspended one that merges them.
struct KubernetesJob: Hashable {
    let name: String
    var namespace: String?
    let image: String
    /// Of the whole plan.
    let shards: Int
    /// Of the plan.
    let digest: String
    let places: KubernetesPlaces
    /// A PersistentVolumeClaim.
    let claim: String
    /// Its keys become environment variables; nil for none.
    var secret: String?
    /// The command in the image.
    var poise = "poise"
    /// So many shards run at once.
    var parallelism: Int
    /// Quantities of Kubernetes: `4`, `16Gi`.
    var cpu: String?
    var memory: String?
    var gpus = 0
    /// The most that one shard may take; nil for no limit.
    var seconds: Int?
    var gpuResource = "nvidia.com/gpu"
    /// Labels that a node must have.
    var nodeSelector: [String: String] = [:]
    /// How often a shard is begun again after its first time.
    var maxRestarts = 3
    /// Passed on to `poise run`.
    var runOptions: [String] = []

    /// Seconds that a pod has to put away what it has when it is told to end.
    static let grace = 90
    private static let container = "poise"
    private static let scratch = "/scratch"

    var shardsTree: YAMLTree {
        tree(
            name,
            [
                .init("completionMode", .text("Indexed")),
                .init(
                    "completions", .whole(shards),
                    "One for each shard of the plan; one that is whole already ends at once."),
                .init("parallelism", .whole(parallelism)),
                .init(
                    "backoffLimitPerIndex", .whole(maxRestarts),
                    "Each shard by itself: one that always fails does not end the others (Kubernetes 1.29)."),
                .init("podFailurePolicy", failurePolicy),
                .init(
                    "template",
                    template(
                        shardArguments, environment: node, resources: resources, seconds: seconds, withScratch: true)),
            ])
    }

    var mergeTree: YAMLTree {
        let arguments = ["merge", places.shards, "-o", places.output].map(Self.literal)
        return tree(
            "\(name)-merge",
            [
                .init("suspend", .bool(true), "Begins when it is told to, after the shards."),
                .init("backoffLimit", .whole(0), "It says which shards are missing, and would say the same again."),
                .init(
                    "template",
                    template(
                        arguments, environment: [], resources: Self.bounds(cpu: "1", memory: "1Gi", more: []),
                        withScratch: false)),
            ])
    }

    private func tree(_ name: String, _ spec: [YAMLTree.Member]) -> YAMLTree {
        let place = namespace.map { [YAMLTree.Member("namespace", .text($0))] } ?? []
        return .map([
            .init("apiVersion", .text("batch/v1")),
            .init("kind", .text("Job")),
            .init("metadata", .map([.init("name", .text(name))] + place + [.init("labels", labels)])),
            .init("spec", .map(spec)),
        ])
    }

    /// A label's value has at most 63 letters, one fewer than a SHA-256 in hexadecimal.
    private var labels: YAMLTree {
        .map([
            .init("app.kubernetes.io/name", .text("poise")), .init("poise/plan", .text(String(digest.prefix(12)))),
        ])
    }

    private var failurePolicy: YAMLTree {
        let rules: [YAMLTree] = [
            .map([
                .init("action", .text("Ignore"), "A node that was drained or preempted is nobody's failure."),
                .init(
                    "onPodConditions",
                    .list([.map([.init("type", .text("DisruptionTarget")), .init("status", .text("True"))])])),
            ]),
            .map([
                .init(
                    "action", .text("FailIndex"),
                    "75: poise says that trying again can help. 137: it was killed, as where memory ran out. No other code",
                    "would be another one the next time."),
                .init(
                    "onExitCodes",
                    .map([
                        .init("containerName", .text(Self.container)), .init("operator", .text("NotIn")),
                        .init("values", .list([.whole(75), .whole(137)])),
                    ])),
            ]),
        ]
        return .map([.init("rules", .list(rules))])
    }

    private var shardArguments: [String] {
        // Kubernetes puts in what stands in $(…).
        ["run", "--plan", Self.literal(places.plan), "--shard", "$(JOB_COMPLETION_INDEX)/\(shards)"]
            + ["--shards-dir", Self.literal(places.shards), "--scratch", Self.scratch, "--node", "$(NODE_NAME)"]
            + runOptions
    }

    private static func literal(_ argument: String) -> String { argument.replacing("$(", with: "$$(") }

    private var node: [YAMLTree] {
        let field = YAMLTree.map([.init("fieldPath", .text("spec.nodeName"))])
        return [
            .map([.init("name", .text("NODE_NAME")), .init("valueFrom", .map([.init("fieldRef", field)]))])
        ]
    }

    private var resources: YAMLTree? {
        Self.bounds(
            cpu: cpu, memory: memory, more: gpus > 0 ? [.init(gpuResource, .whole(gpus))] : [])
    }

    /// Requests as high as limits: cores and memory that are lent out meanwhile would show in the times.
    private static func bounds(cpu: String?, memory: String?, more: [YAMLTree.Member]) -> YAMLTree? {
        let bounds =
            [("cpu", cpu), ("memory", memory)].compactMap { name, value in
                value.map { YAMLTree.Member(name, .text($0)) }
            } + more
        return bounds.isEmpty ? nil : .map([.init("requests", .map(bounds)), .init("limits", .map(bounds))])
    }

    private func template(
        _ arguments: [String], environment: [YAMLTree], resources: YAMLTree?, seconds: Int? = nil, withScratch: Bool
    ) -> YAMLTree {
        let mounts = [("data", places.mount)] + (withScratch ? [("scratch", Self.scratch)] : [])
        var container: [YAMLTree.Member] = [
            .init("name", .text(Self.container)), .init("image", .text(image)),
            .init("command", .list([.text(poise)])), .init("args", .list(arguments.map(YAMLTree.text))),
        ]
        if !environment.isEmpty { container.append(.init("env", .list(environment))) }
        if let secret {
            let reference = YAMLTree.map([.init("secretRef", .map([.init("name", .text(secret))]))])
            container.append(.init("envFrom", .list([reference]), "Keys of endpoints, which stand nowhere else."))
        }
        if let resources { container.append(.init("resources", resources)) }
        container.append(
            .init(
                "volumeMounts",
                .list(mounts.map { .map([.init("name", .text($0.0)), .init("mountPath", .text($0.1))]) })))
        var spec: [YAMLTree.Member] = [
            .init("restartPolicy", .text("Never")),
            .init("terminationGracePeriodSeconds", .whole(Self.grace)),
        ]
        if let seconds { spec.append(.init("activeDeadlineSeconds", .whole(seconds))) }
        if !nodeSelector.isEmpty {
            let pairs = nodeSelector.sorted { $0.key < $1.key }
            spec.append(.init("nodeSelector", .map(pairs.map { .init($0.key, .text($0.value)) })))
        }
        spec += [
            .init("containers", .list([.map(container)])),
            .init("volumes", .list(volumes(withScratch: withScratch))),
        ]
        return .map([.init("metadata", .map([.init("labels", labels)])), .init("spec", .map(spec))])
    }

    private func volumes(withScratch: Bool) -> [YAMLTree] {
        let reference = YAMLTree.map([.init("claimName", .text(claim))])
        let data = YAMLTree.map([.init("name", .text("data")), .init("persistentVolumeClaim", reference)])
        let scratch = YAMLTree.map([
            .init("name", .text("scratch")),
            .init("emptyDir", .map([]), "A disk of the node's own, where SQLite can work."),
        ])
        return withScratch ? [data, scratch] : [data]
    }
}
