import PoiseCore

/// One trial as another tool writes a request, in its own field names, as far as a timeline can fill them.
///
/// Each record begins with what tells the trials apart here: candidate, load, task, sample, epoch, round.
/// - vLLM 0.33.0: the fields of `RequestFuncOutput` (`benchmarks/lib/endpoint_request_func.py`); seconds. Its
///   `--save-detailed` has them as lists in the plural, which `VLLMDetail` writes.
/// - AIPerf 0.13.0: a line of `profile_export.jsonl` (`MetricRecordInfo`); nanoseconds since the run began where AIPerf
///   has them since 1970.
/// - GuideLLM 0.8.1: an entry of `requests` in `benchmarks.json` (`GenerativeRequestStats`); seconds since the run
///   began where GuideLLM has them since 1970.
/// - LLMPerf f1d6bed: an entry of `…_individual_responses.json` (`common_metrics.py`); seconds.
enum ForeignExport {
    typealias Member = (name: String, value: OrderedJSON)

    static func record(_ trial: StoredTrial, _ own: ForeignTrial, tool: ForeignTool) -> [Member] {
        place(of: trial)
            + {
                switch tool {
                case .vllm: vllm(trial, own)
                case .aiperf: aiperf(trial, own)
                case .guidellm: guidellm(trial, own)
                case .llmperf: llmperf(trial, own)
                }
            }()
    }

    private static func place(of trial: StoredTrial) -> [Member] {
        [
            ("candidate", .string(trial.key.candidate)), ("load", .load(trial.key.load)),
            ("task", .string(trial.key.task)), ("sample", .string(trial.key.sample)),
            ("epoch", .count(trial.key.epoch)), ("round", .count(trial.key.round)),
        ]
    }

    static func seconds(_ milliseconds: Double?) -> OrderedJSON {
        .optional(milliseconds.map { $0 / 1000 })
    }

    /// What the tool's error field says of a trial that it would count as failed.
    static func error(_ trial: StoredTrial, _ own: ForeignTrial) -> String? {
        own.isSuccess ? nil : trial.shownFailure ?? "no chunk of the stream bore a token"
    }

    private static func vllm(_ trial: StoredTrial, _ own: ForeignTrial) -> [Member] {
        [
            ("success", .bool(own.isSuccess)), ("prompt_len", .optional(own.inputTokens)),
            ("output_tokens", .optional(own.outputTokens)), ("ttft", seconds(own.ttft)),
            ("itl", .array(own.gaps.map { .number(Double($0) / 1e6) })), ("latency", seconds(own.latency)),
            ("start_time", seconds(trial.started)), ("client_queue_time", seconds(trial.queueDelay)),
            ("generated_text", .string(trial.shownAnswer ?? "")), ("error", .string(error(trial, own) ?? "")),
        ]
    }

    private static func aiperf(_ trial: StoredTrial, _ own: ForeignTrial) -> [Member] {
        // AIPerf leaves out what is undefined.
        let metrics = aiperfMetrics(own).filter { !$0.value.isNull }.map { name, value, unit -> Member in
            (name, .object([("value", value), ("unit", .string(unit))]))
        }
        let failure = error(trial, own).map { message -> OrderedJSON in
            .object([("type", .optional(trial.failure?.kind)), ("message", .string(message))])
        }
        return [
            ("metadata", .object(aiperfMetadata(trial))), ("metrics", .object(metrics)), ("error", failure ?? .null),
        ]
    }

    /// AIPerf's record as the columns of a table: its metrics by their own names, undefined ones too.
    static func aiperfColumns(_ trial: StoredTrial, _ own: ForeignTrial) -> [Member] {
        place(of: trial) + aiperfMetadata(trial) + aiperfMetrics(own).map { ($0.name, $0.value) }
            + [("error", .optional(error(trial, own)))]
    }

    private static func aiperfMetadata(_ trial: StoredTrial) -> [Member] {
        func nanoseconds(_ milliseconds: Double?) -> OrderedJSON {
            .optional(milliseconds.flatMap { Int64(exactly: ($0 * 1e6).rounded()) })
        }
        return [
            ("conversation_id", .string(trial.key.sample)), ("credit_issued_ns", nanoseconds(trial.scheduled)),
            ("request_start_ns", nanoseconds(trial.started)), ("request_end_ns", nanoseconds(trial.ended)),
            ("benchmark_phase", .string("profiling")), ("was_cancelled", .bool(false)),
        ]
    }

    private static func aiperfMetrics(_ own: ForeignTrial) -> [(name: String, value: OrderedJSON, unit: String)] {
        [
            ("time_to_first_token", .optional(own.ttft), "ms"),
            ("time_to_second_token", .optional(own.ttst), "ms"),
            ("time_to_first_output_token", .optional(own.ttfo), "ms"),
            ("request_latency", .optional(own.latency), "ms"),
            ("inter_token_latency", .optional(own.itl), "ms"),
            ("output_token_throughput_per_user", .optional(own.decodeRate), "tokens/sec/user"),
            ("e2e_output_token_throughput", .optional(own.endToEndRate), "tokens/sec/user"),
            ("output_sequence_length", .optional(own.outputTokens), "tokens"),
            ("input_sequence_length", .optional(own.inputTokens), "tokens"),
            (
                "inter_chunk_latency",
                own.gaps.isEmpty ? .null : .array(own.gaps.map { .number(Double($0) / 1000) }), "ms"
            ),
        ]
    }

    private static func guidellm(_ trial: StoredTrial, _ own: ForeignTrial) -> [Member] {
        let total = own.inputTokens.flatMap { input in own.outputTokens.map { input + $0 } }
        let rate = own.latency.flatMap { latency in
            total.flatMap { latency > 0 ? Double($0) / latency * 1000 : nil }
        }
        return [
            ("request_start_time", seconds(trial.started)), ("request_end_time", seconds(trial.ended)),
            ("request_latency", seconds(own.latency)), ("request_dispatch_delay", seconds(trial.queueDelay)),
            ("prompt_tokens", .optional(own.inputTokens)),
            ("cached_tokens", .optional(trial.response?.report.cachedTokens)),
            ("output_tokens", .optional(own.outputTokens)), ("total_tokens", .optional(total)),
            ("time_to_first_token_ms", .optional(own.ttft)), ("time_to_first_output_token_ms", .optional(own.ttfo)),
            ("time_per_output_token_ms", .optional(own.tpot)), ("inter_token_latency_ms", .optional(own.itl)),
            ("tokens_per_second", .optional(rate)), ("output_tokens_per_second", .optional(own.endToEndRate)),
            ("output", .optional(trial.shownAnswer)), ("reasoning_output", .optional(trial.shownReasoning)),
        ]
    }

    private static func llmperf(_ trial: StoredTrial, _ own: ForeignTrial) -> [Member] {
        let total = own.inputTokens.flatMap { input in own.outputTokens.map { input + $0 } }
        return [
            ("error_code", own.isSuccess ? .null : .string(trial.failure?.kind ?? "-1")),
            ("error_msg", .string(error(trial, own) ?? "")), ("inter_token_latency_s", seconds(own.itl)),
            ("ttft_s", seconds(own.ttft)), ("end_to_end_latency_s", seconds(own.latency)),
            ("request_output_throughput_token_per_s", .optional(own.endToEndRate)),
            ("number_total_tokens", .optional(total)), ("number_output_tokens", .optional(own.outputTokens)),
            ("number_input_tokens", .optional(own.inputTokens)),
        ]
    }
}

extension OrderedJSON {
    fileprivate var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
