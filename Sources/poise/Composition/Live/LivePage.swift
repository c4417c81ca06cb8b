import Foundation
import PoiseCore
import Synchronization

/// The live page of a run, as the run sees it: a process that serves it, and ends with the run.
struct LivePage {
    /// With its secret part.
    let address: String
    private let process: Process
    private let lifeline: Pipe
    /// Whether it is expected to run.
    private let service: Service

    /// What is waited for its address.
    private static let patience = Duration.seconds(10)

    struct Failure: ExplainedError, Hashable {
        let reason: String
        var what: String { reason }
        var place: String? { nil }
        var remedy: String? { nil }
    }

    /// Starts it and waits until it listens, or for some seconds, or until the task is cancelled.
    ///
    /// - Parameters:
    ///   - port: nil for one that the system chooses.
    ///   - pageArguments: what the page may hold, as `poise report` takes it.
    ///   - executable: this program itself.
    ///   - lost: called once if it ends while it should serve, with how.
    static func start(
        run: String, database: String, port: UInt16?, pageArguments: [String],
        executable: URL? = Bundle.main.executableURL, patience: Duration = patience,
        lost: @escaping @Sendable (String) -> Void
    ) throws -> LivePage {
        guard let executable else {
            throw Failure(reason: "the live page is not served: this program's own file is not known")
        }
        let process = Process()
        process.executableURL = executable
        process.arguments = ["live", run, "--db", database, "--port", "\(port ?? 0)"] + pageArguments
        process.environment = ChildEnvironment.current
        let output = Pipe()
        // It ends when this end of the pipe is gone, also where this process was killed.
        let lifeline = Pipe()
        process.standardOutput = output
        process.standardInput = lifeline
        process.standardError = FileHandle.nullDevice
        let service = Service()
        process.terminationHandler = { process in
            if service.end() { lost(ending(of: process)) }
        }
        do {
            try process.run()
        } catch {
            throw Failure(reason: "the live page is not served: \(error.localizedDescription)")
        }
        let said = FirstLine.read(from: output.fileHandleForReading, within: patience)
        guard case .line(let line) = said, line.hasPrefix("http") else {
            if said == .late { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            throw Failure(reason: reason(for: said, process, patience))
        }
        service.begin()
        return LivePage(address: line, process: process, lifeline: lifeline, service: service)
    }

    /// Lets those who look know, and waits until they do, or for some seconds.
    func end(page path: String) async {
        service.end()
        guard process.isRunning else { return }
        // A server that has died must not end the run with a signal.
        signal(SIGPIPE, SIG_IGN)
        try? lifeline.fileHandleForWriting.write(contentsOf: Data("\(path)\n".utf8))
        let deadline = Instant.now() + LiveSession.farewell + .seconds(20)
        while process.isRunning, Instant.now() < deadline { try? await Task.sleep(for: .milliseconds(50)) }
        stop()
    }

    func stop() {
        service.end()
        try? lifeline.fileHandleForWriting.close()
        if process.isRunning { process.terminate() }
    }

    private static func reason(for said: FirstLine, _ process: Process, _ patience: Duration) -> String {
        switch said {
        case .line(let line): String(line.trimmingPrefix("error: "))
        case .none: "the live page is not served: its process ended with \(ending(of: process))"
        case .late where Task.isCancelled: "the live page is not served: the run was interrupted"
        case .late:
            "the live page is not served: its process did not listen within \(patience.components.seconds) s"
        }
    }

    private static func ending(of process: Process) -> String {
        (process.terminationReason == .uncaughtSignal ? "signal " : "status ") + "\(process.terminationStatus)"
    }

    /// Whether the process is expected to run: what ends it later says so first.
    private final class Service: Sendable {
        private let isExpected = Mutex(false)

        func begin() { isExpected.withLock { $0 = true } }

        /// - Returns: whether it was expected until now.
        @discardableResult
        func end() -> Bool {
            isExpected.withLock { expected in
                defer { expected = false }
                return expected
            }
        }
    }
}
