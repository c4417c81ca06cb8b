import Foundation
package import PoiseCore

/// A client of one OpenAI-compatible endpoint.
package struct ChatClient: Sendable {
    private let transport: Transport
    private let baseURL: String
    private let model: String
    private let apiKey: String?
    private let cachePrompt: Bool?
    private let limits: HTTPRequest.Limits

    /// - Parameters:
    ///   - baseURL: up to and with `/v1`.
    ///   - cachePrompt: sent to llama.cpp, which else reuses what prompts share: that flatters the TTFT.
    package init(
        transport: Transport, baseURL: String, model: String, apiKey: String? = nil,
        cachePrompt: Bool? = nil, limits: HTTPRequest.Limits = HTTPRequest.Limits()
    ) {
        self.transport = transport
        self.baseURL = baseURL
        self.model = model
        // A line end, as files of variables leave it, would end the header.
        self.apiKey = apiKey?.trimmingCharacters(in: .whitespacesAndNewlines)
        self.cachePrompt = cachePrompt
        self.limits = limits
    }

    /// Asks once. Whatever goes wrong is in the attempt's outcome, not thrown: it has to be stored.
    package func attempt(_ messages: [Message], sampling: SamplingSettings) async -> Attempt {
        let body: [UInt8]
        do {
            body = try ChatRequest(
                model: model, messages: messages, sampling: sampling, cachePrompt: cachePrompt
            ).body()
        } catch {
            let failure = RequestFailure(kind: .notSent, message: "the request cannot be written as JSON: \(error)")
            return Attempt(request: "", outcome: .failed(failure))
        }
        var headers = ["Content-Type: application/json", "Accept: text/event-stream"]
        if let apiKey { headers.append("Authorization: Bearer \(apiKey)") }
        let exchange = await transport.exchange(
            HTTPRequest(url: "\(baseURL)/chat/completions", headers: headers, body: body, limits: limits))
        return Attempt(request: String(decoding: body, as: UTF8.self), outcome: outcome(of: exchange))
    }

    /// Whether the endpoint says that it is simulated; nil where it does not answer.
    package func isSimulated() async -> Bool? {
        let headers = apiKey.map { ["Authorization: Bearer \($0)"] } ?? []
        var limits = limits
        // It is asked before a candidate's first trial; an endpoint may not know the question.
        limits.stall = min(limits.stall, .seconds(10))
        let exchange = await transport.exchange(HTTPRequest(url: "\(baseURL)/models", headers: headers, limits: limits))
        guard exchange.failure == nil else { return nil }
        return exchange.headers["x-poise-simulated"] == "true"
    }

    private func outcome(of exchange: HTTPExchange) -> Attempt.Outcome {
        if let failure = exchange.failure { return .failed(storable(failure)) }
        if exchange.status != 200 { return .failed(storable(rejection(exchange))) }
        do throws(RequestFailure) {
            if exchange.events.isEmpty {
                return .responded(try ChatStreamDecoder.whole(exchange, ended: exchange.ended ?? exchange.started))
            }
            var decoder = ChatStreamDecoder(
                started: exchange.started, connect: exchange.connect, firstByte: exchange.firstByte)
            for event in exchange.events { try decoder.read(event) }
            return .responded(try decoder.response())
        } catch {
            return .failed(storable(error))
        }
    }

    /// A response that is no success, as a failure with the server's own words.
    private func rejection(_ exchange: HTTPExchange) -> RequestFailure {
        let said = serverMessage(exchange.events.first?.data ?? exchange.body)
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
        if let chunk = try? JSONDecoder().decode(ChatChunk.self, from: Data(body)), let error = chunk.error {
            return error.message
        }
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
        guard let apiKey, !apiKey.isEmpty else { return text }
        return text.replacingOccurrences(of: apiKey, with: "[key]")
    }
}
