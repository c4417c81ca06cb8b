import PoiseCore
import PoiseRunner
import Synchronization

/// A host whose candidates answer as a closure says; no engine, no network, no clock.
final class ScriptedHost: CandidateHost {
    struct Log {
        var opened: [String] = []
        var closed: [String] = []
        var asked: [(candidate: String, prompt: String, sampling: SamplingSettings)] = []
        var prompts: [ChatPrompt] = []
        var inFlight = 0
        var mostInFlight = 0
        /// Connections that were asked for ahead of each level, by candidate.
        var prepared: [String] = []
    }

    let log = Mutex(Log())
    private let answer: @Sendable (_ candidate: String, _ prompt: String, _ count: Int) async -> Attempt.Outcome
    private let openFailure: @Sendable (_ candidate: String, _ round: Int) -> (any Error)?
    private let engineFailure: @Sendable (_ candidate: String, _ count: Int) -> (any Error)?

    /// - Parameters:
    ///   - answer: by candidate, prompt and how many requests the candidate has had before.
    ///   - engineFailure: why the engine is gone after so many requests.
    init(
        openFailure: @escaping @Sendable (String, Int) -> (any Error)? = { _, _ in nil },
        engineFailure: @escaping @Sendable (String, Int) -> (any Error)? = { _, _ in nil },
        answer: @escaping @Sendable (String, String, Int) async -> Attempt.Outcome
    ) {
        self.openFailure = openFailure
        self.engineFailure = engineFailure
        self.answer = answer
    }

    func open(_ candidate: Candidate, round: Int, slots: Int) async throws -> any CandidateSession {
        log.withLock { $0.opened.append("\(candidate.id) \(round)") }
        if let failure = openFailure(candidate.id, round) { throw failure }
        return Session(host: self, candidate: candidate.id)
    }

    private struct Session: CandidateSession {
        let host: ScriptedHost
        let candidate: String

        var facts: EngineFacts {
            EngineFacts(engine: "scripted", build: nil, arguments: [], loadTime: nil, modelFile: nil)
        }

        var failure: (any Error)? {
            host.engineFailure(
                candidate, host.log.withLock { log in log.asked.count(where: { $0.candidate == candidate }) })
        }

        func prepare(concurrency: Int) async {
            host.log.withLock { $0.prepared.append("\(candidate) \(concurrency)") }
        }

        func attempt(_ question: ChatPrompt, sampling: SamplingSettings) async -> Attempt {
            let started = Instant.now()
            let prompt = question.messages.last?.content ?? ""
            let count = host.log.withLock { log in
                log.inFlight += 1
                log.mostInFlight = max(log.mostInFlight, log.inFlight)
                let count = log.asked.count(where: { $0.candidate == candidate })
                log.asked.append((candidate, prompt, sampling))
                log.prompts.append(question)
                return count
            }
            let outcome = await host.answer(candidate, prompt, count)
            host.log.withLock { $0.inFlight -= 1 }
            return Attempt(request: prompt, started: started, outcome: outcome)
        }

        func close() async -> EngineFacts {
            host.log.withLock { $0.closed.append(candidate) }
            return facts
        }
    }
}

/// Keeps trials in memory.
final class MemoryRecorder: TrialRecorder {
    let trials = Mutex<[Trial]>([])
    let withdrawn = Mutex<[TrialKey]>([])
    let shortfalls = Mutex<[LevelShortfall]>([])
    let stops = Mutex<[LevelStop]>([])
    /// Of each facts that were recorded: the candidate, and how many trials were there before.
    let engines = Mutex<[(candidate: String, trials: Int)]>([])
    private let failure: (any Error)?

    init(failure: (any Error)? = nil) {
        self.failure = failure
    }

    func record(_ trial: Trial) async throws {
        if let failure { throw failure }
        trials.withLock { $0.append(trial) }
    }

    func record(_ facts: EngineFacts, candidate: String, round: Int) async throws {
        let count = trials.withLock(\.count)
        engines.withLock { $0.append((candidate, count)) }
    }

    func record(_ shortfall: LevelShortfall) async throws {
        shortfalls.withLock { $0.append(shortfall) }
    }

    func record(_ stop: LevelStop) async throws {
        stops.withLock { $0.append(stop) }
    }

    func withdrawScores(of trials: [TrialKey], reason: String) async throws {
        withdrawn.withLock { $0 += trials }
    }

    var stopped: [LevelStop] { stops.withLock { $0 } }

    var measured: [Trial] { trials.withLock { $0.filter { !$0.key.isWarmup } } }
}

extension Attempt.Outcome {
    /// A response of one chunk.
    static func says(_ answer: String) -> Attempt.Outcome {
        let chunks =
            answer.isEmpty
            ? [] : [Timeline.Chunk(microseconds: 1000, kind: .answer, characters: answer.unicodeScalars.count)]
        return .responded(
            Response(
                answer: answer, finishReason: "stop", report: ServerReport(), timeline: Timeline(chunks: chunks)))
    }

    /// A response of so many tokens at a speed, tok/s.
    static func decodes(_ tokens: Int, at speed: Double) -> Attempt.Outcome {
        let chunks = (0..<tokens).map {
            Timeline.Chunk(microseconds: 1000 + Int64(Double($0) / speed * 1e6), kind: .answer, characters: 1)
        }
        return .responded(
            Response(
                answer: String(repeating: "x", count: tokens), finishReason: "length", report: ServerReport(),
                timeline: Timeline(chunks: chunks)))
    }

    static func fails(_ kind: RequestFailure.Kind, status: Int? = nil) -> Attempt.Outcome {
        .failed(RequestFailure(kind: kind, message: "it failed: \(kind.rawValue)", status: status))
    }
}

/// An error with a text.
struct Told: ExplainedError, Equatable {
    let what: String
    var place: String? { nil }
    var remedy: String? { nil }
}

/// A plan over prompts "a0", "a1" … and "b0", "b1" ….
func plan(
    candidates: [String] = ["one", "two"], samples: Int = 4, loads: [Load] = [1], rounds: Int = 1, epochs: Int = 1,
    warmup: Int = 0, seed: Int? = nil, settings: RunSettings = RunSettings(), serving: Serving? = nil,
    price: Price? = nil
) -> Plan {
    Plan(
        name: "test", description: nil,
        candidates: candidates.map {
            Candidate(
                id: $0, model: $0, quantization: nil,
                serving: serving ?? .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: $0)),
                sampling: SamplingSettings(maxTokens: 96, seed: seed), price: price)
        },
        tasks: ["a", "b"].map { task in
            EvaluationTask(
                name: task, maxTokens: task == "a" ? 5 : nil,
                graders: [.check(CheckDefinition(name: "exact"))],
                samples: (0..<samples).map { Sample(id: "\($0)", input: .text("\(task)\($0)"), target: ["yes"]) })
        },
        loads: loads, rounds: rounds, epochs: epochs, warmup: warmup, seed: 1, baseline: nil,
        settings: settings, source: Plan.Source(path: "test.yaml", text: "", digests: [:]))
}
