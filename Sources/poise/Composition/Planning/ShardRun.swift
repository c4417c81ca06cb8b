import ArgumentParser
import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner
import PoiseStore
import Synchronization

/// One attempt at one shard of a plan: on this machine's disk until it is whole, then beside the other shards.
struct ShardRun {
    let file: PlanFile
    /// From 0.
    let shard: Int
    /// Where shards are gathered.
    let folder: String
    /// A folder on this machine's disk.
    let scratch: String
    let node: String?
    let trust: TrustDesk
    let calibrates: Bool
    let limits: RunLimits
    let isUnsafe: Bool
    let errors: Terminal

    enum Failure: ExplainedError {
        case otherPlan(path: String, difference: [String])
        case unreadable(path: String, reason: String)
        case otherGraders([String])
        case noScratch(path: String, reason: String)

        var what: String {
            switch self {
            case .otherPlan(_, let differences):
                "a shard of another plan has this one's name:\n"
                    + differences.map { "    \($0)" }.joined(separator: "\n")
            case .unreadable(_, let reason): "what has this shard's name cannot be read: \(reason)"
            case .otherGraders(let graders):
                "Poise \(poiseVersion) here grades otherwise than the one that made the plan: "
                    + graders.joined(separator: "; ")
            case .noScratch(_, let reason): "nothing can be written to the scratch folder: \(reason)"
            }
        }
        var place: String? {
            switch self {
            case .otherPlan(let path, _), .unreadable(let path, _), .noScratch(let path, _): path
            case .otherGraders: nil
            }
        }
        var remedy: String? {
            switch self {
            case .otherPlan: "Gather the shards of each plan in a folder of their own: --shards-dir."
            case .unreadable: "Move it away, and the shard is run again."
            case .otherGraders: "Use one version of Poise on all machines."
            case .noScratch: "Name a folder on this machine's disk with --scratch."
            }
        }
    }

    /// How an attempt ended.
    private enum Ending {
        case whole
        /// The reason, and the exit code.
        case partial(String, ExitCode)
    }

    private var attempts: ShardAttempts {
        ShardAttempts(file: file, shard: shard, folder: folder, scratch: scratch)
    }

    private var whole: ShardFile { ShardFile(shard: shard, of: file.shards) }

    /// Runs the shard, unless it is there already.
    ///
    /// - Throws: `Exit.temporary` where trying again can help; what keeps it from beginning.
    func run() async throws {
        try requireGraders()
        if file.poiseVersion != poiseVersion {
            Console.say("warning: the plan was made by Poise \(file.poiseVersion), and this is \(poiseVersion)")
        }
        if try await isThere() {
            Console.say("shard \(shard) of \(file.shards) is there already: \(whole.path(in: folder))")
            return
        }
        try trust.admit(
            file.plan.candidates + file.plan.judges, tasks: file.plan.tasks, of: file.plan.source.path)
        let own = AttemptFolder(attempts)
        let lock = try await begin(own)
        defer { lock.release() }
        do {
            let earlier = await attempts.best(for: await Machine.facts(), in: own.path)
            let database = "\(own.path)/\(AttemptFolder.database)"
            if let earlier { try AttemptFolder.move(earlier.copy, to: database) }
            try await end(try await attempt(at: database, after: earlier), database, after: earlier, own)
        } catch let error as RunStore.Failure {
            guard case .notWritten(_, _, isFull: true) = error else { throw error }
            Console.say("error: \(Console.explanation(of: error))\nwhat is finished is in \(own.path)")
            throw Exit.temporary
        } catch let error as ShardFile.Failure {
            Console.say("error: \(Console.explanation(of: error))")
            throw Exit.temporary
        }
    }

    /// Whether a whole one is there.
    ///
    /// - Throws: where it is one of another plan.
    private func isThere() async throws -> Bool {
        try await Self.isWhole(whole.path(in: folder), of: file)
    }

