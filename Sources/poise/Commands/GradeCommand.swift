import ArgumentParser
import Foundation
import PoiseCore
import PoiseStore
import PoiseSuite

/// `poise grade [RUN]`, and `poise grade TASK.yaml --responses FILE`
struct GradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Grade stored responses anew, or responses made elsewhere, without asking the models again.",
        discussion: """
            Without options the run's own graders are used. With --suite or --task the graders of those files are, as \
            they stand now. Samples are matched by task, id and prompt; responses whose sample is no longer there, or is \
            asked otherwise, keep their scores, and are counted. With --rubric responses are graded by that rubric beside \
            what they have. With --unscored only missing scores are made: those of judges that were down, of code that \
            had no sandbox. The front is computed anew.

            With --responses a task file grades responses that were made elsewhere: lines of {"id", "response"} in, \
            lines of {"id", "value", "answer", "explanation", "status"} out, and no database.

            Examples:
              poise grade --suite Datasets/demo.yaml --db Results/demo.sqlite
              poise grade --task Datasets/tiny/sort.yaml     the graders of one task, as its file has them now
              poise grade --task sort --rubric conciseness   a rubric beside what the task has
              poise grade --unscored                         what a judge that was down owes
              poise grade Datasets/tiny/sort.yaml --responses answers.jsonl > scores.jsonl
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The run: its id or the beginning of it; the newest where none is given. With --responses a task file.",
            valueName: "run"))
    var run: String?

    @OptionGroup var database: DatabaseOption

    @Option(help: ArgumentHelp("A suite whose tasks bring the graders and targets.", valueName: "file"))
    var suite: String?

    @Option(
        help: ArgumentHelp(
            "A task file that brings its graders and targets, or the name of a task, which alone is graded; repeatable.",
            valueName: "file or name"))
    var task: [String] = []

    @Option(
        help: ArgumentHelp(
            "A rubric, by its path or its name in a Rubrics folder, that grades beside the others; repeatable.",
            valueName: "file or name"))
    var rubric: [String] = []

    @Option(
        help: ArgumentHelp(
            "The judges: a YAML file with judges, such as a suite; those of the suite or the run where none is given.",
            valueName: "file"))
    var judges: String?

    @Flag(help: "Make only the scores that are missing.")
    var unscored = false

    @Option(help: ArgumentHelp("Responses made elsewhere, as JSON lines.", valueName: "file"))
    var responses: String?

    @OptionGroup var trust: TrustOption
    @OptionGroup var sandbox: SandboxOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if suite != nil, !task.isEmpty { throw ValidationError("--suite and --task both bring graders: keep one.") }
        if unscored, suite != nil || !rubric.isEmpty || task.contains(where: Self.isFile) {
            throw ValidationError(
                "--unscored makes the scores that the run's graders owe; --suite, --rubric and task files bring others."
            )
        }
        guard responses != nil else { return }
        guard let run, Self.isFile(run) else {
            throw ValidationError("--responses needs a task file: poise grade TASK.yaml --responses FILE.")
        }
        if suite != nil || !task.isEmpty || unscored {
            throw ValidationError("--responses grades by its task file alone, and --rubric beside it.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            if let responses, let run { return try await gradeFile(responses, task: run) }
            let regrading = Regrading(
                store: try RunStore(path: database.path, creating: false), isUnsafe: sandbox.isUnsafe,
                trust: trust.desk, judgesFile: judges ?? suite,
                errors: Terminal.behind(.standardError, color: output.color))
            try regrading.store.requireWritable()
            let record = try await regrading.store.run(run)
            if unscored {
                try await regrading.completeScores(of: record, tasks: task, judges: try namedJudges())
            } else {
                let named = try named()
                try await regrading.grade(
                    record, by: named.request, judges: try namedJudges() ?? named.judges, suite: named.source)
            }
            FrontOutput.print(try await ReportAssembly.content(of: record, in: regrading.store), options: output)
        }
    }

    /// What was typed, with its files read once.
    private struct Named {
        var request = GradeSelection.Request()
        /// Those of the suite; nil where they are the run's own.
        var judges: [Candidate]?
        /// The files that bring the graders, with their digests; nil where they are the run's own.
        var source: RunStore.Grading?
    }

    private func named() throws -> Named {
        var named = Named()
        if let suite {
            let plan = try trust.desk.load(suite) { try $0.load(suiteAt: suite) }
            named.request.tasks = plan.tasks
            named.judges = plan.judges.isEmpty ? nil : plan.judges
            named.source = source(plan.source.path, plan.source.digests)
        }
        let files = try task.filter(Self.isFile).map { file in
            (path: file, loaded: try trust.desk.load(file) { try $0.load(taskAt: file) })
        }
        if !files.isEmpty {
            named.request.tasks += files.map(\.loaded.task)
            named.source = source(
                files.map(\.path).joined(separator: ", "),
                files.map(\.loaded.digests).reduce(into: [:]) { $0.merge($1) { first, _ in first } })
        }
        named.request.names = task.filter { !Self.isFile($0) }
        named.request.rubrics = try rubric.map { try SuiteLoader.forPoise().load(rubricNamed: $0) }
        return named
    }

    private func source(_ path: String, _ digests: [String: String]) -> RunStore.Grading {
        RunStore.Grading(gradedAt: Timestamp.text(of: Date()), suite: path, digests: digests)
    }

    /// The judges of `--judges`; nil where none is given.
    private func namedJudges() throws -> [Candidate]? {
        try judges.map { file in try trust.desk.load(file) { try $0.load(judgesAt: file) } }
    }

    private func gradeFile(_ responses: String, task: String) async throws {
        let rubrics = try rubric.map { try SuiteLoader.forPoise().load(rubricNamed: $0) }
        let own = try trust.desk.load(task) { try $0.load(taskAt: task) }.task
        let panel = try namedJudges() ?? []
        if let judges { try trust.desk.admit(panel, of: judges) }
        let file = ResponseGrading(
            task: own.asking(own.graders + rubrics.map(GraderDefinition.rubric)), judges: panel,
            judgesFile: judges ?? ".",
            isUnsafe: sandbox.isUnsafe, errors: Terminal.behind(.standardError, color: output.color))
        try await file.grade(try ResponsesReader.responses(at: responses, to: Set(own.samples.map(\.id))))
    }

    private static func isFile(_ text: String) -> Bool { text.hasSuffix(".yaml") || text.hasSuffix(".yml") }
}
