/// One engine as it ran for one candidate in one round.
package struct EngineFacts: Hashable, Codable, Sendable {
    /// `llama.cpp`, or the host of an endpoint.
    package let engine: String
    /// The engine's own word for its version.
    package let build: String?
    package let arguments: [String]
    /// Process start → ready to answer, milliseconds.
    package let loadTime: Double?
    /// The most memory that the engine's process held, bytes; known when it has ended.
    package var peakMemory: Int64?
    package let modelFile: ModelFileFacts?
    /// Whether the endpoint says that it is simulated.
    package let isSimulated: Bool
    /// What else the engine says of how it serves; nil where it says nothing, and in runs of before it was asked.
    package var details: EngineDetails?

    package init(
        engine: String, build: String?, arguments: [String], loadTime: Double?, peakMemory: Int64? = nil,
        modelFile: ModelFileFacts?, isSimulated: Bool = false, details: EngineDetails? = nil
    ) {
        self.engine = engine
        self.build = build
        self.arguments = arguments
        self.loadTime = loadTime
        self.peakMemory = peakMemory
        self.modelFile = modelFile
        self.isSimulated = isSimulated
        self.details = details
    }
}

/// What a GGUF file says of itself.
package struct ModelFileFacts: Hashable, Codable, Sendable {
    package let path: String
    package let name: String?
    package let architecture: String
    package let parameters: Int64
    /// `F16`, `Q4_0`, …: llama.cpp's name for the file's main type.
    package let fileType: String
    package let bytes: Int64
    package let sha256: String
    package let contextLength: Int?
    /// SHA-256 of the chat template, where the file carries one.
    package let templateSHA256: String?

    package init(
        path: String, name: String?, architecture: String, parameters: Int64, fileType: String, bytes: Int64,
        sha256: String, contextLength: Int?, templateSHA256: String?
    ) {
        self.path = path
        self.name = name
        self.architecture = architecture
        self.parameters = parameters
        self.fileType = fileType
        self.bytes = bytes
        self.sha256 = sha256
        self.contextLength = contextLength
        self.templateSHA256 = templateSHA256
    }
}
