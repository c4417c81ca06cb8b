import Testing

@testable import PoiseCore

@Suite struct CalibrationTests {
    private func load(_ streams: Int, ttft: Double, chunk: Double) -> LoadCalibration {
        LoadCalibration(
            streams: streams, requests: 100, chunks: 100, ttftError: ErrorQuantiles(p50: 0, p99: ttft, max: ttft),
            chunkError: ErrorQuantiles(p50: 0, p99: chunk, max: chunk), cpuPerChunk: 5, kernelShare: 0.5,
            serverLateness: ErrorQuantiles(p50: 0, p99: 0, max: 0))
    }

    private func calibration(_ loads: [LoadCalibration]) -> Calibration {
        Calibration(
            machine: "m", measuredAt: "2026-01-01T00:00:00.000Z", poiseVersion: "1", isQuick: false, loads: loads)
    }

    @Test func `the largest load under a millisecond is the last before the first that is not, of either error`() {
        let good = [load(1, ttft: 0.1, chunk: 0.1), load(32, ttft: 0.9, chunk: 0.99)]
        #expect(calibration(good).largestLoadUnder1ms == 32)
        #expect(calibration(good + [load(64, ttft: 0.2, chunk: 1)]).largestLoadUnder1ms == 32)
        // A lucky large load says nothing of the smaller one that failed.
        let lucky = [load(64, ttft: 1.2, chunk: 0.1), load(128, ttft: 0.1, chunk: 0.1)]
        #expect(calibration(good + lucky).largestLoadUnder1ms == 32)
        #expect(calibration(lucky).largestLoadUnder1ms == nil)
        #expect(calibration([]).largestLoadUnder1ms == nil)
    }

    @Test func `one hiccup among few errors is no verdict, a late median is`() {
        var few = load(1, ttft: 7, chunk: 7)
        (few.requests, few.chunks) = (8, 99)
        #expect(calibration([few, load(32, ttft: 0.2, chunk: 0.2)]).largestLoadUnder1ms == 32)
        few.ttftError.p50 = 1.2
        #expect(calibration([few]).largestLoadUnder1ms == nil)
    }

    @Test func `loads are kept by their streams, and the nearest is found`() {
        let calibration = calibration([
            load(128, ttft: 1, chunk: 1), load(1, ttft: 1, chunk: 1), load(32, ttft: 1, chunk: 1),
        ])
        #expect(calibration.loads.map(\.streams) == [1, 32, 128])
        #expect(calibration.load(nearest: 40)?.streams == 32)
        #expect(calibration.load(nearest: 80)?.streams == 128)
        #expect(calibration.load(nearest: 5000)?.streams == 128)
    }

    @Test func `quantiles are ranks of the values, so that the maximum is one of them`() throws {
        let errors = try #require(ErrorQuantiles(of: (1...200).map(Double.init).shuffled()))
        #expect(errors == ErrorQuantiles(p50: 100, p99: 198, max: 200))
        #expect(ErrorQuantiles(of: [7]) == ErrorQuantiles(p50: 7, p99: 7, max: 7))
        #expect(ErrorQuantiles(of: []) == nil)
    }
}
