import Foundation
import PoiseCore
import PoiseGrading
import PoiseReport
import PoiseStore

/// Grades a stored run again: `poise grade`.
struct Regrading {
    let store: RunStore
    /// Whether generated code is run without a sandbox, because the user said so.
    let isUnsafe: Bool
    let trust: TrustDesk
    /// What named the judges, on whose trust they are reached; nil where that is the run's own suite.
    let judgesFile: String?
    /// Where progress goes.
    let errors: Terminal

    /// Puts new scores in place of old ones, all of them or none.
    ///
    /// - Parameters:
    ///   - judges: whom rubrics ask; nil for those that graded the run before.
    ///   - suite: the file that brings the graders, for the record; nil where they are the run's own.
    func grade(
        _ run: RunRecord, by request: GradeSelection.Request, judges: [Candidate]?, suite: RunStore.Grading?
    ) async throws {
        // Scores of a run that goes on would be made from half of it.
        let lock = try await RunLock.take(run.id, in: store, for: "poise grade")
        defer { lock.release() }
        let plan = try await store.plan(of: run.id)
        let judges = try await panel(of: run, else: judges)
        let selection = try GradeSelection(request, own: plan.tasks, stored: try await store.versions(of: run.id))
        let graders = try TaskGraders(tasks: selection.tasks, judges: judges, isBeside: selection.isBeside)
        let responses = try await store.responses(of: run.id)
        let (jobs, kept) = selection.jobs(
            for: responses, by: graders, asked: try TaskGraders(tasks: plan.tasks, judges: judges))
        guard responses.isEmpty || !jobs.isEmpty else {
            throw NothingGraded(run: run.id, source: suite?.suite)
        }
        let updates = try await perform(jobs, of: run, plan: plan, judges: judges, definitions: graders.definitions)
        guard updates.count == jobs.count else {
            throw Interrupted(graded: updates.count, of: jobs.count)
        }
        try await refuseLosing(updates, of: jobs, run)
        try await store.save(
            updates, clearing: selection.isBeside ? [:] : Self.own(jobs, responses, selection.tasks + plan.tasks))
        if !selection.isBeside, suite != nil || request.names.isEmpty { try await store.note(suite, of: run.id) }
        try await ReportAssembly.analyse(run, in: store)
        Console.say(
            "graded \(Set(jobs.map(\.trial)).count) responses of run \(run.id) anew"
                + (kept > 0 ? "; \(kept) that are not chosen, not there, or asked otherwise keep their scores" : ""))
    }

    /// Makes the scores that are missing, each kept as soon as it is there.
    func completeScores(of run: RunRecord, tasks: [String], judges: [Candidate]?) async throws {
        let lock = try await RunLock.take(run.id, in: store, for: "poise grade")
        defer { lock.release() }
        let plan = try await store.plan(of: run.id)
        let judges = try await panel(of: run, else: judges)
        _ = try GradeSelection(GradeSelection.Request(names: tasks), own: plan.tasks, stored: [])
        let jobs = try MissingScores.jobs(
            of: try await store.scorePlaces(of: run.id), responses: try await store.responses(of: run.id),
            own: try TaskGraders(tasks: plan.tasks, judges: judges),
            definitions: try await store.graderDefinitions(), judges: judges, tasks: tasks)
        // Its samples may have other targets than those that the run keeps: half of them would be graded by each.
        if let grading = try await store.grading(of: run.id), !jobs.isEmpty {
            throw GradedOtherwise(run: run.id, source: grading.suite)
        }
        let before = try await store.scorePlaces(of: run.id).count { !$0.isScored }
        let made = Counter()
        _ = try await perform(
            jobs, of: run, plan: plan, judges: judges, definitions: Array(Set(jobs.map(\.grader.definition))),
            keeping: { updates in
                for _ in updates { _ = made.next() }
                try await store.save(updates)
            })
        try await ReportAssembly.analyse(run, in: store)
        let owed = try await store.scorePlaces(of: run.id).count { !$0.isScored }
        Console.say(
            jobs.isEmpty
                ? "no score of run \(run.id) is missing"
                : "graded \(Numbers.counted(before - owed, "missing score")) of run \(run.id); \(owed) are missing still"
        )
        if made.next() <= jobs.count { throw Exit.interrupted }
    }

