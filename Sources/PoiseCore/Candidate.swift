/// One model at one quantization on one engine with one set of sampling settings.
package struct Candidate: Hashable, Codable, Sendable {
    /// `model@quantization`, unique in a suite.
    package let id: String
    package let model: String
    package let quantization: String?
    package let serving: Serving
    package let sampling: SamplingSettings
    package let price: Price?

    package init(
        id: String, model: String, quantization: String?, serving: Serving, sampling: SamplingSettings,
        price: Price? = nil
    ) {
        self.id = id
        self.model = model
        self.quantization = quantization
        self.serving = serving
        self.sampling = sampling
        self.price = price
    }

    /// `tiny-m@q4_0`, or only the model where the quantization is not known.
    package static func id(model: String, quantization: String?) -> String {
        quantization.map { "\(model)@\($0)" } ?? model
    }
}

/// Where a candidate's responses come from.
package enum Serving: Hashable, Codable, Sendable {
    /// Poise starts and ends the engine.
    case managed(ManagedEngine)
    /// Something answers already.
    case endpoint(Endpoint)

    private enum CodingKeys: String, CodingKey {
        case managed = "serve"
        case endpoint
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let engine = try container.decodeIfPresent(ManagedEngine.self, forKey: .managed) {
            self = .managed(engine)
        } else {
            self = .endpoint(try container.decode(Endpoint.self, forKey: .endpoint))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .managed(let engine): try container.encode(engine, forKey: .managed)
        case .endpoint(let endpoint): try container.encode(endpoint, forKey: .endpoint)
        }
    }
}

/// An engine that Poise starts on this machine.
package struct ManagedEngine: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        case llamaCpp = "llama.cpp"
    }

    package let engine: Kind
    /// The weights, as an absolute path.
    package let file: String
    /// Compute threads of the engine; the engine's own default when nil.
    package let threads: Int?
    /// Tokens of context that each request may use.
    package let contextSize: Int?
    /// A fixed port on 127.0.0.1; a free one when nil.
    package let port: Int?
    /// Layers of the model that are computed on a GPU; the engine's own default when nil.
    package let gpuLayers: Int?

    /// More layers than a model has: all of them go to the GPU.
    package static let allLayers = 999

    package init(
        engine: Kind, file: String, threads: Int? = nil, contextSize: Int? = nil, port: Int? = nil,
        gpuLayers: Int? = nil
    ) {
        self.engine = engine
        self.file = file
        self.threads = threads
        self.contextSize = contextSize
        self.port = port
        self.gpuLayers = gpuLayers
    }

    /// Whether its suite puts some of it on a GPU; what the engine would do by itself is not known.
    package var asksForGPU: Bool { (gpuLayers ?? 0) > 0 }
}

/// An endpoint that is there already.
package struct Endpoint: Hashable, Codable, Sendable {
    /// Up to and with `/v1`, without a slash at the end.
    package let baseURL: String
    /// The name that the endpoint knows the model by.
    package let model: String
    /// The name of an environment variable; the key itself is never kept.
    package let apiKeyVariable: String?
    /// The absolute path of a file that holds the key, in place of a variable.
    package let apiKeyFile: String?
    /// How the connection is made; nil where nothing was said.
    package let connection: ConnectionSettings?

    package init(
        baseURL: String, model: String, apiKeyVariable: String? = nil, apiKeyFile: String? = nil,
        connection: ConnectionSettings? = nil
    ) {
        self.baseURL = baseURL
        self.model = model
        self.apiKeyVariable = apiKeyVariable
        self.apiKeyFile = apiKeyFile
        self.connection = connection
    }
}

/// How an endpoint is spoken to, beyond its address.
package struct ConnectionSettings: Hashable, Codable, Sendable {
    package var api: EndpointAPI
    /// 1 or 2: HTTP/1.1, or HTTP/2 (by prior knowledge where the address is http).
    package var httpVersion: Int
    /// Sent with every request.
    package var headers: [String: String]
    /// Headers whose values are secrets: the header's name and the environment variable that holds its value.
    package var headerVariables: [String: String]
    /// A PEM file of certificate authorities, as an absolute path, in place of the system's.
    package var caFile: String?
    /// In place of what `http_proxy` and the like name.
    package var proxy: String?

    package init(
        api: EndpointAPI = .chat, httpVersion: Int = 1, headers: [String: String] = [:],
        headerVariables: [String: String] = [:], caFile: String? = nil, proxy: String? = nil
    ) {
        self.api = api
        self.httpVersion = httpVersion
        self.headers = headers
        self.headerVariables = headerVariables
        self.caFile = caFile
        self.proxy = proxy
    }
}

/// The sampling settings of the OpenAI API, sent as they are; nil is not sent.
package struct SamplingSettings: Hashable, Codable, Sendable {
    package var temperature: Double?
    package var topP: Double?
    package var topK: Int?
    package var maxTokens: Int?
    package var seed: Int?
    package var stop: [String]?

    package init(
        temperature: Double? = nil, topP: Double? = nil, topK: Int? = nil, maxTokens: Int? = nil, seed: Int? = nil,
        stop: [String]? = nil
    ) {
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.maxTokens = maxTokens
        self.seed = seed
        self.stop = stop
    }
}
