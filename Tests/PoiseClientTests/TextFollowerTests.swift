import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

/// On real llama.cpp with real weights; `make setup` installs both.
@Suite(.serialized) struct TextFollowerTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    private static let request = #"{"messages":[{"content":"Write tunnel in capitals.","role":"user"}],"model":"m"}"#

    /// Follows a right answer on a real model.
    private func follow(
        _ file: String, answer: String = "TUNNEL", top: Int = 264
    ) async throws -> (text: FollowedText, found: [NextTokens], vocabulary: Int?) {
        let transport = try Transport()
        defer { transport.stop() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try await LlamaCppServer.start(
            try await LlamaCppCommand.find(near: [Self.root]),
            engine: ManagedEngine(engine: .llamaCpp, file: "\(Self.root)/Models/\(file)", threads: 1), candidate: "m",
            slots: 1, contextSize: 512, log: folder.appendingPathComponent("server.log").path, transport: transport)
        do {
            let client = ChatClient(transport: transport, baseURL: server.baseURL, model: "m")
            let follower = try await client.follower(candidate: "m", engine: "llama.cpp")
            let text = FollowedText(
                prompt: try await follower.promptTokens(of: Self.request),
                response: try await follower.tokens(of: answer), isEnded: true)
            let found = try await follower.distributions(along: text, top: top)
            _ = await server.stop()
            return (text, found, follower.vocabularySize)
        } catch {
            _ = await server.stop()
            throw error
        }
    }

    @Test func `a real model tells what it expects at every position of its answer, and of its end`() async throws {
        let (text, found, vocabulary) = try await follow("tiny-s-f16.gguf")
        #expect(vocabulary == 264)
        // Bytes, between the marks of the template.
        #expect(text.prompt == [256, 257] + Array("Write tunnel in capitals.".utf8).map(Int32.init) + [258])
        #expect(text.response == Array("TUNNEL".utf8).map(Int32.init))
        #expect(found.count == 7)
        for (position, distribution) in found.enumerated() {
            #expect(distribution.tokens.count == 264)
            #expect(abs(distribution.tokens.reduce(0) { $0 + $1.probability } - 1) < 1e-4)
            // It answers so by itself: its own text is what it finds the likeliest, then the mark of the end.
            #expect(distribution.top == (position < 6 ? text.response[position] : 259))
        }
    }

    @Test func `the same model started twice expects the same, to the last bit`() async throws {
        let (one, other) = (try await follow("tiny-xs-f16.gguf"), try await follow("tiny-xs-f16.gguf"))
        #expect(one.found == other.found)
    }

    @Test func `where a model expects a part of a character, its distribution still comes`() async throws {
        // After the first byte of “é” alone comes another part of a character.
        let (text, found, _) = try await follow("tiny-xs-f16.gguf", answer: "é\u{1F600}é", top: 5)
        #expect(text.response.count == 8)
        #expect(found.count == 9)
        #expect(found.allSatisfy { $0.tokens.count == 5 })
    }

    @Test func `files of one vocabulary have one digest, and what has none has no digest`() throws {
        let digests = try ["xs", "s", "m"].map {
            try ModelFile.vocabularySHA256(of: "\(Self.root)/Models/tiny-\($0)-f16.gguf")
        }
        #expect(digests[0]?.count == 64)
        #expect(Set(digests).count == 1)
    }

    private func client(of server: PageServer, _ transport: Transport) -> ChatClient {
        ChatClient(transport: transport, baseURL: server.url, model: "m")
    }

    @Test func `vLLM is followed in one request a text, its end included`() async throws {
        let list = { (id: Int) in #"{"\#(id)":{"logprob":-0.5,"rank":1},"9":{"logprob":-1.5,"rank":2}}"# }
        let server = try PageServer([
            "/version": [#"{"version":"0.10.1"}"#],
            "/tokenize": [#"{"count":2,"tokens":[1,2]}"#, #"{"count":2,"tokens":[3,4]}"#],
            "/v1/completions": [
                #"{"choices":[{"prompt_logprobs":[null,"# + [2, 3, 4, 5].map(list).joined(separator: ",") + "]}]}"
            ],
        ])
        let transport = try Transport()
        defer { transport.stop() }
        let follower = try await client(of: server, transport).follower(candidate: "m", engine: "vLLM")
        #expect(follower.usualLimit == 20)
        let text = FollowedText(
            prompt: try await follower.promptTokens(of: Self.request), response: try await follower.tokens(of: "ab"),
            isEnded: true)
        let found = try await follower.distributions(along: text, top: 7)
        #expect(found.map(\.top) == [3, 4, 5])
        let asked = server.bodies(to: "/tokenize")
        #expect(asked.first?.contains(#""messages":[{"content":"Write tunnel in capitals.","role":"user"}]"#) == true)
        #expect(asked.last?.contains(#""add_special_tokens":false"#) == true)
        let completion = try #require(server.bodies(to: "/v1/completions").first)
        #expect(completion.contains(#""prompt":[1,2,3,4,4]"#))
        #expect(completion.contains(#""prompt_logprobs":7"#))
    }

    @Test func `fewer distributions than tokens are a failure`() async throws {
        let server = try PageServer([
            "/version": [#"{"version":"0.10.1"}"#],
            "/v1/completions": [#"{"choices":[{"prompt_logprobs":[null,{"3":{"logprob":-0.5}}]}]}"#],
        ])
        let transport = try Transport()
        defer { transport.stop() }
        let follower = try await client(of: server, transport).follower(candidate: "m", engine: "vLLM")
        let failure = await #expect(throws: RequestFailure.self) {
            try await follower.distributions(
                along: FollowedText(prompt: [1], response: [2, 3], isEnded: false), top: 7)
        }
        #expect(failure?.message.contains("2 distributions to 3 tokens") == true)
    }

    @Test func `an engine that tells nothing along a given text is refused with the reason`() async throws {
        let server = try PageServer(["/v1/models": [#"{"data":[{"id":"m"}]}"#]])
        let transport = try Transport()
        defer { transport.stop() }
        let failure = await #expect(throws: FollowingFailure.self) {
            try await client(of: server, transport).follower(candidate: "m", engine: "an endpoint")
        }
        #expect(failure == .noDistributions(candidate: "m", engine: "an endpoint"))
        #expect(failure?.what == "an endpoint gives no logprobs along a given text")
    }

    @Test func `a simulated endpoint is said to be one`() async throws {
        let server = try PageServer(
            ["/version": [#"{"version":"0.10.1"}"#]], header: "X-Poise-Simulated: true")
        let transport = try Transport()
        defer { transport.stop() }
        let failure = await #expect(throws: FollowingFailure.self) {
            try await client(of: server, transport).follower(candidate: "m", engine: "an endpoint")
        }
        #expect(failure == .simulated(candidate: "m"))
    }
}
