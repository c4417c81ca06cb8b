import PoiseCore

/// The numbers of `vllm bench serve` 0.33.0 (`--backend openai-chat`).
///
/// Requests: `vllm/benchmarks/lib/endpoint_request_func.py`, `async_request_openai_chat_completions`.
/// - The clock starts before the request is handed to aiohttp, so a new connection is inside TTFT.
/// - TTFT ends at the first chunk whose delta has content, reasoning or tool calls. A role-only chunk does not count
///   (in versions that tested for `choices` alone, it did). Of reasoning only the field `reasoning` is read, not
///   `reasoning_content`; a timeline does not keep the field's name, so both count here.
/// - So does, to it, an empty `content` without a role, as vLLM's own servers send with the finish reason; a timeline
///   does not tell it from any other chunk without text, so that here the gap before it is missing.
/// - ITL are the raw gaps between such chunks, of all requests in one list; two chunks of one read are 0 apart.
/// - E2EL ends at the last such chunk: not at the finish, the usage or `[DONE]`.
/// - A request without such a chunk has failed.
///
/// Summary: `vllm/benchmarks/serve.py`, `calculate_metrics` and `benchmark`.
/// - Tokens are `usage.completion_tokens`, else the text re-tokenized.
/// - TPOT = (E2EL − TTFT) / (tokens − 1); requests with one token have none.
/// - Throughputs are over the time from the first request's start until all are done, failures included.
/// - Mean, median, standard deviation of the population, P99 with linear interpolation. Of an empty list it prints 0;
///   here that is undefined.
enum VLLMDefinitions {
    static func trial(_ stored: StoredTrial) -> ForeignTrial {
        var trial = ForeignTrial()
        // It always streams, and what comes in one piece is to it a response without a chunk.
        guard let response = stored.response, response.isStreamed else { return trial }
        let bearing = response.timeline.chunks.filter(\.bearsTokens)
        guard let first = bearing.first, let last = bearing.last else { return trial }
        trial.isSuccess = true
        trial.inputTokens = response.report.promptTokens
        trial.outputTokens = stored.metrics?.outputTokens
        trial.ttft = first.milliseconds + stored.connectTime
        trial.latency = last.milliseconds + stored.connectTime
        trial.gaps = bearing.gaps
        if let tokens = trial.outputTokens, tokens > 1 {
            trial.tpot = (last.milliseconds - first.milliseconds) / Double(tokens - 1)
        }
        return trial
    }

    static func metrics(of sample: ForeignSample) -> [ForeignMetric] {
        let output = sample.totalOutputTokens
        let input = sample.totalInputTokens
        let tpot = ValueSummary(sample.tpot.map(\.value))
        let gaps = sample.gaps.summary()
        let ttft = ValueSummary(sample.ttft)
        let e2el = ValueSummary(sample.latency)
        return [
            ForeignMetric("completed", "completed", Double(sample.succeeded), priority: 9),
            ForeignMetric("failed", "failed", Double(sample.failed), priority: sample.failed > 0 ? 2 : 10),
            ForeignMetric("duration", "duration s", sample.window),
            ForeignMetric("total_input_tokens", "input tokens", input.map(Double.init)),
            ForeignMetric("total_output_tokens", "generated tokens", Double(output)),
            ForeignMetric("request_throughput", "req/s", .rate(sample.succeeded, over: sample.window), priority: 3),
            ForeignMetric("output_throughput", "output tok/s", .rate(output, over: sample.window), priority: 1),
            ForeignMetric(
                "total_token_throughput", "total tok/s", .rate(input.map { $0 + output }, over: sample.window)),
        ]
            + metrics("ttft", "TTFT", ttft.mean, ttft.percentile(50), ttft.standardDeviation(), ttft.percentile(99))
            + metrics("tpot", "TPOT", tpot.mean, tpot.percentile(50), tpot.standardDeviation(), tpot.percentile(99))
            + metrics("itl", "ITL", gaps.mean, gaps.percentile(50), gaps.standardDeviation, gaps.percentile(99))
            + metrics("e2el", "E2EL", e2el.mean, e2el.percentile(50), e2el.standardDeviation(), e2el.percentile(99))
    }

    private static func metrics(
        _ name: String, _ word: String, _ mean: Double?, _ median: Double?, _ deviation: Double?, _ p99: Double?
    ) -> [ForeignMetric] {
        // The tool prints E2EL only when asked to.
        let isExtra = name == "e2el"
        return [
            ForeignMetric("mean_\(name)_ms", "mean \(word) ms", mean, priority: isExtra ? nil : 4),
            ForeignMetric("median_\(name)_ms", "median \(word) ms", median, priority: isExtra ? 8 : 0),
            ForeignMetric("std_\(name)_ms", "std \(word) ms", deviation),
            ForeignMetric("p99_\(name)_ms", "P99 \(word) ms", p99, priority: isExtra ? nil : 5),
        ]
    }

    static let notes = [
        "vLLM reads the reasoning field “reasoning” only; thinking under another name counts here and not there.",
        "vLLM counts an empty content, which its own servers send at the end, as one more gap; a timeline has no sign of it.",
        "Its peaks (max_output_tokens_per_s, max_concurrent_requests) are left out.",
    ]
}
