import PoiseCore
import Synchronization
import Testing

@testable import PoiseRunner

/// Endpoints in trouble and limits of the user, through the whole runner.
@Suite struct TroubleTests {
    /// Pauses that take no time; the outage is the one thing that is waited for.
    private func run(
        _ plan: Plan, _ host: ScriptedHost, _ recorder: MemoryRecorder, limits: RunLimits = RunLimits(),
        outage: Duration = .seconds(300), watch: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> RunOutcome {
        try await Runner(
            plan: plan, host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: 2, base: .zero, longest: .zero), limits: limits,
            breaker: CircuitBreaker.Policy(firstPause: .zero, longestPause: .zero, outage: outage), nonce: 1,
            grade: { _, _, _ in [GraderScore(grader: "g", score: .scored(value: 1, answer: "", explanation: ""))] },
            watch: watch
        ).run()
    }

    @Test(arguments: [Load.concurrency(1), .concurrency(3), .rate(perSecond: 100_000, arrivals: .constant)])
    func `trials that fail since the endpoint is gone are asked again when it is back`(load: Load) async throws {
        let host = ScriptedHost { _, _, count in (2..<22).contains(count) ? .fails(.refused) : .says("yes") }
        let recorder = MemoryRecorder()
        let outcome = try await run(plan(candidates: ["one"], loads: [load]), host, recorder)
        #expect(outcome.status == .done)
        #expect(outcome.completed == 8 && outcome.failed == 0)
        #expect(Set(recorder.measured.map(\.key)).count == 8)
        let shortfall = try #require(recorder.shortfalls.withLock { $0 }.first)
        #expect(shortfall.outages >= 1)
        #expect(shortfall.requests == 28)
        #expect(shortfall.load == load)
    }

    @Test func `an endpoint that does not come back is given up, and what was under way is a named failure`()
        async throws
    {
        let host = ScriptedHost { _, _, count in count < 3 ? .says("yes") : .fails(.refused) }
        let recorder = MemoryRecorder()
        let outcome = try await run(plan(candidates: ["one"]), host, recorder, outage: .zero)
        #expect(outcome.status == .incomplete)
        #expect(outcome.problems.map(\.candidate) == ["one"])
        #expect(
            outcome.problems[0].reason.hasPrefix("its endpoint has failed for 0 s, the last time because it failed"))
        #expect(outcome.completed == 3 && outcome.failed == 1)
        #expect(recorder.measured.last?.failure?.kind == .refused)
        #expect(recorder.measured.last?.scores == [])
    }

    @Test func `one request that breaks the server fails by itself, and the others go on`() async throws {
        let host = ScriptedHost { _, prompt, _ in
            prompt == "a1" ? .fails(.serverError, status: 500) : .says("yes")
        }
        let recorder = MemoryRecorder()
        let outcome = try await run(plan(candidates: ["one"]), host, recorder)
        #expect(outcome.status == .done)
        #expect(outcome.completed == 7)
        let failed = recorder.measured.filter { $0.response == nil }
        #expect(failed.map(\.key.sample) == ["1"])
        // Its retries, and where it came first the excuses of a row.
        #expect((3...6).contains(failed[0].attempts.count))
    }

    @Test func `what is turned away is asked again, and the level says that its load was not offered`() async throws {
        let host = ScriptedHost { _, _, count in count % 5 != 0 ? .fails(.rateLimited, status: 429) : .says("yes") }
        let recorder = MemoryRecorder()
        let outcome = try await run(plan(candidates: ["one"]), host, recorder)
        #expect(outcome.completed == 8 && outcome.failed == 0)
        let shortfall = try #require(recorder.shortfalls.withLock { $0 }.first)
        #expect(shortfall.turnedAway == 28)
        #expect(shortfall.requests == 36)
    }

    @Test func `a level without trouble has no shortfall`() async throws {
        let recorder = MemoryRecorder()
        _ = try await run(plan(loads: [1, 3]), ScriptedHost { _, _, _ in .says("yes") }, recorder)
        #expect(recorder.shortfalls.withLock { $0.isEmpty })
    }

    @Test func `so many failures end the run, and what is finished is kept`() async throws {
        let host = ScriptedHost { _, _, count in count % 3 == 2 ? .fails(.rejected, status: 400) : .says("yes") }
        let recorder = MemoryRecorder()
        let told = Mutex<[String]>([])
        let outcome = try await run(plan(rounds: 2), host, recorder, limits: RunLimits(failOnError: .count(2))) {
            event in
            if case .limitReached(let reason) = event { told.withLock { $0.append(reason) } }
        }
        #expect(outcome.status == .incomplete)
        #expect(outcome.isCutShort)
        #expect(recorder.measured.count == 6)
        #expect(outcome.completed == 4 && outcome.failed == 2)
        #expect(host.log.withLock { $0.opened } == ["one 1"])
        #expect(told.withLock { $0 } == outcome.problems.map(\.reason))
    }

    @Test func `a run stops before it costs more than it may`() async throws {
        let price = Price(input: 1, output: 0, per: "thousand tokens", currency: "EUR", source: nil, date: nil)
        let recorder = MemoryRecorder()
        let outcome = try await run(
            plan(price: price), ScriptedHost { _, _, _ in .counts(1000, 9) }, recorder, limits: RunLimits(maxCost: 10))
        #expect(recorder.measured.count == 10)
        #expect(outcome.status == .incomplete && outcome.isCutShort)
    }

    @Test func `a limit that all trials keep leaves the run done`() async throws {
        let price = Price(input: 1, output: 0, per: "thousand tokens", currency: "EUR", source: nil, date: nil)
        let outcome = try await run(
            plan(price: price), ScriptedHost { _, _, _ in .counts(1000, 9) }, MemoryRecorder(),
            limits: RunLimits(failOnError: .count(1), maxCost: 16, maxTime: 86_400))
        #expect(outcome.status == .done)
        #expect(outcome.problems.isEmpty)
    }

    @Test(arguments: [Load.concurrency(1), .rate(perSecond: 1000, arrivals: .poisson)])
    func `time that is over ends the run, also before its first trial`(load: Load) async throws {
        let recorder = MemoryRecorder()
        let outcome = try await run(
            plan(loads: [load]), ScriptedHost { _, _, _ in .says("yes") }, recorder, limits: RunLimits(maxTime: 1e-9))
        #expect(recorder.measured.isEmpty)
        #expect(outcome.status == .incomplete && outcome.isCutShort)
        #expect(outcome.problems.count == 1)
    }
}
