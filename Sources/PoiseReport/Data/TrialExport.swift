import PoiseCore

/// One trial as a record: the columns of the view `trialMetric`, then what else is known of it.
///
/// Times in milliseconds, speeds per second, shares 0…1; null where undefined.
enum TrialExport {
    /// - Parameter withTimeline: whether the chunks are in it, as lists: `at` in milliseconds after the start.
    static func record(_ trial: StoredTrial, withTimeline: Bool) -> [(name: String, value: OrderedJSON)] {
        let metrics = trial.metrics
        let response = trial.response
        let isCached = trial.cachedFrom != nil
        let view: [(name: String, value: OrderedJSON)] = [
            ("run", .string(trial.run)), ("candidate", .string(trial.key.candidate)), ("model", .string(trial.model)),
            ("quantization", .optional(trial.quantization)), ("task", .string(trial.key.task)),
            ("sample", .string(trial.key.sample)), ("epoch", .count(trial.key.epoch)), ("load", .load(trial.key.load)),
            ("round", .count(trial.key.round)), ("status", .string(response == nil ? "failed" : "completed")),
            ("score", .optional(trial.score)), ("ttft", .optional(metrics?.ttft)), ("ttfo", .optional(metrics?.ttfo)),
            ("latency", .optional(metrics?.latency)), ("decodeTPS", .optional(metrics?.decodeTPS)),
            ("outputTokens", .optional(metrics?.outputTokens)),
            ("promptTokens", .optional(response?.report.promptTokens)),
            ("charactersPerSecond", .optional(metrics?.charactersPerSecond)),
            ("response", .optional(trial.shownAnswer)),
        ]
        let more: [(name: String, value: OrderedJSON)] = [
            ("queueDelay", .optional(isCached ? nil : trial.queueDelay)), ("scheduled", .optional(trial.scheduled)),
            ("timeToDone", .optional(isCached ? nil : trial.timeToDone)), ("attempts", .count(trial.attempts)),
            ("tpot", .optional(metrics?.tpot)), ("endToEndTPS", .optional(metrics?.endToEndTPS)),
            ("prefillTPS", .optional(metrics?.prefillTPS)), ("thinkingShare", .optional(metrics?.thinkingShare)),
            ("outputTokensSource", .optional(metrics?.outputTokensSource?.rawValue)),
            ("cachedTokens", .optional(response?.report.cachedTokens)),
            ("finishReason", .optional(response?.finishReason)),
            ("isStreamed", response.map { .bool($0.isStreamed) } ?? .null),
            ("failureKind", .optional(trial.failure?.kind)), ("cachedFrom", .optional(trial.cachedFrom)),
        ]
        return view + more + (withTimeline ? timeline(of: response) : [])
    }

    private static func timeline(of response: Response?) -> [(name: String, value: OrderedJSON)] {
        func list(_ value: (Timeline.Chunk) -> OrderedJSON) -> OrderedJSON {
            response.map { .array($0.timeline.chunks.map(value)) } ?? .null
        }
        return [
            ("connect", .optional(response?.timeline.connect?.milliseconds)),
            ("firstByte", .optional(response?.timeline.firstByte?.milliseconds)),
            ("at", list { .number($0.milliseconds) }), ("kind", list { .string($0.kind.name) }),
            ("characters", list { .count($0.characters) }), ("tokens", list { .optional($0.cumulativeTokens) }),
            ("isCoalesced", list { .bool($0.isCoalesced) }),
        ]
    }
}

extension Timeline.Kind {
    /// As METRICS names the kinds of chunks.
    var name: String {
        switch self {
        case .role: "role"
        case .reasoning: "reasoning"
        case .answer: "answer"
        case .toolCall: "toolCall"
        case .usage: "usage"
        case .done: "done"
        case .other: "other"
        }
    }
}
