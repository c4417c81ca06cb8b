import Foundation
import PoiseClient
import PoiseCore
import PoiseRunner
import Synchronization

/// Opens candidates on this machine: managed engines one after the other, or endpoints that are there.
final class LocalHost: CandidateHost {
    private let transport: Transport
    private let command: LlamaCppCommand?
    private let logFolder: String
    private let environment: [String: String]
    private let limits: HTTPRequest.Limits
    /// Nil where nothing is kept of what responses depend on.
    private let machine: MachineFacts?
    private let modelFiles = Mutex<[String: ModelFileFacts]>([:])
    private let endpoints = Mutex<[Endpoint: EndpointFacts]>([:])
    /// By candidate.
    private let echoedKeys = Mutex<[String: EchoedKey]>([:])

    /// - Parameter command: what serves GGUF files; may be nil where no candidate is managed.
    init(
        transport: Transport, command: LlamaCppCommand?, logFolder: String, environment: [String: String],
        limits: RequestLimits, machine: MachineFacts? = nil
    ) {
        self.machine = machine
        self.transport = transport
        self.command = command
        self.logFolder = logFolder
        self.environment = environment
        self.limits = HTTPRequest.Limits(limits)
    }

    /// A key that a suite names and that is not there.
    enum Failure: ExplainedError {
        case noKey(variable: String, candidate: String)
        case noKeyFile(KeyFile.Failure, candidate: String)

        var what: String {
            switch self {
            case .noKey(let variable, _): "the variable \(variable), which should hold a key, is not set"
            case .noKeyFile(let failure, _): "\(failure.place ?? ""): \(failure.what)"
            }
        }
        var place: String? {
            switch self {
            case .noKey(_, let candidate), .noKeyFile(_, let candidate): candidate
            }
        }
        var remedy: String? {
            switch self {
            case .noKey(let variable, _): "export \(variable)=… and run again; keys are never written to files."
            case .noKeyFile(let failure, _): failure.remedy
            }
        }
    }

    func open(_ candidate: Candidate, round: Int, slots: Int) async throws -> any CandidateSession {
        try await openChat(candidate, round: round, slots: slots)
    }

    /// The same, where more is asked than responses.
    func openChat(_ candidate: Candidate, round: Int, slots: Int) async throws -> any ChatSession {
        switch candidate.serving {
        case .managed(let engine): try await open(engine, of: candidate, round: round, slots: slots)
        case .endpoint(let endpoint): try await open(endpoint, of: candidate)
        }
    }

    private func open(
        _ engine: ManagedEngine, of candidate: Candidate, round: Int, slots: Int
    ) async throws -> any ChatSession {
        guard let command else { throw EngineFailure.notInstalled(searched: []) }
        let facts = try modelFacts(engine.file)
        let log = "\(logFolder)/\(candidate.id.replacingOccurrences(of: "/", with: "_"))-round\(round).log"
        let server = try await LlamaCppServer.start(
            command, engine: engine, candidate: candidate.id, slots: slots,
            contextSize: Self.contextSize(engine, facts), log: log,
            transport: transport)
        let client = ChatClient(
            transport: transport, baseURL: server.baseURL, model: candidate.id, cachePrompt: false, limits: limits)
        return ManagedSession(server: server, client: client, modelFile: facts)
    }

    private func open(_ endpoint: Endpoint, of candidate: Candidate) async throws -> any ChatSession {
        let client = try client(of: endpoint, candidate)
        return EndpointSession(client: client, facts: Self.facts(of: endpoint, await facts(of: endpoint, client)))
    }

    /// Enough for a task and its answer; a model's whole context may need more memory than the machine has.
    private static func contextSize(_ engine: ManagedEngine, _ file: ModelFileFacts) -> Int {
        engine.contextSize ?? min(file.contextLength ?? 4096, 4096)
    }

    private static func facts(of endpoint: Endpoint, _ told: EndpointFacts) -> EngineFacts {
        EngineFacts(
            engine: endpoint.baseURL, build: told.build, arguments: [], loadTime: nil, modelFile: nil,
            isSimulated: told.isSimulated, details: told.details)
    }

    /// What cannot be told here cannot be opened either, which then says why.
    func source(of candidate: Candidate, slots: Int) async -> KnownSource? {
        switch candidate.serving {
        case .managed(let engine): source(of: engine, candidate, slots: slots)
        case .endpoint(let endpoint): await source(of: endpoint, candidate)
        }
    }

    /// Of the file, the build and what they are started with: an engine need not be started to be known.
    private func source(of engine: ManagedEngine, _ candidate: Candidate, slots: Int) -> KnownSource? {
        guard let machine, let command, let file = try? modelFacts(engine.file),
            let arguments = try? LlamaCppServer.arguments(
                engine, candidate: candidate.id, slots: slots, contextSize: Self.contextSize(engine, file))
        else { return nil }
        let client = ChatClient(transport: transport, baseURL: "", model: candidate.id, cachePrompt: false)
        return KnownSource(
            source: ResponseSource(
                engine: engine.engine, build: command.version, launcher: [command.executable] + command.prefix,
                arguments: arguments, file: file, machine: machine.identity, environment: environment),
            facts: EngineFacts(
                engine: engine.engine.rawValue, build: command.version, arguments: arguments, loadTime: nil,
                modelFile: file),
            body: { try? client.body(of: $0, sampling: $1) })
    }

