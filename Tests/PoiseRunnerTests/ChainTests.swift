import PoiseCore
import PoiseRunner
import Synchronization
import Testing

/// Samples with turns, carried out.
@Suite struct ChainTests {
    private static let tool = JSONValue.object([
        "type": .string("function"), "function": .object(["name": .string("look")]),
    ])

    private func plan(turns: Int = 3, samples: Int = 1, settings: RunSettings = RunSettings()) -> Plan {
        let samples = (0..<samples).map { sample in
            Sample(
                id: "\(sample)",
                turns: (1...turns).map { turn in
                    Turn(
                        input: "s\(sample) t\(turn)", target: ["yes"],
                        toolResults: [ToolResult(name: "look", content: "seen \(turn)")])
                }, tools: [Self.tool])
        }
        return Plan(
            name: "chains", description: nil,
            candidates: [
                Candidate(
                    id: "one", model: "one", quantization: nil,
                    serving: .endpoint(Endpoint(baseURL: "http://127.0.0.1:1/v1", model: "one")),
                    sampling: SamplingSettings(maxTokens: 96))
            ],
            tasks: [
                EvaluationTask(name: "a", graders: [.check(CheckDefinition(name: "exact"))], samples: samples)
            ],
            loads: [1], rounds: 1, epochs: 1, warmup: 0, seed: 1, baseline: nil, settings: settings,
            source: Plan.Source(path: "test.yaml", text: "", digests: [:]))
    }

