import Foundation
import GRDB
import PoiseCore
import PoiseSimulator
import Testing

/// `poise calibrate`, and the short check that `poise run` makes by itself.
@Suite(.serialized) struct CalibrateCommandTests {
    private let workplace: Workplace

    init() throws {
        workplace = try Workplace()
    }

    private struct Document: Decodable {
        struct Load: Decodable {
            let streams: Int
            let chunks: Int
            let ttftError: ErrorQuantiles
            let chunkError: ErrorQuantiles
            let cpuPerChunk: Double
            let kernelShare: Double
        }

        let loads: [Load]
        let isQuick: Bool
        let machine: String
    }

    private func calibrate(_ arguments: String...) async throws -> CommandLineTool.Output {
        try await CommandLineTool(
            ["calibrate", "--db", workplace.database] + arguments, folder: workplace.path
        ).finish()
    }

    @Test(.timeLimit(.minutes(2)))
    func `the sweep's errors are printed as JSON and kept in the database`() async throws {
        let output = try await calibrate("--streams", "4,1", "--tokens", "20", "--format", "json")
        #expect(output.status == 0, "\(output.standardError)")
        let document = try JSONDecoder().decode(Document.self, from: Data(output.standardOutput.utf8))
        #expect(document.loads.map(\.streams) == [1, 4])
        // 8 repeats of 1 stream and of 4, at 20 chunks each.
        #expect(document.loads.map(\.chunks) == [160, 640])
        #expect(!document.isQuick)
        for load in document.loads {
            #expect(load.ttftError.p50 <= load.ttftError.p99 && load.ttftError.p99 <= load.ttftError.max)
            #expect(load.chunkError.p50 > 0 && load.cpuPerChunk > 0)
            #expect((0...1).contains(load.kernelShare))
        }
        let kept = try workplace.rows("SELECT machine FROM calibration WHERE NOT isQuick").map {
            $0["machine"] as String
        }
        #expect(kept == [document.machine])
    }

    @Test(.timeLimit(.minutes(2)))
    func `a run checks the client by itself, once for a database, and its report says so`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.schedule.answer = .echo
        configuration.schedule.timeToFirstToken = .milliseconds(1)
        let simulator = try await Simulator.start(configuration)
        _ = try workplace.writeSuite([("sim", simulator.baseURL)])
        let first = try await CommandLineTool(
            ["run", "suite.yaml", "--db", workplace.database, "--format", "json"], folder: workplace.path
        ).finish()
        let second = try await CommandLineTool(
            ["run", "suite.yaml", "--db", workplace.database], folder: workplace.path
        ).finish()
        await simulator.shutdown()
        #expect(first.standardError.contains("timing error"))
        #expect(!second.standardError.contains("timing error"))
        #expect(first.standardOutput.contains("\"calibration\""))
        #expect(try workplace.rows("SELECT id FROM run WHERE calibration IS NOT NULL").count == 2)
    }

    @Test(.timeLimit(.minutes(1)))
    func `at an endpoint that is there, the client's cost alone is said, and nothing is kept`() async throws {
        var configuration = SimulatorConfiguration()
        configuration.schedule.tokens = 8
        configuration.schedule.timeToFirstToken = .zero
        configuration.schedule.interTokenGap = .zero
        let simulator = try await Simulator.start(configuration)
        let output = try await calibrate(
            "--base-url", simulator.baseURL, "--streams", "3", "--requests", "30", "--format", "json")
        await simulator.shutdown()
        #expect(output.status == 0, "\(output.standardError)")
        #expect(output.standardOutput.contains("\"requests\": 30"))
        #expect(output.standardOutput.contains("\"chunks\": 240"))
        #expect(!FileManager.default.fileExists(atPath: workplace.database))
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [["--streams", "0"], ["--streams", "1,x"], ["--tokens", "1"], ["--tps", "0"]])
    func `impossible values are wrong usage, and said to be`(arguments: [String]) async throws {
        let output = try await CommandLineTool(["calibrate"] + arguments, folder: workplace.path).finish()
        #expect(output.status == 64)
        #expect(output.standardError.contains(arguments[0]))
    }

    @Test(.timeLimit(.minutes(1)))
    func `an endpoint that nobody serves is an error with a remedy`() async throws {
        let output = try await calibrate("--base-url", "http://127.0.0.1:1/v1", "--streams", "2", "--requests", "4")
        #expect(output.status == 1)
        #expect(output.standardError.contains("nothing answers at"))
    }
}
