import Foundation
import PoiseCore
import PoiseStore

/// A folder that is there for one test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("poise-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { "\(path)/poise.sqlite" }
}

enum Fixture {
    static let machine = MachineFacts(processor: "Test CPU", cores: 2, memory: 1 << 30, system: "Test OS")

    static func run(_ id: String = "20261121-071413-000-test", at time: String = "2026-11-21T07:14:13Z") -> RunRecord {
        RunRecord(
            id: id, suite: "test", startedAt: time, endedAt: nil, status: .running, seed: .max - 1, machine: machine,
            poiseVersion: "0.1.0", command: "poise run test.yaml")
    }

    static let plan = Plan(
        name: "test", description: nil,
        candidates: [
            Candidate(
                id: "b@q4_0", model: "b", quantization: "q4_0",
                serving: .managed(ManagedEngine(engine: .llamaCpp, file: "/models/b.gguf", threads: 1)),
                sampling: SamplingSettings(temperature: 0, maxTokens: 8)),
            Candidate(
                id: "a", model: "a", quantization: nil,
                serving: .endpoint(
                    Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "a", apiKeyVariable: "A_KEY")),
                sampling: SamplingSettings()),
        ],
        tasks: [
            EvaluationTask(
                name: "add",
                graders: [
                    .check(CheckDefinition(name: "number", options: ["tolerance": .number(0.5)])),
                    .rubric(
                        RubricDefinition(
                            name: "short",
                            criteria: [
                                .init(
                                    name: "says it", weight: 2, required: true,
                                    measure: .check(CheckDefinition(name: "contains_all")))
                            ])),
                ],
                samples: [
                    Sample(id: "add-1", input: .text("Add 1 and 2."), target: ["3"]),
                    Sample(
                        id: "add-2", input: .messages([Message(role: "user", content: "Add 2 and 2.")]),
                        target: ["4", "four"], metadata: ["level": .number(1)]),
                ])
        ],
        loads: [1, 4], rounds: 2, epochs: 1, warmup: 1, seed: 7, baseline: "a",
        source: Plan.Source(path: "test.yaml", text: "name: test", digests: ["test.yaml": "00"]))

    static func key(
        _ candidate: String = "a", sample: String = "add-1", load: Load = 1, round: Int = 1, isWarmup: Bool = false
    ) -> TrialKey {
        TrialKey(
            candidate: candidate, task: "add", sample: sample, epoch: 1, load: load, round: round, isWarmup: isWarmup)
    }

    /// Ten answer chunks, a millisecond apart after 5 ms; the server counted an end token more.
    static func response(_ answer: String = "3") -> Response {
        var report = ServerReport()
        report.completionTokens = 11
        report.promptTokens = 20
        report.cachedTokens = 4
        report.decodeTPS = 990
        return Response(
            answer: answer, finishReason: "stop", report: report,
            timeline: Timeline(
                connect: .microseconds(80), firstByte: .microseconds(4000),
                chunks: [Timeline.Chunk(microseconds: 4000, kind: .role, characters: 0)]
                    + (0..<10).map { Timeline.Chunk(microseconds: 5000 + $0 * 1000, kind: .answer, characters: 1) }))
    }

    static func trial(_ key: TrialKey, score: Score = .scored(value: 1, answer: "3", explanation: "right")) -> Trial {
        Trial(
            key: key, attempts: [Attempt(request: #"{"model":"a"}"#, outcome: .responded(response()))],
            timeToDone: .milliseconds(15),
            scores: [
                GraderScore(grader: "number", score: score),
                GraderScore(
                    grader: "short", score: .unscored(reason: "no target"),
                    criteria: [CriterionScore(name: "says it", weight: 2, score: .unscored(reason: "no target"))]),
            ])
    }

    static func failed(_ key: TrialKey, kind: RequestFailure.Kind = .timedOut) -> Trial {
        let failure = RequestFailure(kind: kind, message: "it took too long")
        return Trial(
            key: key,
            attempts: [
                Attempt(request: "{}", outcome: .failed(RequestFailure(kind: .serverError, message: "busy"))),
                Attempt(request: "{}", outcome: .failed(failure)),
            ], timeToDone: .seconds(2))
    }
}