    /// A judge that is down, or a sandbox that is gone, takes no score away that stands; a reply without a grade does: it is
    /// what these judges say of the response.
    private func refuseLosing(
        _ updates: [RunStore.ScoreUpdate], of jobs: [GradingSession.Job], _ run: RunRecord
    ) async throws {
        func place(_ trial: Int64, _ position: Int) -> [Int64] { [trial, Int64(position)] }
        let served = Set(jobs.filter { !$0.grader.grader.isImmediate }.map { place($0.trial, $0.position) })
        let standing = Set(
            try await store.scorePlaces(of: run.id).filter(\.isScored).map { place($0.trial, $0.position) })
        let lost = updates.filter { update in
            let place = place(update.trial, update.position)
            let hasReply = update.score.judgements.contains {
                $0.grade == nil && ($0.reply != nil || $0.usage.outputTokens != nil)
            }
            return update.score.score.value == nil && !hasReply && served.contains(place) && standing.contains(place)
        }
        if let first = lost.first, case .unscored(let reason) = first.score.score {
            throw WouldLose(count: lost.count, reason: reason)
        }
    }

    /// By trial, how many of its first scores are its task's own; those behind are of rubrics beside it, and stay.
    private static func own(
        _ jobs: [GradingSession.Job], _ responses: [RunStore.StoredResponse], _ tasks: [EvaluationTask]
    ) -> [Int64: Int] {
        let counts = Dictionary(tasks.map { ($0.name, $0.graders.count) }, uniquingKeysWith: max)
        let graded = Set(jobs.map(\.trial))
        return Dictionary(
            responses.filter { graded.contains($0.trial) }.map { ($0.trial, counts[$0.task] ?? 0) },
            uniquingKeysWith: max)
    }

    /// The judges that were named, else those that graded the run before, else its suite's.
    private func panel(of run: RunRecord, else named: [Candidate]?) async throws -> [Candidate] {
        if let named { return named }
        let before = try await store.judges(of: run.id)
        return before.isEmpty ? try await store.plan(of: run.id).judges : before
    }

    private func perform(
        _ jobs: [GradingSession.Job], of run: RunRecord, plan: Plan, judges: [Candidate],
        definitions: [GraderDefinition], keeping: (@Sendable ([RunStore.ScoreUpdate]) async throws -> Void)? = nil
    ) async throws -> [RunStore.ScoreUpdate] {
        let asksJudge = jobs.contains(where: \.grader.asksJudge)
        let file = judgesFile ?? plan.source.path
        try trust.admit(asksJudge ? judges : [], tasks: plan.tasks, of: file)
        try await store.record(definitions, judges: judges)
        let logs = URL(fileURLWithPath: store.path).deletingLastPathComponent().appendingPathComponent("logs")
            .appendingPathComponent("\(run.id)-judges").path
        let (updates, engines) = try await GradingWork.once(
            judges: judges, near: file, logFolder: logs,
            hiding: plan.candidates.flatMap { [$0.id, $0.model] }, judging: asksJudge, isUnsafe: isUnsafe,
            errors: errors
        ) { try await $0.grade(jobs, keep: keeping) }
        if asksJudge { try await store.record(judges, engines: engines, of: run.id) }
        return updates
    }
}

/// A suite that shares no question with the run.
private struct NothingGraded: ExplainedError {
    let run: String
    let source: String?

    var what: String { "no response of run \(run) answers a sample of this suite, so nothing was graded" }
    var place: String? { source }
    var remedy: String? { "Name the suite that the run was made with; samples are matched by task, id and prompt." }
}

/// Scores that stand, and would go with nothing in their place.
private struct WouldLose: ExplainedError {
    let count: Int
    let reason: String

    var what: String {
        "\(Numbers.counted(count, "response")) that \(count == 1 ? "has" : "have") a score would get none: \(reason)"
    }
    var place: String? { nil }
    var remedy: String? { "The scores are as they were. Mend that, and run the same command again." }
}

/// Missing scores of graders that are not the run's own.
private struct GradedOtherwise: ExplainedError {
    let run: String
    let source: String

    var what: String { "the run was graded anew with \(source), whose samples the database does not hold" }
    var place: String? { "run \(run)" }
    var remedy: String? { "Grade it all with that file again: its --suite or --task, without --unscored." }
}

/// Some of a whole: scores of two gradings are never mixed, so that none of them is kept.
private struct Interrupted: ExplainedError {
    let graded: Int
    let of: Int

    var what: String { "the grading was interrupted after \(graded) of \(of) scores; the scores are as they were" }
    var place: String? { nil }
    var remedy: String? { "Run the same command again." }
}
