import PoiseCore

/// A request for a response, in the words of the API that is asked; settings that are nil are not sent.
struct ChatRequest {
    let api: EndpointAPI
    let model: String
    let messages: [Message]
    let sampling: SamplingSettings
    /// llama.cpp's own setting: whether a prompt's beginning may come from the one before it.
    let cachePrompt: Bool?

    init(
        api: EndpointAPI = .chat, model: String, messages: [Message], sampling: SamplingSettings,
        cachePrompt: Bool? = nil
    ) {
        self.api = api
        self.model = model
        self.messages = messages
        self.sampling = sampling
        self.cachePrompt = cachePrompt
    }

    /// Where the request goes.
    ///
    /// - Parameter baseURL: up to and with `/v1`; Ollama's own API stands beside that.
    static func url(of api: EndpointAPI, baseURL: String) -> String {
        var base = baseURL[...]
        while base.last == "/" { base.removeLast() }
        switch api {
        case .chat: return base + "/chat/completions"
        case .completions: return base + "/completions"
        case .ollama: return (base.hasSuffix("/v1") ? base.dropLast(3) : base) + "/api/chat"
        }
    }

    /// UTF-8 JSON with sorted keys: the same request is the same text.
    ///
    /// - Throws: where a setting is no number that JSON has.
    func body() throws(RequestFailure) -> [UInt8] {
        for (name, value) in [("temperature", sampling.temperature), ("top_p", sampling.topP)] {
            guard value?.isFinite ?? true else {
                throw RequestFailure(
                    kind: .notSent, message: "the request cannot be written: \(name) is no finite number")
            }
        }
        var writer = JSONWriter(capacity: 256 + messages.reduce(0) { $0 + $1.content.utf8.count + 32 })
        writer.object { writer in
            switch api {
            case .chat, .completions: writeOpenAI(&writer)
            case .ollama: writeOllama(&writer)
            }
        }
        return writer.bytes
    }

    private func writeOpenAI(_ writer: inout JSONWriter) {
        write(cachePrompt, "cache_prompt", &writer)
        write(sampling.maxTokens, "max_tokens", &writer)
        if api == .chat { writeMessages(&writer) }
        writer.key("model")
        writer.value(model)
        if api == .completions {
            writer.key("prompt")
            writer.value(prompt)
        }
        write(sampling.seed, "seed", &writer)
        writeStop(&writer)
        writer.key("stream")
        writer.value(true)
        writer.key("stream_options")
        writer.object {
            $0.key("include_usage")
            $0.value(true)
        }
        write(sampling.temperature, "temperature", &writer)
        write(sampling.topK, "top_k", &writer)
        write(sampling.topP, "top_p", &writer)
    }

    private func writeOllama(_ writer: inout JSONWriter) {
        writeMessages(&writer)
        writer.key("model")
        writer.value(model)
        writer.key("options")
        writer.object { writer in
            write(sampling.maxTokens, "num_predict", &writer)
            write(sampling.seed, "seed", &writer)
            writeStop(&writer)
            write(sampling.temperature, "temperature", &writer)
            write(sampling.topK, "top_k", &writer)
            write(sampling.topP, "top_p", &writer)
        }
        writer.key("stream")
        writer.value(true)
    }

    /// The contents of the messages with an empty line between them: legacy completions know no roles.
    private var prompt: String {
        messages.map(\.content).joined(separator: "\n\n")
    }

    private func writeMessages(_ writer: inout JSONWriter) {
        writer.key("messages")
        writer.array { writer in
            for message in messages {
                writer.object {
                    $0.key("content")
                    $0.value(message.content)
                    $0.key("role")
                    $0.value(message.role)
                }
            }
        }
    }

    private func writeStop(_ writer: inout JSONWriter) {
        guard let stop = sampling.stop else { return }
        writer.key("stop")
        writer.array { writer in
            for text in stop { writer.value(text) }
        }
    }

    private func write(_ value: Bool?, _ key: StaticString, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(key)
        writer.value(value)
    }

    private func write(_ value: Int?, _ key: StaticString, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(key)
        writer.value(value)
    }

    private func write(_ value: Double?, _ key: StaticString, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(key)
        writer.value(value)
    }
}
