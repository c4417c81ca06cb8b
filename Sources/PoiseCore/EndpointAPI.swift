/// Which of the APIs an endpoint is asked by.
package enum EndpointAPI: String, Hashable, Codable, Sendable, CaseIterable {
    /// OpenAI's chat completions.
    case chat
    /// OpenAI's legacy completions: a prompt in place of messages, and no chat template.
    case completions
    /// Ollama's own `/api/chat`, which tells its token counts and durations.
    case ollama
}
