import Foundation

/// What the simulated endpoint reads of a chat completion request; it takes no notice of the rest.
struct ChatRequest: Hashable, Sendable {
    var model: String?
    /// The last user message; empty where there is none.
    var prompt: String
    /// UTF-8 bytes of all messages.
    var promptBytes: Int
    var isStream: Bool
    var wantsUsage: Bool
    /// nil also for a negative number, which llama.cpp reads as no limit.
    var maxTokens: Int?

    /// About four bytes a token, the usual rule of thumb for English.
    var promptTokens: Int { max(1, (promptBytes + 3) / 4) }
}

extension ChatRequest {
    /// - Throws: `APIError` with status 400 that names the member.
    init(parsing body: Data) throws(APIError) {
        do {
            let read = try JSONDecoder().decode(Body.self, from: body)
            guard !read.messages.isEmpty else { throw APIError.badRequest("messages must hold at least one message") }
            let texts = read.messages.map { $0.content?.text ?? "" }
            model = read.model
            prompt = read.messages.last { $0.role == "user" }?.content?.text ?? ""
            promptBytes = texts.reduce(0) { $0 + $1.utf8.count }
            isStream = read.stream ?? false
            wantsUsage = read.streamOptions?.includeUsage ?? false
            maxTokens = (read.maxCompletionTokens ?? read.maxTokens).flatMap { $0 < 0 ? nil : $0 }
        } catch let error as APIError {
            throw error
        } catch let error as DecodingError {
            throw .badRequest(Self.explanation(of: error))
        } catch {
            throw .badRequest("the body is not valid JSON")
        }
    }

    private static func explanation(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(path(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(path(context.codingPath)) has the wrong type"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(path(context.codingPath)) is not valid"
        default: "the body is not valid JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "the body" }
        return keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    private struct Body: Decodable {
        let model: String?
        let messages: [ChatMessage]
        let stream: Bool?
        let streamOptions: StreamOptions?
        let maxTokens: Int?
        let maxCompletionTokens: Int?

        enum CodingKeys: String, CodingKey {
            case model, messages, stream
            case streamOptions = "stream_options"
            case maxTokens = "max_tokens"
            case maxCompletionTokens = "max_completion_tokens"
        }
    }

    private struct StreamOptions: Decodable {
        let includeUsage: Bool?

        enum CodingKeys: String, CodingKey {
            case includeUsage = "include_usage"
        }
    }

    private struct ChatMessage: Decodable {
        let role: String
        let content: Content?
    }

    /// A text, or parts of which the texts count.
    private struct Content: Decodable {
        let text: String

        private struct Part: Decodable {
            let text: String?
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let whole = try? container.decode(String.self) {
                text = whole
            } else {
                text = try container.decode([Part].self).compactMap(\.text).joined()
            }
        }
    }
}
