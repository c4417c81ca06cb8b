import ArgumentParser
import Foundation
import PoiseClient
import PoiseCore
import PoiseGrading
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
    /// Stand before those of the suite.
    var limits = RunLimits()
    /// Whether responses of earlier runs are taken over.
    var usesCache = false
    /// Whether generated code is run without a sandbox, because the user said so.
    var isUnsafe = false
    /// Where progress goes.
    let errors: Terminal
    /// The page while it runs; nil where nobody watches.
    var watch: LiveWatch?
    var beginning = RunBeginning.new
    /// Nil where the run is no share of a plan.
    var share: RunShare?
    /// Told of the first signal that ended it.
    var noteSignal: @Sendable (Int32) -> Void = { _ in }

    /// What is in flight may take so long when the run is interrupted.
    private static let grace = Duration.seconds(5)

    var pagePath: String { ReportFile.page(of: plan.name, besideDatabase: store.path) }

    /// - Returns: the run as it is stored at its end, and how it ended.
    func run() async throws -> (RunRecord, RunOutcome) {
        let limits = limits.over(plan.settings.runLimits)
        try RunLimitFailure.check(limits, of: plan)
        let graders = try TaskGraders(tasks: plan.tasks, judges: plan.judges)
        let environment = ProcessInfo.processInfo.environment
        let command = try await LlamaCppCommand.needed(by: plan.candidates + plan.judges, near: suite)
        let transport = try Transport()
        defer { transport.stop() }

        // Before anything is stored: who interrupts it leaves no empty run behind. The machine is looked at first, since
        // the check itself keeps it busy.
        let machine = await Machine.facts()
        let calibration = try await calibration(of: machine)
        let started = try await beginning.start(newRecord(on: machine), plan: plan, in: store)
        let record = started.record
        defer { started.lock.release() }
        let stint = try await share?.begin(record, on: machine, calibration, in: store)
        let host = LocalHost(
            transport: transport, command: command, logFolder: logFolder(of: record),
            environment: environment, limits: plan.settings.limits, machine: machine)
        try await store.record(graders.definitions, judges: plan.judges)
        if let calibration { try await store.note(calibration, of: record.id) }
        sayHowFar(started)
        Console.say(share?.beginning(of: plan) ?? beginning(of: record))

        if plan.judges.isEmpty, plan.tasks.contains(where: { $0.graders.contains(where: \.asksJudge) }) {
            Console.say(
                "warning: some rubrics ask judges and the suite names none (judges: …), so that their scores will be"
                    + " missing; poise grade --unscored --judges FILE makes them later")
        }

        let display = ProgressDisplay(plan: plan, finished: started.finished, terminal: errors)
        let lags = LagLog(transport: transport)
        let recorder = StoreRecorder(
            store: store, run: record.id, stint: stint, lags: lags, isResumed: started.finished != nil)
        let halt = Halt()
        let resumed = ResumedHost(host: host, known: started.engines) { [store] text, candidate in
            try await RunBeginning.warn(text, of: candidate, record, in: store)
        }
        let runner = Runner(
            plan: plan, host: resumed, recorder: recorder, limits: limits, halt: halt, finished: started.finished,
            retriesFailed: beginning.retriesFailed,
            cache: usesCache ? StoredResponses(store: store, run: record.id) : nil,
            grade: { response, task, sample in graders.grade(response, task: task.name, sample: sample) },
            watch: { event in
                lags.note(event)
                display.note(event)
            })
        let running = Task { [watch] in
            // Here, so that Ctrl-C meanwhile ends the run as it does later.
            watch?.begin(record)
            return try await runner.run()
        }
        let interrupts = Interrupts(
            message: "interrupted: nothing more is asked, and what is in flight may finish for"
                + " \(Numbers.setting(seconds: Self.grace.seconds)) (again: stop now)\n"
                + howToGoOn(with: record),
            grace: Self.grace, forced: share == nil ? Exit.interrupted.rawValue : Exit.temporary.rawValue,
            note: noteSignal, halt: { halt.request() }
        ) { running.cancel() }
        defer { interrupts.stop() }
        var result = await running.result
        display.finish()
        for candidate in plan.candidates where host.repeatsKey(candidate) {
            Console.say("warning: \(Warnings.repeatedKey(by: candidate.id))")
        }
        let written = await Task { try await recorder.flush() }.result
        if case .success(let outcome) = result, case .success = written, outcome.status != .interrupted,
            !graders.areImmediate
        {
            interrupts.stop()
            do {
                let budget = limits.maxCost.map { JudgeBudget(most: $0, spent: runner.spent) }
                let left = try await gradeTheRest(of: record, by: graders, at: host, transport, within: budget)
                if left > 0 { result = .success(outcome.cutShort(because: JudgeBudget.reason(left: left))) }
            } catch is CancellationError where share != nil {
                result = .success(outcome.cutShort(because: "it was interrupted before all was graded"))
            } catch {
                // The responses are there, and so is the way to their scores.
                Console.say(
                    "warning: not all is graded: \(Console.explanation(of: error))\n"
                        + "poise grade \(record.id) --unscored grades the rest")
            }
        }
        let outcome = try await keep(result.flatMap { outcome in written.map { outcome } }, of: started, recorder)
        return (try await store.run(record.id), outcome)
    }

    /// Scores what needs more than the texts, after the last request: judges and code take nothing from what is timed.
    ///
    /// - Returns: how many scores would have cost too much.
    private func gradeTheRest(
        of record: RunRecord, by graders: TaskGraders, at host: LocalHost, _ transport: Transport,
        within budget: JudgeBudget?
    ) async throws -> Int {
        let jobs = try MissingScores.jobs(
            of: try await store.scorePlaces(of: record.id), responses: try await store.responses(of: record.id),
            own: graders, definitions: [:], judges: plan.judges
        ).filter { !$0.grader.grader.isImmediate }
        guard !jobs.isEmpty else { return 0 }
        let asksJudge = plan.tasks.contains { $0.graders.contains(where: \.asksJudge) }
        let panel = asksJudge && !plan.judges.isEmpty ? " by \(Numbers.list(plan.judges.map(\.id)))" : ""
        Console.say("grading \(Numbers.counted(jobs.count, "score"))\(panel)")
        let work = GradingWork(
            judges: plan.judges, host: host, hiddenNames: plan.candidates.flatMap { [$0.id, $0.model] },
            transport: transport, isUnsafe: isUnsafe, errors: errors)
        let grading = Task {
            try await work.with(judging: asksJudge) { session in
                guard let budget else {
                    _ = try await session.grade(jobs) { try await store.save($0) }
                    return 0
                }
                return try await session.grade(jobs, within: budget) { try await store.save($0) }
            }
        }
        let message =
            share == nil
            ? "interrupted: poise grade \(record.id) --unscored grades the rest" : "interrupted while it graded"
        let interrupts = Interrupts(message: message, note: noteSignal) { grading.cancel() }
        defer { interrupts.stop() }
        let (left, engines) = try await grading.value
        if asksJudge { try await store.record(plan.judges, engines: engines, of: record.id) }
        return left
    }

    /// The run's end is kept also where it failed, so that nothing looks as if it were still under way.
    private func keep(
        _ result: Result<RunOutcome, any Error>, of started: RunBeginning.Started, _ recorder: StoreRecorder
    ) async throws -> RunOutcome {
        let record = started.record
        var outcome: RunOutcome
        switch result {
        case .success(let ended): outcome = ended
        case .failure(let error):
            outcome = RunOutcome(status: .incomplete)
            let reason = (error as? any ExplainedError)?.errorDescription ?? "\(error)"
            outcome.problems = [.init(candidate: RunStore.wholeRun, reason: reason)]
        }
        do {
            let finished = try await store.finishedWork(of: record.id)
            let problems = PartProblems(before: started.problems, ending: outcome, finished: finished)
            outcome.status = problems.status
            // A run that is done has its points: whoever is killed in between is not done yet, and goes on.
            if outcome.status == .done { try await ReportAssembly.analyse(record, in: store) }
            try await store.forgetProblems(of: record.id, problems.gone)
            try await store.end(
                run: record.id, status: outcome.status, at: Timestamp.text(of: Date()), problems: problems.new)
            try await recorder.recordLags()
            if outcome.status != .done { say(howToGoOn: record, finished) }
        } catch {
            // What the disk does not take is told, and what it took before is there.
            Console.say(howToGoOn(with: record))
            _ = try result.get()
            throw error
        }
        do {
            if outcome.status != .done { try await ReportAssembly.analyse(record, in: store) }
        } catch {
            // A full disk takes no points either; what is told is what ended the run.
            _ = try result.get()
            throw error
        }
        _ = try result.get()
        return outcome
    }

    private func howToGoOn(with record: RunRecord) -> String {
        share == nil
            ? "to go on: \(GoingOn.command(run: record.id, database: store.path, isUnsafe: isUnsafe))"
            : "to go on: the same command again, on this machine or another of its kind"
    }

    private func say(howToGoOn record: RunRecord, _ finished: FinishedWork) {
        if share != nil { return }
        Console.say(
            GoingOn.advice(
                run: record.id, database: store.path, isUnsafe: isUnsafe, finished: finished, planned: plan.trialCount))
    }

    private func beginning(of record: RunRecord) -> String {
        "run \(record.id): \(Numbers.counted(plan.candidates.count, "candidate")) × "
            + Numbers.counted(plan.trialsPerPass, "trial")
            + (plan.loads == [1] ? "" : " × loads \(plan.loads.map(\.description).joined(separator: ", "))")
            + (plan.rounds > 1 ? " × \(plan.rounds) rounds" : "")
    }

    private func sayHowFar(_ started: RunBeginning.Started) {
        guard let finished = started.finished else { return }
        let failed = finished.failed
        let retried = failed == 0 ? "" : beginning.retriesFailed ? " are asked again" : " stay as they are"
        Console.say(
            "run \(started.record.id) goes on: \(finished.finished) of \(plan.trialCount) trials are there"
                + (failed == 0 ? "" : ", and \(failed) that failed\(retried)"))
    }

    /// The engines' logs; those of each part of the run beside those of the others.
    private func logFolder(of record: RunRecord) -> String {
        var folder = URL(fileURLWithPath: store.path).deletingLastPathComponent().appendingPathComponent("logs")
            .appendingPathComponent(record.id)
        if case .resumed = beginning { folder.appendPathComponent("part\((record.resumed ?? 0) + 1)") }
        return folder.path
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
        let stamp = Timestamp.text(of: Date())
        return RunRecord(
            id: RunRecord.id(of: plan.name, startedAt: stamp), suite: plan.name, startedAt: stamp, endedAt: nil,
            status: .running, seed: plan.seed, machine: machine, poiseVersion: poiseVersion, command: Self.command)
    }

    /// What was typed.
    static var command: String {
        Redaction.withoutKeys((["poise"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
    }
}
