import Foundation
import PoiseCore
import Testing

@testable import PoiseSuite
@testable import poise

@Suite struct KubernetesJobTests {
    private static let digest = String(repeating: "0a", count: 32)

    private static func job(_ change: (inout KubernetesJob) -> Void = { _ in }) -> KubernetesJob {
        let places = KubernetesPlaces(plan: "/home/u/plan.json", shards: nil, output: nil, mount: "/data")
        var job = KubernetesJob(
            name: "ladder", image: "registry.example/poise:1", shards: 40, digest: digest, places: places,
            claim: "models", parallelism: 8)
        change(&job)
        return job
    }

    /// As a reader of YAML finds it, which is none of what wrote it.
    private static func read(_ yaml: String) throws -> JSONValue {
        let log = ProblemLog()
        let value = YAMLSource(path: "plan.yaml", log: log).root(of: yaml)
        return try #require(value?.json, "\(log.problems)")
    }

    private static func jobs(_ job: KubernetesJob) throws -> (shards: JSONValue, merge: JSONValue) {
        let documents = KubernetesManifest.text(job).components(separatedBy: "\n---\n")
        try #require(documents.count == 2)
        return (try read(documents[0]), try read(documents[1]))
    }

    private static func container(_ job: JSONValue) throws -> JSONValue {
        guard case .array(let all)? = job["spec"]?["template"]?["spec"]?["containers"] else {
            throw CocoaError(.coderValueNotFound)
        }
        return try #require(all.count == 1 ? all.first : nil)
    }

