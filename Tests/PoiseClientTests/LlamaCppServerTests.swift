import Foundation
import PoiseCore
import Testing

@testable import PoiseClient

/// On real llama.cpp with real weights; `make setup` installs both.
@Suite(.serialized) struct LlamaCppServerTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    private static let model = "\(root)/Models/tiny-s-f16.gguf"

    /// Is there for one test.
    private final class Folder: Sendable {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)").path

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    private let temporary = Folder()
    private var folder: String { temporary.path }

    private func start(
        _ file: String = model, port: Int? = nil, gpuLayers: Int? = nil, transport: Transport
    ) async throws -> LlamaCppServer {
        try await LlamaCppServer.start(
            try await LlamaCppCommand.find(near: [Self.root]),
            engine: ManagedEngine(engine: .llamaCpp, file: file, threads: 1, port: port, gpuLayers: gpuLayers),
            candidate: "tiny-s@f16", slots: 1, contextSize: 512, log: "\(folder)/server.log", transport: transport)
    }

    @Test func `an engine is told of threads and layers where the suite says any`() throws {
        let arguments = { (engine: ManagedEngine) in
            try LlamaCppServer.arguments(engine, candidate: "m", slots: 2, contextSize: 512)
        }
        let plain = ["--ctx-size", "1024", "--parallel", "2", "--alias", "m"]
        #expect(try arguments(ManagedEngine(engine: .llamaCpp, file: "/m.gguf")) == plain)
        #expect(
            try arguments(ManagedEngine(engine: .llamaCpp, file: "/m.gguf", threads: 3, gpuLayers: 0))
                == plain + ["--threads", "3", "--n-gpu-layers", "0"])
    }

    @Test func `a real model answers, is timed, and its server ends`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        let server = try await start(transport: transport)
        #expect(server.failure == nil)
        #expect(server.loadTime > .zero)
        #expect(server.command.version.contains("llama"))
        let client = ChatClient(transport: transport, baseURL: server.baseURL, model: "tiny-s@f16", cachePrompt: false)
        let attempt = await client.attempt(
            [Message(role: "user", content: "Write tunnel in capitals.")],
            sampling: SamplingSettings(temperature: 0, maxTokens: 16))
        let memory = await server.stop()
        guard case .responded(let response) = attempt.outcome else {
            Issue.record("no response: \(attempt.outcome)")
            return
        }
        #expect(response.answer == "TUNNEL")
        #expect(response.report.model == "tiny-s@f16")
        #expect(response.report.cachedTokens == 0)
        #expect(response.report.decodeTPS ?? 0 > 0)
        let metrics = TrialMetrics(
            timeline: response.timeline, report: response.report, finishReason: response.finishReason)
        // A role-only chunk comes first and is not the first token; the end token has no chunk.
        #expect(response.timeline.chunks.first?.kind == .role)
        #expect(metrics.outputTokens == 7)
        #expect(metrics.carriedTokens == 6)
        // On a machine that is busy elsewhere, all of so short an answer may come in one read.
        #expect(metrics.decodedTokens == (metrics.decodeSpan == nil ? nil : 5))
        #if os(Linux)
            #expect(memory ?? 0 > 1_000_000)
        #endif
        #expect(server.failure != nil)
        #expect(await client.page("\(server.baseURL)/models") == nil)
    }

    @Test func `a server says how it serves: threads, slots, context, cache and file`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        // No layer on a GPU is what it does here anyway, and has to be understood.
        let server = try await start(gpuLayers: 0, transport: transport)
        let details = server.details
        _ = await server.stop()
        #expect(details.model == "tiny-s-f16.gguf")
        #expect(details.slots == 1)
        #expect(details.contextSize == 512)
        #expect(details.threads == 1)
        #expect(details.server == "llama.cpp")
        #expect(details.quantization == "F16")
        let facts = try ModelFile.facts(of: Self.model)
        #expect(details.templateSHA256 == facts.templateSHA256)
        #expect(details.parameters == "\(facts.parameters)")
        // The package is told these by the script; a llama-server says more or less of it by its version.
        if !server.command.prefix.isEmpty {
            #expect(details.batchThreads == 1)
            #expect(details.keyCacheType == "f16")
            #expect(details.devices?.isEmpty == false)
            #expect(details.batchSize == 512)
        }
    }

    @Test func `a file that is no model says so with the end of the log`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/broken.gguf"
        let whole = try Data(contentsOf: URL(fileURLWithPath: Self.model))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
        do {
            _ = try await start(path, transport: transport)
            Issue.record("it started")
        } catch let failure as EngineFailure {
            guard case .didNotStart(_, _, _, let lines) = failure else {
                Issue.record("another failure: \(failure)")
                return
            }
            #expect(!lines.isEmpty)
            #expect(failure.errorDescription?.contains("server.log") == true)
        }
    }

    @Test func `a port in use is named before anything is started`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        let server = try await start(transport: transport)
        let port = try #require(Int(server.baseURL.split(separator: ":").last?.prefix { $0.isNumber } ?? ""))
        await #expect(throws: EngineFailure.portInUse(port)) {
            _ = try await start(port: port, transport: transport)
        }
        _ = await server.stop()
    }

    @Test func `a server that dies is noticed, with the end of its log`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        let server = try await start(transport: transport)
        server.killForTesting()
        while server.failure == nil { await Task.yield() }
        guard case .ended(let candidate, let status, _, let lines)? = server.failure else {
            Issue.record("another failure")
            return
        }
        #expect(candidate == "tiny-s@f16")
        #expect(status == "signal 9")
        #expect(!lines.isEmpty)
        _ = await server.stop()
    }

    @Test func `a llama-server on PATH comes before the package`() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let executable = "\(folder)/llama-server"
        try Data("#!/bin/sh\necho 'loaded backends' >&2\necho 'version: 6123 (abcdef0)' >&2\n".utf8)
            .write(to: URL(fileURLWithPath: executable))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: executable)
        let command = try await LlamaCppCommand.find(
            environment: ["PATH": "/nowhere:\(folder):/bin:/usr/bin"], near: [Self.root])
        #expect(command.executable == executable)
        #expect(command.prefix.isEmpty)
        #expect(command.version == "llama-server 6123 (abcdef0)")
    }

    @Test func `without llama.cpp the error says where it was looked for`() async throws {
        do {
            _ = try await LlamaCppCommand.find(environment: ["PATH": "/nowhere"], near: ["/"])
            Issue.record("found one")
        } catch let failure as EngineFailure {
            #expect(failure == .notInstalled(searched: ["llama-server on PATH"]))
            #expect(failure.remedy?.contains("make setup") == true)
        }
    }

    /// A folder with a `llama-server` of these bytes, to be PATH.
    private func fakeServer(_ content: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/llama-server"
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return folder
    }

    @Test(.timeLimit(.minutes(1)))
    func `a version is found among more lines than a pipe holds`() async throws {
        let path = try fakeServer(
            """
            #!/bin/sh
            i=0
            while [ $i -lt 5000 ]; do echo "backend $i is loaded, says the loader"; i=$((i + 1)); done
            echo "version: 6123 (abcdef)" >&2
            """)
        let command = try await LlamaCppCommand.find(environment: ["PATH": path], near: [])
        #expect(command.version == "llama-server 6123 (abcdef)")
        #expect(command.executable == "\(path)/llama-server")
    }

    @Test func `a llama-server that cannot be executed is passed over`() async throws {
        let path = try fakeServer("\u{7F}ELF of another machine")
        await #expect(throws: EngineFailure.self) {
            try await LlamaCppCommand.find(environment: ["PATH": path], near: [])
        }
    }

    @Test func `a context that no engine can hold is named before anything is started`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        do {
            _ = try await LlamaCppServer.start(
                LlamaCppCommand(executable: "/bin/false", prefix: [], version: ""),
                engine: ManagedEngine(engine: .llamaCpp, file: Self.model, contextSize: .max), candidate: "tiny",
                slots: 4, contextSize: .max, log: "\(folder)/server.log", transport: transport)
            Issue.record("it started")
        } catch let failure as EngineFailure {
            #expect(failure.errorDescription?.contains("context_size") == true)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a start that is cancelled ends the process, also one that does not listen to SIGTERM`() async throws {
        let transport = try Transport()
        defer { transport.stop() }
        let log = "\(folder)/server.log"
        // Deaf, and never ready; $$ is the process itself.
        let command = LlamaCppCommand(
            executable: "/bin/sh", prefix: ["-c", "trap '' TERM; echo $$; while :; do sleep 0.1; done"], version: "")
        let starting = Task {
            try await LlamaCppServer.start(
                command, engine: ManagedEngine(engine: .llamaCpp, file: Self.model), candidate: "tiny",
                slots: 1, contextSize: 512, log: log, transport: transport)
        }
        var process: Int32?
        while process == nil {
            await Task.yield()
            let lines = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            if lines.hasSuffix("\n") { process = Int32(lines.dropLast()) }
        }
        starting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await starting.value }
        // 0 asks only whether there is such a process; a zombie would be one.
        #expect(kill(try #require(process), 0) == -1)
    }
}
