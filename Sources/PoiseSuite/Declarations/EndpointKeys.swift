import PoiseCore

/// The keys of `endpoint`.
enum EndpointKeys {
    static let baseURL = Key<LocatedText>.required(
        "base_url", .locatedText,
        "Up to and with /v1 (http://127.0.0.1:11434/v1): the call's own path, as /chat/completions, is added to it and"
            + " nothing else. Ollama's own API needs no /v1."
    )
    static let model = Key.optional(
        "model", Form.text, "The name that the endpoint knows the model by; the candidate's model where left out."
    )
    static let apiKeyVariable = Key<LocatedText>.optional(
        "api_key_env", .locatedText, "The name of the environment variable that holds the key; never the key itself."
    )
    static let apiKeyFile = Key<LocatedText>.optional(
        "api_key_file", .locatedText,
        "A file that holds the key alone on one line, in place of api_key_env; relative to this file, or from ~. Only"
            + " its owner may have access to it (chmod 600)."
    )
    static let api = Key.optional(
        "api", Form.oneOf(EndpointAPI.allCases.map(\.rawValue)), default: EndpointAPI.chat.rawValue,
        as: .string(EndpointAPI.chat.rawValue),
        "chat: OpenAI's chat completions. completions: OpenAI's legacy completions, without a chat template."
            + " ollama: Ollama's own /api/chat."
    )
    static let httpVersion = Key.optional(
        "http_version", Form.whole(1...2), default: 1, as: .number(1),
        "1 for HTTP/1.1 with a connection for each request in flight, 2 for HTTP/2."
    )
    static let headers = Key<YAMLValue>.optional(
        "headers", .tree(.map(.text)), "Headers that are sent with every request; for secrets use headers_env."
    )
    static let headerVariables = Key<YAMLValue>.optional(
        "headers_env", .tree(.map(.text)),
        "Headers whose values are secrets: the name of the environment variable that holds each value."
    )
    static let caFile = Key<LocatedText>.optional(
        "ca_file", .locatedText,
        "A PEM file of certificate authorities in place of the system's, relative to this file."
    )
    static let proxy = Key<LocatedText>.optional(
        "proxy", .locatedText,
        "A proxy, as http://127.0.0.1:3128; where left out, what the environment names, as https_proxy."
    )

    static let all: [KeyDeclaration] = [
        baseURL.declaration, model.declaration, apiKeyVariable.declaration, apiKeyFile.declaration, api.declaration,
        httpVersion.declaration, headers.declaration, headerVariables.declaration, caFile.declaration,
        proxy.declaration,
    ]
}
