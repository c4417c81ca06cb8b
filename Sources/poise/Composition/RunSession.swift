import Foundation
import PoiseClient
import PoiseCore
import PoiseRunner
import PoiseStore

/// One run from a plan to its stored points: engines, database, progress and signals put together.
struct RunSession {
    let plan: Plan
    let suite: String
    let store: RunStore
    /// Where progress goes.
    let errors: Terminal

    var pagePath: String { ReportFile.page(of: plan.name, besideDatabase: store.path) }

    /// - Returns: the run as it is stored at its end, and how it ended.
    func run() async throws -> (RunRecord, RunOutcome) {
        let graders = try TaskGraders(tasks: plan.tasks)
        let environment = ProcessInfo.processInfo.environment
        let command = try await engineCommand(environment: environment)
        let transport = try Transport()
        defer { transport.stop() }

        let record = newRecord()
        let host = LocalHost(
            transport: transport, command: command,
            logFolder: URL(fileURLWithPath: store.path).deletingLastPathComponent().appendingPathComponent("logs")
                .appendingPathComponent(record.id).path,
            environment: environment)
        try await store.begin(record, plan: plan)
        Console.say(
            "run \(record.id): \(plan.candidates.count) candidates × \(plan.trialsPerPass) trials"
                + (plan.loads == [1] ? "" : " × loads \(plan.loads.map(\.description).joined(separator: ", "))")
                + (plan.rounds > 1 ? " × \(plan.rounds) rounds" : ""))

        let display = ProgressDisplay(plan: plan, terminal: errors)
        let runner = Runner(
            plan: plan, host: host, recorder: StoreRecorder(store: store, run: record.id),
            grade: { response, task, sample in graders.grade(response, task: task.name, sample: sample) },
            watch: { display.note($0) })
        let running = Task { try await runner.run() }
        let interrupts = Interrupts { running.cancel() }
        defer { interrupts.stop() }
        let result = await running.result
        display.finish()
        let outcome = try await keep(result, of: record)
        return (try await store.run(record.id), outcome)
    }

    /// The run's end is kept also where it failed, so that nothing looks as if it were still under way.
    private func keep(_ result: Result<RunOutcome, any Error>, of record: RunRecord) async throws -> RunOutcome {
        let outcome = (try? result.get()) ?? RunOutcome(status: .incomplete)
        try await store.end(
            run: record.id, status: outcome.status, at: Timestamp.text(of: Date()),
            problems: outcome.problems.map { ($0.candidate, $0.reason) })
        try await ReportAssembly.analyse(record, in: store)
        _ = try result.get()
        return outcome
    }

    private func engineCommand(environment: [String: String]) async throws -> LlamaCppCommand? {
        let isManaged = plan.candidates.contains { if case .managed = $0.serving { true } else { false } }
        guard isManaged else { return nil }
        let suiteFolder = URL(fileURLWithPath: suite).deletingLastPathComponent().path
        return try await LlamaCppCommand.find(
            environment: environment, near: [FileManager.default.currentDirectoryPath, suiteFolder])
    }

    private func newRecord() -> RunRecord {
        let now = Date()
        let stamp = Timestamp.text(of: now)
        let compact = stamp.filter { $0.isNumber }
        // To the millisecond: two runs of a suite may start within one second.
        let id =
            "\(compact.prefix(8))-\(compact.dropFirst(8).prefix(6))-\(compact.dropFirst(14))-\(Self.slug(plan.name))"
        return RunRecord(
            id: id, suite: plan.name, startedAt: stamp, endedAt: nil, status: .running, seed: plan.seed,
            machine: Machine.facts(), poiseVersion: poiseVersion,
            command: (["poise"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
    }

    /// Letters, digits and hyphens.
    private static func slug(_ name: String) -> String {
        name.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined().lowercased()
    }
}