    private func source(of endpoint: Endpoint, _ candidate: Candidate) async -> KnownSource? {
        guard let client = try? client(of: endpoint, candidate) else { return nil }
        let told = await facts(of: endpoint, client)
        return KnownSource(
            source: ResponseSource(endpoint, url: client.url, build: told.build, details: told.details),
            facts: Self.facts(of: endpoint, told), body: { try? client.body(of: $0, sampling: $1) })
    }

    private func client(of endpoint: Endpoint, _ candidate: Candidate) throws -> ChatClient {
        let connection = endpoint.connection ?? ConnectionSettings()
        let secrets = try connection.headerVariables.mapValues { try key($0, of: candidate) }
        return ChatClient(
            transport: transport, api: connection.api, baseURL: endpoint.baseURL, model: endpoint.model,
            apiKey: try apiKey(of: endpoint, candidate), headers: connection.headers, secretHeaders: secrets,
            connection: HTTPRequest.Connection(connection), limits: limits, echoedKey: echoedKey(of: candidate))
    }

    /// From its file or its variable; nil where none is wanted.
    private func apiKey(of endpoint: Endpoint, _ candidate: Candidate) throws -> String? {
        guard let file = endpoint.apiKeyFile else {
            return try endpoint.apiKeyVariable.map { try key($0, of: candidate) }
        }
        CoreDumps.forbid()
        do {
            return try KeyFile(file).read()
        } catch let failure as KeyFile.Failure {
            throw Failure.noKeyFile(failure, candidate: candidate.id)
        }
    }

    private func key(_ variable: String, of candidate: Candidate) throws -> String {
        CoreDumps.forbid()
        guard let key = environment[variable], !key.isEmpty else {
            throw Failure.noKey(variable: variable, candidate: candidate.id)
        }
        return key
    }

    /// One for all rounds.
    private func echoedKey(of candidate: Candidate) -> EchoedKey {
        echoedKeys.withLock { known in
            let echoed = known[candidate.id] ?? EchoedKey()
            known[candidate.id] = echoed
            return echoed
        }
    }

    /// Whether a candidate's server has repeated a key so far.
    func repeatsKey(_ candidate: Candidate) -> Bool {
        echoedKeys.withLock { $0[candidate.id]?.isSeen == true }
    }

    /// What an endpoint says of itself, asked once in a run.
    private func facts(of endpoint: Endpoint, _ client: ChatClient) async -> EndpointFacts {
        if let known = endpoints.withLock({ $0[endpoint] }) { return known }
        let facts = await EndpointFacts.gathered(baseURL: endpoint.baseURL, model: endpoint.model) {
            await client.page($0)
        }
        endpoints.withLock { $0[endpoint] = facts }
        return facts
    }

    /// Read once for each file: the digest of a large model takes a while.
    private func modelFacts(_ path: String) throws -> ModelFileFacts {
        if let known = modelFiles.withLock({ $0[path] }) { return known }
        let facts = try ModelFile.facts(of: path)
        modelFiles.withLock { $0[path] = facts }
        return facts
    }
}

/// A session whose server can be asked more than for responses.
protocol ChatSession: CandidateSession {
    var client: ChatClient { get }
}

/// A candidate on an engine that Poise started.
private struct ManagedSession: ChatSession {
    let server: LlamaCppServer
    let client: ChatClient
    let modelFile: ModelFileFacts

    var failure: (any Error)? { server.failure }

    var facts: EngineFacts {
        EngineFacts(
            engine: "llama.cpp", build: server.command.version, arguments: server.arguments,
            loadTime: server.loadTime.milliseconds, modelFile: modelFile, details: server.details)
    }

    func prepare(concurrency: Int) async {
        await client.connect(concurrency)
    }

    func attempt(_ prompt: ChatPrompt, sampling: SamplingSettings) async -> Attempt {
        await client.attempt(prompt, sampling: sampling)
    }

    func close() async -> EngineFacts {
        var facts = facts
        facts.peakMemory = await server.stop()
        return facts
    }
}

/// A candidate behind an endpoint that was there already, and stays.
private struct EndpointSession: ChatSession {
    let client: ChatClient
    let facts: EngineFacts

    var failure: (any Error)? { nil }

    func prepare(concurrency: Int) async {
        await client.connect(concurrency)
    }

    func attempt(_ prompt: ChatPrompt, sampling: SamplingSettings) async -> Attempt {
        await client.attempt(prompt, sampling: sampling)
    }

    func close() async -> EngineFacts {
        guard client.repeatsKey else { return facts }
        var facts = facts
        facts.details = facts.details ?? EngineDetails()
        facts.details?.repeatsKey = true
        return facts
    }
}

extension LlamaCppCommand {
    /// What serves GGUF files; nil where none of the candidates is served by Poise.
    ///
    /// - Parameter file: the file that names them: the engine is looked for near it too.
    static func needed(by candidates: [Candidate], near file: String) async throws -> LlamaCppCommand? {
        let isManaged = candidates.contains { if case .managed = $0.serving { true } else { false } }
        guard isManaged else { return nil }
        return try await find(
            environment: ProcessInfo.processInfo.environment, near: EngineNeed.folders(near: file),
            mayRun: { EngineNeed.mayRun($0, for: file) })
    }
}
