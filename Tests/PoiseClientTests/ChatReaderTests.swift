import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

/// Streams that real servers sent, or that are written after their documentation: see Fixtures/README.md.
@Suite struct ChatReaderTests {
    private let start = Instant(nanoseconds: 1_000_000_000)
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures")

    private func fixture(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.fixtures.appending(path: name)))
    }

    private static func type(of name: String) -> String {
        if name.hasSuffix(".sse") { return "text/event-stream; charset=utf-8" }
        return name.hasSuffix(".ndjson") ? "application/x-ndjson" : "application/json"
    }

    private static func api(of name: String) -> EndpointAPI {
        if name.hasPrefix("ollama") { return .ollama }
        return name.hasSuffix("completions.sse") ? .completions : .chat
    }

    /// What a reader makes of a body that comes in pieces, each a read of its own a millisecond after the last.
    private func outcome(
        _ pieces: [[UInt8]], api: EndpointAPI = .chat, type: String? = "text/event-stream", status: Int = 200,
        failure: RequestFailure? = nil
    ) -> Attempt.Outcome {
        let reader = ChatReader(api)
        var exchange = HTTPExchange(started: start)
        exchange.status = status
        exchange.failure = failure
        reader.begin(status: status, headers: HTTPHeaders(type.map { ["content-type": $0] } ?? [:]))
        for (index, piece) in pieces.enumerated() where !reader.isFinished {
            exchange.ended = start + .milliseconds(index + 1)
            piece.withUnsafeBytes {
                reader.receive($0, at: start + .milliseconds(index + 1), read: UInt64(index))
            }
        }
        return reader.outcome(of: exchange)
    }

    private func outcome(fixture name: String, pieces: [[UInt8]]) -> Attempt.Outcome {
        outcome(pieces, api: Self.api(of: name), type: Self.type(of: name))
    }

    private func response(_ outcome: Attempt.Outcome) throws -> Response {
        switch outcome {
        case .responded(let response): return response
        case .failed(let failure): throw failure
        }
    }

    private func failure(_ outcome: Attempt.Outcome) -> RequestFailure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }

    private func pieces(_ bytes: [UInt8], of size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min(bytes.count, $0 + size)]) }
    }

    /// What each stream says, and the token-bearing kinds of its chunks.
    struct Expectation: Sendable {
        var answer = ""
        var reasoning = ""
        var toolCalls = ""
        var finish: String?
        var kinds: String
        var isStreamed = true
    }

    static let person = #"{"name":"Dan","age":32,"city":"Rome","job":"miner"}"#

    /// Kinds by their first letters, in upper case where nothing of the model is in the chunk: Role, reasoning (r), answer
    /// (a), tool call (t), Usage, Done, Other.
    static let expectations: [(String, Expectation)] = [
        (
            "llama.cpp/chat.sse",
            Expectation(answer: person, finish: "stop", kinds: "R" + String(repeating: "a", count: 51) + "OUD")
        ),
        (
            "llama.cpp/timings-per-token.sse",
            Expectation(answer: person, finish: "stop", kinds: "R" + String(repeating: "a", count: 51) + "OUD")
        ),
        (
            "llama.cpp/prompt-progress.sse",
            Expectation(answer: person, finish: "stop", kinds: "RRR" + String(repeating: "a", count: 51) + "OUD")
        ),
        ("llama.cpp/logprobs.sse", Expectation(answer: #"{"na"#, finish: "length", kinds: "RaaaaOUD")),
        ("llama.cpp/completions.sse", Expectation(answer: "5 6 7 8", finish: "length", kinds: "OaaaaaaaOD")),
        ("llama.cpp/whole.json", Expectation(answer: person, finish: "stop", kinds: "a", isStreamed: false)),
        ("openai/chat.sse", Expectation(answer: "Hello wörld 😀!", finish: "stop", kinds: "RaaaaOUD")),
        (
            "openai/tool-calls.sse",
            Expectation(
                toolCalls: "get_weather{\"city\":\"Paris\"}\nget_time{\"city\":\"Rome\"}", finish: "tool_calls",
                kinds: "tttttOD")
        ),
        (
            "openai/function-call.sse",
            Expectation(toolCalls: #"get_weather{"city":"Paris"}"#, finish: "function_call", kinds: "tttOD")
        ),
        ("openai/completions.sse", Expectation(answer: "This is a test", finish: "length", kinds: "aaaD")),
        ("vllm/continuous-usage.sse", Expectation(answer: "42 is it", finish: "stop", kinds: "RaaaOUD")),
        ("vllm/reasoning.sse", Expectation(answer: "42", reasoning: "6 × 7 = 42", finish: "stop", kinds: "RrraOUD")),
        ("ollama/chat.ndjson", Expectation(answer: "The sky – 😀", finish: "stop", kinds: "aaaD")),
        (
            "ollama/thinking.ndjson",
            Expectation(answer: "Blue.", reasoning: "Light scatters.", finish: "length", kinds: "rraaD")
        ),
        (
            "ollama/tool-calls.ndjson",
            Expectation(
                toolCalls: "get_weather{\"city\":\"Paris\"}\nget_time{\"city\":\"Rome\"}", finish: "stop", kinds: "ttD")
        ),
        ("ollama/whole.json", Expectation(answer: "Hello! How are you today?", kinds: "a", isStreamed: false)),
        ("others/openrouter.sse", Expectation(answer: "Yes", reasoning: "So yes", finish: "stop", kinds: "RrraORD")),
        ("others/deepseek.sse", Expectation(answer: "9.8", reasoning: "9.8 wins", finish: "stop", kinds: "RrraOD")),
        (
            "others/mistral.sse",
            Expectation(answer: "Three four", reasoning: "One two", finish: "stop", kinds: "OrraaOD")
        ),
        (
            "others/think-tags.sse",
            Expectation(answer: "\n\n42", reasoning: "\n6 × 7 = 42\n", finish: "stop", kinds: "RrrrrrraaOD")
        ),
    ]

    private func letters(_ timeline: Timeline) -> String {
        let letters: [Timeline.Kind: String] = [
            .role: "R", .reasoning: "r", .answer: "a", .toolCall: "t", .usage: "U", .done: "D", .other: "O",
        ]
        return timeline.chunks.map { letters[$0.kind] ?? "?" }.joined()
    }

    private func check(_ response: Response, _ expected: Expectation) {
        #expect(response.answer == expected.answer)
        #expect(response.reasoning == expected.reasoning)
        #expect(response.toolCalls == expected.toolCalls)
        #expect(response.finishReason == expected.finish)
        #expect(letters(response.timeline) == expected.kinds)
        #expect(response.isStreamed == expected.isStreamed)
    }

    @Test(arguments: expectations)
    func `a stream is read for what it says`(name: String, expected: Expectation) throws {
        check(try response(outcome(fixture: name, pieces: [try fixture(name)])), expected)
    }

    @Test(arguments: expectations)
    func `a stream cut into pieces of any size is read alike`(name: String, expected: Expectation) throws {
        let bytes = try fixture(name)
        let whole = try response(outcome(fixture: name, pieces: [bytes]))
        for size in [1, 2, 3, 7, 64, 211, 1024] {
            let cut = try response(outcome(fixture: name, pieces: pieces(bytes, of: size)))
            check(cut, expected)
            #expect(cut.report == whole.report)
            #expect(cut.timeline.chunks.map(\.characters) == whole.timeline.chunks.map(\.characters))
        }
    }

    @Test(arguments: expectations)
    func `a stream that ends at any byte is a whole response or broken off, never a short answer`(
        name: String, expected: Expectation
    ) throws {
        let bytes = try fixture(name)
        for end in stride(from: 0, to: bytes.count, by: bytes.count > 4000 ? 61 : 1) {
            let cut = outcome(fixture: name, pieces: [Array(bytes[..<end])])
            if case .responded(let response) = cut {
                #expect(response.answer == expected.answer && response.toolCalls == expected.toolCalls)
            } else if expected.isStreamed {
                #expect(failure(cut)?.kind == .brokenOff, "\(end)")
            }
        }
    }

    @Test func `chunks carry the time of their read, and those of one read are coalesced`() throws {
        let bytes =
            Array(
                #"data: {"choices":[{"delta":{"content":"a"}}]}"#.utf8) + Array("\n\n".utf8)
        let half = bytes.count / 2
        let last =
            Array(#"data: {"choices":[{"delta":{"content":"d"},"finish_reason":"stop"}]}"#.utf8) + Array("\n\n".utf8)
        let read = try response(
            outcome([
                Array(bytes[..<half]), Array(bytes[half...]) + bytes + Array(bytes[..<half]),
                Array(bytes[half...]) + last,
            ]))
        #expect(read.timeline.chunks.map(\.microseconds) == [2000, 2000, 3000, 3000])
        #expect(read.timeline.chunks.map(\.isCoalesced) == [false, true, false, true])
    }

    @Test func `the first answer after inline thinking is the first useful token`() throws {
        let name = "others/think-tags.sse"
        let records = String(decoding: try fixture(name), as: UTF8.self).components(separatedBy: "\n\n")
        let read = try response(outcome(records.map { Array(($0 + "\n\n").utf8) }))
        let metrics = TrialMetrics(timeline: read.timeline, report: read.report, finishReason: "stop")
        #expect(metrics.ttft == 2)
        #expect(metrics.ttfo == 8)
        #expect(metrics.latency == 9)
    }

    @Test func `the server's own counts and speeds are kept`() throws {
        let llama = try response(outcome(fixture: "llama.cpp/chat.sse", pieces: [try fixture("llama.cpp/chat.sse")]))
            .report
        #expect(llama.promptTokens == 60 && llama.completionTokens == 52 && llama.timedTokens == 52)
        #expect(llama.cachedTokens == 2)
        #expect(llama.decodeTPS == 964.6849641553333)
        #expect(llama.prefillTPS == 2169.2785278827096)
        #expect(llama.model == "tiny-m")
        let ollama = try response(outcome(fixture: "ollama/chat.ndjson", pieces: [try fixture("ollama/chat.ndjson")]))
            .report
        #expect(ollama.promptTokens == 26 && ollama.timedTokens == 282 && ollama.completionTokens == nil)
        #expect(abs((ollama.decodeTPS ?? 0) - 282 / 4.535599) < 1e-9)
        let seek = try response(outcome(fixture: "others/deepseek.sse", pieces: [try fixture("others/deepseek.sse")]))
            .report
        #expect(seek.cachedTokens == 16 && seek.reasoningTokens == 3)
    }

    @Test func `tokens so far are kept where the server tells them with each chunk`() throws {
        let vllm = try response(
            outcome(fixture: "vllm/continuous-usage.sse", pieces: [try fixture("vllm/continuous-usage.sse")]))
        #expect(vllm.timeline.chunks.filter(\.bearsTokens).map(\.cumulativeTokens) == [1, 3, 4])
        let llama = try response(
            outcome(
                fixture: "llama.cpp/timings-per-token.sse", pieces: [try fixture("llama.cpp/timings-per-token.sse")]))
        #expect(llama.timeline.chunks.filter(\.bearsTokens).map(\.cumulativeTokens) == Array(1...51))
    }

    @Test(
        arguments: [
            ("vllm/error.sse", RequestFailure.Kind.serverError, 500, "Internal server error"),
            ("vllm/error-flat.sse", .rejected, 400, "the prompt is too long"),
            ("ollama/error.ndjson", .serverError, nil, "CUDA error"),
        ] as [(String, RequestFailure.Kind, Int?, String)])
    func `an error in the middle is the server's, in its own words`(
        name: String, kind: RequestFailure.Kind, status: Int?, words: String
    ) throws {
        let found = failure(outcome(fixture: name, pieces: [try fixture(name)]))
        #expect(found?.kind == kind)
        #expect(found?.status == status)
        #expect(found?.message.contains(words) == true)
    }

    @Test func `a response without success is kept for its message`() throws {
        let reader = ChatReader(.chat)
        reader.begin(status: 400, headers: ["content-type": "application/json"])
        try fixture("llama.cpp/error-context.json").withUnsafeBytes { reader.receive($0, at: start, read: 1) }
        #expect(ServerMessage.text(of: reader.rejection)?.contains("3003 tokens") == true)
    }

    @Test(arguments: [
        "data: {}\n\n", ": hi\n\ndata: {}\n\n", "event: x\n", "\u{FEFF}data:{}\n\n", "\r\ndata: [DONE]\n\n",
    ])
    func `events are known by their first bytes, however these come, where the type says nothing`(begin: String) throws
    {
        let last = #"data: {"choices":[{"delta":{"content":"4"},"finish_reason":"stop"}]}"#
        let bytes = Array((begin.replacing("data: [DONE]\n\n", with: "") + last + "\n\n").utf8)
        for type in [nil, "text/plain", "application/json"] {
            for size in [1, 2, bytes.count] {
                let read = try response(outcome(pieces(bytes, of: size), type: type))
                #expect(read.answer == "4" && read.isStreamed)
            }
        }
    }

    @Test func `a response that is whole counts, whatever then becomes of the connection`() throws {
        let delta = #"data: {"choices":[{"delta":{"content":"4"}}]}"# + "\n\n"
        let end = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
        let reset = RequestFailure(kind: .brokenOff, message: "reset")
        let stopped = RequestFailure(kind: .interrupted, message: "stopped")
        func outcome(_ text: String, _ failure: RequestFailure) -> Attempt.Outcome {
            self.outcome([Array(text.utf8)], failure: failure)
        }
        #expect(try response(outcome(delta + end, reset)).answer == "4")
        #expect(try response(outcome(delta + "data: [DONE]\n\n", stopped)).answer == "4")
        #expect(failure(outcome(delta, reset)) == reset)
        #expect(failure(outcome(delta, stopped)) == stopped)
        #expect(failure(outcome(delta + "data: {\"choi", reset)) == reset)
        #expect(failure(outcome(delta + "data: {\n\n", reset))?.kind == .malformed)
    }

    @Test func `an event of 50 MB ends by name, with little kept`() throws {
        let begun = Array(#"data: {"choices":[{"delta":{"content":""#.utf8)
        let filling = [UInt8](repeating: 0x61, count: 16_384)
        let reader = ChatReader(.chat)
        reader.begin(status: 200, headers: ["content-type": "text/event-stream"])
        begun.withUnsafeBytes { reader.receive($0, at: start, read: 0) }
        var taken = 0
        for read in 1...3200 where !reader.isFinished {
            taken += filling.count
            filling.withUnsafeBytes { reader.receive($0, at: start, read: UInt64(read)) }
        }
        #expect(reader.isFinished)
        #expect(taken <= ChatReader.maximumRecord + filling.count)
        #expect(failure(reader.outcome(of: HTTPExchange(started: start)))?.kind == .tooLarge)
    }

    @Test(arguments: [
        (EndpointAPI.ollama, "application/x-ndjson"), (.chat, "application/json"), (.chat, "text/event-stream"),
    ])
    func `a body without an end is cut off by name, whichever way it is read`(api: EndpointAPI, type: String) {
        let filling = [UInt8](repeating: 0x20, count: 1 << 20)
        #expect(failure(outcome(Array(repeating: filling, count: 20), api: api, type: type))?.kind == .tooLarge)
    }

    @Test func `a response without success is not kept beyond its message`() {
        let reader = ChatReader(.chat)
        reader.begin(status: 500, headers: [:])
        for read in 0..<100 {
            [UInt8](repeating: 0x61, count: 4096).withUnsafeBytes { reader.receive($0, at: start, read: UInt64(read)) }
        }
        #expect(reader.isFinished)
        #expect(reader.rejection.count == ChatReader.maximumMessage)
    }

    @Test func `output begins with the model's first word`() {
        let reader = ChatReader(.chat)
        reader.begin(status: 200, headers: ["content-type": "text/event-stream"])
        func receive(_ delta: String) {
            Array("data: {\"choices\":[{\"delta\":{\(delta)}}]}\n\n".utf8).withUnsafeBytes {
                reader.receive($0, at: start, read: 1)
            }
        }
        receive(#""role":"assistant","content":"""#)
        #expect(!reader.hasOutput)
        receive(#""reasoning":"h""#)
        #expect(reader.hasOutput)
        #expect(!reader.isFinished)
        Array("data: [DONE]\n\n".utf8).withUnsafeBytes { reader.receive($0, at: start, read: 2) }
        #expect(reader.isFinished)
    }

    @Test(arguments: ["", "{}", "<html></html>", #"{"choices":[]}"#, "[1]"])
    func `a document that is no response is malformed`(body: String) {
        #expect(failure(outcome([Array(body.utf8)], type: "application/json"))?.kind == .malformed)
    }

    @Test func `random damage never crashes, and reads alike however it is cut`() throws {
        var generator = SeededGenerator(seed: 5)
        for (name, _) in Self.expectations {
            let bytes = try fixture(name)
            for _ in 0..<10 {
                var damaged = bytes
                for _ in 0...generator.next(below: 3) {
                    let place = generator.next(below: damaged.count)
                    switch generator.next(below: 3) {
                    case 0: damaged[place] = UInt8(generator.next(below: 256))
                    case 1: damaged.remove(at: place)
                    default: damaged.insert(UInt8(generator.next(below: 256)), at: place)
                    }
                }
                let whole = outcome(fixture: name, pieces: [damaged])
                let cut = outcome(fixture: name, pieces: pieces(damaged, of: 1 + generator.next(below: 300)))
                switch (whole, cut) {
                case (.responded(let one), .responded(let other)):
                    #expect(
                        one.answer == other.answer && one.reasoning == other.reasoning && one.report == other.report)
                case (.failed(let one), .failed(let other)): #expect(one == other)
                default: Issue.record("\(name) reads differently when it is cut")
                }
            }
        }
    }
}
