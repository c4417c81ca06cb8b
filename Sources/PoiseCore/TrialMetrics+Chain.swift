extension TrialMetrics {
    /// The numbers of one response.
    package init(_ response: Response) {
        if let counts = response.cachedCounts {
            self.init(counts, report: response.report)
            return
        }
        self.init(
            timeline: response.timeline, report: response.report, finishReason: response.finishReason,
            isStreamed: response.isStreamed)
    }

    /// The numbers of a chain: times and tokens of its requests added up, speeds as the quotients of such sums.
    ///
    /// What is waited for is the model: the time between two requests is the client's own, and tools cost nothing. TTFT is
    /// that of the first request, TTFO of the first that gave an answer or called a tool.
    package init(chain responses: [Response]) {
        let parts = responses.map { TrialMetrics($0) }
        // A request to which nothing was generated has no latency, and takes nothing from the others'.
        let latency = Self.sum(parts.map(\.latency))
        let outputTokens = Self.wholeSum(parts.map { $0.latency == nil ? $0.outputTokens ?? 0 : $0.outputTokens })
        let decoded = parts.filter { $0.decodeTPS != nil }
        let decodedTokens = Self.wholeSum(decoded.map(\.decodedTokens))
        let decodeSpan = Self.sum(decoded.map(\.decodeSpan))
        let sources = parts.compactMap(\.outputTokensSource)

        ttft = parts.first?.ttft
        ttfo = parts.lazy.compactMap(\.ttfo).first
        self.latency = latency
        self.outputTokens = latency == nil && sources.isEmpty ? nil : outputTokens
        // The weakest of them says how far to believe the sum.
        outputTokensSource = [.chunks, .timings, .usage].first(where: sources.contains)
        carriedTokens =
            responses.contains { $0.cachedCounts != nil }
            ? nil : Self.wholeSum(parts.map { $0.latency == nil ? $0.carriedTokens ?? 0 : $0.carriedTokens })
        self.decodedTokens = decoded.isEmpty ? nil : decodedTokens
        self.decodeSpan = decodeSpan
        decodeTPS = Self.quotient(decodedTokens.map(Double.init), decodeSpan).map { $0 * 1000 }
        endToEndTPS = Self.quotient(outputTokens.map(Double.init), latency).map { $0 * 1000 }
        tpot = Self.mean(parts.map { part in part.tpot.map { ($0, Double((part.outputTokens ?? 1) - 1)) } })
        prefillTPS = Self.mean(parts.map { part in part.prefillTPS.map { ($0, part.ttft ?? 0) } })
        let spans = responses.compactMap { response in
            response.isStreamed ? Self.answerSpan(response.timeline.chunks.filter(\.bearsTokens)) : nil
        }
        charactersPerSecond = Self.mean(spans.map { ($0.characters / $0.milliseconds * 1000, $0.milliseconds) })
        thinkingShare = Self.mean(parts.map { part in part.thinkingShare.map { ($0, Double(part.outputTokens ?? 0)) } })
    }

    /// Of those that are known; nil where none is.
    private static func sum(_ values: [Double?]) -> Double? {
        let known = values.compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// Nil where one of them is not known.
    private static func wholeSum(_ values: [Int?]) -> Int? {
        let known = values.compactMap(\.self)
        return known.count == values.count ? known.reduce(0, +) : nil
    }

    private static func quotient(_ numerator: Double?, _ denominator: Double?) -> Double? {
        guard let numerator, let denominator, denominator > 0 else { return nil }
        return numerator / denominator
    }

    /// Weighted by what the value is a quotient over, which makes it the quotient of the sums.
    private static func mean(_ parts: [(value: Double, weight: Double)?]) -> Double? {
        let known = parts.compactMap(\.self)
        let total = known.reduce(0) { $0 + $1.weight }
        return total > 0 ? known.reduce(0) { $0 + $1.value * $1.weight } / total : nil
    }
}
