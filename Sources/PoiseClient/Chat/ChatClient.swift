import Foundation
package import PoiseCore

/// A client of one endpoint, in any of the APIs that Poise knows.
package struct ChatClient: Sendable {
    private let transport: Transport
    private let api: EndpointAPI
    let baseURL: String
    let model: String
    private let apiKey: String?
    private let cachePrompt: Bool?
    private let headers: [String]
    /// What must not get into anything that the server says: the key, and headers that are secret.
    private let secrets: Secrets
    /// What must not get into a stored failure: that, and what the user's own headers say.
    private let messageSecrets: Secrets
    private let echoedKey: EchoedKey
    private let connection: HTTPRequest.Connection
    private let limits: HTTPRequest.Limits

    /// - Parameters:
    ///   - baseURL: up to and with `/v1`; for Ollama's own API with or without it.
    ///   - headers: sent beside Poise's own, and in place of those with the same name; none of them is stored.
    ///   - secretHeaders: those whose values are secrets, as the key is.
    ///   - echoedKey: told where the server repeats a key.
    ///   - cachePrompt: sent to llama.cpp, which else reuses what prompts share: that flatters the TTFT.
    package init(
        transport: Transport, api: EndpointAPI = .chat, baseURL: String, model: String, apiKey: String? = nil,
        headers: [String: String] = [:], secretHeaders: [String: String] = [:], cachePrompt: Bool? = nil,
        connection: HTTPRequest.Connection = HTTPRequest.Connection(),
        limits: HTTPRequest.Limits = HTTPRequest.Limits(), echoedKey: EchoedKey = EchoedKey()
    ) {
        self.transport = transport
        self.api = api
        self.baseURL = baseURL
        self.model = model
        // A line end, as files of variables leave it, would end the header.
        let key = apiKey?.trimmingCharacters(in: .whitespacesAndNewlines)
        self.apiKey = key
        self.cachePrompt = cachePrompt
        let own = headers.merging(secretHeaders) { $1 }.map {
            (name: Self.oneLine($0.key), value: Self.oneLine($0.value))
        }.sorted {
            $0.name < $1.name
        }
        var lines = own.map { "\($0.name): \($0.value)" }
        if let key, !own.contains(where: { $0.name.lowercased() == "authorization" }) {
            lines.append("Authorization: Bearer \(key)")
        }
        self.headers = lines
        let keys = [key].compactMap(\.self) + Proxy.secrets
        secrets = Secrets(keys + secretHeaders.values.flatMap { Self.parts(of: Self.oneLine($0)) })
        messageSecrets = Secrets(keys + own.flatMap { Self.parts(of: $0.value) })
        self.echoedKey = echoedKey
        self.connection = connection
        self.limits = limits
    }

    /// What a server may repeat of a header's value: of `Bearer KEY` or `session=KEY; …` the key.
    private static func parts(of value: String) -> [String] {
        let words = value.split { " ;,".contains($0) }
        var parts = [value] + words.map(String.init)
        parts += words.compactMap { word in word.firstIndex(of: "=").map { String(word[$0...].dropFirst()) } }
        // Of HTTP's Basic (RFC 7617) the password, which a server has decoded.
        if value.lowercased().hasPrefix("basic "), let pair = Data(base64Encoded: String(value.dropFirst(6))) {
            parts += String(decoding: pair, as: UTF8.self).split(separator: ":", maxSplits: 1).dropFirst().map(
                String.init)
        }
        return parts.filter { $0.utf8.count >= Secrets.shortestInTexts }
    }

    /// Whether the server has repeated a key in a response; it is not in what is kept.
    package var repeatsKey: Bool { echoedKey.isSeen }

    /// A header's name or value, which must not begin another header.
    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ").trimmingCharacters(in: .whitespaces)
    }

    /// Where requests go.
    package var url: String { ChatRequest.url(of: api, baseURL: baseURL) }

    /// What `attempt` sends.
    package func body(of prompt: ChatPrompt, sampling: SamplingSettings) throws(RequestFailure) -> [UInt8] {
        try ChatRequest(api: api, model: model, prompt: prompt, sampling: sampling, cachePrompt: cachePrompt).body()
    }

    /// Asks once. Whatever goes wrong is in the attempt's outcome, not thrown: it has to be stored.
    package func attempt(_ prompt: ChatPrompt, sampling: SamplingSettings) async -> Attempt {
        await observe(prompt, sampling: sampling).attempt
    }

    /// The same, with what went over the line beside the response; nil where nothing did.
    package func observe(
        _ prompt: ChatPrompt, sampling: SamplingSettings
    ) async -> (attempt: Attempt, exchange: HTTPExchange?) {
        let body: [UInt8]
        do throws(RequestFailure) {
            body = try self.body(of: prompt, sampling: sampling)
        } catch {
            return (Attempt(request: "", outcome: .failed(error)), nil)
        }
        let accepted = api == .ollama ? "application/x-ndjson" : "text/event-stream"
        let reader = ChatReader(api)
        let exchange = await transport.exchange(
            HTTPRequest(
                url: url,
                headers: ["Content-Type: application/json", "Accept: \(accepted)"] + headers, body: body,
                connection: connection, limits: limits),
            reader: reader)
        let attempt = Attempt(
            request: String(decoding: body, as: UTF8.self), started: exchange.connect == nil ? nil : exchange.started,
            outcome: outcome(of: exchange, reader: reader))
        return (attempt, withoutSecrets(exchange))
    }

    /// Makes so many connections stand, so that no request begins with a handshake.
    ///
    /// They are opened by asking as many times at once for what costs a server nothing. A server that closes connections
    /// behind each response is not helped; there, connecting is kept out of the TTFT by where its clock starts.
    package func connect(_ connections: Int) async {
        // Where the server has closed some of those that are idle, libcurl connects anew.
        let standing = transport.connections(for: HTTPRequest(url: baseURL, connection: connection))
        let missing = connection.httpVersion == 2 ? min(1, connections) - standing.open : connections - standing.idle
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(0, missing) {
                group.addTask { _ = await page("\(baseURL)/models", opensConnection: true) }
            }
        }
    }

    /// A page of the endpoint beside its API, asked once and briefly; nil where it did not come.
    ///
    /// - Parameter opensConnection: whether not even an idle connection is taken for it.
    package func page(_ url: String, opensConnection: Bool = false) async -> EndpointFacts.Answer? {
        let (exchange, body) = await visit(url, opensConnection: opensConnection)
        guard exchange.failure == nil else { return nil }
        return EndpointFacts.Answer(status: exchange.status, headers: exchange.headers, body: body)
    }

    /// The same, with what became of it also where it did not come.
    package func visit(
        _ url: String, opensConnection: Bool, patience: Duration = EndpointFacts.patience
    ) async -> (exchange: HTTPExchange, body: [UInt8]) {
        var limits = limits
        limits.connect = min(limits.connect, patience)
        limits.total = patience
        let reader = CollectingReader()
        var request = HTTPRequest(url: url, headers: headers, connection: connection, limits: limits)
        request.opensConnection = opensConnection
        let exchange = await transport.exchange(request, reader: reader)
        return (withoutSecrets(exchange), secrets.scrubbed(reader.body))
    }

    /// Servers echo what they were sent in headers too.
    private func withoutSecrets(_ exchange: HTTPExchange) -> HTTPExchange {
        var exchange = exchange
        exchange.headers = exchange.headers.scrubbed(by: secrets)
        return exchange
    }

    /// Asks once for what is no response of a chat, and gives the whole body of the answer.
    ///
    /// - Throws: a failure in the server's own words, without the key in it.
    func post(_ body: [UInt8], to url: String) async throws(RequestFailure) -> [UInt8] {
        let reader = CollectingReader(maximum: limits.size)
        let exchange = await transport.exchange(
            HTTPRequest(
                url: url, headers: ["Content-Type: application/json", "Accept: application/json"] + headers, body: body,
                connection: connection, limits: limits),
            reader: reader)
        let isInterrupted = exchange.failure?.kind == .interrupted
        if !isInterrupted, exchange.status != 0, exchange.status != 200 {
            throw storable(rejection(exchange, body: reader.body))
        }
        if let failure = exchange.failure { throw storable(failure) }
        return secrets.scrubbed(reader.body)
    }

    private func outcome(of exchange: HTTPExchange, reader: ChatReader) -> Attempt.Outcome {
        // A status that is no success says more than how the body ended.
        let isInterrupted = exchange.failure?.kind == .interrupted
        if !isInterrupted, exchange.status != 0, exchange.status != 200 {
            return .failed(storable(rejection(exchange, body: reader.rejection)))
        }
        switch reader.outcome(of: exchange) {
        case .responded(let response): return .responded(echoedKey.taking(outOf: response, secrets))
        case .failed(let failure): return .failed(storable(failure))
        }
    }

    /// A response that is no success, as a failure with the server's own words.
    private func rejection(_ exchange: HTTPExchange, body: [UInt8]) -> RequestFailure {
        let said = serverMessage(body)
        let head = "\(baseURL) answered \(exchange.status)" + (said.isEmpty ? "" : ": \(said)")
        let retryAfter = exchange.headers["retry-after"].flatMap { RetryAfter.seconds(from: $0) }
        switch exchange.status {
        case 401, 403:
            return RequestFailure(
                kind: .unauthorized, message: head, remedy: RequestFailure.keyRemedy, status: exchange.status)
        case 404:
            return RequestFailure(
                kind: .notFound, message: head,
                remedy:
                    "Check the model's name (\(model)) and that the base_url ends as the endpoint wants, often in /v1.",
                status: 404)
        case 429:
            return RequestFailure(kind: .rateLimited, message: head, status: 429, retryAfter: retryAfter)
        case 500...599:
            return RequestFailure(
                kind: .serverError, message: head, status: exchange.status, retryAfter: retryAfter)
        default:
            return RequestFailure(kind: .rejected, message: head, status: exchange.status)
        }
    }

    private func serverMessage(_ body: [UInt8]) -> String {
        if let message = ServerMessage.text(of: body) { return message }
        // The key goes first: half of it, left by a cut, would not be found. 4 KB hold any page's own words.
        let text = messageSecrets.scrubbed(message: String(decoding: body.prefix(4096), as: UTF8.self)).prefix(200)
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private func storable(_ failure: RequestFailure) -> RequestFailure {
        failure.scrubbed(by: messageSecrets)
    }
}
