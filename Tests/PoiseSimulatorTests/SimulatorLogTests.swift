import Foundation
import PoiseCore
import Testing

@testable import PoiseSimulator

struct SimulatorLogTests {
    private let request = ReceivedRequest(
        method: "POST", path: "/", head: [], body: [], authorization: nil, isHTTP11: true, keepsAlive: true, arrival: 1)

    @Test func `only completions are counted`() throws {
        let log = try SimulatorLog(remembered: 10, file: nil)
        for isCompletion in [true, false, true, true] { _ = log.open(request, isCompletion: isCompletion) }
        #expect(log.requests.map(\.number) == [1, nil, 2, 3])
    }

    @Test func `no more than the newest requests are remembered`() throws {
        let log = try SimulatorLog(remembered: 3, file: nil)
        for _ in 0..<5000 { _ = log.open(request, isCompletion: true) }
        #expect(log.requests.map(\.number) == [4998, 4999, 5000])
        let forgetful = try SimulatorLog(remembered: 0, file: nil)
        _ = forgetful.open(request, isCompletion: true)
        #expect(forgetful.requests.isEmpty)
    }

    @Test func `an entry keeps its first ending`() throws {
        let log = try SimulatorLog(remembered: 3, file: nil)
        let entry = log.open(request, isCompletion: true)
        #expect(log.requests.first?.ending == .open)
        entry.end(.stalled)
        entry.end(.abandoned)
        #expect(log.requests.first?.ending == .stalled)
    }

    @Test func `every request is a line of the file when the endpoint has ended`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "poise-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let schedule = SimulatorSchedule(interTokenGap: .milliseconds(1), reasoningTokens: 2, usageChunk: .always)
        let faults = SimulatorFaults([.init(.stall(afterChunks: 1), on: .requests(3))])
        let served = try await withSimulator(.init(schedule: schedule, faults: faults, logFile: file.path)) {
            simulator in
            _ = try await ask(simulator)
            _ = try await ask(simulator, "no JSON")
            _ = try await ask(simulator, patience: .seconds(1))
            return simulator.requests
        }
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let read = try lines.map { try JSONDecoder().decode(ServedRequest.self, from: Data($0.utf8)) }
        #expect(read.map(\.number) == [1, 2, 3])
        #expect(read.map(\.ending) == [.complete, .complete, .stalled])
        #expect(read.map(\.body) == served.map(\.body))
        #expect(read[1].bodyText == "no JSON")
        #expect(read.map(\.chunks) == served.map(\.chunks))
        #expect(read.map(\.arrival) == served.map(\.arrival))
        #expect(try lines.allSatisfy { try JSONValue(parsing: String($0)).object != nil })
    }

    @Test func `a log file that cannot be made is an error with its path`() async throws {
        let path = "/nonexistent-folder/log.jsonl"
        let failure = await #expect(throws: SimulatorFailure.self) { try await Simulator.start(.init(logFile: path)) }
        #expect(failure?.place == path)
    }
}
