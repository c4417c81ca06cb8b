import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct ChatStreamTests {
    private let start = Instant(nanoseconds: 1_000_000_000)

    /// Reads records that arrive a millisecond after each other.
    private func response(_ records: [String], api: EndpointAPI = .chat, isStreamed: Bool = true) throws -> Response {
        var stream = ChatStream(api)
        for (index, record) in records.enumerated() {
            Array(record.utf8).withUnsafeBytes {
                stream.read($0, arrival: .init(at: start + .milliseconds(index + 1), isCoalesced: false))
            }
        }
        return try stream.response(of: HTTPExchange(started: start), isStreamed: isStreamed)
    }

    private func failure(_ records: [String], api: EndpointAPI = .chat) -> RequestFailure? {
        do {
            _ = try response(records, api: api)
            return nil
        } catch {
            return error as? RequestFailure
        }
    }

    private func delta(_ body: String, finish: String = "null") -> String {
        #"{"choices":[{"index":0,"delta":{\#(body)},"finish_reason":\#(finish)}]}"#
    }

    private func kinds(_ response: Response) -> [Timeline.Kind] { response.timeline.chunks.map(\.kind) }

    @Test func `a llama.cpp stream gives text, times, usage and the server's own speed`() throws {
        let response = try response([
            delta(#""role":"assistant","content":null"#), delta(#""content":"4""#), delta(#""content":"2""#),
            delta("", finish: #""stop""#),
            #"""
            {"choices":[],"usage":{"completion_tokens":3,"prompt_tokens":21,"prompt_tokens_details":{"cached_tokens":5}},
            "timings":{"cache_n":5,"prompt_per_second":8120.5,"predicted_n":3,"predicted_per_second":2645.25}}
            """#,
            "[DONE]",
        ])
        #expect(response.answer == "42")
        #expect(response.finishReason == "stop")
        #expect(kinds(response) == [.role, .answer, .answer, .other, .usage, .done])
        #expect(response.timeline.chunks.map(\.microseconds) == [1000, 2000, 3000, 4000, 5000, 6000])
        #expect(response.report.completionTokens == 3)
        #expect(response.report.promptTokens == 21)
        #expect(response.report.cachedTokens == 5)
        #expect(response.report.decodeTPS == 2645.25)
        #expect(response.report.prefillTPS == 8120.5)
        let metrics = TrialMetrics(
            timeline: response.timeline, report: response.report, finishReason: response.finishReason)
        #expect(metrics.ttft == 2)
        #expect(metrics.latency == 3)
        #expect(metrics.decodedTokens == 1)
    }

    @Test(arguments: ["reasoning_content", "reasoning"])
    func `reasoning is not the answer, under either name`(field: String) throws {
        let response = try response([
            delta(#""\#(field)":"hm, 7?""#), delta(#""content":"42""#, finish: #""stop""#), "[DONE]",
        ])
        #expect(response.answer == "42")
        #expect(response.reasoning == "hm, 7?")
        #expect(kinds(response) == [.reasoning, .answer, .done])
    }

    @Test func `tool calls are output of their own`() throws {
        let response = try response([
            delta(#""tool_calls":[{"index":0,"function":{"name":"add","arguments":""}}]"#),
            delta(#""tool_calls":[{"index":0,"function":{"arguments":"{\"a\":1}"}}]"#, finish: #""tool_calls""#),
        ])
        #expect(response.toolCalls == #"add{"a":1}"#)
        #expect(kinds(response) == [.toolCall, .toolCall])
        #expect(!response.isEmpty)
    }

    @Test func `usage in every chunk gives cumulative tokens`() throws {
        let response = try response([
            #"{"choices":[{"delta":{"content":"a b"}}],"usage":{"completion_tokens":2}}"#,
            #"{"choices":[{"delta":{"content":" c"},"finish_reason":"length"}],"usage":{"completion_tokens":3}}"#,
        ])
        #expect(response.timeline.chunks.map(\.cumulativeTokens) == [2, 3])
        #expect(response.report.completionTokens == 3)
    }

    @Test func `characters are counted as scalars, so that they add up over any split`() throws {
        let response = try response([
            delta(#""content":"e""#), delta(#""content":"\u0301👩‍""#), delta(#""content":"👧""#, finish: #""stop""#),
        ])
        #expect(response.timeline.chunks.map(\.characters).reduce(0, +) == response.answer.unicodeScalars.count)
    }

    @Test func `a stream that ends without a finish reason or DONE is broken off, not an answer`() {
        #expect(throws: RequestFailure.self) { try response([delta(#""content":"4""#)]) }
        do {
            _ = try response([delta(#""content":"4""#)])
        } catch {
            #expect((error as? RequestFailure)?.kind == .brokenOff)
        }
    }

    @Test func `an error object in the stream is the server's failure, in its own words`() {
        do {
            _ = try response([delta(#""content":"4""#), #"{"error":{"message":"out of memory","code":500}}"#])
            Issue.record("no failure")
        } catch {
            #expect((error as? RequestFailure)?.kind == .serverError)
            #expect((error as? RequestFailure)?.message.contains("out of memory") == true)
        }
    }

    @Test(arguments: ["{", "not json", "[1]", #"{"choices":7}"#, ""])
    func `a record that is no chunk is named with its number`(record: String) {
        do {
            _ = try response([delta(#""content":"4""#), record])
            Issue.record("no failure")
        } catch {
            #expect((error as? RequestFailure)?.kind == .malformed)
            #expect((error as? RequestFailure)?.message.hasPrefix("record 2 ") == true)
        }
    }

    @Test func `a model that ends at once is an empty response, not a failure`() throws {
        let response = try response([delta("", finish: #""stop""#), "[DONE]"])
        #expect(response.isEmpty)
        #expect(response.timeline.chunks.allSatisfy { !$0.bearsTokens })
    }

    @Test(arguments: ["{}", #"{"status":"loading"}"#, #"{"choices":[]}"#, #"{"choices":[{"text":"4"}]}"#])
    func `a document without a message is no empty answer but a failure`(body: String) {
        do {
            _ = try response([body], isStreamed: false)
            Issue.record("an answer")
        } catch {
            #expect((error as? RequestFailure)?.kind == .malformed)
        }
    }

    @Test(arguments: [[#"{"status":"ok"}"#, "[DONE]"], ["[DONE]"]])
    func `a stream without a choice is no empty answer but a failure`(records: [String]) {
        do {
            _ = try response(records)
            Issue.record("an answer")
        } catch {
            #expect((error as? RequestFailure)?.kind == .malformed)
        }
    }

    @Test func `a delta with thinking and answer is one read`() throws {
        let response = try response([
            delta(#""reasoning":"hm","content":"4""#, finish: #""stop""#)
        ])
        #expect(kinds(response) == [.reasoning, .answer])
        #expect(response.timeline.chunks.map(\.isCoalesced) == [false, true])
    }

    @Test(arguments: [-1, 9_223_372_036_854_775_807])
    func `a count of tokens that cannot be is none`(count: Int) throws {
        let response = try response([
            delta(#""content":"4""#, finish: #""stop""#),
            #"{"choices":[],"usage":{"completion_tokens":\#(count),"prompt_tokens":\#(count)}}"#,
        ])
        #expect(response.report.completionTokens == nil)
        #expect(response.report.promptTokens == nil)
    }

    @Test func `the halves of a surrogate pair join over two chunks, and add up`() throws {
        let response = try response([
            delta(#""content":"a\ud83d""#), delta(#""content":"\ude00""#),
            delta(#""content":"\ud83db""#, finish: #""stop""#),
        ])
        #expect(response.answer == "a😀\u{FFFD}b")
        #expect(response.timeline.chunks.map(\.characters) == [2, 0, 2])
        #expect(kinds(response) == [.answer, .answer, .answer])
    }

    @Test func `several tool calls are told apart by their index`() throws {
        let response = try response([
            delta(
                #""tool_calls":[{"index":0,"function":{"name":"a","arguments":"{"}},{"index":1,"function":{"name":"b"}}]"#
            ),
            delta(#""tool_calls":[{"index":1,"function":{"arguments":"[1]"}}]"#),
            delta(#""tool_calls":[{"index":0,"function":{"arguments":"}"}}]"#, finish: #""tool_calls""#),
        ])
        #expect(response.toolCalls == "a{}\nb[1]")
        #expect(response.timeline.chunks.map(\.characters) == [3, 3, 1])
    }

    @Test func `only the first of several choices is the response`() throws {
        let response = try response([
            #"{"choices":[{"index":1,"delta":{"content":"other"}}]}"#,
            #"{"choices":[{"delta":{"content":"other"},"index":1},{"delta":{"content":"this"},"index":0}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{"content":"!"}}]}"#,
        ])
        #expect(response.answer == "this")
        #expect(kinds(response) == [.other, .answer, .other])
    }

    @Test(
        arguments: [
            (#"{"error":"text"}"#, "text", RequestFailure.Kind.serverError, nil),
            (#"{"error":{"message":"m","code":"server_error"}}"#, "m", .serverError, nil),
            (#"{"error":{"message":"m","code":503}}"#, "m", .serverError, 503),
            (#"{"error":{"message":"slow down","code":429}}"#, "slow down", .rateLimited, 429),
            (#"{"object":"error","message":"too long","code":400}"#, "too long", .rejected, 400),
            (#"{"error":{}}"#, "without a message", .serverError, nil),
            (#"{"error":true}"#, "without a message", .serverError, nil),
            (#"{"choices":[{"delta":{},"finish_reason":"error"}]}"#, "without a message", .serverError, nil),
        ] as [(String, String, RequestFailure.Kind, Int?)])
    func `an error in any shape is one, by its code`(
        record: String, words: String, kind: RequestFailure.Kind, status: Int?
    ) {
        let found = failure([delta(#""content":"4""#), record])
        #expect(found?.kind == kind)
        #expect(found?.status == status)
        #expect(found?.message.contains(words) == true)
    }

    @Test func `an error that is null is none`() throws {
        #expect(
            try response([#"{"error":null,"choices":[{"delta":{"content":"4"},"finish_reason":"stop"}]}"#]).answer
                == "4")
    }

    @Test func `an event that is named an error fails with what it says`() {
        for (data, words) in [
            ("overloaded", "overloaded"), (#"{"message":"x"}"#, #"{"message":"x"}"#), (#"{"error":"e"}"#, ": e"),
        ] {
            var stream = ChatStream(.chat)
            Array(data.utf8).withUnsafeBytes {
                stream.read($0, isError: true, arrival: .init(at: start, isCoalesced: false))
            }
            #expect(stream.failure?.kind == .serverError)
            #expect(stream.failure?.message.hasSuffix(words) == true)
        }
    }

    @Test func `after the end, nothing is read`() throws {
        let response = try response([delta(#""content":"4""#), "[DONE]", delta(#""content":"2""#), "{"])
        #expect(response.answer == "4")
        #expect(response.timeline.chunks.count == 2)
    }

    @Test func `a text is read under the legacy API alone`() throws {
        let record = #"{"choices":[{"text":"4","index":0,"finish_reason":"length"}]}"#
        #expect(try response([record], api: .completions).answer == "4")
        #expect(failure([record], api: .chat)?.kind == .malformed)
    }

    @Test func `reasoning may be null, an object, or there twice`() throws {
        let response = try response([
            delta(#""reasoning":null,"content":"""#), delta(#""reasoning":{"content":"a"}"#),
            delta(#""reasoning":{"text":"b"}"#),
            delta(#""reasoning":"c","reasoning_content":"c""#), delta(#""reasoning_content":"","reasoning":"d""#),
            delta(#""content":"4""#, finish: #""stop""#),
        ])
        #expect(response.reasoning == "abcd")
        #expect(response.answer == "4")
    }

    @Test func `a speed that is no finite number is none`() throws {
        let response = try response([
            delta(#""content":"4""#, finish: #""stop""#),
            #"{"choices":[],"timings":{"predicted_per_second":1e999,"prompt_per_second":null,"predicted_n":1.0}}"#,
        ])
        #expect(response.report.decodeTPS == nil)
        #expect(response.report.prefillTPS == nil)
        #expect(response.report.timedTokens == 1)
    }

    @Test func `a stream of more records than any response has is cut off`() {
        var stream = ChatStream(.chat)
        Array("{}".utf8).withUnsafeBytes { record in
            for _ in 0...ArrivalLog.maximum { stream.read(record, arrival: .init(at: start, isCoalesced: true)) }
        }
        #expect(stream.failure?.kind == .tooLarge)
        #expect(stream.isFinished)
    }

    @Test func `Ollama's counts and durations give its own speeds`() throws {
        let response = try response(
            [
                #"{"message":{"role":"assistant","content":"4"},"done":false}"#,
                #"{"done":true,"prompt_eval_count":20,"prompt_eval_duration":10000000,"eval_count":5,"eval_duration":50000000}"#,
            ], api: .ollama)
        #expect(response.answer == "4")
        #expect(response.isStreamed)
        #expect(kinds(response) == [.answer, .done])
        #expect(response.report.promptTokens == 20)
        #expect(response.report.timedTokens == 5)
        #expect(response.report.prefillTPS == 2000)
        #expect(response.report.decodeTPS == 100)
    }

    @Test func `Ollama's only record was not streamed`() throws {
        let whole = try response(
            [#"{"message":{"role":"assistant","content":"4"},"done":true,"done_reason":"stop"}"#], api: .ollama)
        #expect(!whole.isStreamed)
        #expect(whole.finishReason == "stop")
    }
}
