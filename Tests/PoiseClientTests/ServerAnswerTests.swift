import PoiseCore
import Testing

@testable import PoiseClient

/// What servers say that Poise's own endpoint never says, byte for byte: answers that are none, words, and keys in them.
@Suite struct ServerAnswerTests {
    /// Nil where the answer is a response.
    private func failure(
        answering answer: String, key: String? = nil, headers: [String: String] = [:]
    ) async throws -> RequestFailure? {
        let server = try RawServer(answering: answer)
        let transport = try Transport()
        defer { transport.stop() }
        let client = ChatClient(
            transport: transport, baseURL: server.url, model: "m", apiKey: key, headers: headers)
        let attempt = await client.attempt([Message(role: "user", content: "x")], sampling: SamplingSettings())
        withExtendedLifetime(server) {}
        return if case .failed(let failure) = attempt.outcome { failure } else { nil }
    }

    @Test func `what a server says of the user's own headers is not stored`() async throws {
        let failure = try await failure(
            answering: "HTTP/1.1 403 No\r\nContent-Length: 25\r\n\r\nno: tenant-4711 is blocked",
            headers: ["X-Tenant": "tenant-4711"])
        #expect(failure?.kind == .unauthorized)
        #expect(failure?.message.contains("[key] is blocke") == true)
    }

    @Test func `a key within a header of the user's own is not stored either`() async throws {
        let said = "Invalid key: sk-abc-4711-xyz."
        let failure = try await failure(
            answering: "HTTP/1.1 401 No\r\nContent-Length: \(said.utf8.count)\r\n\r\n\(said)",
            headers: ["Authorization": "Bearer sk-abc-4711-xyz"])
        #expect(failure?.message.contains("Invalid key: [key].") == true)
    }

    @Test(arguments: 60..<120)
    func `no part of a key is stored where a record is cut`(filling: Int) async throws {
        let page = "<html>" + String(repeating: "x", count: filling) + " sk-abc-4711-xyz-0815-abcdefghijklmnop no"
        let failure = try await failure(
            answering: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: \(page)"
                + String(repeating: " word", count: 30) + "\n\n",
            headers: ["Authorization": "Bearer sk-abc-4711-xyz-0815-abcdefghijklmnop"])
        #expect(failure?.kind == .malformed)
        #expect(failure?.message.contains("sk-a") == false)
    }

    @Test func `a stream that was cut is no response, where every chunk has an empty finish reason`() async throws {
        let chunk = #"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":""}]}"#
        let failure = try await failure(
            answering:
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: \(chunk)\n\n")
        #expect(failure?.kind == .brokenOff)
    }

    @Test func `events without data keep a connection alive, and are nothing else`() async throws {
        let chunk = #"{"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}"#
        #expect(
            try await failure(
                answering: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata:\n\n"
                    + "data: \n\ndata: \(chunk)\n\ndata:\n\ndata: [DONE]\n\n") == nil)
    }

    @Test func `an interim answer is none`() async throws {
        let failure = try await failure(answering: "HTTP/1.1 102 Processing\r\n\r\n")
        #expect(failure?.kind == .brokenOff)
    }

    @Test func `a server's own words are kept where an error comes as an event, and are not kept for ever`()
        async throws
    {
        let words = String(repeating: "busy ", count: 1_000)
        let failure = try await failure(
            answering: "HTTP/1.1 503 Busy\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                + #"data: {"error":{"message":"\#(words)"}}"# + "\n\n")
        #expect(failure?.kind == .serverError)
        #expect(failure?.message.contains("busy busy") == true)
        #expect(failure?.message.count ?? .max < 2_500)
    }

    @Test func `a key that a server echoes is taken out before anything is cut`() async throws {
        let key = "sk-0123456789abcdefghij"
        for padding in 170...205 {
            let body = String(repeating: "x", count: padding) + key + " is no key"
            let failure = try await failure(
                answering: "HTTP/1.1 401 No\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body, key: key)
            #expect(failure?.kind == .unauthorized)
            #expect(failure?.message.contains("sk-0") == false)
        }
    }
}