    private func runner(_ plan: Plan, _ host: ScriptedHost, _ recorder: MemoryRecorder) -> Runner {
        Runner(
            plan: plan, host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: 2, base: .zero, longest: .zero), nonce: 5,
            grade: { response, _, _ in
                [
                    GraderScore(
                        grader: "turns",
                        score: .scored(
                            value: response.turns.allSatisfy { $0.answer == "yes" } ? 1 : 0,
                            answer: response.turns.map(\.answer).joined(separator: " "), explanation: ""))
                ]
            }, watch: { _ in })
    }

    private func calls(_ count: Int = 1) -> Attempt.Outcome {
        .responded(
            Response(
                answer: "", toolCalls: "look{}", finishReason: "tool_calls", report: ServerReport(),
                timeline: Timeline(chunks: [Timeline.Chunk(microseconds: 500, kind: .toolCall, characters: 6)]),
                calls: (1...count).map { ToolCall(id: "c\($0)", name: "look", arguments: "{}") }))
    }

    @Test func `the turns are asked one after the other, each with all that was said before`() async throws {
        let host = ScriptedHost { _, prompt, count in .says(count == 1 ? "no" : "yes") }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(), host, recorder).run()
        #expect(outcome.completed == 1 && outcome.failed == 0)
        let prompts = host.log.withLock { $0.prompts.map { $0.messages.map(\.content) } }
        // A wrong answer stands in the conversation and does not end it.
        #expect(prompts == [["s0 t1"], ["s0 t1", "yes", "s0 t2"], ["s0 t1", "yes", "s0 t2", "no", "s0 t3"]])
        let trial = try #require(recorder.measured.first)
        #expect(trial.score == .scored(value: 0, answer: "yes no yes", explanation: ""))
        #expect(trial.exchanges.map(\.turn) == [1, 2, 3])
        #expect(trial.exchanges.map(\.attempts) == [1, 1, 1])
        #expect(trial.metrics?.latency == 3)
        let starts = trial.exchanges.map(\.started)
        #expect(starts == starts.sorted() && starts.allSatisfy { $0 >= trial.scheduled })
        #expect(trial.timeToDone >= trial.exchanges.reduce(.zero) { $0 + $1.timeToDone })
    }

    @Test func `tools answer within the turn, and what they say costs no time of the model`() async throws {
        let tools = calls(2)
        let host = ScriptedHost { _, prompt, count in count == 0 ? tools : .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await runner(plan(turns: 2), host, recorder).run()
        let trial = try #require(recorder.measured.first)
        #expect(trial.exchanges.map(\.turn) == [1, 1, 2])
        #expect(trial.score?.value == 1)
        #expect(trial.metrics?.latency == 2.5)
        #expect(trial.metrics?.ttfo == 0.5)
        let prompts = host.log.withLock(\.prompts)
        #expect(prompts.allSatisfy { $0.tools == [Self.tool] })
        #expect(prompts[1].messages.map(\.role) == ["user", "assistant", "tool", "tool"])
        #expect(prompts[1].messages.compactMap(\.toolCallID) == ["c1", "c2"])
        #expect(prompts[1].messages.last?.content == "seen 1")
    }

    @Test func `a model that only calls has eight requests a turn`() async throws {
        let tools = calls()
        let host = ScriptedHost { _, _, _ in tools }
        let recorder = MemoryRecorder()
        _ = try await runner(plan(turns: 2), host, recorder).run()
        let trial = try #require(recorder.measured.first)
        #expect(trial.exchanges.map(\.turn) == Array(repeating: 1, count: 8) + Array(repeating: 2, count: 8))
        #expect(trial.score?.value == 0)
        #expect(!trial.isSilent)
    }

    @Test func `a request that failed ends the chain as failed, and what came before is kept`() async throws {
        let host = ScriptedHost { _, prompt, _ in
            prompt.hasSuffix("t2") ? .fails(.timedOut) : .says("yes")
        }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(samples: 2), host, recorder).run()
        #expect(outcome.failed == 2 && outcome.completed == 0)
        for trial in recorder.measured {
            #expect(trial.failure?.kind == .timedOut)
            #expect(trial.scores.isEmpty && trial.response == nil && trial.metrics == nil)
            #expect(trial.exchanges.map(\.turn) == [1])
            #expect(trial.attempts.count == 2)
        }
        // Nothing is asked behind a turn without an answer.
        #expect(host.log.withLock { $0.asked.count } == 4)
    }

    @Test func `a chain whose endpoint is given up between its turns is a failure, and never half an answer`()
        async throws
    {
        let host = ScriptedHost { _, _, count in count < 2 ? .says("yes") : .fails(.refused) }
        let recorder = MemoryRecorder()
        let runner = Runner(
            plan: plan(samples: 2), host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: 9, base: .zero, longest: .zero),
            breaker: CircuitBreaker.Policy(firstPause: .zero, longestPause: .zero, outage: .zero), nonce: 5,
            grade: { _, _, _ in [GraderScore(grader: "g", score: .scored(value: 1, answer: "", explanation: ""))] },
            watch: { _ in })
        let outcome = try await runner.run()
        #expect(outcome.completed == 0 && outcome.failed == 1)
        let trial = try #require(recorder.measured.first)
        #expect(trial.response == nil && trial.scores.isEmpty)
        #expect(trial.exchanges.map(\.turn) == [1, 2])
        #expect(outcome.problems[0].reason.hasPrefix("its endpoint has failed for"))
    }

    @Test func `a request within a chain is retried like any other`() async throws {
        let host = ScriptedHost { _, _, count in count == 1 ? .fails(.rateLimited, status: 429) : .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await runner(plan(), host, recorder).run()
        let trial = try #require(recorder.measured.first)
        #expect(trial.score?.value == 1)
        #expect(trial.attempts.count == 4)
        #expect(trial.exchanges.map(\.attempts) == [1, 2, 1])
        #expect(trial.metrics?.latency == 3)
    }

    @Test func `a chain that the run's end cuts off leaves nothing behind`() async throws {
        let running = Mutex<Task<RunOutcome, any Error>?>(nil)
        let host = ScriptedHost { _, prompt, _ in
            if prompt == "s1 t2" || prompt == "s0 t2" { running.withLock { $0 }?.cancel() }
            return .says("yes")
        }
        let recorder = MemoryRecorder()
        let runner = runner(plan(), host, recorder)
        let outcome = try await running.withLock { task in
            let made = Task { try await runner.run() }
            task = made
            return made
        }.value
        #expect(outcome.status == .interrupted)
        #expect(recorder.measured.isEmpty)
        #expect(host.log.withLock { $0.asked.count } == 2)
    }

    @Test func `an engine that dies within a chain fails it`() async throws {
        let host = ScriptedHost(
            engineFailure: { _, count in count >= 2 ? Told(what: "the engine is gone") : nil },
            answer: { _, _, count in count == 1 ? .fails(.brokenOff) : .says("yes") })
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(samples: 3), host, recorder).run()
        #expect(recorder.measured.map { $0.failure?.kind } == [.brokenOff])
        #expect(outcome.problems.map(\.reason) == ["the engine is gone"])
    }

    @Test func `the words that no cache knows stay the same through a chain, and differ between chains`() async throws {
        var settings = RunSettings()
        settings.hasUniquePrefix = true
        let host = ScriptedHost { _, _, _ in .says("yes") }
        _ = try await runner(plan(samples: 2, settings: settings), host, MemoryRecorder()).run()
        let firsts = host.log.withLock { $0.prompts.map { $0.messages[0].content.prefix(19) } }
        #expect(firsts.count == 6)
        #expect(Set(firsts[..<3]).count == 1 && Set(firsts[3...]).count == 1 && firsts[0] != firsts[3])
    }
}
