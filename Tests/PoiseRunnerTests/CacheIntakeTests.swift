import PoiseCore
import PoiseRunner
import Synchronization
import Testing

/// Passes that take responses over in place of asking.
@Suite struct CacheIntakeTests {
    /// A host that can tell where responses come from.
    private struct KnownHost: CandidateHost {
        let scripted: ScriptedHost
        var build = "1"

        func open(_ candidate: Candidate, round: Int, slots: Int) async throws -> any CandidateSession {
            try await scripted.open(candidate, round: round, slots: slots)
        }

        func source(of candidate: Candidate, slots: Int) async -> KnownSource? {
            KnownSource(
                source: ResponseSource(["build": build]),
                facts: EngineFacts(engine: "scripted", build: build, arguments: [], loadTime: nil, modelFile: nil),
                body: { prompt, sampling in
                    Array("\(prompt.messages.map(\.content)) \(sampling)".utf8)
                })
        }
    }

    /// Has what other runs recorded, without the samples that it shall not know.
    private final class MemoryCache: ResponseCache {
        let asked = Mutex(0)
        private let known: [ResponseKey: CachedResponse]

        init(of recorder: MemoryRecorder, without isUnknown: (TrialKey) -> Bool = { _ in false }) {
            var known: [ResponseKey: CachedResponse] = [:]
            for trial in recorder.trials.withLock({ $0 }) where !isUnknown(trial.key) {
                guard let key = trial.responseKey, let response = trial.response else { continue }
                let counts = CachedCounts(outputTokens: trial.metrics?.outputTokens)
                known[key] = CachedResponse(
                    run: "earlier", request: trial.attempts.last?.request ?? "",
                    response: response.withoutTimes(counts), exchanges: trial.exchanges.map { $0.withoutTimes(counts) })
            }
            self.known = known
        }

        func responses(for keys: [ResponseKey]) async throws -> [ResponseKey: CachedResponse] {
            asked.withLock { $0 += keys.count }
            return known.filter { keys.contains($0.key) }
        }
    }

