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
    /// What must not get into a stored failure: the key, and what the user's own headers say.
    private let secrets: [String]
    private let connection: HTTPRequest.Connection
    private let opened = OpenedConnections()
    private let limits: HTTPRequest.Limits

    /// - Parameters:
    ///   - baseURL: up to and with `/v1`; for Ollama's own API with or without it.
    ///   - headers: sent beside Poise's own, and in place of those with the same name; none of them is stored.
    ///   - cachePrompt: sent to llama.cpp, which else reuses what prompts share: that flatters the TTFT.
    package init(
        transport: Transport, api: EndpointAPI = .chat, baseURL: String, model: String, apiKey: String? = nil,
        headers: [String: String] = [:], cachePrompt: Bool? = nil,
        connection: HTTPRequest.Connection = HTTPRequest.Connection(),
        limits: HTTPRequest.Limits = HTTPRequest.Limits()
    ) {
        self.transport = transport
        self.api = api
        self.baseURL = baseURL
        self.model = model
        // A line end, as files of variables leave it, would end the header.
        let key = apiKey?.trimmingCharacters(in: .whitespacesAndNewlines)
        self.apiKey = key
        self.cachePrompt = cachePrompt
        let own = headers.map { (name: Self.oneLine($0.key), value: Self.oneLine($0.value)) }.sorted {
            $0.name < $1.name
        }
        var lines = own.map { "\($0.name): \($0.value)" }
        if let key, !own.contains(where: { $0.name.lowercased() == "authorization" }) {
            lines.append("Authorization: Bearer \(key)")
        }
        self.headers = lines
        // The longest first: one may be part of another. Of `Bearer KEY` or `session=KEY; …` a server repeats the key.
        let hidden = own.flatMap { header in
            [header.value] + header.value.split { " ;,=".contains($0) }.map(String.init)
        }.filter { $0.count >= 8 }
        secrets = ([key].compactMap { $0 } + hidden).filter { !$0.isEmpty }.sorted { $0.count > $1.count }
        self.connection = connection
        self.limits = limits
    }

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
        let body: [UInt8]
        do throws(RequestFailure) {
            body = try self.body(of: prompt, sampling: sampling)
        } catch {
            return Attempt(request: "", outcome: .failed(error))
        }
        let accepted = api == .ollama ? "application/x-ndjson" : "text/event-stream"
        let reader = ChatReader(api)
        let exchange = await transport.exchange(
            HTTPRequest(
                url: url,
                headers: ["Content-Type: application/json", "Accept: \(accepted)"] + headers, body: body,
                connection: connection, limits: limits),
            reader: reader)
        return Attempt(
            request: String(decoding: body, as: UTF8.self), started: exchange.connect == nil ? nil : exchange.started,
            outcome: outcome(of: exchange, reader: reader))
    }

    /// Makes so many connections stand, so that no request begins with a handshake.
    ///
    /// They are opened by asking as many times at once for what costs a server nothing. A server that closes connections
    /// behind each response is not helped; there, connecting is kept out of the TTFT by where its clock starts.
    package func connect(_ connections: Int) async {
        let wanted = connection.httpVersion == 2 ? min(1, connections) : connections
        // Those of before are idle now; where the server closed some, libcurl connects anew.
        let missing = opened.add(upTo: wanted)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<missing {
                group.addTask { _ = await page("\(baseURL)/models", opensConnection: true) }
            }
        }
    }

    /// A page of the endpoint beside its API, asked once and briefly; nil where it did not come.
    ///
    /// - Parameter opensConnection: whether not even an idle connection is taken for it.
    package func page(_ url: String, opensConnection: Bool = false) async -> EndpointFacts.Answer? {
        var limits = limits
        limits.connect = min(limits.connect, EndpointFacts.patience)
        limits.total = EndpointFacts.patience
        let reader = CollectingReader()
        var request = HTTPRequest(url: url, headers: headers, connection: connection, limits: limits)
        request.opensConnection = opensConnection
        let exchange = await transport.exchange(request, reader: reader)
        guard exchange.failure == nil else { return nil }
        return EndpointFacts.Answer(status: exchange.status, headers: exchange.headers, body: reader.body)
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
        return reader.body
    }

    private func outcome(of exchange: HTTPExchange, reader: ChatReader) -> Attempt.Outcome {
        // A status that is no success says more than how the body ended.
        let isInterrupted = exchange.failure?.kind == .interrupted
        if !isInterrupted, exchange.status != 0, exchange.status != 200 {
            return .failed(storable(rejection(exchange, body: reader.rejection)))
        }
        switch reader.outcome(of: exchange) {
        case .responded(let response): return .responded(response)
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
                kind: .unauthorized, message: head,
                remedy: "Name the variable that holds the key as api_key_env, and export it.", status: exchange.status)
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
        let text = withoutKey(String(decoding: body.prefix(4096), as: UTF8.self)).prefix(200)
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Servers echo keys, and whole pages; a failure is stored and shown.
    private func storable(_ failure: RequestFailure) -> RequestFailure {
        let message = withoutKey(failure.message)
        return RequestFailure(
            kind: failure.kind, message: message.count > 2_000 ? "\(message.prefix(2_000))…" : message,
            remedy: failure.remedy, status: failure.status, retryAfter: failure.retryAfter)
    }

    private func withoutKey(_ text: String) -> String {
        secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: "[key]") }
    }
}
