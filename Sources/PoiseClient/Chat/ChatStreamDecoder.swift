import Foundation
import PoiseCore

/// Turns the records of a chat stream into a response with its timeline. Pure: instants come in with the records.
struct ChatStreamDecoder {
    private let started: Instant
    private let decoder = JSONDecoder()
    private var timeline = Timeline()
    private var answer = ""
    private var reasoning = ""
    private var toolCalls = ""
    private var finishReason: String?
    private var report = ServerReport()
    private var isDone = false
    /// Whether anything of the model came, be it without a word.
    private var hasMessage = false
    private var count = 0

    init(started: Instant, connect: Duration?, firstByte: Instant?) {
        self.started = started
        timeline.connect = connect
        timeline.firstByte = firstByte.map { $0 - started }
    }

    /// Reads one record.
    ///
    /// - Throws: where the record is not JSON, or says that the server failed.
    mutating func read(_ event: ArrivedEvent) throws(RequestFailure) {
        count += 1
        if event.data.elementsEqual("[DONE]".utf8) {
            isDone = true
            return append(.done, text: "", event: event)
        }
        let chunk: ChatChunk
        do {
            chunk = try decoder.decode(ChatChunk.self, from: Data(event.data))
        } catch {
            throw RequestFailure(
                kind: .malformed,
                message: "record \(count) of the stream is not a chat completion chunk: \(excerpt(event.data))",
                remedy: "The endpoint must speak OpenAI's chat completions; check the base_url.")
        }
        if let error = chunk.error {
            throw RequestFailure(kind: .serverError, message: "the server failed within the stream: \(error.message)")
        }
        note(chunk)
        let tokens = possible(chunk.usage?.completionTokens) ?? possible(chunk.timings?.predictedTokens)
        guard let choice = chunk.choices?.first else {
            return append(chunk.usage == nil && chunk.timings == nil ? .other : .usage, text: "", event: event)
        }
        if let reason = choice.finishReason { finishReason = reason }
        guard let delta = choice.delta ?? choice.message else { return append(.other, text: "", event: event) }
        hasMessage = true
        let parts: [(Timeline.Kind, String)] = [
            (.reasoning, delta.reasoning ?? ""), (.answer, delta.content ?? ""), (.toolCall, delta.toolCallText),
        ].filter { !$0.1.isEmpty }
        reasoning += delta.reasoning ?? ""
        answer += delta.content ?? ""
        toolCalls += delta.toolCallText
        if parts.isEmpty {
            append(delta.role != nil && choice.finishReason == nil ? .role : .other, text: "", event: event)
        }
        for (index, (kind, text)) in parts.enumerated() {
            append(kind, text: text, tokens: tokens, event: event, isCoalesced: event.isCoalesced || index > 0)
        }
    }

    /// The response, when all records are read.
    ///
    /// - Throws: where the stream ended before the response did.
    func response() throws(RequestFailure) -> Response {
        guard isDone || finishReason != nil else {
            throw RequestFailure(
                kind: .brokenOff,
                message: "the stream ended after \(count) records without a finish reason or [DONE]",
                remedy: "Look into the server's log: it closed the connection in the middle of a response.")
        }
        guard hasMessage else { throw Self.noMessage }
        return Response(
            answer: answer, reasoning: reasoning, toolCalls: toolCalls, finishReason: finishReason, report: report,
            timeline: timeline)
    }

    /// A response that came as one JSON document although a stream was asked for: it has a latency and no TTFT.
    static func whole(_ exchange: HTTPExchange, ended: Instant) throws(RequestFailure) -> Response {
        var decoder = ChatStreamDecoder(
            started: exchange.started, connect: exchange.connect, firstByte: exchange.firstByte)
        try decoder.read(ArrivedEvent(data: exchange.body, at: ended, isCoalesced: false))
        guard decoder.hasMessage else { throw noMessage }
        return Response(
            answer: decoder.answer, reasoning: decoder.reasoning, toolCalls: decoder.toolCalls,
            finishReason: decoder.finishReason, report: decoder.report, timeline: decoder.timeline, isStreamed: false)
    }

    /// An endpoint that answers something else was not asked; its silence is not the model's.
    private static let noMessage = RequestFailure(
        kind: .malformed, message: "the server answered without an error and without a message of the model",
        remedy: "The endpoint must speak OpenAI's chat completions; check the base_url.")

    private mutating func append(
        _ kind: Timeline.Kind, text: String, tokens: Int? = nil, event: ArrivedEvent, isCoalesced: Bool? = nil
    ) {
        timeline.chunks.append(
            Timeline.Chunk(
                microseconds: (event.at - started).nanoseconds / 1000, kind: kind,
                characters: text.unicodeScalars.count, cumulativeTokens: tokens,
                isCoalesced: isCoalesced ?? event.isCoalesced))
    }

    private mutating func note(_ chunk: ChatChunk) {
        report.model = chunk.model ?? report.model
        report.systemFingerprint = chunk.systemFingerprint ?? report.systemFingerprint
        if let usage = chunk.usage {
            report.promptTokens = possible(usage.promptTokens) ?? report.promptTokens
            report.completionTokens = possible(usage.completionTokens) ?? report.completionTokens
            report.cachedTokens = possible(usage.promptDetails?.cachedTokens) ?? report.cachedTokens
            report.reasoningTokens = possible(usage.completionDetails?.reasoningTokens) ?? report.reasoningTokens
        }
        if let timings = chunk.timings {
            report.decodeTPS = timings.predictedPerSecond ?? report.decodeTPS
            report.prefillTPS = timings.promptPerSecond ?? report.prefillTPS
            report.timedTokens = possible(timings.predictedTokens) ?? report.timedTokens
            report.cachedTokens = possible(timings.cachedTokens) ?? report.cachedTokens
        }
    }

    /// A count that a response can have: sums over a run must not overflow because a server errs.
    private func possible(_ tokens: Int?) -> Int? {
        tokens.flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil }
    }

    private func excerpt(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(120), as: UTF8.self)
        return bytes.count > 120 ? "\(text)…" : text
    }
}