    /// Whether a path holds a whole shard of a plan.
    ///
    /// - Throws: where it is one of another plan, or none at all.
    static func isWhole(_ path: String, of file: PlanFile) async throws -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        do {
            let store = try RunStore(reading: path)
            defer { try? store.close() }
            let record = try await store.run(nil)
            guard let planned = try await store.planned(record.id), planned.plan == file.digest else {
                let other = try await store.plan(of: record.id).whole
                let differences = PlanDifference.between(other, file.plan).map(\.text)
                throw Failure.otherPlan(
                    path: path, difference: differences.isEmpty ? ["its cells are dealt otherwise"] : differences)
            }
            return true
        } catch let failure as RunStore.Failure {
            throw Failure.unreadable(path: path, reason: failure.what)
        }
    }

    private func requireGraders() throws {
        let own = try TaskGraders(tasks: file.plan.tasks, judges: file.plan.judges).versions
        let changed = own.flatMap { task, versions in
            versions.filter { file.graders[task]?[$0.key] != $0.value }
                .map { "\($0.key) of \(task) is \($0.value), and was \(file.graders[task]?[$0.key] ?? "not there")" }
        }.sorted()
        if !changed.isEmpty { throw Failure.otherGraders(changed) }
    }

    private func begin(_ own: AttemptFolder) async throws -> RunLock {
        do {
            try FileManager.default.createDirectory(
                atPath: own.unlockedPath, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let lock = try await RunLock.take(
                at: AttemptFolder.lock(in: own.unlockedPath), of: "shard \(shard)",
                as: RunLock.Holder(
                    process: ProcessInfo.processInfo.processIdentifier, command: RunSession.command,
                    since: Timestamp.text(of: Date())))
            // The lock is the open file's, and comes along.
            try FileManager.default.moveItem(atPath: own.unlockedPath, toPath: own.path)
            return lock
        } catch {
            throw Failure.noScratch(path: scratch, reason: Console.explanation(of: error))
        }
    }

    private func attempt(at database: String, after earlier: ShardAttempts.Found?) async throws -> Ending {
        let plan = file.share(of: shard)
        let store = try RunStore(path: database, creating: true)
        let beginning: RunBeginning =
            if let earlier {
                .resumed(ResumedRun(record: earlier.record, plan: plan), retriesFailed: false)
            } else { .new }
        let signal = Mutex<Int32?>(nil)
        let session = RunSession(
            plan: plan, suite: plan.source.path, store: store, calibrates: calibrates, limits: limits,
            isUnsafe: isUnsafe, errors: errors, beginning: beginning, share: RunShare(file, shard: shard, node: node),
            noteSignal: { number in signal.withLock { $0 = $0 ?? number } })
        let (record, outcome) = try await session.run()
        let unfinished = try await store.finishedWork(of: record.id).unfinishedLevels(of: plan)
        try store.close()
        return Self.ending(outcome, unfinished: unfinished, by: signal.withLock { $0 })
    }

    /// What became of an attempt. Pure.
    ///
    /// That a server did not keep up with a rate is a finding, and such a shard is whole; a limit that the suite sets on
    /// cost or time is met again by whoever tries again.
    private static func ending(_ outcome: RunOutcome, unfinished: [LevelKey], by signal: Int32?) -> Ending {
        let left =
            unfinished.isEmpty
            ? "" : "; not finished: \(Numbers.list(Array(Set(unfinished.map(\.candidate))).sorted()))"
        if let signal {
            return .partial("it was interrupted\(left)", signal == SIGINT ? Exit.interrupted : Exit.temporary)
        }
        let reasons = outcome.problems.map { ($0.candidate.isEmpty ? "" : "\($0.candidate): ") + $0.reason }
        if outcome.isCutShort { return .partial(reasons.joined(separator: "; "), Exit.failed) }
        if unfinished.isEmpty { return .whole }
        return .partial(reasons.isEmpty ? "it ended early\(left)" : reasons.joined(separator: "; "), Exit.temporary)
    }

    private func end(
        _ ending: Ending, _ database: String, after earlier: ShardAttempts.Found?, _ own: AttemptFolder
    ) async throws {
        switch ending {
        case .whole:
            let wasFirst = try whole.place(database, in: folder)
            attempts.removeAll(besides: own.path)
            try? FileManager.default.removeItem(atPath: own.path)
            Console.say(
                wasFirst
                    ? "shard \(shard) of \(file.shards) is whole: \(whole.path(in: folder))"
                    : "shard \(shard) of \(file.shards) was finished by another attempt meanwhile; that one stays")
        case .partial(let reason, let code):
            let part = ShardFile(shard: shard, of: file.shards, attempt: own.name)
            _ = try part.place(database, in: folder)
            if let earlier { attempts.remove(earlier) }
            keepLogs(of: own)
            try? FileManager.default.removeItem(atPath: own.path)
            Console.say(
                "shard \(shard) of \(file.shards) is not whole: \(reason)\n"
                    + "what is finished is kept, and the next attempt goes on with it: \(part.path(in: folder))")
            throw code
        }
    }

    /// What engines said, where somebody finds it when this machine is another's again.
    private func keepLogs(of own: AttemptFolder) {
        let logs = "\(own.path)/logs"
        guard FileManager.default.fileExists(atPath: logs) else { return }
        let target = "\(folder)/logs"
        try? FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
        try? FileManager.default.copyItem(atPath: logs, toPath: "\(target)/engines-\(shard)-\(own.name)")
    }
}
