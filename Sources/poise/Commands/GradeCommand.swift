import ArgumentParser
import Foundation
import PoiseCore
import PoiseStore
import PoiseSuite

/// `poise grade [RUN]`
struct GradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Grade the stored responses of a run anew, without asking the models again.",
        discussion: """
            With --suite the graders of that file are used, as they stand now; without it, those that the run was \
            made with. Samples are matched by task, id and prompt; responses whose sample the suite no longer has, or \
            asks otherwise, keep their scores, and are counted. The front is computed anew.

            Example:
              poise grade --suite Datasets/demo.yaml --db Results/demo.sqlite
            """
    )

    @OptionGroup var run: RunOption
    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("A suite whose tasks bring the graders and targets.", valueName: "file"))
    var suite: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let record = try await store.run(run.run)
            let asked = try await store.plan(of: record.id).tasks
            let (tasks, grading) = try graders(else: asked)
            let responses = try await store.responses(of: record.id)
            let graded = try TaskGraders(tasks: tasks).scores(of: responses, asked: asked)
            guard responses.isEmpty || !graded.isEmpty else {
                throw NothingGraded(run: record.id, suite: suite ?? "")
            }
            try await store.replaceScores(graded, of: record.id, by: grading)
            try await ReportAssembly.analyse(record, in: store)
            let kept = responses.count - graded.count
            Console.say(
                "graded \(graded.count) responses of run \(record.id) anew"
                    + (kept > 0 ? "; \(kept) that the suite does not have, or asks otherwise, keep their scores" : ""))
            FrontOutput.print(try await ReportAssembly.content(of: record, in: store), options: output)
        }
    }

    /// The tasks that bring the graders, and what is to be said of them where they are not the run's own.
    private func graders(else own: [EvaluationTask]) throws -> ([EvaluationTask], RunStore.Grading?) {
        guard let suite else { return (own, nil) }
        let plan = try SuiteLoader.forPoise().load(suiteAt: suite)
        let grading = RunStore.Grading(
            gradedAt: Timestamp.text(of: Date()), suite: plan.source.path, digests: plan.source.digests)
        return (plan.tasks, grading)
    }
}

/// A suite that shares no question with the run.
private struct NothingGraded: ExplainedError {
    let run: String
    let suite: String

    var what: String { "no response of run \(run) answers a sample of this suite, so nothing was graded" }
    var place: String? { suite }
    var remedy: String? { "Name the suite that the run was made with; samples are matched by task, id and prompt." }
}
