import PoiseCore

/// The keys of one item of a suite's `candidates`.
enum CandidateKeys {
    static let model = Key.required(
        "model", Form.text, "The model's name, without its quantization; a matrix may fill {placeholders} in it."
    )
    static let quantization = Key.optional(
        "quantization", Form.text, "How the weights are stored, as q4_0; the id is model@quantization."
    )
    static let name = Key.optional("name", Form.text, "An id of its own instead of model@quantization.")
    static let matrix = Key<YAMLValue>.optional(
        "matrix", .tree(.map(.list(.anyOf([.text, .decimal(-Double.infinity...Double.infinity), .bool])))),
        "Lists of values: every combination of them is a candidate, with {name} replaced in all of its texts."
    )
    static let serve = Key<YAMLValue>.optional(
        "serve", .tree(.mapping(ServeKeys.all)), "How Poise starts the engine; it also ends it."
    )
    static let endpoint = Key<YAMLValue>.optional(
        "endpoint", .tree(.mapping(EndpointKeys.all)), "An OpenAI-compatible endpoint that is there already."
    )
    static let sampling = Key<YAMLValue>.optional(
        "sampling", .tree(.mapping(SamplingKeys.all.map(\.withoutFallback))),
        "Settings that differ from the suite's for this candidate."
    )
    static let price = Key<YAMLValue>.optional(
        "price", .tree(.oneOfMappings([PriceKeys.tokens, PriceKeys.hours])),
        "What its tokens cost, or an hour of the machine that serves it."
    )

    static let all: [KeyDeclaration] = [
        model.declaration, quantization.declaration, name.declaration, matrix.declaration, serve.declaration,
        endpoint.declaration, sampling.declaration, price.declaration,
    ]

    /// A variable of a matrix with one of these names sets the key too.
    static let settable = [model.name, quantization.name, name.name]

    /// Without asking for the model, which a matrix may bring.
    static let shape = Shape.mapping(
        [model.declaration.asOptional] + all.dropFirst(), exactlyOne: [serve.name, endpoint.name])
}

/// The keys of `serve`.
enum ServeKeys {
    static let engine = Key.optional(
        "engine", Form.oneOf(ManagedEngine.Kind.allCases.map(\.rawValue)),
        default: ManagedEngine.Kind.llamaCpp.rawValue,
        as: .string(ManagedEngine.Kind.llamaCpp.rawValue), "The engine that serves the model."
    )
    static let file = Key<LocatedText>.required(
        "file", .locatedText, "The model's weights (GGUF for llama.cpp), relative to this file."
    )
    static let threads = Key.optional(
        "threads", Form.whole(1...4096), "Compute threads of the engine; its own default where left out."
    )
    static let contextSize = Key.optional("context_size", Form.count, "Tokens of context that each request may use.")
    static let port = Key.optional(
        "port", Form.whole(1...65535), "A fixed port on 127.0.0.1; a free one where left out."
    )
    static let gpuLayers = Key.optional(
        "gpu_layers", Form.gpuLayers,
        "Layers of the model on a GPU, 0 for none of it; the engine's own default where left out."
    )

    static let all: [KeyDeclaration] = [
        engine.declaration, file.declaration, threads.declaration, contextSize.declaration, port.declaration,
        gpuLayers.declaration,
    ]
}

extension Form where Value == Int {
    /// `20`, or `all`
    fileprivate static let gpuLayers = Form.matching(.anyOf([.whole(gpuLayersRange), .menu(["all"])])) { value in
        if value.text == "all" { return ManagedEngine.allLayers }
        return value.whole.flatMap { gpuLayersRange.contains($0) ? $0 : nil }
    }

    private static let gpuLayersRange = 0...ManagedEngine.allLayers
}
