import Foundation
import PoiseCore

/// The body of `POST /chat/completions`; settings that are nil are not sent.
struct ChatRequest: Encodable {
    let model: String
    let messages: [Message]
    let sampling: SamplingSettings
    /// llama.cpp's own setting: whether a prompt's beginning may come from the one before it.
    let cachePrompt: Bool?

    private enum CodingKeys: String, CodingKey {
        case model, messages, temperature, seed, stop, stream
        case topP = "top_p"
        case topK = "top_k"
        case maxTokens = "max_tokens"
        case cachePrompt = "cache_prompt"
        case streamOptions = "stream_options"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(model, forKey: .model)
        try container.encode(messages, forKey: .messages)
        try container.encodeIfPresent(sampling.temperature, forKey: .temperature)
        try container.encodeIfPresent(sampling.topP, forKey: .topP)
        try container.encodeIfPresent(sampling.topK, forKey: .topK)
        try container.encodeIfPresent(sampling.maxTokens, forKey: .maxTokens)
        try container.encodeIfPresent(sampling.seed, forKey: .seed)
        try container.encodeIfPresent(sampling.stop, forKey: .stop)
        try container.encodeIfPresent(cachePrompt, forKey: .cachePrompt)
        try container.encode(true, forKey: .stream)
        try container.encode(["include_usage": true], forKey: .streamOptions)
    }

    /// UTF-8 JSON with sorted keys: the same request is the same text.
    func body() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}
