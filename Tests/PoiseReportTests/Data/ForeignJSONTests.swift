import PoiseCore
import Testing

@testable import PoiseReport

struct ForeignJSONTests {
    @Test func `a run in another tool's words is this document`() {
        #expect(
            ForeignJSON.text(ForeignPoints.points, tool: .vllm, run: "r") == """
                {
                  "as": "vllm",
                  "version": "0.33.0",
                  "source": "vllm bench serve --save-result",
                  "run": "r",
                  "points": [
                    {"candidate": "tiny@q4_0", "load": 4, "metrics": {"failed": 0, "output_throughput": 1234.5, \
                "mean_ttft_ms": 12.5, "median_ttft_ms": 6.25, "std_ttft_ms": 0.25}},
                    {"candidate": "tiny@f16", "load": 4, "metrics": {"failed": 2, "output_throughput": null, \
                "mean_ttft_ms": 25, "median_ttft_ms": 12.5, "std_ttft_ms": 0.25}},
                    {"candidate": "tiny@q4_0", "load": 8, "metrics": {"failed": 0, "output_throughput": 2000.25, \
                "mean_ttft_ms": null, "median_ttft_ms": null, "std_ttft_ms": 0.25}}
                  ],
                  "notes": [
                    "It counts tokens otherwise."
                  ]
                }

                """)
    }

    @Test func `it is JSON, also of nothing`() throws {
        let full = try JSONValue(parsing: ForeignJSON.text(ForeignPoints.points, tool: .vllm, run: "r"))
        #expect(full["points"]?.array?.count == 3)
        #expect(full["points"]?.array?[1]["metrics"]?["output_throughput"] == .null)
        let empty = try JSONValue(parsing: ForeignJSON.text([], tool: .guidellm, run: "r"))
        #expect(empty["points"] == .array([]) && empty["as"]?.string == "guidellm")
    }

    @Test func `as a table for other programs it has a row for each point`() {
        #expect(
            ForeignCSV.text(ForeignPoints.points, tool: .vllm) == """
                as,version,candidate,load,failed,output_throughput,mean_ttft_ms,median_ttft_ms,std_ttft_ms
                vllm,0.33.0,tiny@q4_0,4,0,1234.5,12.5,6.25,0.25
                vllm,0.33.0,tiny@f16,4,2,,25,12.5,0.25
                vllm,0.33.0,tiny@q4_0,8,0,2000.25,,,0.25

                """)
        #expect(ForeignCSV.text([], tool: .vllm) == "as,version,candidate,load\n")
    }
}
