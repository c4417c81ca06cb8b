import PoiseCore

/// The numbers of `aiperf profile --streaming` 0.13.0 (`--endpoint-type chat --use-server-token-count`).
///
/// Files under `aiperf/metrics/types/`, named after the metric; statistics in `aiperf/metrics/metric_dicts.py`.
/// - The clock starts before the request is handed to aiohttp (`transports/aiohttp_client.py`).
/// - Content responses are chunks with non-empty content, reasoning (under either name) or a tool call
///   (`endpoints/openai_chat.py`): no role, no finish, no usage. A request without one is invalid.
/// - TTFT: to the first of them. TTST: from the first to the second. TTFO: to the first that is not only reasoning.
///   Request latency: to the last.
/// - OSL: completion tokens, reasoning included. ITL = (request latency − TTFT) / (OSL − 1), from OSL 2 on; several
///   tokens in the first chunk are subtracted only with `--per-chunk-usage`, which is off by default.
/// - Output token throughput per user = 1 / ITL, undefined where ITL is 0.
/// - Benchmark duration: the first start to the last content response, of valid requests.
/// - Responses that were not streamed have a latency and none of the token times.
enum AIPerfDefinitions {
    static func trial(_ stored: StoredTrial) -> ForeignTrial {
        var trial = ForeignTrial()
        guard let response = stored.response else { return trial }
        let bearing = response.timeline.chunks.filter(\.bearsTokens)
        guard let first = bearing.first, let last = bearing.last else { return trial }
        trial.isSuccess = true
        trial.inputTokens = response.report.promptTokens
        trial.outputTokens = stored.metrics?.outputTokens
        trial.latency = last.milliseconds + stored.connectTime
        guard response.isStreamed else { return trial }
        trial.ttft = first.milliseconds + stored.connectTime
        trial.ttfo = bearing.first(where: \.isUseful).map { $0.milliseconds + stored.connectTime }
        trial.gaps = bearing.gaps
        trial.ttst = trial.gaps.first.map { Double($0) / 1000 }
        if let tokens = trial.outputTokens, tokens >= 2 {
            trial.itl = (last.milliseconds - first.milliseconds) / Double(tokens - 1)
        }
        return trial
    }

    static func metrics(of sample: ForeignSample) -> [ForeignMetric] {
        let window = sample.successWindow
        return distribution("time_to_first_token", "TTFT", "ms", sample.ttft, average: 0, p99: 4)
            + distribution("time_to_second_token", "TTST", "ms", sample.ttst)
            + distribution("time_to_first_output_token", "TTFO", "ms", sample.ttfo, average: 3)
            + distribution("request_latency", "req latency", "ms", sample.latency, average: 2)
            + distribution("inter_token_latency", "ITL", "ms", sample.itl.map(\.value), average: 0, p99: 5)
            + distribution("output_token_throughput_per_user", "TPS/user", "", sample.decodeRate, average: 0)
            + distribution("e2e_output_token_throughput", "E2E TPS/user", "", sample.endToEndRate)
            + distribution("output_sequence_length", "OSL", "", sample.outputTokens.map(Double.init), average: 7)
            + distribution("input_sequence_length", "ISL", "", sample.inputTokens.map(Double.init))
            + [
                ForeignMetric(
                    "output_token_throughput.avg", "output TPS", .rate(sample.totalOutputTokens, over: window),
                    priority: 1),
                ForeignMetric("request_throughput.avg", "req/s", .rate(sample.succeeded, over: window), priority: 6),
                ForeignMetric("benchmark_duration.avg", "duration s", window),
                ForeignMetric("request_count.avg", "requests", Double(sample.succeeded), priority: 9),
                ForeignMetric(
                    "error_request_count.avg", "errors", Double(sample.failed), priority: sample.failed > 0 ? 2 : 10),
            ]
    }

    private static func distribution(
        _ name: String, _ word: String, _ unit: String, _ values: [Double], average: Int? = nil, p99: Int? = nil
    ) -> [ForeignMetric] {
        let summary = ValueSummary(values)
        func metric(_ statistic: String, _ value: Double?, _ priority: Int? = nil) -> ForeignMetric {
            let head = [statistic, word, unit].filter { !$0.isEmpty }.joined(separator: " ")
            return ForeignMetric("\(name).\(statistic)", head, value, priority: priority)
        }
        return [
            metric("avg", summary.mean, average), metric("min", summary.minimum), metric("max", summary.maximum),
            metric("p99", summary.percentile(99), p99), metric("p90", summary.percentile(90)),
            metric("p50", summary.percentile(50)), metric("std", summary.standardDeviation()),
        ]
    }

    static let notes = [
        "AIPerf counts tokens with its own tokenizer unless told --use-server-token-count; here they are the server's."
    ]
}
