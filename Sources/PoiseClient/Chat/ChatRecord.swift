import PoiseCore

/// What one record of a stream says, or a response that came whole; texts are views of the record's bytes.
///
/// Of a key that occurs twice the last one holds, as in Python and JavaScript. Unknown fields are skipped; known ones of
/// another type than the API has make the record malformed where they carry the model's words, and are nil elsewhere.
struct ChatRecord {
    var model: JSONText?
    var systemFingerprint: JSONText?
    var error: ServerError?
    /// The first choice, or Ollama's message; nil where the record has none.
    var choice: Choice?
    var isDone = false

    var hasUsage = false
    var promptTokens: Int?
    var completionTokens: Int?
    var cachedTokens: Int?
    var reasoningTokens: Int?

    /// The server's own clock, in llama.cpp's `timings` or Ollama's durations.
    var hasTimings = false
    var timedTokens: Int?
    var timedCachedTokens: Int?
    var decodeTPS: Double?
    var prefillTPS: Double?

    struct Choice {
        /// Whether a delta or a message was in it, be it empty.
        var hasMessage = false
        var hasRole = false
        var content: JSONText?
        /// The content where it came as a list of parts (Mistral).
        var parts: [Part] = []
        var reasoning: JSONText?
        var toolCalls: [ToolCallDelta] = []
        var finishReason: JSONText?
    }

    struct Part {
        let text: JSONText
        let isThinking: Bool
    }

    struct ServerError {
        var message: JSONText?
        var code: Int?
    }

    /// The most output tokens of which a record says that they were made so far.
    var cumulativeTokens: Int? { completionTokens ?? timedTokens }

    init(scanning bytes: UnsafeRawBufferPointer, of api: EndpointAPI) throws(JSONScanner.Failure) {
        var scanner = JSONScanner(bytes)
        switch api {
        case .chat, .completions: try readCompletion(&scanner, hasText: api == .completions)
        case .ollama: try readOllama(&scanner)
        }
        try scanner.finish()
    }
}

extension JSONText {
    /// Whether the string says this. Here, and not in its own module, so that it is inlined: most keys differ in length.
    @inline(__always)
    static func == (text: JSONText, name: StaticString) -> Bool {
        (text.bytes.count == name.utf8CodeUnitCount || text.hasEscapes) && text.says(name)
    }
}

extension JSONScanner {
    /// Reads a string; nil where the value is of another kind, which is read over.
    mutating func optionalText() throws(Failure) -> JSONText? {
        if try peek() == .text { return try text() }
        try skip()
        return nil
    }

    /// Reads a string or null; anything else is a failure.
    mutating func textOrNull() throws(Failure) -> JSONText? {
        if try peek() != .null { return try text() }
        try null()
        return nil
    }

    /// Reads a whole number; nil where the value is anything else.
    mutating func optionalInteger() throws(Failure) -> Int? {
        if try peek() == .number { return try number().integer }
        try skip()
        return nil
    }

    /// Reads a count of tokens; nil where no response can have as many, so that sums do not overflow where servers err.
    mutating func optionalCount() throws(Failure) -> Int? {
        guard let count = try optionalInteger(), 0...Int(Int32.max) ~= count else { return nil }
        return count
    }

    /// Reads a finite number; nil where the value is anything else.
    mutating func optionalDouble() throws(Failure) -> Double? {
        if try peek() == .number {
            let value = try number().double
            return value.isFinite ? value : nil
        }
        try skip()
        return nil
    }

    /// Begins an object; false where the value is of another kind, which is read over.
    mutating func beginOptionalObject() throws(Failure) -> Bool {
        if try peek() == .object {
            try beginObject()
            return true
        }
        try skip()
        return false
    }
}
