package import PoiseCore

/// What `vllm bench serve --save-detailed` adds to its result: a list for each field, an item for each request.
///
/// Names from `vllm/benchmarks/serve.py` 0.33.0, `benchmark`; seconds. `start_times` begin with the run. A failed
/// request has null where vLLM writes 0. Lists cannot be written while the trials are read once, so they are read once
/// for each field.
package enum VLLMDetail: String, Sendable, CaseIterable {
    case inputLengths = "input_lens"
    case outputLengths = "output_lens"
    case ttfts, itls, latencies
    case startTimes = "start_times"
    case queueTimes = "queue_times"
    case texts = "generated_texts"
    case errors

    package static var opening: String {
        let tool = ForeignTool.vllm
        return #"{"as": "\#(tool.rawValue)", "version": "\#(tool.version)", "points": ["#
    }

    package static let ending = "\n]}\n"

    package static func pointOpening(candidate: String, load: Load, isFirst: Bool) -> String {
        let place = "\"candidate\": \(OrderedJSON.string(candidate).text), \"load\": \(OrderedJSON.load(load).text)"
        return (isFirst ? "\n" : ",\n") + "  {" + place
    }

    package static let pointEnding = "}"

    package var opening: String { ",\n   \(OrderedJSON.string(rawValue).text): [" }
    package var ending: String { "]" }

    /// The field's item for one trial, with the comma before it.
    package func item(_ trial: StoredTrial, as own: ForeignTrial, isFirst: Bool) -> String {
        (isFirst ? "" : ", ") + value(trial, own).text
    }

    private func value(_ trial: StoredTrial, _ own: ForeignTrial) -> OrderedJSON {
        switch self {
        case .inputLengths: .optional(own.inputTokens)
        case .outputLengths: .optional(own.outputTokens)
        case .ttfts: ForeignExport.seconds(own.ttft)
        case .itls: .array(own.gaps.map { .number(Double($0) / 1e6) })
        case .latencies: ForeignExport.seconds(own.latency)
        case .startTimes: ForeignExport.seconds(trial.started)
        case .queueTimes: ForeignExport.seconds(trial.queueDelay)
        case .texts: .string(trial.shownAnswer ?? "")
        case .errors: .string(ForeignExport.error(trial, own) ?? "")
        }
    }
}
