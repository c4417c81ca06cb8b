import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner

/// Looks at everything that a run leans on, one subject after the other, and changes none of it.
struct Doctor: Sendable {
    struct Settings: Sendable {
        let isOffline: Bool
        let startsLargeEngines: Bool
        /// How long one check may take.
        let limit: Duration
    }

    /// nil where no suite was named.
    let plan: Plan?
    let suite: String?
    let database: String
    let settings: Settings
    /// What is being looked at.
    let say: @Sendable (String) -> Void

    /// - Throws: where this machine has not even a thread or a file to look with, or it was interrupted.
    func examine() async throws -> [FindingGroup] {
        // The machine before anything else runs here: looking would be a part of what is seen.
        say("watching the machine for two seconds")
        let machine = await MachineExamination(plan: plan).group(say: say)
        try Task.checkCancellation()
        let transport = try Transport()
        defer { transport.stop() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("poise-doctor-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let installation = InstallationExamination(
            plan: plan, suite: suite, transport: transport, logFolder: folder.path, settings: settings)
        let (installed, command) = await installation.group(say: say)
        try Task.checkCancellation()
        say("looking at \(database)")
        let storage = await StorageExamination(plan: plan, database: database, limit: settings.limit).groups()
        try Task.checkCancellation()
        let host = LocalHost(
            transport: transport, command: command, logFolder: folder.path,
            environment: ProcessInfo.processInfo.environment, limits: requestLimits)
        let candidates = try await CandidateExamination(
            plan: plan, host: host, hasEngine: command != nil, settings: settings
        ).groups(say: say)
        // What was under way when Ctrl-C came would look as if it had timed out.
        try Task.checkCancellation()
        return [installed, machine] + storage + candidates
    }

    private var requestLimits: RequestLimits {
        let seconds = settings.limit.seconds
        return RequestLimits(connect: seconds, firstToken: seconds, stall: seconds, total: 3 * seconds)
    }
}

extension Plan {
    /// All that Poise serves itself, each file once.
    var managedEngines: [ManagedEngine] {
        var seen: Set<String> = []
        return (candidates + judges).compactMap { candidate in
            guard case .managed(let engine) = candidate.serving, seen.insert(engine.file).inserted else { return nil }
            return engine
        }
    }

    var endpoints: [Endpoint] {
        (candidates + judges).compactMap { if case .endpoint(let endpoint) = $0.serving { endpoint } else { nil } }
    }

    /// The most requests that a closed loop keeps in flight; nil where all loads are rates.
    var largestConcurrency: Int? { loads.compactMap(\.concurrency).max().map { $0 * settings.candidatesAtOnce } }
}
