import ArgumentParser
import Foundation
import PoiseCore
import PoiseGrading
import PoiseReport
import PoiseStatistics
import PoiseStore
import PoiseSuite

/// `poise judge compare A B`
struct JudgeCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Let judges choose between two candidates' stored responses, each pair in both orders.",
        discussion: """
            The first measured response of each candidate to each sample is shown to the judges, without names, in both \
            orders. A pair whose two orders differ is a tie: there the order decided. How often that happens, and how \
            often the one shown first is preferred, is printed with the result.

            Example:
              poise judge compare tiny-m@f16 tiny-m@q4_0 --rubric helpfulness \
                --criterion "is correct" --judges judges.yaml
            """
    )

    @Argument(help: "The first candidate, by its id.")
    var first: String

    @Argument(help: "The second candidate, by its id.")
    var second: String

    @Option(help: ArgumentHelp("The run; the newest where none is given.", valueName: "run"))
    var run: String?

    @Option(
        help: ArgumentHelp(
            "The rubric whose question makes one response better, by its path or its name.", valueName: "file or name"))
    var rubric: String

    @Option(help: ArgumentHelp("The criterion, where the rubric puts several questions to judges.", valueName: "name"))
    var criterion: String?

    @Option(help: ArgumentHelp("The judges; those of the run where none is given.", valueName: "file"))
    var judges: String?

    @Option(help: ArgumentHelp("A task, by its name; repeatable; all where none is given.", valueName: "name"))
    var task: [String] = []

    @OptionGroup var database: DatabaseOption
    @OptionGroup var trust: TrustOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Console.explaining {
            let rubric = try SuiteLoader.forPoise().load(rubricNamed: rubric)
            let question = try Self.question(criterion, of: rubric)
            let store = try RunStore(path: database.path, creating: false)
            let record = try await store.run(run)
            let plan = try await store.plan(of: record.id)
            let pairs = try await pairs(of: record, plan, in: store)
            let named = try judges.map { file in
                try trust.desk.load(file, environment: ProcessInfo.processInfo.environment) {
                    try $0.load(judgesAt: file)
                }
            }
            let before = try await store.judges(of: record.id)
            let panel = named ?? (before.isEmpty ? plan.judges : before)
            guard !panel.isEmpty else { throw ValidationError("The run has no judges: name a file with --judges.") }
            try trust.desk.admit(panel, of: judges ?? plan.source.path)
            let errors = Terminal.behind(.standardError, color: output.color)
            let (results, _) = try await GradingWork.once(
                judges: panel, near: judges ?? plan.source.path,
                hiding: plan.candidates.flatMap { [$0.id, $0.model] }, errors: errors
            ) { session in
                let judging = PairJudging(question.question, settings: rubric.judging, panel: session.services.judges)
                let progress = GradingProgress(total: pairs.count, terminal: errors)
                defer { progress.finish() }
                let results = await JudgeCalibrating.inOrder(pairs, atOnce: JudgeBench.concurrency) { pair in
                    let result = await judging.compare(pair.first, pair.second, to: pair.sample)
                    progress.note(isScored: result.preference != nil)
                    return result
                }
                if Task.isCancelled { throw Exit.interrupted }
                return results
            }
            if results.allSatisfy({ $0.preference == nil }), let failure = results.first?.failure {
                throw NoPreference(reason: failure)
            }
            guard let figures = PairTally.figures(of: results) else { throw NoPairs(first: first, second: second) }
            let comparison = JudgedComparison(
                first: first, second: second, judges: panel.map(\.id), rubric: rubric.name,
                criterion: question.criterion, figures: figures,
                share: figures.pairs > 0
                    ? (Double(figures.wins) + Double(figures.ties) / 2) / Double(figures.pairs) : nil)
            let interval = comparison.share.flatMap { Interval.wilson(share: $0, of: figures.pairs) }
            switch output.format {
            case .json:
                Console.result(
                    JudgedComparisonJSON.text(comparison, low: interval?.low, high: interval?.high), as: .json)
            case .table:
                Console.result(JudgedComparisonTable.text(comparison, low: interval?.low, high: interval?.high))
            }
        }
    }

    private struct Pair: Sendable {
        let sample: Sample
        let first: String
        let second: String
    }

    /// The samples that both candidates answered.
    private func pairs(of record: RunRecord, _ plan: Plan, in store: RunStore) async throws -> [Pair] {
        let ids = plan.candidates.map(\.id)
        for id in [first, second] where !ids.contains(id) {
            throw ValidationError(
                "The run has no candidate \(id); "
                    + (nearest(to: id, among: ids).map { "did you mean \($0)?" }
                        ?? "it has \(ids.joined(separator: ", "))."))
        }
        _ = try GradeSelection(GradeSelection.Request(names: task), own: plan.tasks, stored: [])
        let others = try await store.firstResponses(of: second, in: record.id)
        let answers = Dictionary(
            others.map { ([$0.task, $0.sample], $0.answer) }, uniquingKeysWith: { first, _ in first })
        let samples = Dictionary(
            plan.tasks.flatMap { task in task.samples.map { ([task.name, $0.id], $0) } },
            uniquingKeysWith: { first, _ in first })
        return try await store.firstResponses(of: first, in: record.id).compactMap { one in
            // A chain's last answer is none to its first question.
            guard task.isEmpty || task.contains(one.task), let other = answers[[one.task, one.sample]],
                let sample = samples[[one.task, one.sample]], sample.turns.isEmpty
            else { return nil }
            return Pair(sample: sample, first: one.answer, second: other)
        }
    }

    private static func question(
        _ criterion: String?, of rubric: RubricDefinition
    ) throws -> (criterion: String, question: JudgeQuestion) {
        let questions = rubric.questions
        if let criterion {
            guard let found = questions.first(where: { $0.criterion == criterion }) else {
                throw ValidationError(
                    "The rubric \(rubric.name) asks judges nothing called “\(criterion)”; its questions are "
                        + questions.map { "“\($0.criterion)”" }.joined(separator: ", ") + ".")
            }
            return found
        }
        guard let only = questions.first, questions.count == 1 else {
            throw ValidationError(
                questions.isEmpty
                    ? "The rubric \(rubric.name) asks no judge."
                    : "The rubric \(rubric.name) puts several questions to judges: name one with --criterion.")
        }
        return only
    }
}

/// Candidates that answered no sample in common.
private struct NoPairs: ExplainedError {
    let first: String
    let second: String

    var what: String { "\(first) and \(second) answered no sample that could be compared" }
    var place: String? { nil }
    var remedy: String? { "Name two candidates of one run; `poise front` lists them." }
}

/// A panel that preferred nothing at all.
private struct NoPreference: ExplainedError {
    let reason: String

    var what: String { "no pair got a grade: \(reason)" }
    var place: String? { nil }
    var remedy: String? { "Check that the judge answers, and that its replies end in a line such as GRADE: A." }
}
