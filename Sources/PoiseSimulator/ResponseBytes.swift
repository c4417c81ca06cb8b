import NIOCore
import PoiseCore

/// The bytes of one response. What does not change from chunk to chunk is put together once.
struct ResponseBytes: Sendable {
    private let plan: ResponsePlan
    private let start: [UInt8]
    private let lineEnd: [UInt8]
    private let identity: String

    /// - Parameter created: seconds since 1970, as the OpenAI API has it.
    init(_ plan: ResponsePlan, created: Int) {
        self.plan = plan
        lineEnd = Array((plan.hasCarriageReturns ? "\r\n" : "\n").utf8)
        let model = String(decoding: TokenText.escaped(plan.model), as: UTF8.self)
        identity =
            #""created":\#(created),"model":"\#(model)","system_fingerprint":"\#(SimulatorMark.fingerprint)""#
        start = Array(
            #"data: {"id":"chatcmpl-poise-\#(plan.request)","object":"chat.completion.chunk",\#(identity),"choices":["#
                .utf8)
    }

    /// One event of a stream, with the empty line after it; or the whole response.
    func write(_ event: ResponsePlan.Event, into buffer: inout ByteBuffer) {
        switch event {
        case .role: writeDelta(into: &buffer) { $0.writeStaticString(#""role":"assistant","content":"""#) }
        case .reasoning(let tokens):
            writeDelta(into: &buffer) {
                $0.writeString("\"\(plan.reasoningField.rawValue)\":\"")
                $0.writeBytes(plan.reasoning[tokens])
                $0.writeStaticString("\"")
            }
        case .answer(let tokens):
            writeDelta(into: &buffer) {
                $0.writeStaticString(#""content":""#)
                $0.writeBytes(plan.answer[tokens])
                $0.writeStaticString("\"")
            }
        case .finish:
            buffer.writeBytes(start)
            buffer.writeString(
                #"{"index":0,"delta":{},"finish_reason":"\#(plan.finishReason)"}]\#(plan.hasUsage ? "" : timings)}"#)
            endEvent(into: &buffer)
        case .usage:
            buffer.writeBytes(start)
            buffer.writeString("],\(usage)\(timings)}")
            endEvent(into: &buffer)
        case .done:
            buffer.writeStaticString("data: [DONE]")
            endEvent(into: &buffer)
        case .comment:
            buffer.writeStaticString(": ping")
            endEvent(into: &buffer)
        case .malformed:
            buffer.writeBytes(start)
            buffer.writeStaticString(#"{"index":0,"delta":{"content":"#)
            endEvent(into: &buffer)
        case .error:
            buffer.writeStaticString("data: ")
            buffer.writeBytes(APIError.simulated(status: 500, retryAfter: nil).body)
            endEvent(into: &buffer)
        case .whole: writeWhole(into: &buffer)
        }
    }

    private func writeDelta(into buffer: inout ByteBuffer, _ content: (inout ByteBuffer) -> Void) {
        buffer.writeBytes(start)
        buffer.writeStaticString(#"{"index":0,"delta":{"#)
        content(&buffer)
        buffer.writeStaticString(#"},"finish_reason":null}]}"#)
        endEvent(into: &buffer)
    }

    private func endEvent(into buffer: inout ByteBuffer) {
        buffer.writeBytes(lineEnd)
        buffer.writeBytes(lineEnd)
    }

    private func writeWhole(into buffer: inout ByteBuffer) {
        if plan.isWholeError {
            buffer.writeBytes(APIError.simulated(status: 500, retryAfter: nil).body)
            return
        }
        let begin = buffer.writerIndex
        buffer.writeString(
            #"{"id":"chatcmpl-poise-\#(plan.request)","object":"chat.completion",\#(identity),"choices":["#
                + #"{"index":0,"message":{"role":"assistant","content":""#)
        buffer.writeBytes(plan.answer[0..<plan.answer.count])
        if !plan.reasoning.isEmpty {
            buffer.writeString(#"","\#(plan.reasoningField.rawValue)":""#)
            buffer.writeBytes(plan.reasoning[0..<plan.reasoning.count])
        }
        buffer.writeString(#""},"finish_reason":"\#(plan.finishReason)"}]"#)
        if plan.hasUsage { buffer.writeString("," + usage) }
        buffer.writeString(timings + "}")
        if plan.isWholeMalformed { buffer.moveWriterIndex(to: begin + (buffer.writerIndex - begin) / 2) }
    }

    private var usage: String {
        let prompt = plan.promptTokens
        let completion = plan.completionTokens
        return #""usage":{"prompt_tokens":\#(prompt),"completion_tokens":\#(completion),"#
            + #""total_tokens":\#(prompt + completion),"#
            + #""prompt_tokens_details":{"cached_tokens":\#(plan.cachedTokens)},"#
            + #""completion_tokens_details":{"reasoning_tokens":\#(plan.reasoning.count)}}"#
    }

    /// With the names of llama.cpp's server; a speed that is undefined is null, as it is there.
    private var timings: String {
        guard let timings = plan.timings else { return "" }
        func rate(_ count: Int, _ milliseconds: Double) -> String {
            count > 0 && milliseconds > 0 ? "\(Double(count) / milliseconds * 1000)" : "null"
        }
        func each(_ count: Int, _ milliseconds: Double) -> String {
            count > 0 ? "\(milliseconds / Double(count))" : "null"
        }
        let prompt = plan.promptTokens - plan.cachedTokens
        let predicted = plan.completionTokens
        return #","timings":{"cache_n":\#(plan.cachedTokens),"prompt_n":\#(prompt),"prompt_ms":\#(timings.prompt),"#
            + #""prompt_per_token_ms":\#(each(prompt, timings.prompt)),"#
            + #""prompt_per_second":\#(rate(prompt, timings.prompt)),"#
            + #""predicted_n":\#(predicted),"predicted_ms":\#(timings.predicted),"#
            + #""predicted_per_token_ms":\#(each(predicted, timings.predicted)),"#
            + #""predicted_per_second":\#(rate(predicted, timings.predicted))}"#
    }
}

/// The words by which every response says that no model made it.
package enum SimulatorMark {
    /// A response header, `true` on every response.
    package static let header = "X-Poise-Simulated"
    /// `system_fingerprint` of every completion, and `owned_by` in the list of models.
    package static let fingerprint = "poise-simulated"
}
