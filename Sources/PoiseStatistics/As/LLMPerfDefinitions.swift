import PoiseCore

/// The numbers of LLMPerf's `token_benchmark_ray.py` at f1d6bed (`--llm-api openai`).
///
/// Requests: `src/llmperf/ray_clients/openai_chat_completions_client.py`.
/// - The clock starts before `requests.post`, which opens a connection for each request; where ours was kept, its
///   opening is not in these numbers.
/// - TTFT ends at the first chunk with non-empty `content`: neither reasoning nor a tool call counts.
/// - End-to-end latency ends when the stream is closed, after `[DONE]`.
/// - It asks for no usage chunk. Every other record but `[DONE]` counts as a token received: the role, reasoning, tool
///   calls and the finish too.
/// - An exception, also for a body that is not a stream, is an error.
///
/// Summary: `token_benchmark_ray.py`, `get_token_throughput_latencies` and `metrics_summary`.
/// - Inter-token latency = the sum of the gaps, the first of which is TTFT, over the records received: the time to the
///   last content over the records. It is 0 there, and undefined here, where no text came.
/// - Output tokens are the text's in Llama's tokenizer; here they are the server's count. Output throughput of a
///   request = output tokens / end-to-end latency.
/// - Quantiles with linear interpolation, deviation of a sample (pandas), of requests without an error.
/// - Throughput is over the time of the whole test.
enum LLMPerfDefinitions {
    static func trial(_ stored: StoredTrial) -> ForeignTrial {
        var trial = ForeignTrial()
        guard let response = stored.response, response.isStreamed else { return trial }
        let chunks = response.timeline.chunks
        let content = chunks.filter { $0.kind == .answer && $0.bearsTokens }
        let records = chunks.count { $0.kind != .done && $0.kind != .usage }
        trial.isSuccess = true
        trial.inputTokens = response.report.promptTokens
        trial.outputTokens = stored.metrics?.outputTokens
        trial.latency = stored.lastRecord.map { $0 + stored.connectTime }
        trial.ttft = content.first.map { $0.milliseconds + stored.connectTime }
        if let last = content.last, records > 0 {
            trial.itl = (last.milliseconds + stored.connectTime) / Double(records)
        }
        return trial
    }

    static func metrics(of sample: ForeignSample) -> [ForeignMetric] {
        let requests = sample.succeeded + sample.failed
        let seconds = { (values: [Double]) in values.map { $0 / 1000 } }
        let perMinute = Double.rate(sample.succeeded, over: sample.window).map { $0 * 60 }
        return distribution("inter_token_latency_s", "ITL s", seconds(sample.itl.map(\.value)), p50: 0, p99: 5, mean: 4)
            + distribution("ttft_s", "TTFT s", seconds(sample.ttft), p50: 0, p99: 6, mean: 4)
            + distribution("end_to_end_latency_s", "E2E s", seconds(sample.latency), p50: 2)
            + distribution("request_output_throughput_token_per_s", "tok/s", sample.endToEndRate, p50: 0)
            + distribution("number_input_tokens", "input tokens", sample.inputTokens.map(Double.init))
            + distribution("number_output_tokens", "output tokens", sample.outputTokens.map(Double.init))
            + [
                ForeignMetric("results_num_requests_started", "started", Double(requests)),
                ForeignMetric(
                    "results_error_rate", "error rate", requests > 0 ? Double(sample.failed) / Double(requests) : nil),
                ForeignMetric(
                    "results_number_errors", "errors", Double(sample.failed), priority: sample.failed > 0 ? 2 : 10),
                ForeignMetric(
                    "results_mean_output_throughput_token_per_s", "output tok/s",
                    .rate(sample.totalOutputTokens, over: sample.window), priority: 1),
                ForeignMetric("results_num_completed_requests", "completed", Double(sample.succeeded), priority: 9),
                ForeignMetric("results_num_completed_requests_per_min", "req/min", perMinute, priority: 7),
            ]
    }

    private static func distribution(
        _ name: String, _ word: String, _ values: [Double], p50: Int? = nil, p99: Int? = nil, mean: Int? = nil
    ) -> [ForeignMetric] {
        let summary = ValueSummary(values)
        let quantiles = [25, 50, 75, 90, 95, 99].map { percent in
            ForeignMetric(
                "results_\(name)_quantiles_p\(percent)", "p\(percent) \(word)", summary.percentile(Double(percent)),
                priority: percent == 50 ? p50 : percent == 99 ? p99 : nil)
        }
        return quantiles + [
            ForeignMetric("results_\(name)_mean", "mean \(word)", summary.mean, priority: mean),
            ForeignMetric("results_\(name)_min", "min \(word)", summary.minimum),
            ForeignMetric("results_\(name)_max", "max \(word)", summary.maximum),
            ForeignMetric(
                "results_\(name)_stddev", "stddev \(word)", summary.standardDeviation(degreesOfFreedomLost: 1)),
        ]
    }

    static let notes = [
        "LLMPerf counts output tokens with Llama's tokenizer; here they are the server's.",
        "LLMPerf opens a connection for each request; where one was kept, its opening is not in these times.",
    ]
}