    @Test func `each index runs the shard of its number, some at once, and is begun again by itself`() throws {
        let job = try Self.jobs(Self.job()).shards
        #expect(job["apiVersion"] == .string("batch/v1") && job["kind"] == .string("Job"))
        #expect(job["metadata"]?["name"] == .string("ladder") && job["metadata"]?["namespace"] == nil)
        let spec = try #require(job["spec"])
        #expect(spec["completionMode"] == .string("Indexed"))
        #expect(spec["completions"] == .number(40) && spec["parallelism"] == .number(8))
        #expect(spec["backoffLimitPerIndex"] == .number(3))
        let pod = try #require(spec["template"]?["spec"])
        #expect(pod["restartPolicy"] == .string("Never"))
        #expect(pod["terminationGracePeriodSeconds"] == .number(90))
        let container = try Self.container(job)
        #expect(container["command"] == .array([.string("poise")]))
        #expect(
            container["args"]
                == .array(
                    [
                        "run", "--plan", "/data/plan.json", "--shard", "$(JOB_COMPLETION_INDEX)/40", "--shards-dir",
                        "/data/plan.shards", "--scratch", "/scratch", "--node", "$(NODE_NAME)",
                    ].map(JSONValue.string)))
    }

    @Test
    func `what another attempt can mend is tried again, all else fails its index, and a drained node is no failure`()
        throws
    {
        let job = try Self.jobs(Self.job()).shards
        let rules: JSONValue = .array([
            .object([
                "action": .string("Ignore"),
                "onPodConditions": .array([.object(["type": .string("DisruptionTarget"), "status": .string("True")])]),
            ]),
            .object([
                "action": .string("FailIndex"),
                "onExitCodes": .object([
                    "containerName": .string("poise"), "operator": .string("NotIn"),
                    "values": .array([.number(75), .number(137)]),
                ]),
            ]),
        ])
        #expect(job["spec"]?["podFailurePolicy"]?["rules"] == rules)
        #expect(try Self.container(job)["name"] == .string("poise"))
    }

    @Test func `a volume holds the plan, the node's own disk is scratch, and keys come from a secret`() throws {
        let job = try Self.jobs(Self.job { $0.secret = "keys" }).shards
        let volumes: JSONValue = .array([
            .object([
                "name": .string("data"), "persistentVolumeClaim": .object(["claimName": .string("models")]),
            ]),
            .object(["name": .string("scratch"), "emptyDir": .object([:])]),
        ])
        #expect(job["spec"]?["template"]?["spec"]?["volumes"] == volumes)
        let container = try Self.container(job)
        let mounts: JSONValue = .array([
            .object(["name": .string("data"), "mountPath": .string("/data")]),
            .object(["name": .string("scratch"), "mountPath": .string("/scratch")]),
        ])
        #expect(container["volumeMounts"] == mounts)
        #expect(
            container["envFrom"] == .array([.object(["secretRef": .object(["name": .string("keys")])])]))
        #expect(try Self.container(Self.jobs(Self.job()).shards)["envFrom"] == nil)
    }

    @Test func `a pod gets as much as it asks for, and a GPU where one is needed`() throws {
        let job = try Self.jobs(
            Self.job { job in
                (job.cpu, job.memory, job.gpus) = ("4", "16Gi", 1)
                job.nodeSelector = ["gpu": "true"]
                job.namespace = "team"
                job.seconds = 3600
            }
        ).shards
        let bounds: JSONValue = .object([
            "cpu": .string("4"), "memory": .string("16Gi"), "nvidia.com/gpu": .number(1),
        ])
        #expect(try Self.container(job)["resources"] == .object(["requests": bounds, "limits": bounds]))
        #expect(job["spec"]?["template"]?["spec"]?["nodeSelector"] == .object(["gpu": .string("true")]))
        #expect(job["metadata"]?["namespace"] == .string("team"))
        #expect(job["spec"]?["template"]?["spec"]?["activeDeadlineSeconds"] == .number(3600))
        #expect(try Self.container(Self.jobs(Self.job()).shards)["resources"] == nil)
    }

    @Test func `the merge waits until it is told, and needs no GPU`() throws {
        let job = try Self.jobs(Self.job { $0.gpus = 1 }).merge
        #expect(job["metadata"]?["name"] == .string("ladder-merge"))
        #expect(job["spec"]?["suspend"] == .bool(true) && job["spec"]?["backoffLimit"] == .number(0))
        let container = try Self.container(job)
        #expect(
            container["args"]
                == .array(["merge", "/data/plan.shards", "-o", "/data/plan.sqlite"].map(JSONValue.string)))
        let bounds: JSONValue = .object(["cpu": .string("1"), "memory": .string("1Gi")])
        #expect(container["resources"] == .object(["requests": bounds, "limits": bounds]))
    }

    @Test func `what Kubernetes would put a value in for is left as it is`() throws {
        let places = KubernetesPlaces(plan: "/data/$(HOME).json", shards: nil, output: nil, mount: "/data")
        let job = KubernetesJob(
            name: "a", image: "i", shards: 1, digest: Self.digest, places: places, claim: "c", parallelism: 1)
        guard case .array(let arguments)? = try Self.container(Self.jobs(job).shards)["args"] else { return }
        #expect(arguments.contains(.string("/data/$$(HOME).json")) && arguments.contains(.string("$(NODE_NAME)")))
    }

    @Test func `a plan is found in the volume, by its name or where it is`() {
        let inside = KubernetesPlaces(
            plan: "/data/runs/plan.json", shards: "s", output: "/out/all.sqlite", mount: "/data/")
        #expect(
            inside.plan == "/data/runs/plan.json" && inside.shards == "/data/s" && inside.output == "/out/all.sqlite")
        #expect(inside.holds("/data/models/a.gguf") && !inside.holds("/database/a.gguf"))
        let outside = KubernetesPlaces(plan: "/home/u/plan.json", shards: nil, output: nil, mount: "/data")
        #expect(outside.plan == "/data/plan.json" && outside.output == "/data/plan.sqlite")
    }

    @Test func `every text comes back as the text that it was`() throws {
        let texts = [
            "", "no", "0123", "1e3", "null", "a: b", "# c", "\"q\"", "back\\slash", "two\nlines", "tab\t", "ünï – ß",
            "~",
            "{a}", "- b", "\u{1}\u{7F}\u{85}\u{2028}\u{FEFF}", "$(A)", "*a", "&a", "!t", "%", "@", "`",
        ]
        let tree = YAMLTree.map([
            .init("texts", .list(texts.map(YAMLTree.text)), "a comment"),
            .init("on", .map([.init("0", .whole(-1)), .init("nvidia.com/gpu", .bool(true)), .init("e", .list([]))])),
            .init("lists", .list([.list([.whole(1), .whole(2)]), .map([.init("a", .map([]))])])),
        ])
        #expect(
            try Self.read(tree.document)
                == .object([
                    "texts": .array(texts.map(JSONValue.string)),
                    "on": .object(["0": .number(-1), "nvidia.com/gpu": .bool(true), "e": .array([])]),
                    "lists": .array([.array([.number(1), .number(2)]), .object(["a": .object([:])])]),
                ]))
    }

    @Test(arguments: [
        ("ladder", 40, true), ("a", 1, true), ("9", 1, true), ("Ladder", 1, false), ("a_b", 1, false), ("-a", 1, false),
        ("a-", 1, false), ("", 1, false), ("a.b", 1, false), (String(repeating: "a", count: 57), 40, true),
        (String(repeating: "a", count: 58), 40, false), (String(repeating: "a", count: 57), 10_000_000, false),
    ])
    func `names leave room for what Kubernetes makes of them`(name: String, shards: Int, isFine: Bool) {
        #expect((KubernetesNames.problem(ofJob: name, shards: shards) == nil) == isFine)
    }

    @Test(
        arguments: [
            ("60", 3600), ("1:30", 90), ("4:00:00", 14400), ("2-12", 216_000), ("2-12:30", 217_800), ("0-0:0:5", 5),
            ("0", nil), ("", nil), ("1:2:3:4", nil), ("1-2-3", nil), ("-5", nil), ("1h", nil), ("9999999999999", nil),
        ] as [(String, Int?)])
    func `a time limit is read as Slurm reads it`(text: String, seconds: Int?) {
        #expect(SlurmWords.seconds(text) == seconds)
    }

    @Test(
        arguments: [
            ("gpu", 1), ("gpu:2", 2), ("none", 0), ("gpu:a100:2", nil), ("gpu:", nil), ("fpga:1", nil), ("", nil),
        ] as [(String, Int?)])
    func `GPUs are asked for as with Slurm`(gres: String, count: Int?) {
        #expect(SlurmWords.gpus(gres) == count)
    }

    @Test(arguments: [
        ("4", true), ("500m", true), ("16Gi", true), ("1.5", true), ("0", false), ("16 GB", false), ("-1", false),
        ("", false), ("lots", false),
    ])
    func `quantities are those of Kubernetes`(text: String, isFine: Bool) {
        #expect((KubernetesNames.problem(ofQuantity: text, "--cpu") == nil) == isFine)
    }
}
