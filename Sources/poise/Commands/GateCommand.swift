import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore
import PoiseSuite

/// `poise gate [CANDIDATE...]`
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Hold candidates against the suite's rules: passed, failed or inconclusive, for CI.",
        discussion: """
            Rules stand in the suite under gate, or in a file of their own:
              gate:
                - accuracy: {non_inferior_by: 0.03}
                - accuracy: {non_inferior_by: 0.05, task: add}
                - decodeTPS: {at_least: 0.95 of baseline}
                - ttfo: {at_most: 500 ms, quantile: p95}
                - length_capped: {at_most: 1%}
            A rule passes where its whole 95% interval is on the good side of the bound, and fails where it is on the \
            other, corrected for the number of rules and candidates (Holm). Between the two the data do not decide it, \
            and the report says how many samples would. A gate passes where every rule does.

            A baseline can be kept as a small file beside the code: --write-baseline. Speeds are only compared with \
            those of a machine of the same kind, and accuracy only where the same graders read the same samples.

            With --sequential the suite is run in looks at ever more samples, each a run of its own, until every rule \
            is decided or all samples are asked; the chance of a false verdict over all looks stays that of one.

            Examples:
              poise gate --db Results/demo.sqlite tiny-m@q8_0 --rules gate.yaml
              poise gate --write-baseline baseline.json --baseline tiny-m@f16
              poise gate --baseline baseline.json --markdown "$GITHUB_STEP_SUMMARY" --junit gate.xml
              poise gate --format github --inconclusive warn
              poise gate --sequential --suite suite.yaml --looks 4

            Exit codes: 0 passed; 100 failed; 101 inconclusive; 1 it could not be done; 64 wrong usage or invalid rules.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The candidates, by their ids; all but the baseline where none is given.", valueName: "candidate"))
    var candidates: [String] = []

    @Option(
        help: ArgumentHelp("The run: its id or the beginning of it; the newest where none is given.", valueName: "run"))
    var run: String?

    @Option(
        help: ArgumentHelp(
            "What they are held against: a candidate of the run, RUN:CANDIDATE, or a file of --write-baseline; the"
                + " suite's baseline where none is given.", valueName: "id, run:id or file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "Rules in place of the run's own: a suite, or a YAML file with gate alone.", valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var rules: String?

    @Option(
        help: ArgumentHelp(
            "The only load that counts, as 4 or 5/s; all of the run where none is given.", valueName: "load"))
    var load: Load?

    @Option(
        help: ArgumentHelp("Write the baseline into this file, and judge nothing.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var writeBaseline: String?

    @OptionGroup var sequential: SequentialOptions
    @OptionGroup var database: DatabaseOption
    @OptionGroup var trust: TrustOption
    @OptionGroup var sandbox: SandboxOption
    @OptionGroup var output: GateOutput

    func validate() throws {
        if writeBaseline == "" { throw ValidationError("--write-baseline names no file: its value is empty.") }
        if baseline == "" { throw ValidationError("--baseline names nothing: its value is empty.") }
        try sequential.check(run: run, writesBaseline: writeBaseline != nil)
    }

    func run() async throws {
        try await Console.explaining {
            if let suite = sequential.suite {
                let gating = try sequential.gating(
                    of: suite, candidates: candidates, baseline: baseline, rules: rules, load: load,
                    database: database.path, isUnsafe: sandbox.isUnsafe, trust: trust.desk, color: output.color)
                let (report, wasInterrupted) = try await gating.report()
                try output.write(report)
                if wasInterrupted { throw Exit.interrupted }
                try output.end(report)
                return
            }
            let store = try RunStore(path: database.path, creating: false)
            let record = try await store.run(run)
            for warning in NodeWarnings.pooled(record.machine) { Console.say("warning: \(warning)") }
            let plan = try await store.plan(of: record.id)
            let found = try await GateBaseline.named(baseline, run: record, plan: plan, in: store)
            if let writeBaseline {
                try await write(found, of: record, to: writeBaseline, from: store)
                return
            }
            let assembly = try GateAssembly(
                record: record, plan: plan, rules: try rules(of: record, plan), baseline: found, names: candidates,
                load: load)
            let report = try await assembly.report(from: store)
            try output.write(report)
            try output.end(report)
        }
    }

    private func rules(of record: RunRecord, _ plan: Plan) throws -> [GateRule] {
        if let rules {
            return try SuiteLoader.forPoise().load(
                gateAt: rules, tasks: plan.tasks.map(\.name), loads: plan.loads)
        }
        guard !plan.gate.isEmpty else {
            throw ValidationError(
                "The suite of run \(record.id) had no rules: name a file with --rules, that holds gate: a list, as"
                    + " - accuracy: {non_inferior_by: 0.03}.")
        }
        return plan.gate
    }

    private func write(
        _ baseline: GateBaseline, of record: RunRecord, to path: String, from store: RunStore
    ) async throws {
        if case .none = baseline {
            throw ValidationError("Run \(record.id) names no baseline: say which candidate it is with --baseline.")
        }
        var measured = try await baseline.measured(in: store)
        // The run of a file need not be stored here.
        let runs = Set(
            [record.id] + (try await store.runs()).map(\.id).filter { id in measured.contains { $0.run == id } })
        let hidden = try await PrivateTasks.named(in: runs, store)
        PrivateTasks.sayLeftOut(PrivateTasks.hideAnswers(of: hidden, in: &measured), "answer", of: hidden)
        guard let file = BaselineFile(measured) else {
            throw BaselineFile.Failure(
                path: path, what: "the baseline has no trial, so that there is nothing to write", remedy: nil)
        }
        let text = file.text
        try ReportFile.write(text, to: path)
        let trials = measured.reduce(0) { $0 + $1.observations.count }
        Console.say(
            "wrote \(file.candidate) of run \(file.run), \(trials) trials, to \(path)"
                + " (\(Numbers.bytes(Int64(text.utf8.count))))")
    }
}
