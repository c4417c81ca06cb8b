import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// Recorded responses for the player.
enum SceneAssembly {
    /// Samples of a task that are looked at, and tasks: enough to find a typical one, few enough for any run.
    private static let (mostSamples, mostTasks) = (40, 60)
    /// Of the page's data, for each scene.
    private static let mostBytes = 60_000

    /// - Parameter redact: blacks out what must not be read; every text passes through it.
    static func scenes(
        of runs: [MeasuredRun], _ content: ReportContent, _ detail: PageDetail, _ options: PageOptions,
        redact: @escaping @Sendable (String) -> String, in store: RunStore
    ) async throws -> [Scene] {
        guard options.transcripts != .none, let load = content.measuredLoads.first else { return [] }
        let roster = ReplayRoster(
            points: content.points.filter { $0.load == load }, suite: content.candidates.map(\.id),
            choice: detail.choices.first { $0.load == load }, baseline: content.baseline)
        guard let lead = roster.lead, let plan = runs.first?.plan else { return [] }
        let tasks = spread(plan.tasks.filter { mayLeave($0, runs) }, mostTasks)
        let samples = Dictionary(
            tasks.map { ($0.name, spread($0.samples, mostSamples)) }, uniquingKeysWith: { first, _ in first })
        var sketches: [TrialSketch] = []
        for task in tasks {
            for run in runs {
                sketches += try await store.sketches(
                    of: run.record.id,
                    at: RunStore.ScenePlace(
                        task: task.name, samples: samples[task.name, default: []].map(\.id),
                        candidates: roster.candidates.filter { content.runID(of: $0, at: load) == run.record.id },
                        load: load))
            }
        }
        let selection = SceneSelection(failuresOnly: options.transcripts == .failures)
        let selected = selection.scenes(
            from: sketches, tasks: tasks.map { traits(of: $0, samples[$0.name, default: []]) }, lead: lead,
            rival: roster.rival)
        var scenes: [Scene] = []
        for choice in selected {
            guard let task = tasks.first(where: { $0.name == choice.task }),
                let sample = samples[choice.task]?.first(where: { $0.id == choice.sample })
            else { continue }
            let takes = try await takes(
                of: roster.candidates, task, sample, choice.kind, at: load, content, redact: redact, in: store)
            let question = Self.question(of: sample, in: task)
            scenes.append(
                Scene(
                    task: choice.task, sample: choice.sample, kind: choice.kind, load: load,
                    question: redact(question), takes: takes
                ).limited(to: mostBytes))
        }
        return scenes.filter { !$0.takes.isEmpty }
    }

    /// Whether its texts may leave the database.
    private static func mayLeave(_ task: EvaluationTask, _ runs: [MeasuredRun]) -> Bool {
        !runs.contains { $0.privateTasks.contains(task.name) }
    }

    private static func takes(
        of candidates: [String], _ task: EvaluationTask, _ sample: Sample, _ kind: SceneKind, at load: Load,
        _ content: ReportContent, redact: @escaping @Sendable (String) -> String, in store: RunStore
    ) async throws -> [Scene.Take] {
        let questions = sample.turns.isEmpty ? [] : task.messagesOfTurns(of: sample).map { $0.last?.content ?? "" }
        var takes: [Scene.Take] = []
        for candidate in candidates {
            let key = TrialKey(
                candidate: candidate, task: task.name, sample: sample.id, epoch: 1, load: load, round: 1)
            do {
                let run = content.runID(of: candidate, at: load)
                guard let recorded = try await store.recorded(key, of: run) else { continue }
                let take = Scene.Take(
                    recorded.trial, answer: recorded.answer ?? "", isCode: kind == .code || kind == .data,
                    questions: questions, redact: redact)
                if let take { takes.append(take) }
            } catch is RunStore.DamagedTrial {
                // Its numbers are on the page all the same; what cannot be replayed is no scene.
                continue
            }
        }
        return takes
    }

    /// What a person would have typed: the last question of the first turn.
    private static func question(of sample: Sample, in task: EvaluationTask) -> String {
        let messages = sample.turns.isEmpty ? task.messages(for: sample) : task.messagesOfTurns(of: sample).first ?? []
        return messages.last { $0.role == "user" }?.content ?? messages.last?.content ?? ""
    }

    private static func traits(of task: EvaluationTask, _ samples: [Sample]) -> SceneSelection.TaskTraits {
        var kind: SceneKind?
        if samples.contains(where: { !$0.turns.isEmpty }) {
            kind = .conversation
        } else if case .check(let check) = task.graders.first {
            kind = ["unit_tests": .code, "json": .data, "json_schema": .data][check.name]
        }
        return SceneSelection.TaskTraits(name: task.name, kind: kind, samples: samples.map(\.id))
    }

    /// So many of a list, evenly over it.
    private static func spread<Element>(_ list: [Element], _ most: Int) -> [Element] {
        guard list.count > most else { return list }
        return (0..<most).map { list[$0 * list.count / most] }
    }
}
