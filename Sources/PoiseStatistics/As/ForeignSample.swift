package import PoiseCore

/// The trials of one point under one tool's definitions, added one at a time and kept as numbers only.
package struct ForeignSample: Sendable {
    package let tool: ForeignTool
    package let candidate: String
    package let load: Load

    private(set) var succeeded = 0
    private(set) var failed = 0
    /// Milliseconds, of the successes that have the number.
    private(set) var ttft: [Double] = []
    private(set) var ttfo: [Double] = []
    private(set) var ttst: [Double] = []
    private(set) var latency: [Double] = []
    /// With the output tokens of their request.
    private(set) var tpot: [(value: Double, tokens: Int)] = []
    private(set) var itl: [(value: Double, tokens: Int)] = []
    /// Tokens a second.
    private(set) var decodeRate: [Double] = []
    private(set) var endToEndRate: [Double] = []
    private(set) var gaps = GapCounts()
    private(set) var outputTokens: [Int] = []
    private(set) var inputTokens: [Int] = []
    /// Scheduled → started, and scheduled → the end of the response, of open loops.
    private(set) var dispatchDelay: [Double] = []
    private(set) var scheduledLatency: [Double] = []
    /// Started and ended, since the run's beginning, of all requests.
    private(set) var intervals: [(round: Int, start: Double, end: Double)] = []
    /// By round: the first start and the last end of all requests, and of successes by the tool's own end.
    private var spans: [Int: Span] = [:]
    private var successSpans: [Int: Span] = [:]
    private var hasUnknownTimes = false
    private(set) var tokensNotByUsage = 0
    private(set) var isMissingInputTokens = false
    private(set) var retried = 0

    struct Span: Sendable {
        var start: Double
        var end: Double

        mutating func widen(to other: Span) {
            start = min(start, other.start)
            end = max(end, other.end)
        }
    }

    package init(tool: ForeignTool, candidate: String, load: Load) {
        self.tool = tool
        self.candidate = candidate
        self.load = load
    }

    package mutating func add(_ trial: StoredTrial) {
        let own = tool.trial(trial)
        if trial.attempts > 1 { retried += 1 }
        if let started = trial.started, let ended = trial.ended {
            widen(&spans, by: Span(start: started, end: ended), in: trial.key.round)
            intervals.append((trial.key.round, started, ended))
            if own.isSuccess, let latency = own.latency {
                // The latency is the last attempt's; where there were others, only its very end is known.
                let end = trial.attempts > 1 ? ended : started + latency
                widen(&successSpans, by: Span(start: started, end: end), in: trial.key.round)
            }
        } else {
            hasUnknownTimes = true
        }
        guard own.isSuccess else {
            failed += 1
            return
        }
        succeeded += 1
        add(own, of: trial)
    }

    private mutating func add(_ own: ForeignTrial, of trial: StoredTrial) {
        if let value = own.ttft { ttft.append(value) }
        if let value = own.ttfo { ttfo.append(value) }
        if let value = own.ttst { ttst.append(value) }
        if let value = own.latency { latency.append(value) }
        if let value = own.tpot { tpot.append((value, own.outputTokens ?? 0)) }
        if let value = own.itl { itl.append((value, own.outputTokens ?? 0)) }
        if let value = own.decodeRate { decodeRate.append(value) }
        if let value = own.endToEndRate { endToEndRate.append(value) }
        gaps.add(own.gaps)
        if let value = own.outputTokens { outputTokens.append(value) }
        if let value = own.inputTokens { inputTokens.append(value) } else { isMissingInputTokens = true }
        if trial.metrics?.outputTokensSource != .usage { tokensNotByUsage += 1 }
        if load.isOpenLoop {
            dispatchDelay.append(trial.queueDelay)
            if let latency = own.latency {
                scheduledLatency.append(trial.attempts > 1 ? trial.timeToDone : trial.queueDelay + latency)
            }
        }
    }

    private func widen(_ spans: inout [Int: Span], by span: Span, in round: Int) {
        spans[round, default: span].widen(to: span)
    }

    // MARK: - What throughputs are divided by

    /// Seconds from the first start to the last end, of all requests; rounds are added up, as each is a run of its own.
    var window: Double? { length(of: spans) }

    /// Seconds from the first start to the last end of a success, by the tool's own end of a request.
    var successWindow: Double? { length(of: successSpans) }

    private func length(of spans: [Int: Span]) -> Double? {
        guard !hasUnknownTimes else { return nil }
        // In the order of rounds, so that the sum is the same every time.
        let seconds = spans.sorted { $0.key < $1.key }.reduce(0.0) { $0 + ($1.value.end - $1.value.start) / 1000 }
        return seconds > 0 ? seconds : nil
    }

    var totalOutputTokens: Int { outputTokens.reduce(0, +) }

    /// Nil where the server did not say it of every response.
    var totalInputTokens: Int? { isMissingInputTokens ? nil : inputTokens.reduce(0, +) }

    // MARK: - What is put together

    package func summary() -> ForeignSummary {
        ForeignSummary(
            tool: tool, candidate: candidate, load: load, metrics: tool.metrics(of: self),
            notes: tool.notes + commonNotes)
    }

    private var commonNotes: [String] {
        var notes: [String] = []
        if tokensNotByUsage > 0 {
            notes.append(
                "Where the server sent no usage, tokens are the server's own timings or the chunks; "
                    + "\(tool.name) would count them with a tokenizer.")
        }
        if hasUnknownTimes {
            notes.append(
                "Throughputs are undefined: of some requests it is not known when they were under way, or they were "
                    + "asked after the others.")
        }
        if retried > 0 {
            notes.append("A request that was retried counts once, by its last attempt; \(tool.name) does not retry.")
        }
        if spans.count > 1 {
            notes.append("Each round counts as a benchmark of its own: durations are added up, requests put together.")
        }
        return notes
    }
}

extension ForeignTool {
    /// One trial under the tool's definitions.
    package func trial(_ trial: StoredTrial) -> ForeignTrial {
        switch self {
        case .vllm: VLLMDefinitions.trial(trial)
        case .aiperf: AIPerfDefinitions.trial(trial)
        case .guidellm: GuideLLMDefinitions.trial(trial)
        case .llmperf: LLMPerfDefinitions.trial(trial)
        }
    }

    func metrics(of sample: ForeignSample) -> [ForeignMetric] {
        switch self {
        case .vllm: VLLMDefinitions.metrics(of: sample)
        case .aiperf: AIPerfDefinitions.metrics(of: sample)
        case .guidellm: GuideLLMDefinitions.metrics(of: sample)
        case .llmperf: LLMPerfDefinitions.metrics(of: sample)
        }
    }

    /// Where the numbers always differ from the tool's own.
    var notes: [String] {
        switch self {
        case .vllm: VLLMDefinitions.notes
        case .aiperf: AIPerfDefinitions.notes
        case .guidellm: GuideLLMDefinitions.notes
        case .llmperf: LLMPerfDefinitions.notes
        }
    }
}

extension Double {
    /// A count or a total over seconds; nil where there are none.
    static func rate(_ total: Int?, over seconds: Double?) -> Double? {
        guard let total, let seconds, seconds > 0 else { return nil }
        return Double(total) / seconds
    }
}
