import PoiseClient
import PoiseCore
import Testing

/// The body of a request as it is known before it is sent.
@Suite struct ChatBodyTests {
    private static let prompt: ChatPrompt = [Message(role: "user", content: "Add 1 and 2.")]

    private func body(
        _ prompt: ChatPrompt = prompt, api: EndpointAPI = .chat, model: String = "m", cachePrompt: Bool? = nil,
        _ change: (inout SamplingSettings) -> Void = { _ in }
    ) throws -> [UInt8] {
        var sampling = SamplingSettings(temperature: 0, maxTokens: 8)
        change(&sampling)
        let transport = try Transport()
        defer { transport.stop() }
        return try ChatClient(
            transport: transport, api: api, baseURL: "http://127.0.0.1:1/v1", model: model, cachePrompt: cachePrompt
        ).body(of: prompt, sampling: sampling)
    }

    @Test(arguments: EndpointAPI.allCases)
    func `it is the body that is sent`(api: EndpointAPI) async throws {
        let transport = try Transport()
        defer { transport.stop() }
        // Nobody listens at port 1: what would have gone out is in the attempt all the same.
        let client = ChatClient(transport: transport, api: api, baseURL: "http://127.0.0.1:1/v1", model: "m")
        let sampling = SamplingSettings(temperature: 0.5, topP: 0.9, topK: 40, maxTokens: 8, seed: 1, stop: ["\n"])
        let attempt = await client.attempt(Self.prompt, sampling: sampling)
        #expect(Array(attempt.request.utf8) == (try client.body(of: Self.prompt, sampling: sampling)))
        #expect(
            client.url == "http://127.0.0.1:1"
                + (api == .ollama ? "/api/chat" : api == .chat ? "/v1/chat/completions" : "/v1/completions"))
    }

    @Test func `every setting and every part of the prompt is in it`() throws {
        var spoken = Self.prompt
        spoken.messages.insert(Message(role: "system", content: "Be short."), at: 0)
        var equipped = Self.prompt
        equipped.tools = [.object(["type": .string("function")])]
        var shaped = Self.prompt
        shaped.responseSchema = .object(["type": .string("object")])
        let others: [(String, [UInt8])] = [
            ("model", try body(model: "n")), ("api", try body(api: .ollama)), ("cache", try body(cachePrompt: false)),
            ("temperature", try body { $0.temperature = 0.5 }), ("no temperature", try body { $0.temperature = nil }),
            ("top p", try body { $0.topP = 0.9 }), ("top k", try body { $0.topK = 40 }),
            ("cap", try body { $0.maxTokens = 9 }), ("seed", try body { $0.seed = 1 }),
            ("stop", try body { $0.stop = ["\n"] }), ("system", try body(spoken)), ("tools", try body(equipped)),
            ("schema", try body(shaped)),
            ("question", try body([Message(role: "user", content: "Add 1 and 3.")])),
            ("role", try body([Message(role: "system", content: "Add 1 and 2.")])),
        ]
        var seen = [try body(): "nothing"]
        for (name, body) in others {
            #expect(seen[body] == nil, "\(name) is as \(seen[body] ?? "")")
            seen[body] = name
        }
    }
}
