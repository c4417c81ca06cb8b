import PoiseCore

/// The numbers of `guidellm benchmark` 0.8.1 (`/v1/chat/completions`, streamed).
///
/// Requests: `guidellm/schemas/base/request_stats.py`; their times: `guidellm/backends/openai/http.py`.
/// - The clock starts when the first header is written: after the connection is ready, as ours.
/// - A token iteration is a chunk with non-empty reasoning (under either name), content or a tool call
///   (`backends/openai/request_handlers.py`, `add_streaming_line`): no role, no finish, no usage.
/// - TTFT: to the first. TTFOT: to the first with content or a tool call.
/// - Request latency, in seconds: to the end of the stream, `[DONE]`.
/// - Tokens are `usage.completion_tokens`, else the iterations.
/// - ITL = (last − first iteration) / (tokens − 1), undefined below 2 tokens. TPOT = (last iteration − start) / tokens:
///   TTFT is in it.
///
/// Summary: `guidellm/benchmark/schemas/metrics.py` and `guidellm/schemas/base/statistics.py`.
/// - Latencies are of successful requests. The mean, median and p95 of ITL count each request by its tokens − 1, of
///   TPOT by its tokens. A percentile is the least value with enough weight up to it, without interpolation.
/// - Means of rates are totals over the time from the first start to the last end. Requests a second and concurrency
///   count failed requests too.
/// - The delay and the latency from the scheduled start are given for open loops only.
/// - Of an empty list it prints 0; here that is undefined.
enum GuideLLMDefinitions {
    static func trial(_ stored: StoredTrial) -> ForeignTrial {
        var trial = ForeignTrial()
        guard let response = stored.response else { return trial }
        let bearing = response.timeline.chunks.filter(\.bearsTokens)
        trial.outputTokens = stored.metrics?.outputTokens
        // A response with neither text nor tokens is an error to it.
        guard !bearing.isEmpty || (trial.outputTokens ?? 0) > 0 else { return trial }
        trial.isSuccess = true
        trial.inputTokens = response.report.promptTokens
        trial.latency = stored.lastRecord
        guard response.isStreamed else {
            trial.tpot = tpot(until: stored.lastRecord, tokens: trial.outputTokens)
            return trial
        }
        trial.ttft = bearing.first?.milliseconds
        trial.ttfo = bearing.first(where: \.isUseful)?.milliseconds
        trial.tpot = tpot(until: bearing.last?.milliseconds ?? stored.lastRecord, tokens: trial.outputTokens)
        if let first = bearing.first, let last = bearing.last, let tokens = trial.outputTokens, tokens > 1 {
            trial.itl = (last.milliseconds - first.milliseconds) / Double(tokens - 1)
        }
        return trial
    }

    private static func tpot(until end: Double?, tokens: Int?) -> Double? {
        guard let end, let tokens, tokens > 0 else { return nil }
        return end / Double(tokens)
    }

    static func metrics(of sample: ForeignSample) -> [ForeignMetric] {
        let window = sample.window
        let output = sample.totalOutputTokens
        let input = sample.totalInputTokens
        let concurrency = concurrency(sample.intervals)
        func each(_ values: [Double]) -> WeightedValues { WeightedValues(values.map { ($0, 1) }) }
        let itl = WeightedValues(sample.itl.map { ($0.value, Double($0.tokens - 1)) })
        let tpot = WeightedValues(sample.tpot.map { ($0.value, Double($0.tokens)) })
        return distribution("request_latency", "latency s", each(sample.latency.map { $0 / 1000 }), median: 3)
            + distribution("time_to_first_token_ms", "TTFT ms", each(sample.ttft), mean: 5, median: 0, p95: 6)
            + distribution("time_to_first_output_token_ms", "TTFOT ms", each(sample.ttfo), median: 4)
            + distribution("inter_token_latency_ms", "ITL ms", itl, mean: 5, median: 0, p95: 7)
            + distribution("time_per_output_token_ms", "TPOT ms", tpot, median: 2)
            + [
                ForeignMetric(
                    "request_concurrency.total.median", "mdn concurrency",
                    window.flatMap { _ in concurrency.quantile(0.5) }),
                ForeignMetric(
                    "request_concurrency.total.mean", "mean concurrency", window.flatMap { _ in concurrency.mean },
                    priority: 9),
                ForeignMetric(
                    "requests_per_second.total.mean", "req/s",
                    .rate(sample.succeeded + sample.failed, over: window), priority: 8),
                ForeignMetric("prompt_tokens_per_second.total.mean", "input tok/s", .rate(input, over: window)),
                ForeignMetric(
                    "output_tokens_per_second.total.mean", "output tok/s", .rate(output, over: window), priority: 1),
                ForeignMetric(
                    "tokens_per_second.total.mean", "total tok/s", .rate(input.map { $0 + output }, over: window)),
                ForeignMetric("request_totals.successful", "completed", Double(sample.succeeded), priority: 10),
                ForeignMetric(
                    "request_totals.errored", "errored", Double(sample.failed), priority: sample.failed > 0 ? 2 : 11),
            ]
            + distribution("request_dispatch_delay", "dispatch delay s", each(sample.dispatchDelay.map { $0 / 1000 }))
            + distribution(
                "request_scheduled_latency", "scheduled latency s", each(sample.scheduledLatency.map { $0 / 1000 }))
    }

    private static func distribution(
        _ name: String, _ word: String, _ values: WeightedValues, mean: Int? = nil, median: Int? = nil, p95: Int? = nil
    ) -> [ForeignMetric] {
        [
            ForeignMetric("\(name).successful.mean", "mean \(word)", values.mean, priority: mean),
            ForeignMetric("\(name).successful.median", "mdn \(word)", values.quantile(0.5), priority: median),
            ForeignMetric("\(name).successful.percentiles.p95", "p95 \(word)", values.quantile(0.95), priority: p95),
        ]
    }

    /// Requests in flight, each number with the milliseconds that it lasted; rounds one after the other.
    private static func concurrency(_ intervals: [(round: Int, start: Double, end: Double)]) -> WeightedValues {
        let changes = intervals.flatMap { [($0.round, $0.start, 1), ($0.round, $0.end, -1)] }.sorted { $0 < $1 }
        var inFlight = 0
        var lasted: [(value: Double, weight: Double)] = []
        for (change, next) in zip(changes, changes.dropFirst()) {
            inFlight += change.2
            if change.0 == next.0 { lasted.append((Double(inFlight), next.1 - change.1)) }
        }
        return WeightedValues(lasted)
    }

    static let notes = [
        "GuideLLM merges instants less than 0.1 ms apart before it counts concurrency; here they are not merged."
    ]
}
