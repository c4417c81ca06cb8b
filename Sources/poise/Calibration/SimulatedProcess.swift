import Foundation
import PoiseCore
import PoiseSimulator

/// `poise simulate` as a process of its own, so that it shares nothing with the client that it is held against.
struct SimulatedProcess {
    let baseURL: String
    private let process: Process
    private let lifeline: Pipe
    private let log: URL

    enum Failure: ExplainedError {
        case notStarted(reason: String)
        case noLog(reason: String)

        var what: String {
            switch self {
            case .notStarted(let reason): "the simulated endpoint did not start: \(reason)"
            case .noLog(let reason): "the simulated endpoint's log cannot be read: \(reason)"
            }
        }
        var place: String? { nil }
        var remedy: String? { "Try `poise simulate` by itself; see whether the folder for temporary files is full." }
    }

    /// Starts it and waits until it listens.
    ///
    /// - Parameters:
    ///   - tokens: of every answer, a chunk each.
    ///   - tokensPerSecond: after the first.
    static func start(timeToFirstToken: Duration, tokensPerSecond: Double, tokens: Int) throws -> SimulatedProcess {
        guard let executable = Bundle.main.executableURL else {
            throw Failure.notStarted(reason: "this program's own file is not known")
        }
        let log = FileManager.default.temporaryDirectory
            .appendingPathComponent("poise-calibration-\(UUID().uuidString).jsonl")
        let process = Process()
        process.executableURL = executable
        process.arguments = [
            "simulate", "--port", "0", "--ttft", "\(Int(timeToFirstToken.milliseconds))ms", "--tps",
            "\(tokensPerSecond)", "--tokens", "\(tokens)", "--log", log.path, "--until-input-ends",
        ]
        process.environment = ChildEnvironment.current
        let output = Pipe()
        // It ends when this end of the pipe is gone, also where this process was killed.
        let lifeline = Pipe()
        process.standardOutput = output
        process.standardInput = lifeline
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw Failure.notStarted(reason: error.localizedDescription)
        }
        guard let address = firstLine(of: output.fileHandleForReading) else {
            process.waitUntilExit()
            throw Failure.notStarted(reason: "it ended with \(process.terminationStatus) before it listened")
        }
        return SimulatedProcess(baseURL: address, process: process, lifeline: lifeline, log: log)
    }

    /// Ends it and gives the requests that it served, each with the instants at which its chunks left.
    func finish() throws -> [ServedRequest] {
        try? lifeline.fileHandleForWriting.close()
        process.waitUntilExit()
        defer { try? FileManager.default.removeItem(at: log) }
        do {
            let decoder = JSONDecoder()
            return try Data(contentsOf: log).split(separator: UInt8(ascii: "\n"))
                .map { try decoder.decode(ServedRequest.self, from: $0) }
        } catch {
            throw Failure.noLog(reason: error.localizedDescription)
        }
    }

    private static func firstLine(of handle: FileHandle) -> String? {
        var line = Data()
        while let byte = try? handle.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(first)
        }
        return nil
    }
}
