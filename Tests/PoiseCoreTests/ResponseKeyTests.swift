import PoiseCore
import Testing

/// Every ingredient of a response's key, each varied alone.
@Suite struct ResponseKeyTests {
    private struct Ingredients {
        var source = ResponseSource(["kind": "endpoint", "url": "http://127.0.0.1:1/v1/chat/completions"])
        var id = "m@q4_0"
        var model = "m"
        var quantization: String? = "q4_0"
        var task = "add"
        var sample = Sample(id: "add-1", input: .text("Add 1 and 2."), target: ["3"])
        var epoch = 1
        var load: Load = 1
        var round = 1
        var request = Array(#"{"model":"m","max_tokens":8}"#.utf8)
        var graders: [GraderDefinition] = [.check(CheckDefinition(name: "exact"))]

        var key: ResponseKey {
            let task = EvaluationTask(name: task, graders: graders, samples: [sample])
            return ResponseKey(
                source: source,
                candidate: Candidate(
                    id: id, model: model, quantization: quantization,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "m")),
                    sampling: SamplingSettings()),
                trial: TrialKey(
                    candidate: id, task: task.name, sample: sample.id, epoch: epoch, load: load, round: round),
                request: request, script: ChainScript(sample, of: task))
        }

        func with(_ change: (inout Ingredients) -> Void) -> ResponseKey {
            var changed = self
            change(&changed)
            return changed.key
        }
    }

    private static func chain(
        _ inputs: [String] = ["first", "second"], target: String = "yes", arguments: JSONValue? = .string("x"),
        content: String = "42"
    ) -> Sample {
        Sample(
            id: "add-1",
            turns: inputs.map {
                Turn(
                    input: $0, target: [target],
                    toolResults: [ToolResult(name: "look", arguments: arguments, content: content)])
            })
    }

    private static let changes: [(name: String, change: @Sendable (inout Ingredients) -> Void)] = [
        (
            "source",
            { $0.source = ResponseSource(["kind": "endpoint", "url": "http://127.0.0.1:2/v1/chat/completions"]) }
        ),
        ("candidate", { $0.id = "n@q4_0" }), ("model", { $0.model = "n" }),
        ("quantization", { $0.quantization = "q8_0" }), ("no quantization", { $0.quantization = nil }),
        ("empty quantization", { $0.quantization = "" }), ("task", { $0.task = "sub" }),
        ("sample", { $0.sample = Sample(id: "add-2", input: .text("Add 1 and 2."), target: ["3"]) }),
        ("epoch", { $0.epoch = 2 }), ("load", { $0.load = 2 }),
        ("arrival rate", { $0.load = .rate(perSecond: 1, arrivals: .poisson) }),
        ("even arrivals", { $0.load = .rate(perSecond: 1, arrivals: .constant) }),
        ("round", { $0.round = 2 }), ("request", { $0.request = Array(#"{"model":"m","max_tokens":9}"#.utf8) }),
        ("empty request", { $0.request = [] }), ("chain", { $0.sample = chain() }),
        ("a turn's question", { $0.sample = chain(["first", "third"]) }),
        ("a turn more", { $0.sample = chain(["first", "second", "third"]) }),
        ("a tool's answer", { $0.sample = chain(content: "43") }),
        ("a call's arguments", { $0.sample = chain(arguments: .string("y")) }),
        ("any arguments", { $0.sample = chain(arguments: nil) }),
    ]

    @Test func `each ingredient changes the key, and no two changes give one key`() {
        let base = Ingredients()
        var seen = [base.key: "nothing"]
        for (name, change) in Self.changes {
            let key = base.with(change)
            #expect(seen[key] == nil, "\(name) gives the key of \(seen[key] ?? "")")
            seen[key] = name
        }
        #expect(base.key.bytes.count == 32)
        #expect(base.key == Ingredients().key)
    }

    @Test func `what grades a response is no part of its key`() {
        let base = Ingredients()
        #expect(base.key == base.with { $0.graders = [.check(CheckDefinition(name: "number"))] })
        #expect(
            base.key == base.with { $0.sample = Sample(id: "add-1", input: .text("Add 1 and 2."), target: ["4"]) })
        let one = base.with { $0.sample = Self.chain() }
        #expect(one == base.with { $0.sample = Self.chain(target: "no") })
    }

    @Test func `bytes that move from one ingredient to the next are not the same key`() {
        let base = Ingredients()
        let left = base.with { ($0.task, $0.sample) = ("ab", Sample(id: "c", input: .text(""), target: [])) }
        let right = base.with { ($0.task, $0.sample) = ("a", Sample(id: "bc", input: .text(""), target: [])) }
        #expect(left != right)
        let hostile = base.with { $0.task = "add6:sample=5:add-1" }
        #expect(hostile != base.key)
    }
}
