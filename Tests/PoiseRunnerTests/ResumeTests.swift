import PoiseCore
import PoiseRunner
import Synchronization
import Testing

@Suite struct ResumeTests {
    private func runner(
        _ plan: Plan, _ host: ScriptedHost, _ recorder: MemoryRecorder, after finished: FinishedWork?,
        retries: Bool = false, halt: Halt = Halt()
    ) -> Runner {
        Runner(
            plan: plan, host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: 0, base: .zero, longest: .zero), halt: halt, finished: finished,
            retriesFailed: retries, grade: { _, _, _ in [] }, watch: { _ in })
    }

    /// What is in a database after these trials.
    private func work(_ trials: [Trial], stops: [LevelStop] = []) -> FinishedWork {
        var work = FinishedWork()
        for trial in trials where !trial.key.isWarmup {
            let key = LevelKey(candidate: trial.key.candidate, load: trial.key.load, round: trial.key.round)
            var level = work[key]
            let item = FinishedLevel.Item(task: trial.key.task, sample: trial.key.sample, epoch: trial.key.epoch)
            if trial.response == nil { level.failed.insert(item) } else { level.finished.insert(item) }
            let end = trial.scheduled + trial.timeToDone
            level.lastEnd = max(level.lastEnd ?? .zero, end)
            level.hasSpoken = level.hasSpoken || trial.response?.isEmpty == false
            work.levels[key] = level
            work.clock = max(work.clock, end)
        }
        for stop in stops {
            let key = LevelKey(candidate: stop.candidate, load: stop.load, round: stop.round)
            work.levels[key, default: FinishedLevel()].stop = stop.reason
        }
        return work
    }

    /// The whole run's trials, in the order in which they were asked.
    private func all(_ plan: Plan) async throws -> [Trial] {
        let recorder = MemoryRecorder()
        _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, recorder, after: nil).run()
        return recorder.measured
    }

    @Test(arguments: 0...16)
    func `wherever it was cut off, what is finished is not asked again and all is there in the end`(cut: Int)
        async throws
    {
        let plan = plan(warmup: 1)
        let before = Array(try await all(plan).prefix(cut))
        let (host, recorder) = (ScriptedHost { _, _, _ in .says("yes") }, MemoryRecorder())
        let outcome = try await runner(plan, host, recorder, after: work(before)).run()
        #expect(outcome.status == .done)
        let after = recorder.measured
        #expect(after.count == 16 - cut)
        #expect(Set(before.map(\.key)).isDisjoint(with: after.map(\.key)))
        #expect(Set(before.map(\.key)).union(after.map(\.key)).count == 16)
        // A pass that has nothing left is not opened; one that has is warmed up anew.
        let opened = cut == 16 ? [] : cut >= 8 ? ["two 1"] : ["one 1", "two 1"]
        #expect(host.log.withLock(\.opened) == opened)
        #expect(recorder.trials.withLock { $0.count(where: \.key.isWarmup) } == opened.count)
    }

    @Test func `what failed stays as it is, until it is asked for again`() async throws {
        let plan = plan(candidates: ["one"])
        let first = MemoryRecorder()
        _ = try await runner(
            plan, ScriptedHost { _, _, count in count % 4 == 3 ? .fails(.rejected) : .says("yes") }, first, after: nil
        ).run()
        let failed = first.measured.filter { $0.response == nil }.map(\.key)
        #expect(failed.count == 2)
        let idle = ScriptedHost { _, _, _ in .says("yes") }
        let outcome = try await runner(plan, idle, MemoryRecorder(), after: work(first.measured)).run()
        #expect(outcome.status == .done)
        #expect(idle.log.withLock { $0.opened }.isEmpty)
        let again = MemoryRecorder()
        _ = try await runner(
            plan, ScriptedHost { _, _, _ in .says("yes") }, again, after: work(first.measured), retries: true
        ).run()
        #expect(again.measured.map(\.key) == failed)
    }

    @Test func `a level that its own condition stopped stays stopped, but for what failed in it`() async throws {
        let plan = plan(candidates: ["one"], settings: RunSettings(stop: StopCondition(requests: 5)))
        let first = MemoryRecorder()
        _ = try await runner(
            plan, ScriptedHost { _, _, count in count == 4 ? .fails(.rejected) : .says("yes") }, first, after: nil
        ).run()
        #expect(first.measured.count == 5 && first.stopped.map(\.reason) == [.requests])
        let stopped = work(first.measured, stops: first.stopped)
        let idle = MemoryRecorder()
        _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, idle, after: stopped).run()
        #expect(idle.measured.isEmpty)
        let again = MemoryRecorder()
        _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, again, after: stopped, retries: true).run()
        #expect(again.measured.count == 1)
        // Killed just before the stop was noted: it is noted now, and nothing is asked.
        let late = MemoryRecorder()
        _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, late, after: work(first.measured)).run()
        #expect(late.measured.isEmpty)
        #expect(late.stopped.map(\.asked) == [5] && late.stopped.map(\.planned) == [8])
    }

    @Test func `what was asked before counts towards the level's condition`() async throws {
        let plan = plan(candidates: ["one"], settings: RunSettings(stop: StopCondition(requests: 5)))
        let before = Array(try await all(plan).prefix(3))
        let recorder = MemoryRecorder()
        _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, recorder, after: work(before)).run()
        #expect(recorder.measured.count == 2)
        #expect(recorder.stopped.map(\.asked) == [5])
    }

    @Test func `a level's time goes on where it stood, and a new level's where the run's clock stood`() async throws {
        let plan = plan(candidates: ["one", "two"])
        var before = work(Array(try await all(plan).prefix(6)))
        let cut = LevelKey(candidate: "one", load: 1, round: 1)
        before.levels[cut]?.lastEnd = .seconds(100)
        before.clock = .seconds(500)
        let recorder = MemoryRecorder()
        _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, recorder, after: before).run()
        let one = recorder.measured.filter { $0.key.candidate == "one" }.map(\.scheduled.seconds)
        let two = recorder.measured.filter { $0.key.candidate == "two" }.map(\.scheduled.seconds)
        #expect(one.count == 2 && one.allSatisfy { $0 >= 100 && $0 < 400 })
        #expect(two.count == 8 && two.allSatisfy { $0 >= 500 })
    }

    @Test func `too few to reach the load again are marked, since their times are not the level's`() async throws {
        let plan = plan(candidates: ["one"], loads: [4])
        let whole = try await all(plan)
        for (left, isApart) in [(3, true), (4, false), (8, false)] {
            let recorder = MemoryRecorder()
            let finished = work(Array(whole.dropLast(left)))
            _ = try await runner(plan, ScriptedHost { _, _, _ in .says("yes") }, recorder, after: finished).run()
            #expect(recorder.measured.map(\.isApart) == Array(repeating: isApart, count: left))
        }
        // At one request at a time the load is reached by any.
        let single = PoiseRunnerTests.plan(candidates: ["one"])
        let recorder = MemoryRecorder()
        let finished = work(Array(try await all(single).dropLast(1)))
        _ = try await runner(single, ScriptedHost { _, _, _ in .says("yes") }, recorder, after: finished).run()
        #expect(recorder.measured.map(\.isApart) == [false])
    }

    @Test func `a candidate that spoke before is not given up for an empty answer at the end`() async throws {
        let plan = plan(candidates: ["one"])
        let before = Array(try await all(plan).dropLast(1))
        let recorder = MemoryRecorder()
        let host = ScriptedHost { _, _, _ in .says("") }
        let outcome = try await runner(plan, host, recorder, after: work(before)).run()
        #expect(outcome.status == .done)
        #expect(recorder.withdrawn.withLock { $0 }.isEmpty)
    }

    @Test func `halting asks nothing more, lets what is in flight finish, and keeps it`() async throws {
        let halt = Halt()
        let arrived = Mutex(0)
        let host = ScriptedHost { _, _, _ in
            let number = arrived.withLock { count in
                count += 1
                return count
            }
            if number == 3 { halt.request() }
            // All three are in flight when the end is wished for.
            while arrived.withLock({ $0 }) < 3 { await Task.yield() }
            return .says("yes")
        }
        let recorder = MemoryRecorder()
        let outcome = try await runner(plan(loads: [3]), host, recorder, after: nil, halt: halt).run()
        #expect(outcome.status == .interrupted && outcome.problems.isEmpty)
        #expect(recorder.measured.count == 3)
        #expect(host.log.withLock(\.opened) == ["one 1"] && host.log.withLock(\.closed) == ["one"])
        #expect(recorder.withdrawn.withLock { $0 }.isEmpty)
    }

    @Test func `halting leaves nothing of what fails from then on, and wakes a retry that waits`() async throws {
        let halt = Halt()
        let recorder = MemoryRecorder()
        let host = ScriptedHost { _, _, _ in .fails(.rateLimited) }
        let runner = Runner(
            plan: plan(), host: host, recorder: recorder,
            retryPolicy: RetryPolicy(retries: 3, base: .seconds(3600), longest: .seconds(3600)), halt: halt,
            grade: { _, _, _ in [] },
            watch: { event in if case .retrying = event { halt.request() } })
        let outcome = try await runner.run()
        #expect(outcome.status == .interrupted)
        #expect(recorder.measured.isEmpty)
    }

    @Test func `halting ends the opening of a candidate`() async throws {
        let halt = Halt()
        let opened = Mutex(false)
        struct Slow: CandidateHost {
            let began: @Sendable () -> Void
            let wasCancelled: @Sendable () -> Void
            func open(_ candidate: Candidate, round: Int, slots: Int) async throws -> any CandidateSession {
                began()
                while !Task.isCancelled { await Task.yield() }
                wasCancelled()
                throw CancellationError()
            }
        }
        let host = Slow(began: { halt.request() }, wasCancelled: { opened.withLock { $0 = true } })
        let outcome = try await Runner(
            plan: plan(), host: host, recorder: MemoryRecorder(), halt: halt, grade: { _, _, _ in [] }, watch: { _ in }
        ).run()
        #expect(outcome.status == .interrupted && outcome.problems.isEmpty)
        #expect(opened.withLock { $0 })
    }
}
