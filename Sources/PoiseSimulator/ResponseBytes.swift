import PoiseCore

/// The bytes of one response. What does not change from event to event is put together once.
struct ResponseBytes: Sendable {
    private let plan: ResponsePlan
    /// Every event's beginning, up to where its own part starts.
    private let start: [UInt8]
    /// Who answers and when: the same in every event and in a whole response.
    private let identity: [UInt8]

    /// - Parameter created: the response's moment, which the APIs write each in its own way.
    init(_ plan: ResponsePlan, created: CalendarText) {
        self.plan = plan
        var identity: [UInt8] = []
        identity.reserveCapacity(128)
        if plan.dialect == .ollama {
            identity.append(#""model":""#)
            TokenText.appendEscaped(plan.model, to: &identity)
            identity.append(text: #"","created_at":"\#(created.iso)","#)
        } else {
            identity.append(#""created":"#)
            identity.append(decimal: created.seconds)
            identity.append(#","model":""#)
            TokenText.appendEscaped(plan.model, to: &identity)
            identity.append(#"","#)
        }
        identity.append(#""system_fingerprint":""#)
        identity.append(text: SimulatorMark.fingerprint)
        identity.append(#"","#)
        self.identity = identity
        var start: [UInt8] = []
        start.reserveCapacity(identity.count + 96)
        if !plan.dialect.hasLines { start.append("data: ") }
        Self.open(plan, isWhole: false, identity: identity, into: &start)
        self.start = start
    }

    /// One event of a stream, with what ends it; or the whole response.
    func write(_ event: ResponsePlan.Event, into bytes: inout [UInt8]) {
        switch event {
        case .role:
            bytes.append(contentsOf: start)
            bytes.append(#"{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#)
        case .reasoning(let tokens): writeReasoning(tokens, into: &bytes)
        case .answer(let tokens):
            if let tool = plan.tool {
                writeCall(of: tool, tokens, into: &bytes)
            } else {
                writeText(into: &bytes) { $0.append(contentsOf: plan.answer[tokens]) }
            }
        case .huge(let size): writeHuge(size, into: &bytes)
        case .finish: writeFinish(into: &bytes)
        case .usage:
            bytes.append(contentsOf: start)
            bytes.append("],")
            writeUsage(into: &bytes)
            writeTimings(into: &bytes)
            bytes.append("}")
        case .done:
            if plan.dialect == .ollama { writeOllamaEnd(into: &bytes) } else { bytes.append("data: [DONE]") }
        case .comment: bytes.append(": ping")
        case .malformed:
            bytes.append(contentsOf: start)
            bytes.append(
                plan.dialect == .ollama ? #"{"role":"assistant","content":"# : #"{"index":0,"delta":{"content":"#)
        case .error:
            if !plan.dialect.hasLines { bytes.append("data: ") }
            bytes.append(contentsOf: APIError.simulated(status: 500, echoing: plan.echoedKey).body(in: plan.dialect))
        case .whole: return writeWhole(into: &bytes)
        }
        endEvent(into: &bytes)
    }

    /// An event ends with its line; a server-sent one also has an empty line after it.
    private func endEvent(into bytes: inout [UInt8]) {
        switch (plan.dialect.hasLines, plan.hasCarriageReturns) {
        case (true, false): bytes.append("\n")
        case (true, true): bytes.append("\r\n")
        case (false, false): bytes.append("\n\n")
        case (false, true): bytes.append("\r\n\r\n")
        }
    }

    private static func open(_ plan: ResponsePlan, isWhole: Bool, identity: [UInt8], into bytes: inout [UInt8]) {
        switch plan.dialect {
        case .chat:
            bytes.append(#"{"id":"chatcmpl-poise-"#)
            bytes.append(decimal: plan.request)
            bytes.append(
                isWhole ? #"","object":"chat.completion","# : #"","object":"chat.completion.chunk","#)
        case .completions:
            bytes.append(#"{"id":"cmpl-poise-"#)
            bytes.append(decimal: plan.request)
            bytes.append(#"","object":"text_completion","#)
        case .ollama: bytes.append("{")
        }
        bytes.append(contentsOf: identity)
        bytes.append(plan.dialect == .ollama ? #""message":"# : #""choices":["#)
    }

    // MARK: Tokens

    /// A piece of the answer's own field, whatever its name.
    private func writeText(into bytes: inout [UInt8], _ text: (inout [UInt8]) -> Void) {
        bytes.append(contentsOf: start)
        switch plan.dialect {
        case .chat:
            bytes.append(#"{"index":0,"delta":{"content":""#)
            text(&bytes)
            bytes.append(#""},"finish_reason":null}]}"#)
        case .completions:
            bytes.append(#"{"index":0,"text":""#)
            text(&bytes)
            bytes.append(#"","logprobs":null,"finish_reason":null}]}"#)
        case .ollama:
            bytes.append(#"{"role":"assistant","content":""#)
            text(&bytes)
            bytes.append(#""},"done":false}"#)
        }
    }

    /// A piece of a call's arguments; its id and its name come with the first one, as OpenAI has it.
    private func writeCall(of tool: String, _ tokens: Range<Int>, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: start)
        bytes.append(#"{"index":0,"delta":{"tool_calls":[{"index":0,"#)
        writeFunction(tool, tokens, isFirst: tokens.lowerBound == 0, into: &bytes)
        bytes.append(#"}]},"finish_reason":null}]}"#)
    }

    private func writeFunction(_ tool: String, _ tokens: Range<Int>, isFirst: Bool, into bytes: inout [UInt8]) {
        if isFirst { bytes.append(text: #""id":"call-\#(plan.request)","type":"function","#) }
        bytes.append(#""function":{"#)
        if isFirst {
            bytes.append(#""name":""#)
            TokenText.appendEscaped(tool, to: &bytes)
            bytes.append(#"","#)
        }
        bytes.append(#""arguments":""#)
        bytes.append(contentsOf: plan.answer[tokens])
        bytes.append(#""}"#)
    }

    private func writeReasoning(_ tokens: Range<Int>, into bytes: inout [UInt8]) {
        if plan.hasThinkTags {
            return writeText(into: &bytes) {
                if tokens.lowerBound == 0 { $0.append("<think>") }
                $0.append(contentsOf: plan.reasoning[tokens])
                if tokens.upperBound == plan.reasoning.count, plan.isReasoningWhole { $0.append("</think>") }
            }
        }
        bytes.append(contentsOf: start)
        if plan.dialect == .ollama {
            bytes.append(#"{"role":"assistant","content":"","thinking":""#)
            bytes.append(contentsOf: plan.reasoning[tokens])
            bytes.append(#""},"done":false}"#)
        } else {
            bytes.append(#"{"index":0,"delta":{""#)
            bytes.append(text: plan.reasoningField.rawValue)
            bytes.append(#"":""#)
            bytes.append(contentsOf: plan.reasoning[tokens])
            bytes.append(#""},"finish_reason":null}]}"#)
        }
    }

    /// Filling that makes the event so many bytes long, or as short as it can be.
    private func writeHuge(_ size: Int, into bytes: inout [UInt8]) {
        var bare: [UInt8] = []
        writeText(into: &bare) { _ in }
        endEvent(into: &bare)
        writeText(into: &bytes) {
            $0.append(contentsOf: repeatElement(UInt8(ascii: "x"), count: max(0, size - bare.count)))
        }
    }

    // MARK: Ends

    private func writeFinish(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: start)
        bytes.append(
            plan.dialect == .completions
                ? #"{"index":0,"text":"","logprobs":null,"finish_reason":""#
                : #"{"index":0,"delta":{},"finish_reason":""#)
        bytes.append(text: plan.finishReason)
        bytes.append(#""}]"#)
        if !plan.hasUsage { writeTimings(into: &bytes) }
        bytes.append("}")
    }

    private func writeOllamaEnd(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: start)
        bytes.append(#"{"role":"assistant","content":""}"#)
        writeOllamaCounts(into: &bytes)
    }

    /// Ollama's own account, in nanoseconds: what the schedule says.
    private func writeOllamaCounts(into bytes: inout [UInt8]) {
        bytes.append(text: #","done_reason":"\#(plan.finishReason)","done":true"#)
        bytes.append(text: #","total_duration":\#(plan.promptSpan + plan.answerSpan),"load_duration":0"#)
        if plan.hasUsage {
            bytes.append(
                text: #","prompt_eval_count":\#(plan.promptTokens),"prompt_eval_duration":\#(plan.promptSpan)"#)
            bytes.append(text: #","eval_count":\#(plan.completionTokens),"eval_duration":\#(plan.answerSpan)"#)
        }
        bytes.append("}")
    }

    private func writeWhole(into bytes: inout [UInt8]) {
        if plan.isWholeError {
            return bytes.append(
                contentsOf: APIError.simulated(status: 500, echoing: plan.echoedKey).body(in: plan.dialect))
        }
        let begin = bytes.count
        Self.open(plan, isWhole: true, identity: identity, into: &bytes)
        switch plan.dialect {
        case .chat:
            bytes.append(#"{"index":0,"message":{"role":"assistant","#)
            if let tool = plan.tool {
                bytes.append(#""tool_calls":[{"#)
                writeFunction(tool, 0..<plan.answer.count, isFirst: true, into: &bytes)
                bytes.append("}],")
            }
            bytes.append(#""content":""#)
        case .completions: bytes.append(#"{"index":0,"text":""#)
        case .ollama: bytes.append(#"{"role":"assistant","content":""#)
        }
        if plan.hasThinkTags, !plan.reasoning.isEmpty {
            bytes.append("<think>")
            bytes.append(contentsOf: plan.reasoning[0..<plan.reasoning.count])
            if plan.isReasoningWhole { bytes.append("</think>") }
        }
        if plan.tool == nil { bytes.append(contentsOf: plan.answer[0..<plan.answer.count]) }
        if !plan.hasThinkTags, !plan.reasoning.isEmpty {
            bytes.append(text: #"","\#(plan.dialect == .ollama ? "thinking" : plan.reasoningField.rawValue)":""#)
            bytes.append(contentsOf: plan.reasoning[0..<plan.reasoning.count])
        }
        switch plan.dialect {
        case .chat: bytes.append(text: #""},"finish_reason":"\#(plan.finishReason)"}]"#)
        case .completions: bytes.append(text: #"","logprobs":null,"finish_reason":"\#(plan.finishReason)"}]"#)
        case .ollama: bytes.append(#""}"#)
        }
        if plan.dialect == .ollama {
            writeOllamaCounts(into: &bytes)
        } else {
            if plan.hasUsage {
                bytes.append(",")
                writeUsage(into: &bytes)
            }
            writeTimings(into: &bytes)
            bytes.append("}")
        }
        if plan.isWholeMalformed { bytes.removeLast((bytes.count - begin + 1) / 2) }
    }

    private func writeUsage(into bytes: inout [UInt8]) {
        bytes.append(#""usage":{"prompt_tokens":"#)
        bytes.append(decimal: plan.promptTokens)
        bytes.append(#","completion_tokens":"#)
        bytes.append(decimal: plan.completionTokens)
        bytes.append(#","total_tokens":"#)
        bytes.append(decimal: plan.promptTokens + plan.completionTokens)
        bytes.append(#","prompt_tokens_details":{"cached_tokens":"#)
        bytes.append(decimal: plan.cachedTokens)
        bytes.append(#"},"completion_tokens_details":{"reasoning_tokens":"#)
        bytes.append(decimal: plan.reasoning.count)
        bytes.append("}}")
    }

    /// With the names of llama.cpp's server; a speed that is undefined is null, as it is there.
    private func writeTimings(into bytes: inout [UInt8]) {
        guard plan.hasTimings else { return }
        func rate(_ count: Int, _ milliseconds: Double) -> String {
            count > 0 && milliseconds > 0 ? "\(Double(count) / milliseconds * 1000)" : "null"
        }
        func each(_ count: Int, _ milliseconds: Double) -> String {
            count > 0 ? "\(milliseconds / Double(count))" : "null"
        }
        let prompt = plan.promptTokens - plan.cachedTokens
        let promptTime = Double(plan.promptSpan) / 1e6
        let predicted = plan.completionTokens
        let predictedTime = Double(plan.answerSpan) / 1e6
        bytes.append(
            text: #","timings":{"cache_n":\#(plan.cachedTokens),"prompt_n":\#(prompt),"prompt_ms":\#(promptTime),"#
                + #""prompt_per_token_ms":\#(each(prompt, promptTime)),"#
                + #""prompt_per_second":\#(rate(prompt, promptTime)),"#
                + #""predicted_n":\#(predicted),"predicted_ms":\#(predictedTime),"#
                + #""predicted_per_token_ms":\#(each(predicted, predictedTime)),"#
                + #""predicted_per_second":\#(rate(predicted, predictedTime))}"#)
    }
}

/// The words by which every response says that no model made it.
package enum SimulatorMark {
    /// A response header, `true` on every response.
    package static let header = "X-Poise-Simulated"
    /// `system_fingerprint` of every completion, and `owned_by` in the list of models.
    package static let fingerprint = "poise-simulated"
}
