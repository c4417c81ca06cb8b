import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseStore

/// The disk and the database, which is read and never written.
struct StorageExamination: Sendable {
    let plan: Plan?
    let database: String
    let limit: Duration

    /// From so many bytes on, indexes are not compared with their tables.
    private static let large: Int64 = 500_000_000

    func groups() async -> [FindingGroup] {
        let folder = URL(fileURLWithPath: database).deletingLastPathComponent().path
        let looked = await TimeLimit.run(limit) {
            (FileSystemState.of(folder: folder), FileSystemState.of(folder: NSTemporaryDirectory()))
        }
        guard let (place, temporary) = looked else {
            let late = DatabaseFolderCheck.timedOut(
                after: limit, "The disk does not answer: see dmesg, or unmount what hangs.")
            return [FindingGroup(title: "Disk", findings: [late])]
        }
        let opened = await open()
        let disk = FindingGroup(
            title: "Disk",
            findings: [
                TemporaryFolderCheck.finding(temporary), DatabaseFolderCheck.finding(place),
                FileSystemCheck.finding(place), DiskSpaceCheck.finding(free: place.free, need: need(opened.inspection)),
            ])
        return [disk, FindingGroup(title: "Database", findings: await findings(opened))]
    }

    private struct Opened: Sendable {
        let outcome: DatabaseCheck.Outcome
        var store: RunStore?
        var inspection: RunStore.Inspection?
    }

    private func open() async -> Opened {
        guard FileManager.default.fileExists(atPath: database) else { return Opened(outcome: .missing) }
        let path = database
        let opened = await TimeLimit.run(limit) { () -> Opened in
            let store: RunStore
            do {
                store = try RunStore(inspecting: path)
            } catch {
                return Opened(outcome: .closed(reason: Self.reason(error)))
            }
            do {
                let found = try await store.inspection()
                guard found.isPoise else { return Opened(outcome: .foreign) }
                return Opened(
                    outcome: .opened(runs: found.runs, trials: found.trials, bytes: found.bytes), store: store,
                    inspection: found)
            } catch {
                // What is wrong with it, SQLite may still tell.
                return Opened(outcome: .damaged(reason: Self.reason(error)), store: store)
            }
        }
        return opened ?? Opened(outcome: .closed(reason: "no answer within \(Numbers.setting(seconds: limit.seconds))"))
    }

    private static func reason(_ error: any Error) -> String {
        if case RunStore.Failure.unreadable(_, let reason)? = error as? RunStore.Failure { return reason }
        return (error as? any ExplainedError)?.what ?? error.localizedDescription
    }

    private func findings(_ opened: Opened) async -> [Finding] {
        var findings = [DatabaseCheck.finding(opened.outcome, path: database)]
        // Also of a damaged one: who may read it, and what is left to be folded in.
        if opened.outcome != .missing {
            findings.append(PermissionsCheck.finding(modes: modes(), path: database))
            findings.append(WriteAheadLogCheck.finding(bytes: attribute(.size, of: database + "-wal").map(Int64.init)))
        }
        guard let store = opened.store else { return findings }
        if let found = opened.inspection {
            findings.append(SchemaCheck.finding(missing: found.missingMigrations, isNewer: found.isNewer))
        }
        let isQuick = Int64(attribute(.size, of: database) ?? 0) > Self.large
        let problems = await TimeLimit.run(limit * 12) { () -> [String] in
            do {
                return try await store.integrityProblems(isQuick: isQuick)
            } catch {
                return [Self.reason(error)]
            }
        }
        findings.append(IntegrityCheck.finding(problems: problems, isQuick: isQuick, path: database))
        guard let found = opened.inspection else { return findings }
        findings.append(UnfinishedRunsCheck.finding(found.runningRuns))
        findings.append(await calibration(in: store))
        return findings
    }

    private func calibration(in store: RunStore) async -> Finding {
        let identity = await Machine.facts().identity
        do {
            let known = try await store.calibration(ofMachine: identity)
            return CalibrationCheck.finding(known, now: Date(), load: plan?.largestConcurrency)
        } catch {
            // A schema of before there were any, or a damaged page, which the lines above tell.
            return CalibrationCheck.skipped("it cannot be read from this database")
        }
    }

    /// What a run of the suite will write.
    private func need(_ found: RunStore.Inspection?) -> DiskSpaceCheck.Need? {
        guard let plan else { return nil }
        // Fewer trials than this are mostly tables that are empty.
        if let found, found.trials >= 100 {
            return .init(
                trials: plan.trialCount, bytesPerTrial: Int(found.bytes) / found.trials, isMeasured: true)
        }
        let samples = plan.tasks.flatMap(\.samples)
        let prompts = samples.reduce(0) { $0 + Self.bytes($1.input) }
        let caps = plan.candidates.map { $0.sampling.maxTokens ?? 512 }
        return .init(
            trials: plan.trialCount,
            bytesPerTrial: DiskSpaceCheck.guess(
                promptBytes: prompts / max(1, samples.count), maxTokens: caps.max() ?? 512),
            isMeasured: false)
    }

    private static func bytes(_ input: Sample.Input) -> Int {
        switch input {
        case .text(let text): text.utf8.count
        case .messages(let messages): messages.reduce(0) { $0 + $1.content.utf8.count }
        }
    }

    /// The permissions of the database and of what belongs to it, by the names of the files.
    private func modes() -> [String: Int] {
        var modes: [String: Int] = [:]
        for path in [database, database + "-wal", database + "-shm"] {
            modes[URL(fileURLWithPath: path).lastPathComponent] = attribute(.posixPermissions, of: path)
        }
        return modes
    }

    private func attribute(_ key: FileAttributeKey, of path: String) -> Int? {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[key] as? NSNumber)?.intValue
    }
}
