import Foundation
package import PoiseCore

/// Asks OpenAI-compatible endpoints for embeddings.
package struct EmbeddingClient: Embedder {
    private let transport: Transport
    private let environment: [String: String]
    private let limits: HTTPRequest.Limits
    /// Bytes of an answer: a hundred vectors of four thousand numbers, written out.
    private static let maximum = 16 << 20

    /// - Parameter environment: where the variables are that hold keys.
    package init(
        transport: Transport, environment: [String: String] = ProcessInfo.processInfo.environment,
        limits: HTTPRequest.Limits = HTTPRequest.Limits()
    ) {
        self.transport = transport
        self.environment = environment
        self.limits = limits
    }

    /// - Throws: `RequestFailure`, without the key in it.
    package func embeddings(of texts: [String], at endpoint: EmbeddingEndpoint) async throws -> [[Double]] {
        let key = try key(of: endpoint)
        let body = try JSONEncoder().encode(Question(model: endpoint.model, input: texts))
        var headers = ["Content-Type: application/json", "Accept: application/json"]
        if let key { headers.append("Authorization: Bearer \(key)") }
        var base = endpoint.baseURL[...]
        while base.hasSuffix("/") { base.removeLast() }
        let reader = CollectingReader(maximum: Self.maximum)
        let exchange = await transport.exchange(
            HTTPRequest(url: "\(base)/embeddings", headers: headers, body: Array(body), limits: limits), reader: reader)
        do {
            if exchange.failure?.kind == .interrupted { throw CancellationError() }
            if exchange.status != 0, exchange.status != 200 {
                throw Self.rejection(exchange, body: reader.body, endpoint: endpoint)
            }
            if let failure = exchange.failure { throw failure }
            return try Self.vectors(in: reader.body, count: texts.count, endpoint: endpoint)
        } catch let failure as RequestFailure {
            // It becomes the reason of an unscored answer, which is stored and shown.
            throw failure.scrubbed(by: Secrets([key].compactMap(\.self) + Proxy.secrets), longest: 500)
        }
    }

    /// nil where none is wanted.
    private func key(of endpoint: EmbeddingEndpoint) throws -> String? {
        if let file = endpoint.apiKeyFile {
            let key = try KeyFile(file).read()
            CoreDumps.forbid()
            return key
        }
        guard let variable = endpoint.apiKeyVariable else { return nil }
        let key = environment[variable]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard !key.isEmpty else {
            throw RequestFailure(
                kind: .notSent, message: "the variable \(variable), which api_key_env names, is not set",
                remedy: "Export it, or leave out api_key_env.")
        }
        CoreDumps.forbid()
        return key
    }

    private struct Question: Encodable {
        let model: String
        let input: [String]
        // Some clients ask for base64, and some servers then answer so to all.
        let encoding_format = "float"
    }

    // MARK: The answer

    private struct Answer: Decodable {
        let data: [Entry]

        struct Entry: Decodable {
            let index: Int?
            let embedding: [Double]
        }
    }

    /// The vectors in the order of the texts, which is that of their `index`.
    static func vectors(in body: [UInt8], count: Int, endpoint: EmbeddingEndpoint) throws -> [[Double]] {
        func malformed(_ what: String) -> RequestFailure {
            RequestFailure(
                kind: .malformed, message: "\(endpoint.baseURL) answered \(what)",
                remedy: "Check that \(endpoint.model) is an embedding model, and that its server pools over tokens.")
        }
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: Data(body))
        } catch {
            let text = String(decoding: body.prefix(100), as: UTF8.self)
            throw malformed(
                "what is no list of embeddings: \(text.split(whereSeparator: \.isNewline).joined(separator: " "))")
        }
        guard answer.data.count == count else { throw malformed("\(answer.data.count) embeddings to \(count) texts") }
        // Servers that leave out the index answer in order.
        let entries = answer.data.enumerated().map { ($1.index ?? $0, $1.embedding) }.sorted { $0.0 < $1.0 }
        guard entries.map(\.0) == Array(0..<count) else { throw malformed("embeddings that are not one for each text") }
        let dimensions = Set(entries.map(\.1.count))
        guard dimensions.count <= 1, !dimensions.contains(0) else {
            throw malformed(
                "embeddings of \(dimensions.sorted().map(String.init).joined(separator: " and ")) dimensions")
        }
        return entries.map(\.1)
    }

    private static func rejection(
        _ exchange: HTTPExchange, body: [UInt8], endpoint: EmbeddingEndpoint
    ) -> RequestFailure {
        let said = ServerMessage.text(of: body).map { ": \($0)" } ?? ""
        let message = "\(endpoint.baseURL) answered \(exchange.status)\(said)"
        switch exchange.status {
        case 401, 403:
            return RequestFailure(
                kind: .unauthorized, message: message, remedy: RequestFailure.keyRemedy, status: exchange.status)
        case 404, 501:
            return RequestFailure(
                kind: .notFound, message: message,
                remedy: "Check the model's name (\(endpoint.model)), and that its server serves /v1/embeddings.",
                status: exchange.status)
        case 429: return RequestFailure(kind: .rateLimited, message: message, status: 429)
        case 500...599: return RequestFailure(kind: .serverError, message: message, status: exchange.status)
        default: return RequestFailure(kind: .rejected, message: message, status: exchange.status)
        }
    }
}
