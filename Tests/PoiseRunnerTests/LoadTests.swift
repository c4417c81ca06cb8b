import Foundation
import PoiseCore
import Synchronization
import Testing

@testable import PoiseRunner

/// Loads, stop conditions, prefixes and candidates at once, through the whole runner.
@Suite struct LoadTests {
    private let fast = Load.rate(perSecond: 100_000, arrivals: .poisson)

    private func run(
        _ plan: Plan, _ host: ScriptedHost, _ recorder: MemoryRecorder = MemoryRecorder(), mostInFlight: Int? = nil,
        watch: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> RunOutcome {
        try await Runner(
            plan: plan, host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: 2, base: .zero, longest: .zero), mostInFlight: mostInFlight, nonce: 1,
            grade: { _, _, _ in [GraderScore(grader: "g", score: .scored(value: 1, answer: "", explanation: ""))] },
            watch: watch
        ).run()
    }

    @Test func `an open loop sends every request, whatever became of those before it`() async throws {
        let arrived = Mutex(0)
        let host = ScriptedHost { _, _, _ in
            // None answers before all have been sent: a closed loop would never get there.
            arrived.withLock { $0 += 1 }
            while arrived.withLock({ $0 }) < 8 { await Task.yield() }
            return .says("yes")
        }
        let recorder = MemoryRecorder()
        let outcome = try await run(plan(candidates: ["one"], loads: [fast]), host, recorder)
        #expect(outcome.completed == 8)
        #expect(host.log.withLock { $0.mostInFlight } == 8)
        #expect(recorder.measured.allSatisfy { $0.score != nil })
    }

