import Foundation
package import PoiseCore
import Synchronization

/// A llama.cpp server that Poise started, for one candidate.
package final class LlamaCppServer: Sendable {
    package let baseURL: String
    package let command: LlamaCppCommand
    package let arguments: [String]
    /// Process start → `/health` says ok.
    package let loadTime: Duration
    /// What its log and its pages say of how it serves.
    package let details: EngineDetails
    private let candidate: String
    private let log: String
    private let process: Process
    /// When this end closes, also because Poise was killed, the process is ended.
    private let lifeline: Pipe

    private init(
        baseURL: String, command: LlamaCppCommand, arguments: [String], loadTime: Duration, details: EngineDetails,
        candidate: String, log: String, process: Process, lifeline: Pipe
    ) {
        self.baseURL = baseURL
        self.command = command
        self.arguments = arguments
        self.loadTime = loadTime
        self.details = details
        self.candidate = candidate
        self.log = log
        self.process = process
        self.lifeline = lifeline
    }

    /// Starts a server and waits until it is ready.
    ///
    /// - Parameters:
    ///   - slots: requests that it answers at once.
    ///   - contextSize: tokens for each of them.
    ///   - log: a file that takes everything the server prints.
    ///   - patience: how long the model may take to load.
    /// - Throws: `EngineFailure`, with the last lines of the log.
    package static func start(
        _ command: LlamaCppCommand, engine: ManagedEngine, candidate: String, slots: Int, contextSize: Int,
        log: String, transport: Transport, patience: Duration = .seconds(600)
    ) async throws -> LlamaCppServer {
        let settings = try Self.arguments(engine, candidate: candidate, slots: slots, contextSize: contextSize)
        if let port = engine.port { try LoopbackPort.requireFree(port) }
        let port = try engine.port ?? LoopbackPort.free()
        let arguments = ["--model", engine.file, "--host", "127.0.0.1", "--port", "\(port)"] + settings

        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: log).deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        guard FileManager.default.createFile(atPath: log, contents: nil, attributes: [.posixPermissions: 0o600]),
            let output = FileHandle(forWritingAtPath: log)
        else {
            throw EngineFailure.didNotStart(
                candidate: candidate, reason: "its log \(log) cannot be written", log: log, lastLines: [])
        }
        let process = Process()
        let lifeline = Pipe()
        let supervised = Lifeline.command(command.executable, command.prefix + arguments)
        process.executableURL = URL(fileURLWithPath: supervised.executable)
        process.arguments = supervised.arguments
        process.environment = ChildEnvironment.current
        process.standardOutput = output
        process.standardError = output
        process.standardInput = lifeline
        let began = Instant.now()
        do {
            try process.run()
        } catch {
            throw EngineFailure.didNotStart(
                candidate: candidate, reason: error.localizedDescription, log: log, lastLines: [])
        }
        try? output.close()

        let server = LlamaCppServer(
            baseURL: "http://127.0.0.1:\(port)/v1", command: command, arguments: arguments, loadTime: .zero,
            details: EngineDetails(), candidate: candidate, log: log, process: process, lifeline: lifeline)
        do {
            let ready = try await server.waitUntilReady(
                "http://127.0.0.1:\(port)/health", transport: transport, deadline: began + patience)
            return LlamaCppServer(
                baseURL: server.baseURL, command: command, arguments: arguments, loadTime: ready - began,
                details: await server.describe(transport: transport), candidate: candidate, log: log,
                process: process, lifeline: lifeline)
        } catch {
            _ = await server.stop()
            throw error
        }
    }

    /// How a server is started, beside its file and its address.
    ///
    /// - Throws: `EngineFailure.impossibleContext`.
    package static func arguments(
        _ engine: ManagedEngine, candidate: String, slots: Int, contextSize: Int
    ) throws(EngineFailure) -> [String] {
        let (contextTokens, overflows) = contextSize.multipliedReportingOverflow(by: slots)
        guard !overflows, contextTokens <= Int32.max else {
            throw EngineFailure.impossibleContext(candidate: candidate, size: contextSize, slots: slots)
        }
        let threads = engine.threads.map { ["--threads", "\($0)"] } ?? []
        let layers = engine.gpuLayers.map { ["--n-gpu-layers", "\($0)"] } ?? []
        return ["--ctx-size", "\(contextTokens)", "--parallel", "\(slots)", "--alias", candidate] + threads + layers
    }

    /// nil while the process lives; else why it is gone, with the end of its log.
    package var failure: EngineFailure? {
        guard !process.isAlive(onLifeline: lifeline) else { return nil }
        return .ended(candidate: candidate, status: statusText, log: log, lastLines: lastLines())
    }

    /// Ends the process, by force where asking does not help; harmless where it has ended.
    ///
    /// - Returns: the most memory that it held, bytes; nil where the system does not tell.
    package func stop() async -> Int64? {
        let memory = process.isRunning ? Machine.peakMemory(of: process.processIdentifier) : nil
        if process.isRunning { process.terminate() }
        for _ in 0..<200 where process.isAlive(onLifeline: lifeline) { await pause(.milliseconds(10)) }
        try? lifeline.fileHandleForWriting.close()
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        for _ in 0..<200 where process.isAlive(onLifeline: lifeline) { await pause(.milliseconds(10)) }
        return memory
    }

    /// Ends the process as a crash would.
    func killForTesting() {
        kill(process.processIdentifier, SIGKILL)
    }

    private func waitUntilReady(_ health: String, transport: Transport, deadline: Instant) async throws -> Instant {
        while true {
            try Task.checkCancellation()
            guard process.isAlive(onLifeline: lifeline) else {
                throw EngineFailure.didNotStart(
                    candidate: candidate, reason: "it ended (\(statusText))", log: log, lastLines: lastLines())
            }
            if await Self.answer(to: health, transport: transport)?.status == 200 { return .now() }
            guard Instant.now() < deadline else {
                throw EngineFailure.didNotStart(
                    candidate: candidate, reason: "it was not ready in time", log: log, lastLines: lastLines())
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// The log of the start: the script says what it told its libraries a moment after they answer.
    private func settledLog() async -> String {
        let deadline = Instant.now() + .seconds(5)
        while true {
            let text = EngineLog.beginning(ofFileAt: log)
            let isSettled = command.prefix.isEmpty || text.contains(EngineLog.scriptMark)
            if isSettled || Instant.now() >= deadline { return text }
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return text }
        }
    }

    /// Asked once it is ready, so no part of the time that it took to load.
    private func describe(transport: Transport) async -> EngineDetails {
        let known = EngineLog.details(in: await settledLog())
        let facts = await EndpointFacts.gathered(
            baseURL: baseURL, model: candidate, pages: [.models, .props], known: known
        ) { url in
            await Self.answer(to: url, transport: transport)
        }
        return facts.details ?? known
    }

    /// One GET; nil where no response came.
    private static func answer(to url: String, transport: Transport) async -> EndpointFacts.Answer? {
        var limits = HTTPRequest.Limits()
        limits.connect = .seconds(1)
        limits.total = .seconds(5)
        let reader = CollectingReader()
        let exchange = await transport.exchange(HTTPRequest(url: url, limits: limits), reader: reader)
        guard exchange.failure == nil else { return nil }
        return EndpointFacts.Answer(status: exchange.status, headers: exchange.headers, body: reader.body)
    }

    /// Sleeps through cancellation: a cancelled run still has to see its server end.
    private func pause(_ span: Duration) async {
        await Task.detached { try? await Task.sleep(for: span) }.value
    }

    private var statusText: String {
        switch process.terminationReason {
        case .exit: "exit status \(process.terminationStatus)"
        case .uncaughtSignal: "signal \(process.terminationStatus)"
        @unknown default: "status \(process.terminationStatus)"
        }
    }

    private func lastLines() -> [String] {
        guard let file = FileHandle(forReadingAtPath: log) else { return [] }
        defer { try? file.close() }
        let end = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").suffix(6).map(String.init)
    }
}
