import PoiseCore

/// One `data` record of a chat stream, or the whole of a response that was not streamed; unknown fields are skipped.
struct ChatChunk: Decodable {
    let choices: [Choice]?
    let usage: Usage?
    let timings: Timings?
    let error: ErrorRecord?
    let model: String?
    let systemFingerprint: String?

    private enum CodingKeys: String, CodingKey {
        case choices, usage, timings, error, model
        case systemFingerprint = "system_fingerprint"
    }

    struct Choice: Decodable {
        let delta: Delta?
        /// In place of `delta` where the response was not streamed.
        let message: Delta?
        let finishReason: String?

        private enum CodingKeys: String, CodingKey {
            case delta, message
            case finishReason = "finish_reason"
        }
    }

    struct Delta: Decodable {
        let role: String?
        let content: String?
        let toolCalls: [JSONValue]?
        /// DeepSeek's, llama.cpp's and vLLM's name for it, or OpenRouter's and newer vLLM's.
        let reasoning: String?

        private enum CodingKeys: String, CodingKey {
            case role, content, reasoning
            case reasoningContent = "reasoning_content"
            case toolCalls = "tool_calls"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            role = try container.decodeIfPresent(String.self, forKey: .role)
            content = try container.decodeIfPresent(String.self, forKey: .content)
            toolCalls = try container.decodeIfPresent([JSONValue].self, forKey: .toolCalls)
            reasoning =
                try container.decodeIfPresent(String.self, forKey: .reasoningContent)
                ?? container.decodeIfPresent(String.self, forKey: .reasoning)
        }

        /// The name and the arguments of every call in the delta, as text.
        var toolCallText: String {
            (toolCalls ?? []).map { call in
                let function = call["function"]
                return (function?["name"]?.string ?? "") + (function?["arguments"]?.string ?? "")
            }.joined()
        }
    }

    struct Usage: Decodable {
        let promptTokens: Int?
        let completionTokens: Int?
        let promptDetails: PromptDetails?
        let completionDetails: CompletionDetails?

        private enum CodingKeys: String, CodingKey {
            case promptTokens = "prompt_tokens"
            case completionTokens = "completion_tokens"
            case promptDetails = "prompt_tokens_details"
            case completionDetails = "completion_tokens_details"
        }

        struct PromptDetails: Decodable {
            let cachedTokens: Int?

            private enum CodingKeys: String, CodingKey {
                case cachedTokens = "cached_tokens"
            }
        }

        struct CompletionDetails: Decodable {
            let reasoningTokens: Int?

            private enum CodingKeys: String, CodingKey {
                case reasoningTokens = "reasoning_tokens"
            }
        }
    }

    /// llama.cpp's own clock.
    struct Timings: Decodable {
        let cachedTokens: Int?
        let promptPerSecond: Double?
        let predictedTokens: Int?
        let predictedPerSecond: Double?

        private enum CodingKeys: String, CodingKey {
            case cachedTokens = "cache_n"
            case promptPerSecond = "prompt_per_second"
            case predictedTokens = "predicted_n"
            case predictedPerSecond = "predicted_per_second"
        }
    }

    /// An error in OpenAI's shape, or only its text.
    struct ErrorRecord: Decodable {
        let message: String

        private enum CodingKeys: String, CodingKey {
            case message
        }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                message = text
            } else {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                message = try container.decodeIfPresent(String.self, forKey: .message) ?? "an error without a message"
            }
        }
    }
}