    @Test(arguments: [Load.concurrency(2), .rate(perSecond: 100_000, arrivals: .poisson)])
    func `a slow grader holds up no request, and all that ended is graded`(load: Load) async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let waited = Mutex(false)
        let runner = Runner(
            plan: plan(candidates: ["one"], loads: [load]), host: host, recorder: recorder, nonce: 1,
            grade: { _, _, _ in
                // Not before all have been asked: requests that wait for their grader would never get there.
                let deadline = Instant.now() + .seconds(20)
                while host.log.withLock(\.asked.count) < 8, Instant.now() < deadline { sched_yield() }
                waited.withLock { $0 = $0 || Instant.now() >= deadline }
                return [GraderScore(grader: "g", score: .scored(value: 1, answer: "", explanation: ""))]
            }, watch: { _ in })
        let outcome = try await runner.run()
        #expect(!waited.withLock { $0 })
        #expect(outcome.completed == 8)
        #expect(recorder.measured.count == 8 && recorder.measured.allSatisfy { $0.score?.value == 1 })
    }

    @Test func `with one request at a time, nothing is asked while a grader works`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let asked = Mutex<[Int]>([])
        let runner = Runner(
            plan: plan(candidates: ["one"]), host: host, recorder: MemoryRecorder(), nonce: 1,
            grade: { _, _, _ in
                let before = host.log.withLock(\.asked.count)
                for _ in 0..<1000 { sched_yield() }
                asked.withLock { $0.append(host.log.withLock(\.asked.count) - before) }
                return []
            }, watch: { _ in })
        _ = try await runner.run()
        #expect(asked.withLock { $0 } == Array(repeating: 0, count: 8))
    }

    @Test func `what ended before an interruption is graded and kept, whatever waits for the grader`() async throws {
        let host = ScriptedHost { _, _, count in
            if count < 6 { return .says("yes") }
            while !Task.isCancelled { await Task.yield() }
            return .fails(.interrupted)
        }
        let recorder = MemoryRecorder()
        let mayGrade = Mutex(false)
        let runner = Runner(
            plan: plan(candidates: ["one"], loads: [2]), host: host, recorder: recorder, nonce: 1,
            grade: { _, _, _ in
                while !mayGrade.withLock({ $0 }) { sched_yield() }
                return [GraderScore(grader: "g", score: .scored(value: 1, answer: "", explanation: ""))]
            }, watch: { _ in })
        let run = Task { try await runner.run() }
        while host.log.withLock(\.asked.count) < 8 { await Task.yield() }
        run.cancel()
        mayGrade.withLock { $0 = true }
        let outcome = try await run.value
        #expect(outcome.status == .interrupted)
        #expect(recorder.measured.count == 6 && recorder.measured.allSatisfy { $0.score?.value == 1 })
    }

    @Test func `a recorder that fails ends the run at a load too`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder(failure: RequestFailure(kind: .notSent, message: "the disk is full"))
        let error = await #expect(throws: RequestFailure.self) {
            try await run(plan(candidates: ["one", "two"], loads: [4]), host, recorder)
        }
        #expect(error?.message == "the disk is full")
        #expect(host.log.withLock(\.opened) == ["one 1"])
        #expect(host.log.withLock(\.closed) == ["one"])
    }

    @Test func `open-loop trials are timed from the instants that were drawn`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await run(plan(candidates: ["one"], loads: [fast]), host, recorder)
        let scheduled = recorder.measured.map(\.scheduled).sorted()
        let first = try #require(scheduled.first)
        let expected = try #require(ArrivalSchedule(load: fast, count: 8, seed: 1, round: 1))
        #expect(scheduled.map { $0 - first } == expected.offsets)
        for trial in recorder.measured {
            #expect(trial.queueDelay > .zero)
            #expect(trial.timeToDone >= trial.queueDelay)
        }
    }

    @Test func `closed-loop trials are scheduled when their worker takes them`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await run(plan(candidates: ["one"]), host, recorder)
        let trials = recorder.measured
        for (earlier, later) in zip(trials, trials.dropFirst()) {
            #expect(later.scheduled >= earlier.scheduled + earlier.timeToDone)
        }
    }

    @Test func `the time to done holds failed attempts, and the queue delay ends at the first`() async throws {
        let host = ScriptedHost { _, _, count in count == 0 ? .fails(.brokenOff) : .says("yes") }
        let recorder = MemoryRecorder()
        _ = try await run(plan(candidates: ["one"], samples: 1), host, recorder)
        let first = try #require(recorder.measured.first)
        let starts: [Instant] = first.attempts.compactMap(\.started)
        #expect(starts.count == 2)
        #expect(first.timeToDone >= first.queueDelay + (starts[1] - starts[0]))
    }

    @Test func `a server that cannot keep up is a problem, and the other levels are measured`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let outcome = try await run(plan(candidates: ["one"], loads: [fast, 1]), host, recorder, mostInFlight: 0)
        #expect(outcome.status == .incomplete)
        #expect(
            outcome.problems.map(\.reason) == [
                "at 100000/s, round 1, the server cannot keep up: 0 requests were in flight at once"
            ])
        #expect(recorder.stopped.map(\.reason) == [.overload])
        #expect(recorder.stopped.map(\.asked) == [0])
        #expect(recorder.measured.map(\.key.load) == Array(repeating: 1, count: 8))
    }

    @Test func `a stop condition ends each candidate's level, with the same samples for all`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let settings = RunSettings(stop: StopCondition(requests: 3))
        let plan = plan(loads: [1, 2], rounds: 2, warmup: 2, settings: settings)
        let outcome = try await run(plan, host, recorder)
        #expect(outcome.status == .done)
        #expect(outcome.completed == 2 * 2 * 2 * 3)
        let stops = recorder.stopped
        #expect(stops.count == 8)
        #expect(stops.allSatisfy { $0.reason == .requests && $0.asked == 3 && $0.planned == 8 })
        let asked = Dictionary(grouping: recorder.measured, by: \.key.candidate).mapValues { trials in
            Set(trials.map { "\($0.key.task) \($0.key.sample) \($0.key.load) \($0.key.round)" })
        }
        #expect(asked["one"] == asked["two"])
    }

    @Test func `precision ends a level as soon as the speed is known`() async throws {
        let host = ScriptedHost { _, _, count in .decodes(20, at: 100 + Double(count % 2)) }
        let recorder = MemoryRecorder()
        let settings = RunSettings(stop: StopCondition(precision: 0.05))
        _ = try await run(plan(candidates: ["one"], samples: 100, settings: settings), host, recorder)
        #expect(recorder.measured.count == 20)
        #expect(recorder.stopped.first?.precision.map { $0 <= 0.05 } == true)
    }

    @Test func `a level that is not stopped says nothing of it`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let recorder = MemoryRecorder()
        let settings = RunSettings(stop: StopCondition(requests: 8, seconds: 3600))
        _ = try await run(plan(candidates: ["one"], settings: settings), host, recorder)
        #expect(recorder.stopped.isEmpty)
        #expect(recorder.measured.count == 8)
    }

    @Test func `connections are made ready before the warm-up and before each level`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let loads: [Load] = [1, 4, .rate(perSecond: 100_000, arrivals: .constant)]
        _ = try await run(plan(candidates: ["one"], loads: loads, warmup: 1), host)
        #expect(host.log.withLock { $0.prepared } == ["one 1", "one 1", "one 4", "one 128"])
    }

    @Test func `with a unique prefix no two requests are alike, retries and warm-up included`() async throws {
        let host = ScriptedHost { _, _, count in count == 5 ? .fails(.brokenOff) : .says("yes") }
        let settings = RunSettings(hasUniquePrefix: true)
        _ = try await run(plan(rounds: 2, epochs: 2, warmup: 20, settings: settings), host)
        let prompts = host.log.withLock { $0.asked.map(\.prompt) }
        // Two rounds of two candidates, each 20 + 16; and one retry of each candidate.
        #expect(prompts.count == 146)
        #expect(Set(prompts.map { $0.prefix(19) }).count == prompts.count)
        #expect(prompts.allSatisfy { $0.wholeMatch(of: /\[[0-9a-f]{16}\]\n[ab][0-3]/) != nil })
    }

    @Test func `candidates at once run together, and one that fails does not stop the other`() async throws {
        let arrived = Mutex<Set<String>>([])
        let host = ScriptedHost { name, _, count in
            // Neither goes on before the other has asked.
            arrived.withLock { _ = $0.insert(name) }
            while arrived.withLock({ $0.count }) < 2 { await Task.yield() }
            return name == "one" ? .fails(.unauthorized) : .says("yes")
        }
        let recorder = MemoryRecorder()
        let settings = RunSettings(candidatesAtOnce: 2)
        let outcome = try await run(plan(candidates: ["one", "two"], rounds: 2, settings: settings), host, recorder)
        #expect(outcome.problems.map(\.candidate) == ["one"])
        #expect(recorder.measured.count { $0.key.candidate == "two" } == 16)
        #expect(host.log.withLock { $0.opened.sorted() } == ["one 1", "two 1", "two 2"])
    }

    @Test func `no more candidates than asked for are open, and the next comes when one is done`() async throws {
        let open = Mutex((now: 0, most: 0))
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let settings = RunSettings(candidatesAtOnce: 2)
        _ = try await run(
            plan(candidates: ["a", "b", "c", "d", "e"], settings: settings), host,
            watch: { event in
                open.withLock { open in
                    if case .opening = event { open.now += 1 }
                    if case .closed = event { open.now -= 1 }
                    open.most = max(open.most, open.now)
                }
            })
        #expect(host.log.withLock { Set($0.closed) } == ["a", "b", "c", "d", "e"])
        #expect(open.withLock { $0.most } <= 2)
    }

    @Test func `engines on this machine run alone, whatever the plan says`() async throws {
        let host = ScriptedHost { _, _, _ in .says("yes") }
        let engine = Serving.managed(ManagedEngine(engine: .llamaCpp, file: "/m.gguf"))
        _ = try await run(plan(settings: RunSettings(candidatesAtOnce: 2), serving: engine), host)
        let order = host.log.withLock { $0.asked.map(\.candidate) }
        #expect(order == Array(repeating: "one", count: 8) + Array(repeating: "two", count: 8))
    }

    @Test(arguments: [Load.concurrency(4), .rate(perSecond: 100_000, arrivals: .poisson)])
    func `a session that answers only when cancelled does not hold up the end`(load: Load) async throws {
        let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
        let host = ScriptedHost { _, _, _ in
            continuation.finish()
            while !Task.isCancelled { await Task.yield() }
            return .fails(.interrupted)
        }
        let recorder = MemoryRecorder()
        let plan = plan(loads: [load], settings: RunSettings(candidatesAtOnce: 2))
        let running = Task { try await run(plan, host, recorder) }
        for await _ in asked {}
        running.cancel()
        let outcome = try await running.value
        #expect(outcome.status == .interrupted)
        #expect(recorder.measured.isEmpty)
        #expect(recorder.stopped.isEmpty)
        #expect(host.log.withLock { $0.closed.count } == host.log.withLock { $0.opened.count })
    }

    @Test func `an interrupted wait between retries ends at once`() async throws {
        let host = ScriptedHost { _, _, _ in
            .failed(RequestFailure(kind: .rateLimited, message: "later", retryAfter: 50))
        }
        let (retried, continuation) = AsyncStream.makeStream(of: Void.self)
        let runner = Runner(
            plan: plan(candidates: ["one"]), host: host, recorder: MemoryRecorder(),
            grade: { _, _, _ in [] },
            watch: { if case .retrying = $0 { continuation.finish() } })
        let running = Task { try await runner.run() }
        for await _ in retried {}
        running.cancel()
        #expect(try await running.value.status == .interrupted)
    }

    @Test func `an engine works on as many requests as the closed loops send, and on four in an open one`() {
        #expect(Runner.slots(for: [1, 8]) == 8)
        #expect(Runner.slots(for: [1, fast]) == 4)
        #expect(Runner.slots(for: []) == 1)
    }
}
