import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

/// Servers that hand a client's key back, in every place where an answer has room for one.
@Suite struct EchoedKeyTests {
    private static let key = "Zx81-kQ/vw+4711=abc"

    private func outcome(
        of answer: String, key: String? = key, headers: [String: String] = [:], secretHeaders: [String: String] = [:],
        api: EndpointAPI = .chat
    ) async throws -> (outcome: Attempt.Outcome, repeatsKey: Bool) {
        let server = try RawServer(answering: answer)
        let transport = try Transport()
        defer { transport.stop() }
        let client = ChatClient(
            transport: transport, api: api, baseURL: server.url, model: "m", apiKey: key, headers: headers,
            secretHeaders: secretHeaders)
        let attempt = await client.attempt([Message(role: "user", content: "x")], sampling: SamplingSettings())
        withExtendedLifetime(server) {}
        #expect(!"\(attempt)".contains("Zx81"), "\(attempt)")
        return (attempt.outcome, client.repeatsKey)
    }

    private func response(_ chunks: [String]) async throws -> (response: Response?, repeatsKey: Bool) {
        let stream = chunks.map { "data: \($0)\n\n" }.joined() + "data: [DONE]\n\n"
        let (outcome, repeatsKey) = try await outcome(
            of: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n\(stream)")
        return if case .responded(let response) = outcome { (response, repeatsKey) } else { (nil, repeatsKey) }
    }

    private static func delta(_ delta: String, finish: String = "null", more: String = "") -> String {
        #"{"choices":[{"index":0,"delta":{\#(delta)},"finish_reason":\#(finish)}]\#(more)}"#
    }

    /// A text in chunks of one field, of so many characters each.
    private static func chunks(_ text: String, of field: String, size: Int) -> [String] {
        stride(from: 0, to: text.count, by: size).map { start in
            let piece = text.dropFirst(start).prefix(size)
            return delta(#""\#(field)":\#(JSONValue.string(String(piece)).text)"#)
        }
    }

    @Test(arguments: [1, 2, 7, 100], ["content", "reasoning_content", "reasoning"])
    func `a key that comes in pieces is not kept`(size: Int, field: String) async throws {
        let (response, repeatsKey) = try await response(
            Self.chunks("It is \(Self.key), really.", of: field, size: size) + [Self.delta("", finish: #""stop""#)])
        let text = field == "content" ? response?.answer : response?.reasoning
        #expect(text == "It is [key], really.")
        #expect(repeatsKey)
        #expect(
            response?.timeline.chunks.filter { $0.characters > 0 }.map(\.characters).reduce(0, +) == Self.key.count + 15
        )
    }

    @Test func `a key in a tool call is not kept`() async throws {
        func call(_ arguments: String, name: String = "") -> String {
            Self.delta(
                #""tool_calls":[{"index":0,"id":"\#(Self.key)","function":{\#(name)"arguments":"\#(arguments)"}}]"#)
        }
        let (response, _) = try await response([
            call(String(Self.key.prefix(9)), name: #""name":"f","#), call(String(Self.key.dropFirst(9))),
            Self.delta("", finish: #""tool_calls""#),
        ])
        #expect(response?.calls == [ToolCall(id: "[key]", name: "f", arguments: "[key]")])
        #expect(response?.toolCalls == "f[key]")
    }

    @Test func `a key in what the server says of the response is not kept`() async throws {
        let (response, repeatsKey) = try await response([
            Self.delta(
                #""content":"a""#, finish: #""stop \#(Self.key)""#,
                more: #","model":"m/\#(Self.key)","system_fingerprint":"\#(Self.key)""#)
        ])
        #expect(response?.finishReason == "stop [key]" && repeatsKey)
        #expect(response?.report.model == "m/[key]" && response?.report.systemFingerprint == "[key]")
    }

    @Test func `an answer that says nothing of the key stays, and nobody is told on`() async throws {
        let (response, repeatsKey) = try await response([Self.delta(#""content":"Zx80""#, finish: #""stop""#)])
        #expect(response?.answer == "Zx80" && !repeatsKey)
    }

    @Test func `a document, lines of JSON and a legacy completion are no other`() async throws {
        let document = #"{"choices":[{"message":{"content":"\#(Self.key)"},"finish_reason":"stop"}]}"#
        let lines =
            #"{"message":{"role":"assistant","content":"\#(Self.key)"},"done":true,"done_reason":"stop"}"# + "\n"
        for (type, body, api) in [
            ("application/json", document, EndpointAPI.chat), ("application/x-ndjson", lines, .ollama),
        ] {
            let (outcome, repeatsKey) = try await outcome(
                of: "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
                api: api)
            guard case .responded(let response) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(response.answer == "[key]" && repeatsKey)
        }
    }

    private static let stream =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    private static let base64 = Data("Bearer \(key)".utf8).base64EncodedString()

    @Test(arguments: [
        "HTTP/1.1 401 No\r\nContent-Length: 60\r\n\r\n{\"error\":{\"message\":\"bad key \(key)                 \"}}",
        "HTTP/1.1 400 No\r\nContent-Length: 51\r\nX-Your-Key: \(key)\r\n\r\nAuthorization: \(base64)",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/?k=\(key)\r\nContent-Length: 25\r\n\r\nmoved: \(key)",
        "\(stream)data: {\"error\": \"\(key)\"}\n\n", "\(stream)data: no JSON, \(key)\n\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>\(key)",
        "\(key)\r\n\r\n",
    ])
    func `a key in an error is not kept`(answer: String) async throws {
        guard case .failed = try await outcome(of: answer).outcome else {
            Issue.record("it is no failure")
            return
        }
    }

    @Test func `secret headers are kept no more than keys, and open ones only out of messages`() async throws {
        func answer(_ text: String) -> String {
            let body = #"{"choices":[{"message":{"content":"\#(text)"},"finish_reason":"stop"}]}"#
            return
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        let password = Data("user:\(Self.key)".utf8).base64EncodedString()
        for (value, said) in [
            ("Bearer \(Self.key)", Self.key), ("Basic \(password)", password), ("Basic \(password)", Self.key),
            ("session=\(Self.key); a=b", Self.key),
        ] {
            let (outcome, repeatsKey) = try await outcome(
                of: answer(said), key: nil, secretHeaders: ["Authorization": value])
            guard case .responded(let response) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(response.answer.hasSuffix("[key]") && repeatsKey, "\(value): \(response.answer)")
        }
        let (open, _) = try await outcome(of: answer("performance"), headers: ["X-Team": "performance"])
        guard case .responded(let response) = open else { return #expect(Bool(false)) }
        #expect(response.answer == "performance")
    }

    @Test func `what an endpoint says of itself is kept without a key`() async throws {
        let body = #"{"data":[{"id":"m","root":"\#(Self.key)","owned_by":"vllm"}]}"#
        let server = try RawServer(
            answering: "HTTP/1.1 200 OK\r\nServer: x \(Self.key)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let transport = try Transport()
        defer { transport.stop() }
        let client = ChatClient(transport: transport, baseURL: server.url, model: "m", apiKey: Self.key)
        let answer = try #require(await client.page("\(server.url)/models"))
        #expect(answer.headers["server"] == "x [key]")
        let facts = EndpointFacts(from: [.models: answer], model: "m")
        #expect(!"\(facts)".contains("Zx81") && facts.details != nil)
    }

    @Test func `embeddings that are none do not hold the key in their failure`() async throws {
        for body in ["no: \(Self.key)", #"{"error": "\#(Self.base64)"}"#] {
            let server = try RawServer(
                answering: "HTTP/1.1 400 No\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let transport = try Transport()
            defer { transport.stop() }
            let embedder = EmbeddingClient(transport: transport, environment: ["KEY": Self.key])
            let endpoint = EmbeddingEndpoint(baseURL: server.url, model: "m", apiKeyVariable: "KEY")
            let failure = await #expect(throws: RequestFailure.self) {
                try await embedder.embeddings(of: ["a"], at: endpoint)
            }
            #expect(failure.map { "\($0)".contains("Zx81") || $0.message.contains(Self.base64) } == false)
        }
    }

    @Test func `passwords of proxies are secrets too`() {
        #expect(
            Proxy.secrets(environment: [
                "http_proxy": "http://me:pass-word-1@h:1", "HTTPS_PROXY": "me:pass-word-2@h:1",
                "all_proxy": "http://h:1",
                "no_proxy": "x",
            ]).sorted() == ["pass-word-1", "pass-word-2"])
    }
}
