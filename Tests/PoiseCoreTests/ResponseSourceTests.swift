import PoiseCore
import Testing

@Suite struct ResponseSourceTests {
    private static let endpoint = Endpoint(
        baseURL: "https://host/v1", model: "m", apiKeyVariable: "A_KEY",
        connection: ConnectionSettings(
            headers: ["X-Tier": "fast"], headerVariables: ["X-Org": "ORG_TOKEN"], proxy: "http://127.0.0.1:3128"))

    private static func source(
        _ endpoint: Endpoint = endpoint, url: String = "https://host/v1/chat/completions", build: String? = "vLLM 0.10",
        _ change: (inout EngineDetails) -> Void = { _ in }
    ) -> ResponseSource {
        var details = EngineDetails()
        details.model = "weights"
        change(&details)
        return ResponseSource(endpoint, url: url, build: build, details: details)
    }

    private static func connected(_ change: (inout ConnectionSettings) -> Void) -> Endpoint {
        var connection = endpoint.connection ?? ConnectionSettings()
        change(&connection)
        return Endpoint(
            baseURL: endpoint.baseURL, model: endpoint.model, apiKeyVariable: endpoint.apiKeyVariable,
            connection: connection)
    }

    @Test func `everything that an endpoint is reached by and says of its model tells it from others`() {
        let others: [(String, ResponseSource)] = [
            ("address", Self.source(url: "https://other/v1/chat/completions")),
            ("port", Self.source(url: "https://host:8443/v1/chat/completions")),
            ("api", Self.source(Self.connected { $0.api = .completions })),
            ("header", Self.source(Self.connected { $0.headers["X-Tier"] = "slow" })),
            ("no header", Self.source(Self.connected { $0.headers = [:] })),
            ("whose key", Self.source(Self.connected { $0.headerVariables["X-Org"] = "OTHER_TOKEN" })),
            ("proxy", Self.source(Self.connected { $0.proxy = nil })), ("build", Self.source(build: "vLLM 0.11")),
            ("no build", Self.source(build: nil)), ("model", Self.source { $0.model = "other weights" }),
            ("digest", Self.source { $0.modelDigest = "0a" }),
            ("quantization", Self.source { $0.quantization = "fp8" }),
            ("type", Self.source { $0.dataType = "bfloat16" }), ("parameters", Self.source { $0.parameters = "7B" }),
            ("template", Self.source { $0.templateSHA256 = "0b" }), ("slots", Self.source { $0.slots = 4 }),
            ("context", Self.source { $0.contextSize = 4096 }), ("threads", Self.source { $0.threads = 2 }),
            ("batch threads", Self.source { $0.batchThreads = 2 }), ("batch", Self.source { $0.batchSize = 512 }),
            ("micro-batch", Self.source { $0.microBatchSize = 512 }),
            ("flash attention", Self.source { $0.flashAttention = "on" }),
            ("attention", Self.source { $0.attentionBackend = "flashinfer" }),
            ("keys", Self.source { $0.keyCacheType = "q8_0" }), ("values", Self.source { $0.valueCacheType = "q8_0" }),
            ("layers", Self.source { $0.gpuLayers = "33 of 33" }),
            ("parallel", Self.source { $0.tensorParallelSize = 2 }), ("devices", Self.source { $0.devices = ["CPU"] }),
            ("instructions", Self.source { $0.instructions = ["AVX2"] }),
        ]
        var seen = [Self.source().digest: "nothing"]
        for (name, source) in others {
            #expect(seen[source.digest] == nil, "\(name) is as \(seen[source.digest] ?? "")")
            seen[source.digest] = name
        }
    }

    @Test func `what changes while the same is served tells nothing apart`() {
        let same = Self.source { details in
            (details.memory, details.gpuMemory, details.server) = (1 << 30, 1 << 20, "uvicorn")
        }
        #expect(same == Self.source())
        let cold = Self.source(build: "Ollama 0.11")
        #expect(Self.source(build: "Ollama 0.11") { $0.contextSize = 4096 } == cold)
    }

    @Test func `no secret is an ingredient`() {
        let names = Self.source().ingredients
        #expect(names["headerVariable x-org"] == "ORG_TOKEN")
        #expect(names["apiKeyVariable"] == "A_KEY")
        let managed = Self.managed(environment: [
            "LLAMA_API_KEY": "canary", "LLAMA_ARG_API_KEY": "canary", "HF_TOKEN": "canary", "OTHER": "canary",
        ])
        #expect(!managed.ingredients.values.contains { $0.contains("canary") })
        #expect(managed == Self.managed())
    }

    private static func managed(
        build: String? = "llama-server 6123", launcher: [String] = ["/bin/llama-server"],
        arguments: [String] = ["--ctx-size", "4096", "--parallel", "1", "--alias", "m"], sha256: String = "0a",
        path: String = "/models/m.gguf", machine: String = "CPU; 2 cores", environment: [String: String] = [:]
    ) -> ResponseSource {
        ResponseSource(
            engine: .llamaCpp, build: build, launcher: launcher, arguments: arguments,
            file: ModelFileFacts(
                path: path, name: nil, architecture: "llama", parameters: 1, fileType: "F16", bytes: 1, sha256: sha256,
                contextLength: nil, templateSHA256: nil),
            machine: machine, environment: environment)
    }

    @Test func `an engine is its weights, its build, what it is started with, and the machine`() {
        let others: [(String, ResponseSource)] = [
            ("build", Self.managed(build: "llama-server 6124")), ("no build", Self.managed(build: nil)),
            ("launcher", Self.managed(launcher: ["/bin/python3", "-c", "script"])),
            ("context", Self.managed(arguments: ["--ctx-size", "8192", "--parallel", "1", "--alias", "m"])),
            ("slots", Self.managed(arguments: ["--ctx-size", "4096", "--parallel", "2", "--alias", "m"])),
            (
                "threads",
                Self.managed(arguments: ["--ctx-size", "4096", "--parallel", "1", "--alias", "m", "--threads", "1"])
            ),
            (
                "layers on a GPU",
                Self.managed(arguments: [
                    "--ctx-size", "4096", "--parallel", "1", "--alias", "m", "--n-gpu-layers", "9",
                ])
            ),
            ("weights", Self.managed(sha256: "0b")), ("machine", Self.managed(machine: "other CPU; 2 cores")),
            ("variable", Self.managed(environment: ["LLAMA_ARG_CACHE_TYPE_K": "q8_0"])),
            ("another value", Self.managed(environment: ["LLAMA_ARG_CACHE_TYPE_K": "f16"])),
        ]
        var seen = [Self.managed().digest: "nothing"]
        for (name, source) in others {
            #expect(seen[source.digest] == nil, "\(name) is as \(seen[source.digest] ?? "")")
            seen[source.digest] = name
        }
        // Where the file lies, and which port was free.
        let moved = Self.managed(
            arguments: [
                "--model", "/a.gguf", "--host", "127.0.0.1", "--port", "81", "--ctx-size", "4096", "--parallel", "1",
                "--alias", "m",
            ], path: "/elsewhere/m.gguf")
        #expect(moved == Self.managed())
    }
}
