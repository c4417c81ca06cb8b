import Foundation
import PoiseCore
import PoiseSimulator
import Testing

@testable import poise

@Suite struct CalibrationComparisonTests {
    /// A request that arrived 1 ms after the clock's zero; its chunks left at these milliseconds after that.
    private func served(leaving: [Double], late: Double = 0) throws -> ServedRequest {
        let written = leaving.map { Int64($0 * 1e6) }
        let due = leaving.map { Int64(($0 - late) * 1e6) }
        let kinds = leaving.map { _ in "\"answer\"" }.joined(separator: ",")
        let json = """
            {"number": 1, "method": "POST", "path": "/v1/chat/completions", "headers": {}, "body": {}, "arrival": 1000000,
             "status": 200, "ending": "complete", "kinds": [\(kinds)], "tokens": \(leaving.map { _ in 1 }),
             "due": \(due), "written": \(written)}
            """
        return try JSONDecoder().decode(ServedRequest.self, from: Data(json.utf8))
    }

    /// What a client has whose chunks came at these milliseconds after it started.
    private func attempt(coming: [Double]) -> Attempt {
        let chunks = coming.map { Timeline.Chunk(microseconds: Int64($0 * 1000), kind: .answer, characters: 3) }
        let response = Response(
            answer: "x", finishReason: "stop", report: ServerReport(), timeline: Timeline(chunks: chunks))
        return Attempt(request: "{}", started: Instant(nanoseconds: 0), outcome: .responded(response))
    }

    @Test func `the errors are the client's TTFT and gaps less the endpoint's, without sign`() throws {
        var comparison = CalibrationComparison()
        // First chunk: 10 ms after the request had arrived, 10.25 by the client; gaps 5 and 5, 4.5 and 6 by the client.
        comparison.add(attempt(coming: [10.25, 14.75, 20.75]), served: try served(leaving: [10, 15, 20], late: 0.5))
        #expect(comparison.ttftErrors == [0.25])
        #expect(comparison.chunkErrors == [0.5, 1])
        #expect(comparison.serverLateness == [0.5, 0.5, 0.5])
        let result = try #require(
            comparison.result(streams: 1, cpu: CPUTime(user: .microseconds(20), kernel: .microseconds(10))))
        #expect(result.chunks == 3)
        #expect(result.cpuPerChunk == 10)
        #expect(abs(result.kernelShare - 1.0 / 3) < 1e-9)
        #expect(result.ttftError == ErrorQuantiles(p50: 0.25, p99: 0.25, max: 0.25))
        #expect(result.chunkError == ErrorQuantiles(p50: 0.5, p99: 1, max: 1))
    }

    @Test func `a stream that failed, or lost a chunk, is compared with nothing`() throws {
        var comparison = CalibrationComparison()
        comparison.add(attempt(coming: [10, 15]), served: try served(leaving: [10, 15, 20]))
        let failure = RequestFailure(kind: .brokenOff, message: "gone")
        comparison.add(Attempt(request: "", outcome: .failed(failure)), served: try served(leaving: [10]))
        #expect(comparison.mismatches == 2)
        #expect(comparison.result(streams: 1, cpu: CPUTime(user: .zero, kernel: .zero)) == nil)
    }

    @Test func `a small load is repeated until there are enough streams for quantiles`() {
        let sweep = Calibrator.Sweep.whole
        #expect(sweep.repeats(of: 1) == 8)
        #expect(sweep.repeats(of: 32) == 4)
        #expect(sweep.repeats(of: 512) == 1)
        #expect(Calibrator.Sweep.quick(streams: 5000).streams == [1, 1000])
        #expect(Calibrator.Sweep.quick(streams: 1).streams == [1])
    }
}
