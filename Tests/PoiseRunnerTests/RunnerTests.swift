import PoiseCore
import PoiseRunner
import Synchronization
import Testing

@Suite struct RunnerTests {
    private func runner(
        _ plan: Plan, _ host: ScriptedHost, _ recorder: MemoryRecorder, retries: Int = 2,
        watch: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) -> Runner {
        Runner(
            plan: plan, host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: retries, base: .zero, longest: .zero),
            grade: { response, _, sample in
                let isRight = sample.target.contains(response.answer)
                return [
                    GraderScore(
                        grader: "exact",
                        score: .scored(value: isRight ? 1 : 0, answer: response.answer, explanation: ""))
                ]
            }, watch: watch)
    }

    @Test func `rounds interleave the candidates, and each is opened and closed once a round`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(rounds: 2), host, recorder).run()
        #expect(outcome.status == .done)
        #expect(outcome.completed == 2 * 8 * 2)
        #expect(host.log.withLock { $0.opened } == ["one 1", "two 1", "one 2", "two 2"])
        #expect(host.log.withLock { $0.closed } == ["one", "two", "one", "two"])
    }

    @Test func `every sample is asked once for each epoch, load and round, in the same order for all candidates`()
        async throws
    {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let plan = plan(loads: [1], rounds: 2, epochs: 2)
        _ = try await runner(plan, host, recorder).run()
        let keys = recorder.measured.map(\.key)
        #expect(keys.count == plan.trialCount)
        #expect(Set(keys).count == plan.trialCount)
        for round in 1...2 {
            let orders = ["one", "two"].map { candidate in
                keys.filter { $0.candidate == candidate && $0.round == round }.map {
                    "\($0.task)\($0.sample) \($0.epoch)"
                }
            }
            #expect(orders[0] == orders[1])
        }
    }

    @Test(arguments: [1, 3])
    func `no more requests than the load are in flight, and the load is reached`(load: Int) async throws {
        let arrived = Mutex(0)
        let host = ScriptedHost { _, _, _ in
            // Each waits until as many as the load are there (or all have been).
            arrived.withLock { $0 += 1 }
            while arrived.withLock({ $0 }) < load { await Task.yield() }
            return .says("yes")
        }
        _ = try await runner(plan(candidates: ["one"], loads: [.concurrency(load)]), host, MemoryRecorder()).run()
        #expect(host.log.withLock { $0.mostInFlight } == load)
    }

    @Test func `warm-up is asked first, stored and marked`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(candidates: ["one"], warmup: 3), host, recorder).run()
        let warmups = recorder.trials.withLock { $0.map(\.key.isWarmup) }
        #expect(warmups == [true, true, true] + Array(repeating: false, count: 8))
        #expect(outcome.completed == 8)
    }

    @Test func `the task's length cap stands before the candidate's, and each epoch has a seed of its own`()
        async throws
    {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        _ = try await runner(plan(candidates: ["one"], epochs: 2, seed: 10), host, MemoryRecorder()).run()
        let asked = host.log.withLock { $0.asked }
        #expect(Set(asked.filter { $0.prompt.hasPrefix("a") }.map(\.sampling.maxTokens)) == [5])
        #expect(Set(asked.filter { $0.prompt.hasPrefix("b") }.map(\.sampling.maxTokens)) == [96])
        #expect(asked.filter { $0.prompt == "a0" }.compactMap(\.sampling.seed).sorted() == [10, 11])
    }

    @Test func `a failed request is retried, and only its last attempt is the response`() async throws {
        let host = ScriptedHost { _, _, count in count == 0 ? .fails(.brokenOff) : .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await runner(plan(candidates: ["one"]), host, recorder).run()
        let first = try #require(recorder.measured.first)
        #expect(first.attempts.count == 2)
        #expect(first.response?.answer == "yes")
        #expect(recorder.measured.count == 8)
    }

    @Test func `a failure is stored without a score, never as a wrong answer`() async throws {
        let host = ScriptedHost { _, prompt, _ in prompt == "a1" ? .fails(.rejected, status: 400) : .says("no") }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(candidates: ["one"]), host, recorder).run()
        let failed = recorder.measured.filter { $0.response == nil }
        #expect(failed.map(\.key.sample) == ["1"])
        #expect(failed.allSatisfy { $0.scores.isEmpty && $0.score == nil })
        #expect(outcome.failed == 1)
        #expect(outcome.completed == 7)
        #expect(outcome.status == .done)
    }

    @Test func `a candidate that cannot be opened is left out, and the others go on`() async throws {
        let host = ScriptedHost(openFailure: { name, _ in name == "one" ? Told(what: "no such file") : nil }) {
            _, _, _ in
            .says("yes")
        }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(rounds: 2), host, recorder).run()
        #expect(outcome.status == .incomplete)
        #expect(outcome.problems.map(\.candidate) == ["one"])
        #expect(outcome.problems.map(\.reason) == ["no such file"])
        #expect(host.log.withLock { $0.opened } == ["one 1", "two 1", "two 2"])
        #expect(recorder.measured.allSatisfy { $0.key.candidate == "two" })
    }

    @Test func `an engine that dies ends its candidate, keeps what finished, and is closed`() async throws {
        let host = ScriptedHost(
            engineFailure: { name, count in name == "one" && count > 3 ? Told(what: "it crashed") : nil }
        ) { name, _, count in
            name == "one" && count >= 3 ? .fails(.refused) : .says("yes")
        }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(), host, recorder).run()
        #expect(outcome.problems.map(\.reason) == ["it crashed"])
        let ofOne = recorder.measured.filter { $0.key.candidate == "one" }
        #expect(ofOne.count { $0.response != nil } == 3)
        #expect(ofOne.count { $0.response == nil } == 1)
        #expect(recorder.measured.count { $0.key.candidate == "two" } == 8)
        #expect(host.log.withLock { $0.closed } == ["one", "two"])
    }

    @Test func `a model that answers nothing is an error, and its scores are withdrawn`() async throws {
        let host = ScriptedHost { _, _, _ in .says("") }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(candidates: ["one"]), host, recorder).run()
        #expect(outcome.status == .incomplete)
        #expect(outcome.problems.first?.reason.contains("answers nothing") == true)
        #expect(recorder.measured.count == 5)
        #expect(Set(recorder.withdrawn.withLock { $0 }) == Set(recorder.measured.map(\.key)))
    }

    @Test func `cancelling ends the run, keeps what finished and closes the engine`() async throws {
        let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
        let host = ScriptedHost { _, _, count in
            guard count == 3 else { return .says("yes") }
            continuation.finish()
            while !Task.isCancelled { await Task.yield() }
            return .fails(.interrupted)
        }
        let recorder = MemoryRecorder()
        let runner = runner(plan(), host, recorder)
        let running = Task { try await runner.run() }
        for await _ in asked {}
        running.cancel()
        let outcome = try await running.value
        #expect(outcome.status == .interrupted)
        #expect(outcome.problems.isEmpty)
        #expect(recorder.measured.count == 3)
        #expect(host.log.withLock { $0.closed } == ["one"])
    }

    @Test func `a trial that cannot be kept ends the run with that error, and the engine is closed`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        await #expect(throws: Told(what: "disk full")) {
            _ = try await runner(plan(), host, MemoryRecorder(failure: Told(what: "disk full"))).run()
        }
        #expect(host.log.withLock { $0.closed } == ["one"])
    }

    @Test func `a response that was whole when the run was cancelled is kept`() async throws {
        let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
        let host = ScriptedHost { _, _, count in
            guard count == 3 else { return .says("yes") }
            continuation.finish()
            while !Task.isCancelled { await Task.yield() }
            return .says("yes")
        }
        let recorder = MemoryRecorder()
        let runner = runner(plan(), host, recorder)
        let running = Task { try await runner.run() }
        for await _ in asked {}
        running.cancel()
        let outcome = try await running.value
        #expect(outcome.status == .interrupted)
        #expect(outcome.completed == 4)
        #expect(recorder.measured.count == 4)
        #expect(recorder.measured.allSatisfy { $0.score != nil })
    }

    @Test func `empty answers that were in flight when a silent model was given up are withdrawn too`() async throws {
        let arrived = Mutex(0)
        let host = ScriptedHost { _, _, _ in
            arrived.withLock { $0 += 1 }
            while arrived.withLock({ $0 }) < 8 { await Task.yield() }
            return .says("")
        }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(candidates: ["one"], loads: [8]), host, recorder).run()
        #expect(outcome.problems.count == 1)
        #expect(recorder.measured.count == 8)
        #expect(Set(recorder.withdrawn.withLock { $0 }) == Set(recorder.measured.map(\.key)))
    }

    @Test func `an engine that dies without having said a word has no scores`() async throws {
        let host = ScriptedHost(engineFailure: { _, count in count > 2 ? Told(what: "it crashed") : nil }) {
            _, _, count in count < 2 ? .says("") : .fails(.brokenOff)
        }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(candidates: ["one"]), host, recorder).run()
        #expect(outcome.problems.map(\.reason) == ["it crashed"])
        #expect(recorder.measured.count == 3)
        #expect(recorder.withdrawn.withLock { $0.count } == 2)
    }

    @Test func `an engine's facts are kept before its first trial, and again at its end`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await runner(plan(candidates: ["one"]), host, recorder).run()
        #expect(recorder.engines.withLock { $0.map(\.trials) } == [0, 8])
    }
}
