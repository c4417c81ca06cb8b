/// What an engine says of how it serves a model, beside its build and arguments; nil is what it does not say.
package struct EngineDetails: Hashable, Codable, Sendable {
    /// The `Server` header of its responses.
    package var server: String?
    /// The model behind the name that is asked for: a file's name or a repository's, never a folder.
    package var model: String?
    /// The digest of the model's files, in the engine's own words.
    package var modelDigest: String?
    /// `Q4_K_M`, `fp8`, …
    package var quantization: String?
    /// The type that weights or activations are computed in: `bfloat16`.
    package var dataType: String?
    /// The number of parameters in the engine's own words: `7.6B`, `3477760`.
    package var parameters: String?
    /// SHA-256 of the chat template.
    package var templateSHA256: String?
    /// Requests that it answers at once.
    package var slots: Int?
    /// Tokens that one request may hold, prompt and response.
    package var contextSize: Int?
    package var threads: Int?
    /// Threads that read the prompt.
    package var batchThreads: Int?
    /// Tokens that it takes in at once, and of them in one pass of the model.
    package var batchSize: Int?
    package var microBatchSize: Int?
    /// `on`, `off`, or `auto` where it does not say what came of it.
    package var flashAttention: String?
    /// The kernels of the attention: `flashinfer`, …
    package var attentionBackend: String?
    package var keyCacheType: String?
    package var valueCacheType: String?
    /// Layers on GPUs out of all: `33 of 33`.
    package var gpuLayers: String?
    /// GPUs that one model is spread over.
    package var tensorParallelSize: Int?
    /// What computes: `CUDA0 (NVIDIA H200)`, `CPU (AMD EPYC 9B14)`.
    package var devices: [String]?
    /// The processor's instructions that it uses: `AVX2`, `NEON`, …
    package var instructions: [String]?
    /// Bytes that the loaded model takes, and of them on GPUs.
    package var memory: Int64?
    package var gpuMemory: Int64?
    /// Whether it repeated the key of its requests in what it said; nil where it did not.
    package var repeatsKey: Bool?

    package init() {}

    package var isEmpty: Bool { self == EngineDetails() }

    /// What is known, in the order above, under the names above.
    package var listed: [(name: String, text: String)] {
        let all: [(String, String?)] = [
            ("server", server), ("model", model), ("modelDigest", modelDigest), ("quantization", quantization),
            ("dataType", dataType), ("parameters", parameters), ("templateSHA256", templateSHA256),
            ("slots", slots.map(String.init)), ("contextSize", contextSize.map(String.init)),
            ("threads", threads.map(String.init)), ("batchThreads", batchThreads.map(String.init)),
            ("batchSize", batchSize.map(String.init)), ("microBatchSize", microBatchSize.map(String.init)),
            ("flashAttention", flashAttention), ("attentionBackend", attentionBackend),
            ("keyCacheType", keyCacheType), ("valueCacheType", valueCacheType), ("gpuLayers", gpuLayers),
            ("tensorParallelSize", tensorParallelSize.map(String.init)),
            ("devices", devices?.joined(separator: ", ")), ("instructions", instructions?.joined(separator: " ")),
            ("memory", memory.map(String.init)), ("gpuMemory", gpuMemory.map(String.init)),
            ("repeatsKey", repeatsKey.map { "\($0)" }),
        ]
        return all.compactMap { name, text in text.map { (name, $0) } }
    }
}
