/// One request of a trial that is a chain of turns, with its response.
package struct Exchange: Hashable, Sendable {
    /// From 1; several requests belong to one turn where tools were called.
    package let turn: Int
    /// Requests that it took: this one, and those that failed before it.
    package let attempts: Int
    /// The run's beginning → its first attempt started.
    package let started: Duration
    /// Its first attempt started → the response was whole.
    package let timeToDone: Duration
    /// The body as it was sent.
    package let request: String
    package let response: Response

    package init(
        turn: Int, attempts: Int = 1, started: Duration, timeToDone: Duration, request: String, response: Response
    ) {
        self.turn = turn
        self.attempts = attempts
        self.started = started
        self.timeToDone = timeToDone
        self.request = request
        self.response = response
    }
}

extension Response {
    /// What stands for a whole chain: the last answer, the sums of what the server counted, and no timeline.
    ///
    /// - Parameter exchanges: at least one, in the order in which they were made.
    package init(chain exchanges: [Exchange]) {
        let responses = exchanges.map(\.response)
        let last = responses.last
        self.init(
            answer: last?.answer ?? "", reasoning: last?.reasoning ?? "", toolCalls: last?.toolCalls ?? "",
            finishReason: responses.contains { $0.finishReason == "length" } ? "length" : last?.finishReason,
            report: ServerReport(sumOf: responses.map(\.report)),
            timeline: Timeline(connect: responses.first?.timeline.connect),
            isStreamed: responses.allSatisfy(\.isStreamed), calls: last?.calls ?? [], turns: Self.turns(of: exchanges),
            cachedCounts: Self.cachedCounts(of: responses))
    }

    /// Nil where one of them was generated now.
    private static func cachedCounts(of responses: [Response]) -> CachedCounts? {
        guard !responses.isEmpty, responses.allSatisfy({ $0.cachedCounts != nil }) else { return nil }
        let metrics = TrialMetrics(chain: responses)
        return CachedCounts(outputTokens: metrics.outputTokens, thinkingShare: metrics.thinkingShare)
    }

    /// The last response to each turn, in their order.
    private static func turns(of exchanges: [Exchange]) -> [Response] {
        exchanges.enumerated().filter { index, exchange in
            index + 1 == exchanges.count || exchanges[index + 1].turn != exchange.turn
        }.map(\.element.response)
    }
}

extension ServerReport {
    /// Counts added up, and speeds over all of the requests; a number that one of them lacks is not known of all.
    package init(sumOf reports: [ServerReport]) {
        self.init()
        func sum(_ path: KeyPath<ServerReport, Int?>) -> Int? {
            let known = reports.compactMap { $0[keyPath: path] }
            return known.count == reports.count ? known.reduce(0) { $0.addingReportingOverflow($1).partialValue } : nil
        }
        promptTokens = sum(\.promptTokens)
        completionTokens = sum(\.completionTokens)
        cachedTokens = sum(\.cachedTokens)
        reasoningTokens = sum(\.reasoningTokens)
        timedTokens = sum(\.timedTokens)
        decodeTPS = Self.speed(reports) { report in
            report.decodeTPS.map { (report.timedTokens ?? report.completionTokens, $0) }
        }
        prefillTPS = Self.speed(reports) { report in
            report.prefillTPS.map { (report.promptTokens.map { $0 - (report.cachedTokens ?? 0) }, $0) }
        }
        model = reports.last?.model
        systemFingerprint = reports.last?.systemFingerprint
    }

    /// Σ tokens / Σ their time.
    private static func speed(
        _ reports: [ServerReport], _ part: (ServerReport) -> (tokens: Int?, perSecond: Double)?
    ) -> Double? {
        var (tokens, seconds) = (0.0, 0.0)
        for report in reports {
            guard let part = part(report), let count = part.tokens, count > 0, part.perSecond > 0 else { return nil }
            tokens += Double(count)
            seconds += Double(count) / part.perSecond
        }
        return seconds > 0 ? tokens / seconds : nil
    }
}
