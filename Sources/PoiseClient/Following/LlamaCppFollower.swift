import Foundation
package import PoiseCore

/// Follows texts on llama.cpp's own API, one request for each position: `/completion` with `n_probs` tells the
/// distribution of the one token that it then generates, before any sampling.
///
/// The beginning of a text is in the server's cache from the request before, so that a position costs one token.
package struct LlamaCppFollower: TextFollower {
    let client: ChatClient
    package let vocabularySize: Int?
    package var usualLimit: Int? { nil }

    package func promptTokens(of request: String) async throws(RequestFailure) -> [Int32] {
        switch try SentRequest(request) {
        case .text(let prompt): return try await tokens(of: prompt, isPrompt: true)
        case .chat:
            let answer = try await client.post(Array(request.utf8), to: client.address("/apply-template"))
            guard let prompt = (try? JSONValue(parsing: Data(answer)))?["prompt"]?.string else {
                throw .malformed("what holds no prompt to /apply-template")
            }
            return try await tokens(of: prompt, isPrompt: true)
        }
    }

    package func tokens(of text: String) async throws(RequestFailure) -> [Int32] {
        try await tokens(of: text, isPrompt: false)
    }

    /// - Parameter isPrompt: whether the marks of the template are tokens of their own, as in a request.
    private func tokens(of text: String, isPrompt: Bool) async throws(RequestFailure) -> [Int32] {
        var writer = JSONWriter(capacity: text.utf8.count + 96)
        writer.object { writer in
            writer.key("add_special")
            writer.value(isPrompt)
            writer.key("content")
            writer.value(text)
            writer.key("parse_special")
            writer.value(isPrompt)
        }
        return try TokenList.read(try await client.post(writer.bytes, to: client.address("/tokenize")))
    }

    package func distributions(along text: FollowedText, top: Int) async throws(RequestFailure) -> [NextTokens] {
        // A generated token that is a part of a character only is kept back, and its distribution with it: a numeral is
        // whole. The bias acts on what is sampled, and not on the distribution that is told.
        let whole = text.positions > 0 ? try await tokens(of: "0").last : nil
        var found: [NextTokens] = []
        for position in 0..<text.positions {
            let body = question(text.prompt + text.response.prefix(position), top: top, generating: whole)
            let answer = try await client.post(body, to: client.address("/completion"))
            found.append(try TokenProbabilities.llamaCpp(answer))
        }
        return found
    }

    private func question(_ tokens: [Int32], top: Int, generating whole: Int32?) -> [UInt8] {
        var writer = JSONWriter(capacity: tokens.count * 7 + 200)
        writer.object { writer in
            writer.key("cache_prompt")
            writer.value(true)
            if let whole {
                writer.key("logit_bias")
                writer.array { writer in
                    writer.array { writer in
                        writer.value(Int(whole))
                        writer.value(1000)
                    }
                }
            }
            writer.key("model")
            writer.value(client.model)
            writer.key("n_predict")
            writer.value(1)
            writer.key("n_probs")
            writer.value(top)
            writer.key("prompt")
            writer.array { writer in
                for token in tokens { writer.value(Int(token)) }
            }
            writer.key("response_fields")
            writer.array { $0.value("completion_probabilities") }
            writer.key("stream")
            writer.value(false)
            writer.key("temperature")
            writer.value(0)
        }
        return writer.bytes
    }
}

/// What a stored request asks with.
enum SentRequest {
    case chat(messages: JSONValue, tools: JSONValue?)
    case text(String)

    init(_ request: String) throws(RequestFailure) {
        let body = try? JSONValue(parsing: request)
        if let messages = body?["messages"] {
            self = .chat(messages: messages, tools: body?["tools"])
        } else if let prompt = body?["prompt"]?.string {
            self = .text(prompt)
        } else {
            throw RequestFailure(kind: .notSent, message: "the stored request has no messages and no prompt")
        }
    }
}
