import PoiseCore
import PoiseSimulator
import Testing

/// Each dialect over a real connection.
struct DialectTests {
    private static let schedule = SimulatorSchedule(
        interTokenGap: .milliseconds(1), reasoningTokens: 1, answer: .text("one two three"))

    private func respond(_ path: String, _ body: String, _ faults: SimulatorFault...) async throws
        -> (response: RawResponse, served: ServedRequest)
    {
        let configuration = SimulatorConfiguration(schedule: Self.schedule, faults: .init(faults.map { .init($0) }))
        return try await withSimulator(configuration) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.post(body, to: path)
            return (await connection.response(), try #require(simulator.requests.first))
        }
    }

    private static let ollama = #"{"model":"m","messages":[{"role":"user","content":"Hi"}]}"#

    @Test func `Ollama's chat is a stream of lines with its own counts`() async throws {
        let (response, served) = try await respond("/api/chat", Self.ollama)
        #expect(response.headers["content-type"] == "application/x-ndjson")
        #expect(response.headers["x-poise-simulated"] == "true")
        let lines = try response.body.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.count == 5)
        #expect(lines.compactMap { $0["message"]?["content"]?.string }.joined() == "one two three")
        #expect(lines.first?["message"]?["thinking"]?.string == "Simulated")
        #expect(lines.last?["eval_count"]?.number == 4)
        #expect(lines.allSatisfy { $0["system_fingerprint"]?.string == "poise-simulated" })
        #expect(served.chunks.map(\.kind) == [.reasoning, .answer, .answer, .answer, .done])
        #expect(served.number == 1)
        #expect(response.end == .complete)
    }

    @Test func `Ollama's errors are texts, before the stream and in it`() async throws {
        let refused = try await respond("/api/chat", Self.ollama, .status(404)).response
        #expect(refused.status == 404)
        #expect(try JSONValue(parsing: refused.body)["error"]?.string == "simulated failure 404")
        let broken = try await respond("/api/chat", Self.ollama, .error(afterChunks: 2)).response
        let last = try JSONValue(parsing: String(try #require(broken.body.split(separator: "\n").last)))
        #expect(last["error"]?.string == "simulated failure 500")
    }

    @Test func `a legacy completion streams text`() async throws {
        let body = #"{"model":"m","prompt":"Hi","stream":true,"stream_options":{"include_usage":true}}"#
        let (response, served) = try await respond("/v1/completions", body)
        let values = try response.values()
        let text = values.compactMap { $0["choices"]?.array?.first?["text"]?.string }.joined()
        #expect(text == "<think>Simulated</think>one two three")
        #expect(values.last?["usage"]?["completion_tokens"]?.number == 4)
        #expect(response.events.last == "[DONE]")
        #expect(served.chunks.map(\.kind) == [.reasoning, .answer, .answer, .answer, .other, .usage, .done])
    }
}
