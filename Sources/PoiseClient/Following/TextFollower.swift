package import PoiseCore

/// Asks a server what its model expects next, all along a text that is given: no token is generated freely.
package protocol TextFollower: Sendable {
    /// The tokens of the model's vocabulary; nil where the server does not tell.
    var vocabularySize: Int? { get }
    /// The most likeliest tokens that may be asked for, unless somebody says otherwise; nil where there is no limit.
    var usualLimit: Int? { get }

    /// The tokens of a prompt, with what the model's template puts around it.
    ///
    /// - Parameter request: the body of a chat or completion request, as it was sent.
    func promptTokens(of request: String) async throws(RequestFailure) -> [Int32]

    /// The tokens of a text by itself.
    func tokens(of text: String) async throws(RequestFailure) -> [Int32]

    /// What the model expects at each position of a text, given all that stands before it.
    ///
    /// - Parameter top: so many of the likeliest tokens; fewer come only where the vocabulary has no more.
    func distributions(along text: FollowedText, top: Int) async throws(RequestFailure) -> [NextTokens]
}

/// Why nothing can be asked along a text.
package enum FollowingFailure: ExplainedError, Equatable {
    case noDistributions(candidate: String, engine: String)
    case simulated(candidate: String)

    package var what: String {
        switch self {
        case .noDistributions(_, let engine): "\(engine) gives no logprobs along a given text"
        case .simulated: "the endpoint is simulated: there is no model behind it, and no distribution"
        }
    }
    package var place: String? {
        switch self {
        case .noDistributions(let candidate, _), .simulated(let candidate): candidate
        }
    }
    package var remedy: String? {
        switch self {
        case .noDistributions:
            "llama.cpp's server does (/completion with n_probs), and vLLM (prompt_logprobs); chat APIs name the likeliest"
                + " tokens of their own text only."
        case .simulated: "Name a candidate that a model answers for."
        }
    }
}

extension ChatClient {
    /// What follows texts on this endpoint.
    ///
    /// - Parameters:
    ///   - candidate: for the failure's place.
    ///   - engine: what the endpoint is known as, for the failure.
    /// - Throws: `FollowingFailure` where the server offers nothing of the kind.
    package func follower(candidate: String, engine: String) async throws -> any TextFollower {
        let pages = await withTaskGroup { group in
            for page in [EndpointFacts.Page.models, .props, .version] {
                group.addTask { (page, await self.page(page.url(besides: baseURL))) }
            }
            return await group.reduce(into: [EndpointFacts.Page: EndpointFacts.Answer]()) { $0[$1.0] = $1.1 }
        }
        if pages.values.contains(where: { $0.headers["x-poise-simulated"] == "true" }) {
            throw FollowingFailure.simulated(candidate: candidate)
        }
        let bodies = pages.compactMapValues { answer in
            answer.status == 200 ? try? JSONValue(parsing: String(decoding: answer.body, as: UTF8.self)) : nil
        }
        if bodies[.props]?["default_generation_settings"] != nil {
            let models = bodies[.models]?["data"]?.array ?? []
            let size = (models.first { $0["id"]?.string == model } ?? models.first)?["meta"]?["n_vocab"]?.number
            return LlamaCppFollower(client: self, vocabularySize: size.flatMap(Int.init(exactly:)))
        }
        if bodies[.version]?["version"]?.string != nil { return VLLMFollower(client: self) }
        throw FollowingFailure.noDistributions(candidate: candidate, engine: engine)
    }

    /// An address of the server, whose `base_url` may end in `/v1` or not.
    func address(_ path: String) -> String {
        var root = baseURL[...]
        while root.last == "/" { root.removeLast() }
        if root.hasSuffix("/v1") { root.removeLast("/v1".count) }
        return root + path
    }
}

extension RequestFailure {
    /// An answer that is not what was asked for.
    static func malformed(_ what: String) -> RequestFailure {
        RequestFailure(kind: .malformed, message: "the server answered \(what)")
    }
}
