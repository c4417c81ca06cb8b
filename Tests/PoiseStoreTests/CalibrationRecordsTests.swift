import PoiseCore
import Testing

@testable import PoiseStore

@Suite struct CalibrationRecordsTests {
    private func calibration(
        _ time: String, isQuick: Bool = false, machine: String = "m", version: String = poiseVersion
    )
        -> Calibration
    {
        let errors = ErrorQuantiles(p50: 0.01, p99: 0.2, max: 0.5)
        return Calibration(
            machine: machine, measuredAt: time, poiseVersion: version, isQuick: isQuick,
            loads: [
                LoadCalibration(
                    streams: 32, requests: 128, chunks: 3000, ttftError: errors, chunkError: errors, cpuPerChunk: 6.5,
                    kernelShare: 0.6, serverLateness: errors)
            ])
    }

    @Test func `the newest calibration of the machine by this version is taken, a whole one before a quick one`()
        async throws
    {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.database, creating: true)
        #expect(try await store.calibration(ofMachine: "m") == nil)
        try await store.save(calibration("2026-01-03", isQuick: true))
        #expect(try await store.calibration(ofMachine: "m") == calibration("2026-01-03", isQuick: true))
        try await store.save(calibration("2026-01-01"))
        try await store.save(calibration("2026-01-02"))
        try await store.save(calibration("2026-01-04", machine: "other"))
        try await store.save(calibration("2026-01-05", version: "0.0.1"))
        #expect(try await store.calibration(ofMachine: "m") == calibration("2026-01-02"))
    }

    @Test func `a run keeps the calibration that it was measured with`() async throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run("r"), plan: Fixture.plan)
        #expect(try await store.calibration(of: "r") == nil)
        try await store.note(calibration("2026-01-01"), of: "r")
        #expect(try await store.calibration(of: "r") == calibration("2026-01-01"))
    }

    @Test func `lags come back by load, then candidate, then round`() async throws {
        let folder = try TemporaryFolder()
        let store = try RunStore(path: folder.database, creating: true)
        try await store.begin(Fixture.run("r"), plan: Fixture.plan)
        let rate = Load.rate(perSecond: 5, arrivals: .poisson)
        let lag = ClientLag(samples: 10, p50: 0.1, p99: 0.2, max: 0.3, cpu: 1.5)
        let keys: [(String, Load, Int)] = [("a", rate, 1), ("a", 4, 2), ("a", 4, 1), ("b@q4_0", 4, 1)]
        for (candidate, load, round) in keys {
            try await store.record(LevelLag(candidate: candidate, load: load, round: round, lag: lag), in: "r")
        }
        let stored = try await store.lags(of: "r")
        #expect(stored.map(\.candidate) == ["b@q4_0", "a", "a", "a"])
        #expect(stored.map(\.load) == [4, 4, 4, rate])
        #expect(stored.map(\.round) == [1, 1, 2, 1])
        #expect(stored.allSatisfy { $0.lag == lag })
    }
}
