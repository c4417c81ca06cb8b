import PoiseCore
import Testing

@testable import PoiseReport

struct ForeignExportTests {
    private let place =
        #""candidate": "tiny@q4_0", "load": "5/s", "task": "add", "sample": "add-1", "epoch": 1, "round": 2"#

    private func line(_ tool: ForeignTool, _ trial: StoredTrial, _ own: ForeignTrial) -> String {
        ExportFormat(.jsonl, .foreign(tool)).text(of: trial, as: own, isFirst: true)
    }

    @Test func `vLLM's record is in seconds`() {
        #expect(
            line(.vllm, ForeignPoints.completed, ForeignPoints.own)
                == "{\(place), "
                + #""success": true, "prompt_len": 20, "output_tokens": 3, "ttft": 0.01, "itl": [0.01, 0.03], "#
                + #""latency": 0.05, "start_time": 1.0025, "client_queue_time": 0.0025, "#
                + #""generated_text": "4, \"four\"", "error": ""}"# + "\n")
    }

    @Test func `AIPerf's record nests its metrics with their units and leaves out what is undefined`() {
        var own = ForeignPoints.own
        own.outputTokens = nil
        own.itl = nil
        own.ttfo = nil
        #expect(
            line(.aiperf, ForeignPoints.completed, own)
                == "{\(place), "
                + #""metadata": {"conversation_id": "add-1", "credit_issued_ns": 1000000000, "#
                + #""request_start_ns": 1002500000, "request_end_ns": 1062500000, "benchmark_phase": "profiling", "#
                + #""was_cancelled": false}, "metrics": {"time_to_first_token": {"value": 10, "unit": "ms"}, "#
                + #""request_latency": {"value": 50, "unit": "ms"}, "#
                + #""input_sequence_length": {"value": 20, "unit": "tokens"}, "#
                + #""inter_chunk_latency": {"value": [10, 30], "unit": "ms"}}, "error": null}"# + "\n")
    }

    @Test func `GuideLLM's record has its field names`() throws {
        let record = try JSONValue(parsing: line(.guidellm, ForeignPoints.completed, ForeignPoints.own))
        #expect(record["request_start_time"]?.number == 1.0025 && record["request_end_time"]?.number == 1.0625)
        #expect(record["request_latency"]?.number == 0.05 && record["request_dispatch_delay"]?.number == 0.0025)
        #expect(record["total_tokens"]?.number == 23 && record["cached_tokens"]?.number == 4)
        #expect(record["inter_token_latency_ms"]?.number == 20)
        #expect(record["time_to_first_output_token_ms"]?.number == 20)
        #expect(record["output"]?.string == "4, \"four\"" && record["reasoning_output"]?.string == "2+2?")
    }

    @Test func `LLMPerf's record has its field names`() {
        #expect(
            line(.llmperf, ForeignPoints.completed, ForeignPoints.own)
                == "{\(place), "
                + #""error_code": null, "error_msg": "", "inter_token_latency_s": 0.02, "ttft_s": 0.01, "#
                + #""end_to_end_latency_s": 0.05, "#
                + #""request_output_throughput_token_per_s": 60, "number_total_tokens": 23, "#
                + #""number_output_tokens": 3, "number_input_tokens": 20}"# + "\n")
    }

    @Test(arguments: ForeignTool.allCases)
    func `a failed request has its reason where the tool puts it`(_ tool: ForeignTool) throws {
        let record = try JSONValue(parsing: line(tool, ForeignPoints.failed, ForeignTrial()))
        switch tool {
        case .vllm:
            #expect(record["error"]?.string == "it took\ntoo long" && record["success"]?.bool == false)
            #expect(record["ttft"] == .null)
        case .aiperf:
            #expect(record["error"]?["type"]?.string == "timedOut" && record["metrics"] == .object([:]))
        case .guidellm: #expect(record["request_latency"] == .null && record["output"] == .null)
        case .llmperf: #expect(record["error_code"]?.string == "timedOut" && record["ttft_s"] == .null)
        }
    }
}
