import Foundation
package import PoiseCore

/// Follows texts on vLLM, one request for each text: `prompt_logprobs` tells the distribution at every token of a prompt.
package struct VLLMFollower: TextFollower {
    let client: ChatClient
    package var vocabularySize: Int? { nil }
    /// `--max-logprobs`, unless the server was started with another.
    package var usualLimit: Int? { 20 }

    package func promptTokens(of request: String) async throws(RequestFailure) -> [Int32] {
        var writer = JSONWriter(capacity: request.utf8.count + 96)
        switch try SentRequest(request) {
        case .text(let prompt):
            writer.object { writer in
                writer.key("add_special_tokens")
                writer.value(true)
                writer.key("model")
                writer.value(client.model)
                writer.key("prompt")
                writer.value(prompt)
            }
        case .chat(let messages, let tools):
            writer.object { writer in
                writer.key("add_generation_prompt")
                writer.value(true)
                writer.key("messages")
                writer.value(messages)
                writer.key("model")
                writer.value(client.model)
                if let tools {
                    writer.key("tools")
                    writer.value(tools)
                }
            }
        }
        return try TokenList.read(try await client.post(writer.bytes, to: client.address("/tokenize")))
    }

    package func tokens(of text: String) async throws(RequestFailure) -> [Int32] {
        var writer = JSONWriter(capacity: text.utf8.count + 96)
        writer.object { writer in
            writer.key("add_special_tokens")
            writer.value(false)
            writer.key("model")
            writer.value(client.model)
            writer.key("prompt")
            writer.value(text)
        }
        return try TokenList.read(try await client.post(writer.bytes, to: client.address("/tokenize")))
    }

    package func distributions(along text: FollowedText, top: Int) async throws(RequestFailure) -> [NextTokens] {
        guard text.positions > 0 else { return [] }
        // A prompt's distributions end before its last token: one more token, whichever, shows what comes after them.
        let end = text.isEnded ? (text.prompt + text.response).suffix(1) : []
        var writer = JSONWriter(capacity: (text.prompt.count + text.response.count) * 7 + 200)
        writer.object { writer in
            writer.key("max_tokens")
            writer.value(1)
            writer.key("model")
            writer.value(client.model)
            writer.key("prompt")
            writer.array { writer in
                for token in text.prompt + text.response + end { writer.value(Int(token)) }
            }
            writer.key("prompt_logprobs")
            writer.value(top)
            writer.key("stream")
            writer.value(false)
            writer.key("temperature")
            writer.value(0)
        }
        let answer = try await client.post(writer.bytes, to: client.address("/v1/completions"))
        let all = try TokenProbabilities.vLLM(answer)
        guard all.count == text.prompt.count + text.positions else {
            throw .malformed("\(all.count) distributions to \(text.prompt.count + text.positions) tokens")
        }
        var found: [NextTokens] = []
        for distribution in all.suffix(text.positions) {
            guard let distribution else { throw .malformed("no distribution at a position of the response") }
            found.append(distribution)
        }
        return found
    }
}
