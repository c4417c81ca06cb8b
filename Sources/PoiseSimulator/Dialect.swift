/// The ways in which an endpoint can be asked for a completion.
enum Dialect: String, Hashable, Sendable, CaseIterable {
    /// OpenAI's chat completions: server-sent events.
    case chat = "/v1/chat/completions"
    /// OpenAI's legacy completions: a prompt without roles, a text without fields.
    case completions = "/v1/completions"
    /// Ollama's own chat: a line of JSON for each event, and a stream unless it is declined.
    case ollama = "/api/chat"

    var path: String { rawValue }

    /// Whether events are lines of JSON and not server-sent.
    var hasLines: Bool { self == .ollama }

    /// Whether a stream is sent where the request does not say.
    var streamsUnasked: Bool { self == .ollama }
}
