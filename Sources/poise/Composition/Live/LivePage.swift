import Foundation
import PoiseCore

/// The live page of a run, as the run sees it: a process that serves it, and ends with the run.
struct LivePage {
    /// With its secret part.
    let address: String
    private let process: Process
    private let lifeline: Pipe

    struct Failure: ExplainedError, Hashable {
        let reason: String
        var what: String { reason }
        var place: String? { nil }
        var remedy: String? { nil }
    }

    /// Starts it and waits until it listens.
    ///
    /// - Parameters:
    ///   - port: nil for one that the system chooses.
    ///   - pageArguments: what the page may hold, as `poise report` takes it.
    static func start(
        run: String, database: String, port: UInt16?, pageArguments: [String]
    ) throws -> LivePage {
        guard let executable = Bundle.main.executableURL else {
            throw Failure(reason: "the live page is not served: this program's own file is not known")
        }
        let process = Process()
        process.executableURL = executable
        process.arguments = ["live", run, "--db", database, "--port", "\(port ?? 0)"] + pageArguments
        let output = Pipe()
        // It ends when this end of the pipe is gone, also where this process was killed.
        let lifeline = Pipe()
        process.standardOutput = output
        process.standardInput = lifeline
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw Failure(reason: "the live page is not served: \(error.localizedDescription)")
        }
        let line = firstLine(of: output.fileHandleForReading)
        guard let line, line.hasPrefix("http") else {
            process.waitUntilExit()
            throw Failure(
                reason: line.map { String($0.trimmingPrefix("error: ")) }
                    ?? "the live page is not served: it ended with \(process.terminationStatus)")
        }
        return LivePage(address: line, process: process, lifeline: lifeline)
    }

    /// Lets those who look know, and waits until they do, or for some seconds.
    func end(page path: String) async {
        guard process.isRunning else { return }
        // A server that has died must not end the run with a signal.
        signal(SIGPIPE, SIG_IGN)
        try? lifeline.fileHandleForWriting.write(contentsOf: Data("\(path)\n".utf8))
        let deadline = Instant.now() + LiveSession.farewell + .seconds(20)
        while process.isRunning, Instant.now() < deadline { try? await Task.sleep(for: .milliseconds(50)) }
        stop()
    }

    func stop() {
        try? lifeline.fileHandleForWriting.close()
        if process.isRunning { process.terminate() }
    }

    private static func firstLine(of handle: FileHandle) -> String? {
        var line = Data()
        while let byte = try? handle.read(upToCount: 1), let first = byte.first {
            if first == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(first)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
