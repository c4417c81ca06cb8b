import PoiseCore
import PoiseReport
import PoiseStore
import Testing

@testable import poise

@Suite struct ClientWarningsTests {
    private func run(lag: Double, gap: Double, firstToken: Double = 1000, calibrated: [(Int, Double)]? = nil)
        -> MeasuredRun
    {
        var run = MeasuredRuns.run("r", plan: MeasuredRuns.plan(candidates: ["m"], loads: [512]))
        run.levels = [
            .init(candidate: "m", load: 512, round: 1, asked: 20, firstTokens: [firstToken], gaps: [gap, gap, gap])
        ]
        run.lags = [
            LevelLag(
                candidate: "m", load: 512, round: 1,
                lag: ClientLag(samples: 100, p50: 0.1, p99: lag, max: 2 * lag, cpu: 1))
        ]
        run.calibration = calibrated.map { loads in
            Calibration(
                machine: "", measuredAt: "", poiseVersion: "", isQuick: false,
                loads: loads.map { streams, p99 in
                    let errors = ErrorQuantiles(p50: 0.1, p99: p99, max: p99)
                    return LoadCalibration(
                        streams: streams, requests: 100, chunks: 100, ttftError: errors, chunkError: errors,
                        cpuPerChunk: 1,
                        kernelShare: 0.5, serverLateness: errors)
                })
        }
        return run
    }

    private func warnings(_ run: MeasuredRun) -> [String] { ClientWarnings.about(run, streams: [512: 512]) }

    @Test func `a lag of over a millisecond and a tenth of a gap is said with the level`() {
        #expect(
            warnings(run(lag: 3.2, gap: 10)) == [
                "m, 512 requests in flight: the client itself woke late (p99 3.20 ms); chunk times there are uncertain by as"
                    + " much. Leave it a core, or lower the load."
            ])
        #expect(warnings(run(lag: 3.2, gap: 1000, firstToken: 20)).count == 1)
    }

    @Test func `a lag that is short, or short beside what was measured, is none`() {
        #expect(warnings(run(lag: 0.9, gap: 2)).isEmpty)
        #expect(warnings(run(lag: 3.2, gap: 40)).isEmpty)
    }

    @Test func `one hiccup in a short level is no warning, a late median is`() {
        func short(p50: Double) -> MeasuredRun {
            var run = run(lag: 3.2, gap: 10)
            run.lags[0].lag.samples = 50
            run.lags[0].lag.p50 = p50
            return run
        }
        #expect(warnings(short(p50: 0.1)).isEmpty)
        #expect(warnings(short(p50: 1.4)).first?.contains("woke late (p50 1.40 ms)") == true)
    }

    @Test func `a load beyond the one that the calibration holds good for is said`() {
        let beyond = warnings(run(lag: 0.1, gap: 10, calibrated: [(1, 0.2), (128, 0.8), (512, 2)]))
        #expect(beyond.count == 1)
        #expect(beyond.first?.contains("Up to 512 requests") == true && beyond.first?.hasSuffix("up to 128.") == true)
        #expect(warnings(run(lag: 0.1, gap: 10, calibrated: [(1, 0.2), (512, 0.9), (1000, 2)])).isEmpty)
    }

    @Test func `a load beyond all that were tried is unknown and not wrong`() {
        #expect(warnings(run(lag: 0.1, gap: 10, calibrated: [(1, 0.2), (64, 0.4)])).isEmpty)
    }

    @Test func `a machine on which no load is measured well is said`() {
        #expect(warnings(run(lag: 0.1, gap: 10, calibrated: [(1, 5)])).first?.contains("already with 1 stream") == true)
    }
}
