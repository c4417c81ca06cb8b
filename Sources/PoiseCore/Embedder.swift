/// An endpoint that turns texts into vectors, by OpenAI's `/v1/embeddings`.
package struct EmbeddingEndpoint: Hashable, Sendable {
    /// Up to and with `/v1`.
    package let baseURL: String
    package let model: String
    /// The name of a variable, never a key.
    package let apiKeyVariable: String?
    /// The path of a file that holds the key, in place of a variable.
    package let apiKeyFile: String?

    package init(baseURL: String, model: String, apiKeyVariable: String? = nil, apiKeyFile: String? = nil) {
        self.baseURL = baseURL
        self.model = model
        self.apiKeyVariable = apiKeyVariable
        self.apiKeyFile = apiKeyFile
    }
}

/// Turns texts into vectors whose angles say how near their meanings are.
package protocol Embedder: Sendable {
    /// - Returns: a vector for each text, in their order, all of one length.
    /// - Throws: an `ExplainedError` where none came that can be used.
    func embeddings(of texts: [String], at endpoint: EmbeddingEndpoint) async throws -> [[Double]]
}
