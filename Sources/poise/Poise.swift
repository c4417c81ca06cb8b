import ArgumentParser
import PoiseCore

/// The command `poise`.
@main
struct Poise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poise",
        abstract: "Which model, at which quantization, is good enough and fast enough for this job?",
        discussion: """
            Poise runs the same tasks against several models and quantizations, scores every response, times every \
            token of those same responses, keeps it all in SQLite, and draws the front of accuracy against speed.

            A first look, with the tiny models that come with Poise:
              make demo                               run them all, write the page
              poise front --db Results/demo.sqlite    the same table again
              poise report --db Results/demo.sqlite   the page again

            With your own models:
              poise run my-suite.yaml                 README.md says what a suite is

            Results go to standard output, everything else to standard error.

            Exit codes: 0 done, or the gate passed; 1 it could not be done, or not all of it; 64 wrong usage or an \
            invalid suite; 100 the gate failed; 101 the gate is inconclusive; \
            130 interrupted (what was finished is kept).
            """,
        version: poiseVersion,
        subcommands: [
            RunCommand.self, FrontCommand.self, CompareCommand.self, GateCommand.self, ChooseCommand.self,
            ReportCommand.self, ExportCommand.self, GradeCommand.self, JudgeCommand.self, DivergenceCommand.self,
            RunsCommand.self, SalvageCommand.self, ImportCommand.self, CalibrateCommand.self, SimulateCommand.self,
            LiveCommand.self, DoctorCommand.self, PlanCommand.self, SubmitCommand.self, MergeCommand.self,
        ]
    )
}
