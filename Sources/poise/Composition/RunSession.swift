import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner
import PoiseStore

/// One run from a plan to its stored points: engines, database, progress and signals put together.
struct RunSession {
    let plan: Plan
    let suite: String
    let store: RunStore
    /// Whether the client's own error is measured where it is not known.
    let calibrates: Bool
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

        // Before anything is stored: who interrupts it leaves no empty run behind. The machine is looked at first, since
        // the check itself keeps it busy.
        let machine = await Machine.facts()
        let calibration = try await calibration(of: machine)
        let record = newRecord(on: machine)
        let host = LocalHost(
            transport: transport, command: command,
            logFolder: URL(fileURLWithPath: store.path).deletingLastPathComponent().appendingPathComponent("logs")
                .appendingPathComponent(record.id).path,
            environment: environment, limits: plan.settings.limits)
        try await store.begin(record, plan: plan)
        if let calibration { try await store.note(calibration, of: record.id) }
        Console.say(
            "run \(record.id): \(Numbers.counted(plan.candidates.count, "candidate")) × "
                + Numbers.counted(plan.trialsPerPass, "trial")
                + (plan.loads == [1] ? "" : " × loads \(plan.loads.map(\.description).joined(separator: ", "))")
                + (plan.rounds > 1 ? " × \(plan.rounds) rounds" : ""))

        let display = ProgressDisplay(plan: plan, terminal: errors)
        let recorder = StoreRecorder(store: store, run: record.id)
        let lags = LagLog(transport: transport)
        let runner = Runner(
            plan: plan, host: host, recorder: recorder,
            grade: { response, task, sample in graders.grade(response, task: task.name, sample: sample) },
            watch: { event in
                lags.note(event)
                display.note(event)
            })
        let running = Task { try await runner.run() }
        let interrupts = Interrupts { running.cancel() }
        defer { interrupts.stop() }
        let result = await running.result
        display.finish()
        let written = await Task { try await recorder.flush() }.result
        let outcome = try await keep(result.flatMap { outcome in written.map { outcome } }, of: record)
        for lag in lags.take() { try await store.record(lag, in: record.id) }
        return (try await store.run(record.id), outcome)
    }

    /// The run's end is kept also where it failed, so that nothing looks as if it were still under way.
    private func keep(_ result: Result<RunOutcome, any Error>, of record: RunRecord) async throws -> RunOutcome {
        let outcome: RunOutcome
        switch result {
        case .success(let ended): outcome = ended
        case .failure(let error):
            var broken = RunOutcome(status: .incomplete)
            let reason = (error as? any ExplainedError)?.errorDescription ?? "\(error)"
            broken.problems = [.init(candidate: RunStore.wholeRun, reason: reason)]
            outcome = broken
        }
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

    /// What is known of this client's own error here; a few seconds of measuring where nothing is.
    private func calibration(of machine: MachineFacts) async throws -> Calibration? {
        if let known = try await store.calibration(ofMachine: machine.identity) { return known }
        guard calibrates else { return nil }
        // A rate says nothing of it.
        let streams = plan.loads.map { $0.concurrency ?? 32 }.max() ?? 1
        Console.say(
            "checking this client's own timing error, once for this machine and database (poise calibrate does more)")
        do {
            let calibration = try await Calibrator(sweep: .quick(streams: streams), machine: machine.identity).run()
            try await store.save(calibration)
            return calibration
        } catch let failure as any ExplainedError {
            // The run itself does not depend on it; its report says that the client is not calibrated.
            Console.say("the check failed: \(failure.errorDescription ?? failure.what)")
            return nil
        }
    }

    private func newRecord(on machine: MachineFacts) -> RunRecord {
        let now = Date()
        let stamp = Timestamp.text(of: now)
        let compact = stamp.filter { $0.isNumber }
        // To the millisecond: two runs of a suite may start within one second.
        let id =
            "\(compact.prefix(8))-\(compact.dropFirst(8).prefix(6))-\(compact.dropFirst(14))-\(Self.slug(plan.name))"
        return RunRecord(
            id: id, suite: plan.name, startedAt: stamp, endedAt: nil, status: .running, seed: plan.seed,
            machine: machine, poiseVersion: poiseVersion,
            command: (["poise"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
    }

    /// Letters, digits and hyphens.
    private static func slug(_ name: String) -> String {
        name.map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined().lowercased()
    }
}
