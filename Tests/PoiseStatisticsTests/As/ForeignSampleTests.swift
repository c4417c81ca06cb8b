import PoiseCore
import Testing

@testable import PoiseStatistics

struct ForeignSampleTests {
    /// Two responses and a failure, closed loop: `plain` from 0, `single` from 200 ms, a failure from 281 to 1,000 ms.
    private let mixed = [
        StoredTrials.plain,
        StoredTrials.trial(
            StoredTrials.single.response?.timeline.chunks ?? [], tokens: 1, scheduled: 150, delay: 50, done: 131),
        StoredTrials.failed(scheduled: 281, done: 719),
    ]

    private func near(_ value: Double?, _ expected: Double) -> Bool {
        value.map { ($0 - expected).magnitude < 1e-9 * max(1, expected.magnitude) } ?? false
    }

    @Test func `vLLM divides by the time until all is done and prints no TPOT of one token`() {
        let vllm = StoredTrials.summary(.vllm, mixed)
        #expect(vllm["completed"] == 2 && vllm["failed"] == 1)
        #expect(near(vllm["duration"], 1))
        #expect(near(vllm["request_throughput"], 2))
        // 4 + 1 tokens in 1 s, 20 + 20 of the prompts.
        #expect(near(vllm["output_throughput"], 5))
        #expect(near(vllm["total_token_throughput"], 45))
        #expect(vllm["mean_ttft_ms"] == 90 && vllm["median_ttft_ms"] == 90 && vllm["std_ttft_ms"] == 10)
        #expect(near(vllm["p99_ttft_ms"], 99.8))
        #expect(vllm["mean_tpot_ms"] == 20 && vllm["p99_tpot_ms"] == 20 && vllm["std_tpot_ms"] == 0)
        // The gaps 10, 20, 30 of all requests in one list.
        #expect(vllm["mean_itl_ms"] == 20 && vllm["median_itl_ms"] == 20)
        #expect(near(vllm["p99_itl_ms"], 29.8))
        #expect(near(vllm["std_itl_ms"], (200.0 / 3).squareRoot()))
        #expect(vllm["mean_e2el_ms"] == 120)
    }

    @Test func `AIPerf divides by the time until the last content and leaves failures out`() {
        let aiperf = StoredTrials.summary(.aiperf, mixed)
        // From 0 to 200 + 80 ms.
        #expect(near(aiperf["benchmark_duration.avg"], 0.28))
        #expect(near(aiperf["request_throughput.avg"], 2 / 0.28))
        #expect(near(aiperf["output_token_throughput.avg"], 5 / 0.28))
        #expect(aiperf["request_count.avg"] == 2 && aiperf["error_request_count.avg"] == 1)
        #expect(aiperf["time_to_first_token.avg"] == 90 && aiperf["time_to_first_token.min"] == 80)
        #expect(aiperf["time_to_first_token.max"] == 100 && near(aiperf["time_to_first_token.p90"], 98))
        #expect(aiperf["time_to_first_token.std"] == 10)
        #expect(aiperf["inter_token_latency.avg"] == 20)
        #expect(aiperf["output_token_throughput_per_user.avg"] == 50)
        // 4 tokens in 160 ms and 1 in 80 ms: 25 and 12.5 tok/s.
        #expect(aiperf["e2e_output_token_throughput.avg"] == 18.75)
        #expect(aiperf["output_sequence_length.avg"] == 2.5)
    }

    @Test func `GuideLLM weighs by tokens, does not interpolate, and counts failures in its rates`() {
        let guidellm = StoredTrials.summary(.guidellm, mixed)
        #expect(near(guidellm["requests_per_second.total.mean"], 3))
        #expect(near(guidellm["output_tokens_per_second.total.mean"], 5))
        #expect(near(guidellm["tokens_per_second.total.mean"], 45))
        // 200 and 81 ms; the lower of two values is the median.
        #expect(near(guidellm["request_latency.successful.mean"], 0.1405))
        #expect(near(guidellm["request_latency.successful.median"], 0.081))
        #expect(near(guidellm["request_latency.successful.percentiles.p95"], 0.2))
        #expect(guidellm["time_to_first_token_ms.successful.median"] == 80)
        // ITL: only the request of 4 tokens has weight.
        #expect(guidellm["inter_token_latency_ms.successful.mean"] == 20)
        // TPOT 40 for 4 tokens, 80 for one: (160 + 80) / 5.
        #expect(guidellm["time_per_output_token_ms.successful.mean"] == 48)
        #expect(guidellm["time_per_output_token_ms.successful.median"] == 40)
        // In flight: 200 ms of the first, 81 of the second, 719 of the failure, one after the other.
        #expect(near(guidellm["request_concurrency.total.mean"], 1))
        #expect(guidellm["request_concurrency.total.median"] == 1)
        #expect(guidellm["request_totals.errored"] == 1)
        // A closed loop has no schedule.
        #expect(guidellm["request_dispatch_delay.successful.mean"] == nil)
    }

    @Test func `LLMPerf's quantiles are pandas'`() {
        let llmperf = StoredTrials.summary(.llmperf, mixed)
        #expect(near(llmperf["results_ttft_s_quantiles_p50"], 0.09))
        #expect(near(llmperf["results_ttft_s_quantiles_p25"], 0.085))
        // The deviation of a sample: √(2 · 10²).
        #expect(near(llmperf["results_ttft_s_stddev"], 0.0002.squareRoot()))
        #expect(near(llmperf["results_inter_token_latency_s_mean"], 0.08 / 3))
        #expect(near(llmperf["results_end_to_end_latency_s_max"], 0.2))
        #expect(near(llmperf["results_mean_output_throughput_token_per_s"], 5))
        #expect(near(llmperf["results_num_completed_requests_per_min"], 120))
        #expect(near(llmperf["results_error_rate"], 1.0 / 3))
        #expect(llmperf["results_num_requests_started"] == 3 && llmperf["results_number_errors"] == 1)
    }

