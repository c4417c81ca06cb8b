import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// How a run begins: anew, where an earlier one ended, or with what an earlier one has under another suite.
enum RunBeginning: Sendable {
    case new
    case resumed(ResumedRun, retriesFailed: Bool)
    case forked(from: ResumedRun)

    var retriesFailed: Bool {
        if case .resumed(_, let retriesFailed) = self { retriesFailed } else { false }
    }

    /// A run that is in the database and locked.
    struct Started {
        let record: RunRecord
        let lock: RunLock
        /// What it has already; nil of a new run.
        var finished: FinishedWork?
        /// By candidate, the engine that answered before.
        var engines: [String: EngineFacts] = [:]
        /// What kept candidates from being run to their end before.
        var problems: [(candidate: String, reason: String)] = []
    }

    /// Puts the run into the database, or back into it, and says so.
    ///
    /// - Parameter fresh: what the run would be if it began anew.
    /// - Throws: where another process has the run, or it may not go on here.
    func start(_ fresh: RunRecord, plan: Plan, in store: RunStore) async throws -> Started {
        let holder = RunLock.Holder(
            process: ProcessInfo.processInfo.processIdentifier, command: fresh.command, since: fresh.startedAt)
        switch self {
        case .new:
            let lock = try await RunLock.take(fresh.id, in: store, as: holder)
            try await store.begin(fresh, plan: plan)
            return Started(record: fresh, lock: lock)
        case .forked(let origin):
            let lock = try await RunLock.take(fresh.id, in: store, as: holder)
            try await fork(origin, into: fresh, plan: plan, in: store)
            return Started(
                record: fresh, lock: lock, finished: try await store.finishedWork(of: fresh.id),
                engines: try await store.engines(of: fresh.id))
        case .resumed(let resumed, let retriesFailed):
            try resumed.refuseOtherMachine(fresh.machine)
            let lock = try await RunLock.take(resumed.record.id, in: store, as: holder)
            // Under the lock: another process may have gone on with it, and ended, a moment ago.
            let record = try await store.run(resumed.record.id)
            return try await resume(record, fresh, lock, retriesFailed, in: store)
        }
    }

    private func resume(
        _ record: RunRecord, _ fresh: RunRecord, _ lock: RunLock, _ retriesFailed: Bool, in store: RunStore
    ) async throws -> Started {
        let finished = try await store.finishedWork(of: record.id)
        let started = Started(
            record: record, lock: lock, finished: finished, engines: try await store.engines(of: record.id),
            problems: try await store.problems(of: record.id))
        let resumptions = try await store.resumptions(of: record.id)
        let part = RunStore.Resumption(
            resumedAt: fresh.startedAt, pause: try await pause(before: fresh.startedAt, record, finished, in: store),
            finished: finished.finished + (retriesFailed ? 0 : finished.failed),
            retried: retriesFailed ? finished.failed : 0, poiseVersion: fresh.poiseVersion, command: fresh.command)
        try await store.resume(record.id, as: part, clock: finished.clock)
        let last = resumptions.last?.poiseVersion ?? record.poiseVersion
        if last != fresh.poiseVersion {
            try await Self.warn(
                "a part of it was made by Poise \(last), a later one by \(fresh.poiseVersion)", of: RunStore.wholeRun,
                record, in: store)
        }
        if let grading = try await store.grading(of: record.id) {
            try await Self.warn(
                "it was graded anew with \(grading.suite) before it went on; later trials have their own suite's scores"
                    + " until all is graded again", of: RunStore.wholeRun, record, in: store)
        }
        return started
    }

    /// Seconds since the part before ended; where it was killed, since its last trial.
    private func pause(
        before now: String, _ record: RunRecord, _ finished: FinishedWork, in store: RunStore
    ) async throws -> Double? {
        if let ended = record.endedAt { return Timestamp.seconds(from: ended, to: now) }
        let (began, clock) = try await store.lastPart(of: record.id) ?? (record.startedAt, .zero)
        return Timestamp.seconds(from: began, to: now).map { max(0, $0 - (finished.clock - clock).seconds) }
    }

    private func fork(_ origin: ResumedRun, into fresh: RunRecord, plan: Plan, in store: RunStore) async throws {
        let taking = Takeover(
            from: origin.plan, to: plan, isSameMachine: fresh.machine.identity == origin.record.machine.identity,
            isGradedAnew: try await store.grading(of: origin.record.id) != nil)
        let differences = origin.differences.map(\.text)
        let count = try await store.begin(
            fresh, plan: plan, from: origin.record.id, taking: taking, differences: differences)
        for difference in differences { Console.say("changed: \(difference)") }
        let reason = taking.obstacle.map { ": \($0)" } ?? ""
        Console.say(
            count == 0
                ? "nothing of run \(origin.record.id) is taken over\(reason)"
                : "\(Numbers.counted(count, "trial")) of run \(origin.record.id) \(count == 1 ? "is" : "are") taken over, with"
                    + " scores and speeds"
                    + (taking.hasWholeLevels ? "" : "; not what they say of throughput, since some beside them are not")
        )
        if count > 0, origin.record.poiseVersion != fresh.poiseVersion {
            try await Self.warn(
                "the trials that it took over were made by Poise \(origin.record.poiseVersion)", of: RunStore.wholeRun,
                fresh, in: store)
        }
    }

    /// Says what of this part is not as before, and keeps it for the reports.
    static func warn(_ text: String, of candidate: String, _ run: RunRecord, in store: RunStore) async throws {
        Console.say("warning: \(candidate.isEmpty ? "" : "\(candidate): ")\(text)")
        try await store.warn(text, of: candidate, in: run.id)
    }
}
