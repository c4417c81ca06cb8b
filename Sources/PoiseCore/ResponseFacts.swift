/// Counts over one candidate's measured responses; shares are computed from them, so that counts can be added up.
package struct ResponseFacts: Hashable, Codable, Sendable {
    /// Trials that got a response.
    package var responses: Int
    /// Of `responses`, those that earlier runs generated; they have no speed.
    package var fromCache: Int
    /// Responses that ended because they met the length cap (`finish_reason: length`).
    package var lengthCapped: Int
    /// Token-bearing chunks of the responses that were streamed.
    package var chunks: Int
    /// Of `chunks`, those that came in the same network read as the one before.
    package var coalescedChunks: Int
    /// Output tokens that the chunks of the streamed responses carried; nil where nobody counted them but the chunks.
    package var carriedTokens: Int?
    /// Prompt tokens of the responses that say so.
    package var promptTokens: Int
    /// Of `promptTokens`, those that came from the server's cache; nil where the server does not say.
    package var cachedPromptTokens: Int?
    /// Trials without a response, by the kind of their failure (`timedOut`, `refused`, …).
    package var failures: [String: Int]
    /// Responses by how they ended, in the server's words (`stop`, `length`, `tool_calls`, …); empty where it says none.
    package var finishReasons: [String: Int]

    package init(
        responses: Int = 0, lengthCapped: Int = 0, chunks: Int = 0, coalescedChunks: Int = 0, carriedTokens: Int? = nil,
        promptTokens: Int = 0, cachedPromptTokens: Int? = nil, failures: [String: Int] = [:],
        finishReasons: [String: Int] = [:], fromCache: Int = 0
    ) {
        self.fromCache = fromCache
        self.responses = responses
        self.lengthCapped = lengthCapped
        self.chunks = chunks
        self.coalescedChunks = coalescedChunks
        self.carriedTokens = carriedTokens
        self.promptTokens = promptTokens
        self.cachedPromptTokens = cachedPromptTokens
        self.failures = failures
        self.finishReasons = finishReasons
    }

    package var failed: Int { failures.values.reduce(0, +) }

    package var lengthCappedShare: Double? { Self.share(lengthCapped, of: responses) }
    package var coalescedShare: Double? { Self.share(coalescedChunks, of: chunks) }
    package var tokensPerChunk: Double? { carriedTokens.flatMap { Self.share($0, of: chunks) } }
    package var cachedShare: Double? { cachedPromptTokens.flatMap { Self.share($0, of: promptTokens) } }

    private static func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }

    /// Adds up two candidates' counts; a count that one of them does not know is not known of both.
    package static func + (left: ResponseFacts, right: ResponseFacts) -> ResponseFacts {
        func sum(_ path: KeyPath<ResponseFacts, Int>) -> Int { left[keyPath: path] + right[keyPath: path] }
        func known(_ path: KeyPath<ResponseFacts, Int?>) -> Int? {
            left[keyPath: path].flatMap { one in right[keyPath: path].map { one + $0 } }
        }
        return ResponseFacts(
            responses: sum(\.responses), lengthCapped: sum(\.lengthCapped), chunks: sum(\.chunks),
            coalescedChunks: sum(\.coalescedChunks), carriedTokens: known(\.carriedTokens),
            promptTokens: sum(\.promptTokens), cachedPromptTokens: known(\.cachedPromptTokens),
            failures: left.failures.merging(right.failures, uniquingKeysWith: +),
            finishReasons: left.finishReasons.merging(right.finishReasons, uniquingKeysWith: +),
            fromCache: sum(\.fromCache)
        )
    }
}
