/// What a model is asked in one request: the conversation so far, and what else the request holds.
package struct ChatPrompt: Hashable, Sendable, ExpressibleByArrayLiteral {
    package var messages: [Message]
    /// Functions that the model may call, each as OpenAI's `tools` has it.
    package var tools: [JSONValue]
    /// A JSON Schema that the response must meet, where the server can be told so (`response_format`).
    package var responseSchema: JSONValue?
    /// Whether it goes on with a conversation, whose beginning the server has just read.
    package var isContinued = false

    package init(_ messages: [Message], tools: [JSONValue] = [], responseSchema: JSONValue? = nil) {
        self.messages = messages
        self.tools = tools
        self.responseSchema = responseSchema
    }

    package init(arrayLiteral messages: Message...) {
        self.init(messages)
    }
}

/// One message of a chat.
package struct Message: Hashable, Codable, Sendable {
    package let role: String
    package let content: String
    /// What the assistant called; nil where nothing.
    package let toolCalls: [ToolCall]?
    /// The call that a message of the role `tool` answers.
    package let toolCallID: String?

    /// Who may speak in what a sample asks.
    package static let promptRoles = ["system", "developer", "user", "assistant"]

    package init(role: String, content: String, toolCalls: [ToolCall]? = nil, toolCallID: String? = nil) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
    }
}

/// A function that a model called.
package struct ToolCall: Hashable, Codable, Sendable {
    package let id: String
    package let name: String
    /// The JSON text as the model wrote it, which need not be JSON.
    package let arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
