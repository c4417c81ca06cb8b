import PoiseCore
import Testing

@testable import PoiseReport

@Suite struct CalibrationTableTests {
    private func load(_ streams: Int, p99: Double) -> LoadCalibration {
        LoadCalibration(
            streams: streams, requests: 100, chunks: 9600, ttftError: ErrorQuantiles(p50: 0.0412, p99: p99, max: 1.5),
            chunkError: ErrorQuantiles(p50: 0.01, p99: 0.2, max: 12.3456), cpuPerChunk: 7.25, kernelShare: 0.4449,
            serverLateness: ErrorQuantiles(p50: 0, p99: 0, max: 0))
    }

    private func calibration(_ loads: LoadCalibration...) -> Calibration {
        Calibration(machine: "m", measuredAt: "t", poiseVersion: "1", isQuick: false, loads: loads)
    }

    @Test func `a line for each load fits 80 columns, and a sentence says how far it holds`() {
        let text = CalibrationTable.text(calibration(load(32, p99: 0.3), load(1000, p99: 2)))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[1].hasPrefix("streams"))
        #expect(lines[2].hasSuffix("7.3    44%"))
        #expect(lines[3].hasPrefix("  1,000  0.041  2.000  1.500"))
        #expect(text.contains("99% of the errors stay under 1 ms up to 32 streams at once."))
        #expect(lines.allSatisfy { TerminalText.width($0) <= 80 })
    }

    @Test func `where no load holds the table says so`() {
        #expect(
            CalibrationTable.text(calibration(load(1, p99: 5))).contains("The errors pass 1 ms already with 1 stream"))
    }

    @Test func `as JSON the loads have the names and units that programs are built on`() {
        let text = CalibrationJSON.text(calibration(load(32, p99: 0.3)))
        #expect(text.contains(#""streams": 32"#))
        #expect(text.contains(#""ttftError": {"p50": 0.0412, "p99": 0.3, "max": 1.5}"#))
        #expect(text.contains(#""chunkError": {"p50": 0.01, "p99": 0.2, "max": 12.3456}"#))
        #expect(text.contains(#""cpuPerChunk": 7.25"#))
        #expect(text.contains(#""largestLoadUnder1ms": 32"#))
    }

    @Test func `a client's cost is a sentence and JSON, without a number where nothing came`() {
        let cost = ClientCost(
            streams: 64, requests: 2000, failed: 0, chunks: 64_000, wall: 0.2, cpu: 0.16, kernelShare: 0.25,
            ttft: .init(p50: 1.5, p99: 12), gap: .init(p50: 0.25, p99: 4))
        #expect(
            ClientCostText.sentence(cost)
                == "64 streams: 2,000 requests in 0.20 s, 10,000 a second; client CPU 80.0 µs a request, 2.50 µs a chunk, "
                + "25% of it the kernel’s; p50 and p99 of the TTFT 1.50 and 12.0 ms, of the gaps between chunks 0.25 and 4.00 ms.\n"
        )
        #expect(
            ClientCostText.json([cost]).contains(#""ttft": {"p50": 1.5, "p99": 12}, "gap": {"p50": 0.25, "p99": 4}"#))
        #expect(ClientCostText.json([cost]).contains(#""requestsPerCPUSecond": 12500"#))
        let nothing = ClientCost(
            streams: 1, requests: 0, failed: 3, chunks: 0, wall: 0.2, cpu: 0.1, kernelShare: 0, ttft: nil, gap: nil)
        #expect(ClientCostText.sentence(nothing).contains("0 requests (3 failed)"))
        #expect(ClientCostText.sentence(nothing).contains("– µs a request"))
    }
}
