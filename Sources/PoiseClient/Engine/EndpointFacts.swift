import Foundation
package import PoiseCore

/// What an endpoint says of itself on pages that its engine is known for.
///
/// The pages are asked by the caller, with GET and the headers of the run; this only says which, and reads the answers.
package struct EndpointFacts: Hashable, Sendable {
    /// The engine and its version: `vLLM 0.10.1`; nil where nothing gives it away.
    package let build: String?
    /// nil where nothing was said.
    package let details: EngineDetails?
    /// Whether a response says that it is simulated.
    package let isSimulated: Bool

    /// A page that one or more engines have.
    package enum Page: String, CaseIterable, Sendable {
        /// OpenAI's list of models; llama.cpp and vLLM say more in it than it asks for.
        case models = "/v1/models"
        /// llama.cpp.
        case props = "/props"
        /// vLLM.
        case version = "/version"
        /// Ollama.
        case ollamaVersion = "/api/version"
        /// Ollama: the models in memory.
        case ollamaLoaded = "/api/ps"
        /// Ollama: the models on disk.
        case ollamaModels = "/api/tags"
        /// SGLang, and its name for it until 0.5.
        case serverInfo = "/server_info"
        case formerServerInfo = "/get_server_info"
        /// Text Generation Inference.
        case info = "/info"

        /// Its address beside an endpoint's `base_url`, which may end in `/v1` or not.
        package func url(besides baseURL: String) -> String {
            var root = baseURL[...]
            while root.hasSuffix("/") { root.removeLast() }
            if self == .models { return root.hasSuffix("/v1") ? "\(root)/models" : "\(root)/v1/models" }
            if root.hasSuffix("/v1") { root.removeLast("/v1".count) }
            return "\(root)\(rawValue)"
        }
    }

    /// A response to one page.
    package struct Answer: Hashable, Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        package init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    /// How long a page may take: it is asked before a candidate's first trial.
    package static let patience: Duration = .seconds(2)

    /// Asks pages all at once and reads what comes.
    ///
    /// - Parameters:
    ///   - known: what is known already, and stays where nothing is said of it.
    ///   - fetch: one GET, without retries; nil where no response came.
    package static func gathered(
        baseURL: String, model: String, pages: [Page] = Page.allCases, known: EngineDetails = EngineDetails(),
        fetch: @escaping @Sendable (_ url: String) async -> Answer?
    ) async -> EndpointFacts {
        let answers = await withTaskGroup { group in
            for page in pages {
                group.addTask { (page, await fetch(page.url(besides: baseURL))) }
            }
            return await group.reduce(into: [Page: Answer]()) { $0[$1.0] = $1.1 }
        }
        return EndpointFacts(from: answers, model: model, known: known)
    }

    /// - Parameters:
    ///   - answers: those that came; errors and pages of other engines count as nothing said.
    ///   - model: the name that requests carry, to find it among several.
    package init(from answers: [Page: Answer], model: String, known: EngineDetails = EngineDetails()) {
        var reading = EndpointReading(model: model, details: known)
        // In the order above: an engine's own pages say more than the list of models.
        for page in Page.allCases {
            guard let answer = answers[page], answer.status == 200, answer.body.count <= EndpointReading.largestBody,
                let body = try? JSONValue(parsing: Data(answer.body)), body.object != nil
            else { continue }
            reading.read(body, of: page)
        }
        for page in Page.allCases {
            if let server = answers[page]?.headers["server"] { reading.read(server: server) }
        }
        build = reading.build
        details = reading.details.isEmpty ? nil : reading.details
        isSimulated = answers.values.contains { $0.headers["x-poise-simulated"] == "true" }
    }
}