    private func run(
        _ plan: Plan, on host: some CandidateHost, cache: (any ResponseCache)? = nil, score: Double = 1,
        events: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> (recorder: MemoryRecorder, outcome: RunOutcome) {
        let recorder = MemoryRecorder()
        let runner = Runner(
            plan: plan, host: host, recorder: recorder, nonce: 1, cache: cache,
            grade: { response, _, _ in
                [GraderScore(grader: "exact", score: .scored(value: score, answer: response.answer, explanation: ""))]
            }, watch: events)
        return (recorder, try await runner.run())
    }

    private func host() -> KnownHost { KnownHost(scripted: ScriptedHost { _, prompt, _ in .says("re \(prompt)") }) }

    @Test func `a second run of the same plan asks nothing, starts nothing, and has the same texts without times`()
        async throws
    {
        let plan = plan(loads: [1, 2], rounds: 2, epochs: 2, warmup: 1, seed: 5)
        let (first, _) = try await run(plan, on: host())
        #expect(first.measured.count == plan.trialCount)
        let keys = first.measured.compactMap(\.responseKey)
        #expect(Set(keys).count == plan.trialCount)
        #expect(first.trials.withLock { $0.allSatisfy { !$0.key.isWarmup || $0.responseKey == nil } })

        let again = host()
        let (second, outcome) = try await run(plan, on: again, cache: MemoryCache(of: first), score: 0)
        #expect(again.scripted.log.withLock { $0.opened.isEmpty && $0.asked.isEmpty })
        #expect(outcome.status == .done)
        #expect(outcome.completed == plan.trialCount)
        // One for each round of each candidate, though nothing was opened.
        #expect(second.engines.withLock(\.count) == 4)
        let texts = { (trials: [Trial]) in
            Dictionary(uniqueKeysWithValues: trials.map { ($0.key, $0.response?.answer) })
        }
        #expect(texts(second.trials.withLock { $0 }) == texts(first.measured))
        for trial in second.measured {
            #expect(trial.cachedFrom == "earlier")
            #expect(trial.score == .scored(value: 0, answer: trial.response?.answer ?? "", explanation: ""))
            #expect(trial.response?.timeline == Timeline())
            #expect(trial.metrics?.outputTokens == 1)
            #expect(trial.metrics?.latency == nil)
            #expect(trial.metrics?.ttft == nil)
            #expect((trial.queueDelay, trial.timeToDone) == (.zero, .zero))
        }
    }

    @Test func `what is not there is asked, at the planned load, and the rest is taken over before it is opened`()
        async throws
    {
        let plan = plan(candidates: ["one"], samples: 20, loads: [4], warmup: 1)
        let (first, _) = try await run(plan, on: host())
        let cache = MemoryCache(of: first) { $0.sample < "3" }
        let again = host()
        let order = Mutex<[String]>([])
        let (second, _) = try await run(plan, on: again, cache: cache) { event in
            switch event {
            case .finished(let trial): order.withLock { $0.append(trial.cachedFrom == nil ? "asked" : "taken") }
            case .opened: order.withLock { $0.append("opened") }
            default: break
            }
        }
        let missing = first.measured.count { $0.key.sample < "3" }
        #expect((1..<40).contains(missing))
        #expect(second.measured.count { $0.cachedFrom == nil } == missing)
        #expect(second.measured.count == 40)
        #expect(second.measured.allSatisfy { $0.responseKey != nil })
        // With the warm-up.
        #expect(again.scripted.log.withLock(\.asked.count) == missing + 1)
        let events = order.withLock { $0 }
        #expect(events.firstIndex(of: "opened") == 40 - missing)
        #expect(events.lastIndex(of: "taken") == 40 - missing - 1)
    }

    @Test func `an open loop has arrivals for those alone that are asked`() async throws {
        let plan = plan(candidates: ["one"], samples: 6, loads: [.rate(perSecond: 200, arrivals: .constant)])
        let (first, _) = try await run(plan, on: host())
        let (second, _) = try await run(plan, on: host(), cache: MemoryCache(of: first) { $0.task == "a" })
        let asked = second.measured.filter { $0.cachedFrom == nil }
        let instants = asked.map(\.scheduled.seconds).sorted()
        #expect(asked.count == 6)
        // Six arrivals 5 ms apart, whatever was left out between them.
        for (index, instant) in instants.enumerated() {
            #expect(abs(instant - instants[0] - Double(index) * 0.005) < 1e-6)
        }
    }

    @Test func `a level of so many requests counts those that were taken over`() async throws {
        let plan = plan(
            candidates: ["one"], samples: 20,
            settings: RunSettings(stop: StopCondition(requests: 10)))
        let (first, _) = try await run(plan, on: host())
        #expect(first.measured.count == 10)
        let again = host()
        let (second, _) = try await run(plan, on: again, cache: MemoryCache(of: first))
        #expect(second.measured.count == 10)
        #expect(again.scripted.log.withLock { $0.asked.isEmpty && $0.opened.isEmpty })
        #expect(second.stopped == first.stopped)

        let gone = try #require(first.measured.last?.key)
        let third = host()
        let (part, _) = try await run(plan, on: third, cache: MemoryCache(of: first) { $0 == gone })
        #expect(third.scripted.log.withLock(\.asked.count) == 1)
        #expect(part.stopped == first.stopped)
        #expect(part.measured.count == 10)
    }

    @Test func `another build, another cap, and a host that cannot tell find nothing`() async throws {
        let plan = plan(candidates: ["one"])
        let (first, _) = try await run(plan, on: host())
        let cache = MemoryCache(of: first)
        let newer = KnownHost(scripted: ScriptedHost { _, _, _ in .says("x") }, build: "2")
        #expect(try await run(plan, on: newer, cache: cache).recorder.measured.allSatisfy { $0.cachedFrom == nil })
        let seeded = Self.seeded
        #expect(try await run(seeded, on: host(), cache: cache).recorder.measured.allSatisfy { $0.cachedFrom == nil })
        let blind = ScriptedHost { _, _, _ in .says("x") }
        let (unknown, _) = try await run(plan, on: blind, cache: cache)
        #expect(unknown.measured.allSatisfy { $0.cachedFrom == nil && $0.responseKey == nil })
    }

    private static let seeded = plan(candidates: ["one"], seed: 9)

    @Test func `failures have no key, and unique prefixes leave none`() async throws {
        let plan = plan(candidates: ["one"])
        let failing = KnownHost(scripted: ScriptedHost { _, _, _ in .fails(.timedOut) })
        #expect(try await run(plan, on: failing).recorder.measured.allSatisfy { $0.responseKey == nil })
        let marked = PoiseRunnerTests.plan(candidates: ["one"], settings: RunSettings(hasUniquePrefix: true))
        let (first, _) = try await run(marked, on: host())
        #expect(first.measured.allSatisfy { $0.responseKey == nil })
        let cache = MemoryCache(of: first)
        _ = try await run(marked, on: host(), cache: cache)
        #expect(cache.asked.withLock { $0 } == 0)
    }
}
