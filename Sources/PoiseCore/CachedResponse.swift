/// A response that an earlier run generated: its texts and counts, and nothing of when it came.
package struct CachedResponse: Hashable, Sendable {
    /// The run that it was generated in.
    package let run: String
    /// The body as it was sent then.
    package let request: String
    package let response: Response
    /// Of a chain, each request with its response; empty where the trial is one request.
    package let exchanges: [Exchange]

    package init(run: String, request: String, response: Response, exchanges: [Exchange] = []) {
        self.run = run
        self.request = request
        self.response = response
        self.exchanges = exchanges
    }
}

/// The counts of a response that was not generated now: what is left of its numbers without a timeline.
package struct CachedCounts: Hashable, Sendable {
    package let outputTokens: Int?
    package let thinkingShare: Double?

    package init(outputTokens: Int?, thinkingShare: Double? = nil) {
        self.outputTokens = outputTokens
        self.thinkingShare = thinkingShare
    }
}

extension Response {
    /// The same response without its times: no timeline, and no speed that the server told.
    package func withoutTimes(_ counts: CachedCounts) -> Response {
        var counted = report
        (counted.decodeTPS, counted.prefillTPS) = (nil, nil)
        return Response(
            answer: answer, reasoning: reasoning, toolCalls: toolCalls, finishReason: finishReason, report: counted,
            timeline: Timeline(), isStreamed: isStreamed, calls: calls, turns: turns, cachedCounts: counts)
    }
}

extension Exchange {
    /// The same exchange as of no time at all: nobody was asked.
    package func withoutTimes(_ counts: CachedCounts) -> Exchange {
        Exchange(
            turn: turn, attempts: 0, started: .zero, timeToDone: .zero, request: request,
            response: response.withoutTimes(counts))
    }
}

extension Trial {
    /// A trial that takes its response from an earlier run, and asked nobody.
    package init(_ key: TrialKey, taking cached: CachedResponse, for responseKey: ResponseKey) {
        self.init(
            key: key, attempts: [Attempt(request: cached.request, outcome: .responded(cached.response))],
            timeToDone: .zero, exchanges: cached.exchanges)
        self.responseKey = responseKey
        cachedFrom = cached.run
    }
}

extension TrialMetrics {
    /// The numbers of a response that was not generated now: its length, and no time or speed at all.
    init(_ counts: CachedCounts, report: ServerReport) {
        (ttft, ttfo, latency, carriedTokens, decodeTPS, decodedTokens) = (nil, nil, nil, nil, nil, nil)
        (decodeSpan, endToEndTPS, tpot, prefillTPS, charactersPerSecond) = (nil, nil, nil, nil, nil)
        outputTokens = counts.outputTokens
        outputTokensSource =
            counts.outputTokens == nil
            ? nil : report.completionTokens != nil ? .usage : report.timedTokens != nil ? .timings : .chunks
        thinkingShare = counts.thinkingShare
    }
}
