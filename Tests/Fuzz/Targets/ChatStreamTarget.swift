import PoiseCore

@testable import PoiseClient

extension FuzzTarget {
    /// A response as it arrives, of every API and content type: in pieces as in one, and its timeline as it is stored.
    static let chatStream = FuzzTarget(name: "chat-stream") { bytes in
        guard let (form, body) = bytes.chosen(among: forms) else { return }
        let whole = outcome(of: [body[...]], form)
        try promiseEqual(outcome(of: Pieces.of(body), form), whole, "a response in pieces")
        guard case .responded(let response) = whole else { return }
        let timeline = response.timeline
        try promiseEqual(try Timeline(decoding: timeline.encoded()), timeline, "a timeline that was stored")
        let metrics = TrialMetrics(response)
        for time in [
            metrics.ttft, metrics.ttfo, metrics.latency, metrics.decodeTPS, metrics.tpot, metrics.thinkingShare,
        ] {
            try promise(time.map { $0.isFinite && $0 >= 0 } ?? true, "a number that is none: \(metrics)")
        }
        _ = ServerMessage.text(of: body)
    }

    private struct Form: Sendable {
        let api: EndpointAPI
        let type: String?
        var status = 200
    }

    private static let forms: [Form] =
        [EndpointAPI.chat, .completions, .ollama].flatMap { api in
            ["text/event-stream", "application/x-ndjson", "application/json", nil].map { Form(api: api, type: $0) }
        } + [Form(api: .chat, type: "application/json", status: 500)]

    /// All pieces come at one instant and in one read, so that they differ in nothing but where they were cut.
    private static func outcome(of pieces: [ArraySlice<UInt8>], _ form: Form) -> Attempt.Outcome {
        let started = Instant(nanoseconds: 1_000_000)
        var exchange = HTTPExchange(started: started)
        exchange.status = form.status
        exchange.headers = HTTPHeaders(form.type.map { ["content-type": $0] } ?? [:])
        exchange.firstByte = started + .milliseconds(1)
        exchange.ended = started + .milliseconds(3)
        let reader = ChatReader(form.api)
        reader.begin(status: form.status, headers: exchange.headers)
        for piece in pieces {
            piece.withUnsafeBytes { reader.receive($0, at: started + .milliseconds(2), read: 1) }
        }
        return reader.outcome(of: exchange)
    }
}
