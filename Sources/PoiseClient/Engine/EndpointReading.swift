import Foundation
import PoiseCore

/// Reads the pages of engines; only what is named here is taken, since some of them print their keys and folders.
struct EndpointReading {
    /// A page that is longer is not one of these: chat templates reach 20 KB, lists of models of large hosts 500 KB.
    static let largestBody = 1 << 20

    let model: String
    /// The engine and its version.
    private(set) var build: String?
    private(set) var details: EngineDetails

    init(model: String, details: EngineDetails) {
        self.model = model
        self.details = details
    }

    mutating func read(_ body: JSONValue, of page: EndpointFacts.Page) {
        switch page {
        case .models: readModels(body)
        case .props: readProps(body)
        case .version: readVersion(body)
        case .ollamaVersion: name("Ollama", version: body["version"])
        case .ollamaLoaded, .ollamaModels: readOllama(body)
        case .serverInfo, .formerServerInfo: readSGLang(body)
        case .info: readTGI(body)
        }
    }

    /// The `Server` header; the first that is read stays.
    mutating func read(server: String) {
        details.server = details.server ?? Self.word(.string(server))
    }

    /// OpenAI's list, with llama.cpp's `meta`, vLLM's `root` and `max_model_len`; `owned_by` gives the engine away.
    private mutating func readModels(_ body: JSONValue) {
        let all = body["data"]?.array ?? []
        let entry = all.first { $0["id"]?.string == model }
        switch (entry ?? all.first)?["owned_by"]?.string {
        case "llamacpp": build = "llama.cpp"
        case "vllm": build = "vLLM"
        case "sglang": build = "SGLang"
        default: break
        }
        guard let entry = entry ?? (all.count == 1 ? all.first : nil) else { return }
        details.model = entry["root"]?.string.flatMap(Self.model) ?? details.model
        let meta = entry["meta"]
        details.contextSize =
            Self.whole(meta?["n_ctx"]) ?? Self.whole(entry["max_model_len"]) ?? details.contextSize
        details.parameters = Self.whole(meta?["n_params"]).map { "\($0)" } ?? details.parameters
        details.quantization = Self.word(meta?["ftype"]) ?? details.quantization
        details.memory = Self.whole(meta?["size"]).map(Int64.init) ?? details.memory
    }

    /// llama.cpp's `/props`: its `tools/server/README.md`.
    private mutating func readProps(_ body: JSONValue) {
        guard body["default_generation_settings"] != nil || body["total_slots"] != nil else { return }
        // A build without git calls itself b0-unknown.
        let version = Self.word(body["build_info"]).flatMap { $0.hasPrefix("b0-") ? nil : $0 }
        build = "llama.cpp" + (version.map { " \($0)" } ?? "")
        details.model = body["model_path"]?.string.flatMap(Self.fileName) ?? details.model
        details.slots = Self.whole(body["total_slots"]) ?? details.slots
        details.contextSize = Self.whole(body["default_generation_settings"]?["n_ctx"]) ?? details.contextSize
        details.quantization = Self.word(body["model_ftype"]) ?? details.quantization
        if let template = body["chat_template"]?.string, !template.isEmpty {
            details.templateSHA256 = SHA256Digest.of(Data(template.utf8))
        }
    }

    /// vLLM's `/version`; others have a page of that name too, so its list of models must have named it.
    private mutating func readVersion(_ body: JSONValue) {
        guard build == "vLLM" else { return }
        name("vLLM", version: body["version"])
    }

    /// Ollama's models on disk or in memory: its `docs/api.md`.
    private mutating func readOllama(_ body: JSONValue) {
        let all = body["models"]?.array ?? []
        // A name without a tag means that tag.
        let names = model.contains(":") ? [model] : [model, "\(model):latest"]
        guard let entry = all.first(where: { names.contains($0["name"]?.string ?? $0["model"]?.string ?? "") }) else {
            return
        }
        details.modelDigest = Self.word(entry["digest"]) ?? details.modelDigest
        details.quantization = Self.word(entry["details"]?["quantization_level"]) ?? details.quantization
        details.parameters = Self.word(entry["details"]?["parameter_size"]) ?? details.parameters
        details.contextSize = Self.whole(entry["context_length"]) ?? details.contextSize
        // Of a model in memory; 0 where no part of it is on a GPU.
        if let gpuMemory = entry["size_vram"]?.number.flatMap(Int64.init(exactly:)) {
            details.gpuMemory = gpuMemory
            details.memory = Self.whole(entry["size"]).map(Int64.init) ?? details.memory
        }
    }

    /// SGLang's arguments and state. The page also holds the server's key, which stays there.
    private mutating func readSGLang(_ body: JSONValue) {
        guard body["tp_size"] != nil || body["max_total_num_tokens"] != nil else { return }
        if build?.hasPrefix("SGLang ") != true { name("SGLang", version: body["version"]) }
        if build == nil { build = "SGLang" }
        details.model = body["model_path"]?.string.flatMap(Self.model) ?? details.model
        details.quantization = Self.word(body["quantization"]) ?? details.quantization
        details.dataType = Self.word(body["dtype"]) ?? details.dataType
        details.keyCacheType = Self.word(body["kv_cache_dtype"]) ?? details.keyCacheType
        details.valueCacheType = Self.word(body["kv_cache_dtype"]) ?? details.valueCacheType
        details.attentionBackend = Self.word(body["attention_backend"]) ?? details.attentionBackend
        details.tensorParallelSize = Self.whole(body["tp_size"]) ?? details.tensorParallelSize
        details.contextSize = Self.whole(body["context_length"]) ?? details.contextSize
        details.slots = Self.whole(body["max_running_requests"]) ?? details.slots
    }

    /// Text Generation Inference's `/info`: its `docs/openapi.json`.
    private mutating func readTGI(_ body: JSONValue) {
        guard let id = body["model_id"]?.string, body["max_concurrent_requests"] != nil else { return }
        name("TGI", version: body["version"])
        details.model = Self.model(id) ?? details.model
        details.modelDigest = Self.word(body["model_sha"]) ?? details.modelDigest
        details.dataType = Self.word(body["model_dtype"]) ?? details.dataType
        details.devices = Self.word(body["model_device_type"]).map { [$0] } ?? details.devices
        details.contextSize = Self.whole(body["max_total_tokens"]) ?? details.contextSize
    }

    private mutating func name(_ engine: String, version: JSONValue?) {
        if let version = Self.word(version) { build = "\(engine) \(version)" }
    }

    /// A short text without control characters, as names and versions are; nothing else of a foreign host is stored or shown.
    private static func word(_ value: JSONValue?) -> String? {
        guard let text = value?.string?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty,
            text.count <= 200, !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        return text
    }

    private static func whole(_ value: JSONValue?) -> Int? {
        value?.number.flatMap(Int.init(exactly:)).flatMap { $0 > 0 ? $0 : nil }
    }

    /// The last component of a path.
    private static func fileName(_ path: String) -> String? {
        word(.string(String(path.split(whereSeparator: { "/\\".contains($0) }).last ?? "")))
    }

    /// A repository's name (`meta-llama/Llama-3.1-8B`), or the last component of a folder.
    private static func model(_ name: String) -> String? {
        let isPath = name.hasPrefix("/") || name.hasPrefix(".") || name.hasPrefix("~") || name.contains("\\")
        return isPath || name.split(separator: "/").count > 2 ? fileName(name) : word(.string(name))
    }
}