    @Test func `waiting before an open loop's start is outside latency and inside GuideLLM's scheduled latency`() {
        let load = Load.rate(perSecond: 5, arrivals: .constant)
        let late = StoredTrials.trial(
            StoredTrials.plain.response?.timeline.chunks ?? [], tokens: 4, load: load, scheduled: 200, delay: 300)
        let guidellm = StoredTrials.summary(.guidellm, [late], load: load)
        #expect(near(guidellm["request_latency.successful.mean"], 0.2))
        #expect(near(guidellm["request_dispatch_delay.successful.mean"], 0.3))
        #expect(near(guidellm["request_scheduled_latency.successful.mean"], 0.5))
        #expect(StoredTrials.summary(.vllm, [late], load: load)["mean_ttft_ms"] == 100)
        // From 500 ms, when it started, to 700 ms.
        #expect(near(StoredTrials.summary(.vllm, [late], load: load)["duration"], 0.2))
    }

    @Test func `requests side by side are counted as in flight together`() {
        let pair = [
            StoredTrials.plain,
            StoredTrials.trial(StoredTrials.plain.response?.timeline.chunks ?? [], tokens: 4, scheduled: 100),
        ]
        let guidellm = StoredTrials.summary(.guidellm, pair)
        // 100 ms with one, 100 with two, 100 with one: 400 / 300.
        #expect(near(guidellm["request_concurrency.total.mean"], 4.0 / 3))
        #expect(guidellm["request_concurrency.total.median"] == 1)
    }

    @Test func `rounds are benchmarks of their own`() {
        let second = StoredTrials.trial(
            StoredTrials.plain.response?.timeline.chunks ?? [], tokens: 4, round: 2, scheduled: 60_000)
        let summary = StoredTrials.summary(.vllm, [StoredTrials.plain, second])
        #expect(near(summary["duration"], 0.4))
        #expect(near(summary["output_throughput"], 20))
        #expect(summary.notes.contains { $0.contains("Each round") })
    }

    @Test(arguments: ForeignTool.allCases)
    func `what nothing was measured of is undefined, never 0`(_ tool: ForeignTool) {
        let summary = StoredTrials.summary(tool, [StoredTrials.failed(done: 10)])
        let counts = summary.metrics.filter { $0.value != nil }.map(\.name)
        let meant: Set<String> = [
            "completed", "failed", "duration", "total_input_tokens", "total_output_tokens", "request_throughput",
            "output_throughput", "total_token_throughput", "request_count.avg", "error_request_count.avg",
            "request_concurrency.total.median", "request_concurrency.total.mean", "requests_per_second.total.mean",
            "prompt_tokens_per_second.total.mean", "output_tokens_per_second.total.mean",
            "tokens_per_second.total.mean", "request_totals.successful", "request_totals.errored",
            "results_num_requests_started", "results_error_rate", "results_number_errors",
            "results_mean_output_throughput_token_per_s", "results_num_completed_requests",
            "results_num_completed_requests_per_min",
        ]
        #expect(Set(counts).isSubset(of: meant))
    }

    @Test(arguments: ForeignTool.allCases)
    func `a run without scheduled times has latencies and no throughput, and says so`(_ tool: ForeignTool) {
        let old = StoredTrials.trial(StoredTrials.plain.response?.timeline.chunks ?? [], tokens: 4, scheduled: nil)
        let summary = StoredTrials.summary(tool, [StoredTrials.plain, old])
        let throughputs = [
            "output_throughput", "request_throughput", "output_token_throughput.avg", "request_throughput.avg",
            "output_tokens_per_second.total.mean", "requests_per_second.total.mean", "request_concurrency.total.mean",
            "results_mean_output_throughput_token_per_s", "results_num_completed_requests_per_min",
        ]
        let stated = summary.metrics.filter { throughputs.contains($0.name) }
        #expect(stated.count >= 2 && stated.allSatisfy { $0.value == nil })
        #expect(summary.metrics.contains { $0.head.contains("TTFT") && $0.value != nil })
        #expect(summary.notes.contains { $0.hasPrefix("Throughputs are undefined") })
    }

    @Test func `it is said where tokens are not the server's usage and where requests were retried`() {
        let chunks = StoredTrials.plain.response?.timeline.chunks ?? []
        let notes = StoredTrials.summary(
            .vllm,
            [StoredTrials.trial(chunks, tokens: nil, prompt: nil), StoredTrials.trial(chunks, tokens: 4, attempts: 2)]
        ).notes
        #expect(notes.contains { $0.contains("no usage") } && notes.contains { $0.contains("retried") })
        let summary = StoredTrials.summary(.vllm, [StoredTrials.trial(chunks, tokens: nil, prompt: nil)])
        // Four chunks stand for four tokens; the prompts' tokens are not known.
        #expect(summary["total_output_tokens"] == 4 && summary["total_input_tokens"] == nil)
        #expect(StoredTrials.summary(.vllm, [StoredTrials.plain]).notes.count == VLLMDefinitions.notes.count)
    }

    @Test(arguments: ForeignTool.allCases)
    func `names are unique, and so are heads in the table`(_ tool: ForeignTool) {
        let metrics = StoredTrials.summary(tool, mixed).metrics
        #expect(Set(metrics.map(\.name)).count == metrics.count)
        let heads = metrics.filter { $0.priority != nil }.map(\.head)
        #expect(Set(heads).count == heads.count)
    }
}
