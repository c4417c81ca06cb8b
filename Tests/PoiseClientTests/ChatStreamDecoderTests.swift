import PoiseCore
import Testing

@testable import PoiseClient

@Suite struct ChatStreamDecoderTests {
    private let start = Instant(nanoseconds: 1_000_000_000)

    /// Reads records that arrive a millisecond after each other.
    private func response(_ records: [String]) throws -> Response {
        var decoder = ChatStreamDecoder(started: start, connect: nil, firstByte: nil)
        for (index, record) in records.enumerated() {
            try decoder.read(
                ArrivedEvent(
                    data: Array(record.utf8), at: start + .milliseconds(index + 1), isCoalesced: false))
        }
        return try decoder.response()
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

    private func whole(_ body: String) throws -> Response {
        var exchange = HTTPExchange(started: start)
        exchange.body = Array(body.utf8)
        return try ChatStreamDecoder.whole(exchange, ended: start + .milliseconds(5))
    }

    @Test(arguments: ["{}", #"{"status":"loading"}"#, #"{"choices":[]}"#, #"{"choices":[{"text":"4"}]}"#])
    func `a document without a message is no empty answer but a failure`(body: String) {
        do {
            _ = try whole(body)
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
}
