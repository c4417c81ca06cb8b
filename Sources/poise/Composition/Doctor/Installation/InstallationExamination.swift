import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner
import PoiseStore

/// Poise itself and what it leans on.
struct InstallationExamination: Sendable {
    let plan: Plan?
    let suite: String?
    let transport: Transport
    let logFolder: String
    let settings: Doctor.Settings

    /// - Returns: also what serves files of weights; nil where nothing does.
    func group(say: @Sendable (String) -> Void) async -> (FindingGroup, LlamaCppCommand?) {
        say("looking for the engine and the sandbox")
        let (engine, command) = await engine()
        let sandbox =
            await TimeLimit.run(settings.limit * 2) {
                SandboxCheck.finding(await SandboxCheck.tried(), isNeeded: runsCode)
            }
            ?? SandboxCheck.timedOut(after: settings.limit * 2, "Run `bwrap --ro-bind / / true` by hand.")
        let endpoints = plan?.endpoints ?? []
        let findings = [
            PoiseBuildCheck.finding(version: poiseVersion, isOptimized: Self.isOptimized),
            LibcurlCheck.finding(
                .current, needsTLS: endpoints.contains { $0.baseURL.lowercased().hasPrefix("https:") },
                needsHTTP2: endpoints.contains { $0.connection?.httpVersion == 2 }),
            SQLiteCheck.finding(version: (try? RunStore.libraryVersion()) ?? "unknown"),
            engine,
            EngineLoadCheck.finding(await load(command)),
            sandbox,
            // The transport has raised the limit as far as it goes.
            OpenFilesCheck.finding(room: OpenFileLimit.requestsInFlight, load: plan?.largestConcurrency),
        ]
        return (FindingGroup(title: "Installation", findings: findings), command)
    }

    private static var isOptimized: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    /// The check that runs what models wrote.
    private static let codeCheck = "unit_tests"

    private var runsCode: Bool {
        plan?.tasks.contains { task in
            task.graders.contains { grader in
                switch grader {
                case .check(let check): check.name == Self.codeCheck
                case .rubric(let rubric):
                    rubric.criteria.contains { criterion in
                        if case .check(let check) = criterion.measure { check.name == Self.codeCheck } else { false }
                    }
                }
            }
        } ?? false
    }

    /// The folders that an engine and models are looked for in.
    private var folders: [String] {
        [FileManager.default.currentDirectoryPath]
            + [suite.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }].compactMap { $0 }
    }

    private func engine() async -> (Finding, LlamaCppCommand?) {
        let isNeeded = plan.map { !$0.managedEngines.isEmpty }
        let found = await TimeLimit.run(settings.limit * 12) { [folders] in
            await Result(catching: { try await LlamaCppCommand.find(near: folders) })
        }
        switch found {
        case nil: return (EngineCheck.timedOut(after: settings.limit * 12, "Run llama-server --version by hand."), nil)
        case .failure(let error):
            let missing = (error as? EngineFailure)?.what ?? error.localizedDescription
            return (EngineCheck.finding(nil, missing: missing, isNeeded: isNeeded), nil)
        case .success(let command):
            let engine = EngineCheck.Engine(version: command.version, executable: command.executable)
            return (EngineCheck.finding(engine, isNeeded: isNeeded), command)
        }
    }

    /// Serves the smallest model that comes with Poise, where it is here and no suite brings models of its own.
    private func load(_ command: LlamaCppCommand?) async -> EngineLoadCheck.Outcome {
        guard let command else { return .untried("there is no engine") }
        if settings.isOffline { return .untried("no engine is started with --offline") }
        if plan?.managedEngines.isEmpty == false { return .untried("the suite's own models are tried below") }
        guard let model = tinyModel() else {
            return .untried("no model is here to try it with (`make setup` makes some)")
        }
        let (transport, log) = (transport, "\(logFolder)/engine.log")
        let outcome = await TimeLimit.run(settings.limit * 12) { () -> EngineLoadCheck.Outcome in
            do {
                let server = try await LlamaCppServer.start(
                    command, engine: ManagedEngine(engine: .llamaCpp, file: model, threads: 1), candidate: "tiny",
                    slots: 1, contextSize: 256, log: log, transport: transport)
                _ = await server.stop()
                let name = URL(fileURLWithPath: model).lastPathComponent
                return .loaded(model: name, milliseconds: server.loadTime.milliseconds)
            } catch {
                return .failed(reason: (error as? any ExplainedError)?.what ?? error.localizedDescription)
            }
        }
        return outcome ?? .failed(reason: "it was not ready in time")
    }

    private func tinyModel() -> String? {
        for folder in folders {
            let models = URL(fileURLWithPath: folder).appendingPathComponent("Models/quantized")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: models.path)) ?? []
            let sized = names.filter { $0.hasSuffix(".gguf") }.compactMap { name -> (path: String, bytes: Int64)? in
                let path = models.appendingPathComponent(name).path
                return (try? ModelFile.outline(of: path)).map { (path, $0.bytes) }
            }
            if let smallest = sized.min(by: { ($0.bytes, $0.path) < ($1.bytes, $1.path) }) { return smallest.path }
        }
        return nil
    }
}

extension Result where Failure == any Error {
    /// Of work that is waited for.
    fileprivate init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
