/// Where a candidate's responses come from: everything beside the request that shapes them, as far as it can be known.
///
/// Two sources with equal ingredients are taken for one and the same; one ingredient too many costs a response that is
/// asked again, one too few serves one model's answers as another's.
package struct ResponseSource: Hashable, Sendable {
    /// By name. Secrets are not among them, not even their digests: all else is in the database, so that who has that
    /// could try guesses against a digest; and another key for the same endpoint does not change what it answers.
    package let ingredients: [String: String]
    /// SHA-256 of the ingredients.
    package let digest: [UInt8]

    package init(_ ingredients: [String: String]) {
        self.ingredients = ingredients
        var text = LabelledBytes()
        for (name, value) in ingredients.sorted(by: { $0.key < $1.key }) { text.add(name, value) }
        digest = SHA256Digest.bytes(of: text.bytes)
    }

    /// An endpoint, with what it says of itself.
    ///
    /// - Parameters:
    ///   - endpoint: whose address holds no user and no password; a suite with one is refused.
    ///   - url: where requests go.
    package init(_ endpoint: Endpoint, url: String, build: String?, details: EngineDetails?) {
        let connection = endpoint.connection ?? ConnectionSettings()
        var all = Self.told(build: build, details: details)
        all["kind"] = "endpoint"
        all["api"] = connection.api.rawValue
        all["url"] = url
        all["apiKeyVariable"] = endpoint.apiKeyVariable
        all["proxy"] = connection.proxy
        for (name, value) in connection.headers { all["header \(name.lowercased())"] = value }
        for (name, variable) in connection.headerVariables { all["headerVariable \(name.lowercased())"] = variable }
        // Known only while the model is in memory, so that it would part a first run from a second.
        if build?.hasPrefix("Ollama") == true { all["details contextSize"] = nil }
        self.init(all)
    }

    /// An engine that Poise starts, as it is known before it is started.
    ///
    /// - Parameters:
    ///   - engine: its name and how it is called up, of which the file's own path and the address are left out.
    ///   - machine: floating-point sums differ between processors, so that a token may.
    ///   - environment: of which engines read what begins with the names below.
    package init(
        engine: ManagedEngine.Kind, build: String?, launcher: [String], arguments: [String], file: ModelFileFacts,
        machine: String, environment: [String: String]
    ) {
        var all = [
            "kind": "managed", "engine": engine.rawValue, "build": build ?? "", "machine": machine,
            "launcher": launcher.joined(separator: "\0"), "file": file.sha256,
            "arguments": Self.shaping(arguments).joined(separator: "\0"),
        ]
        for (name, value) in environment where Self.isRead(name) { all["variable \(name)"] = value }
        self.init(all)
    }

    /// What the endpoint said of how it serves, without what changes while it serves the same.
    private static func told(build: String?, details: EngineDetails?) -> [String: String] {
        var told = Dictionary(
            (details?.listed ?? []).map { ("details \($0.name)", $0.text) }, uniquingKeysWith: { first, _ in first })
        for name in ["server", "memory", "gpuMemory"] { told["details \(name)"] = nil }
        told["build"] = build
        return told
    }

    /// Without the address, of which the port is another each time, and the file, which its digest stands for.
    private static func shaping(_ arguments: [String]) -> [String] {
        var kept: [String] = []
        var isValue = false
        for argument in arguments {
            if isValue {
                isValue = false
            } else if ["--model", "--host", "--port"].contains(argument) {
                isValue = true
            } else {
                kept.append(argument)
            }
        }
        return kept
    }

    /// Whether an engine or its libraries take a variable for a setting; those that hold secrets are left out.
    private static func isRead(_ name: String) -> Bool {
        let prefixes = ["LLAMA_", "GGML_", "CUDA_", "HIP_", "ROCR_", "HSA_", "OMP_", "MKL_", "OPENBLAS_", "VK_"]
        let secrets = ["KEY", "TOKEN", "SECRET", "PASSWORD"]
        return prefixes.contains(where: name.hasPrefix) && !secrets.contains(where: name.contains)
    }
}

/// Names and values in a row, so that no two rows are the same bytes.
struct LabelledBytes {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ value: some Collection<UInt8>) {
        bytes += "\(name.utf8.count):\(name)=\(value.count):".utf8
        bytes += value
    }

    mutating func add(_ name: String, _ value: String) { add(name, value.utf8) }
}
