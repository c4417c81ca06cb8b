import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseSuite

/// `poise doctor [SUITE]`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check installation, machine, database and endpoints before a run, and say what to do.",
        discussion: """
            Without a suite it looks at the installation, the machine, its clock and noise, the disk and the database. With \
            one also at its candidates and judges: each distinct endpoint and model is asked \(EndpointQuestions.count) tiny \
            questions of at most \(EndpointQuestions.mostTokens) output tokens together (some cents at most), each distinct \
            file of weights of up to 1 GB is served once. Nothing is written: no run, no migration, no setting.

            A line says ok, warning (a run works, its figures may suffer), failed (a run cannot work) or skipped (it could \
            not be found out), what was found, and after → what to do. Each check has a limit, and says where it met it.

            Exit codes: 0 nothing failed (warnings may be there); 1 something failed; 64 an invalid suite.

            Examples:
              poise doctor                          before the first run
              poise doctor suite.yaml               before a long or dear one
              poise doctor suite.yaml --offline     without a request
              poise doctor --format json | jq '.groups[].findings[] | select(.status != "ok")'
            """
    )

    @Argument(
        help: ArgumentHelp("A suite, whose candidates and judges are checked too.", valueName: "suite"),
        completion: .file(extensions: ["yaml"]))
    var suite: String?

    @OptionGroup var database: DatabaseOption
    @OptionGroup var trust: TrustOption

    @Flag(
        name: [.customLong("offline"), .customLong("no-requests")],
        help: "Ask no endpoint and start no engine.")
    var isOffline = false

    @Flag(help: "Serve files of weights of more than 1 GB, too.")
    var startEngines = false

    @Option(
        help: ArgumentHelp(
            "How long a check may take, and a request until its first token; starting an engine and checking the database"
                + " may take twelve times as long.", valueName: "time"))
    var timeout = TimeSpan(.seconds(10))

    @Flag(name: [.short, .long], help: "Tell of each of several candidates also what is well, line by line.")
    var verbose = false

    @Option(help: "What is printed on standard output: lines for people, or one JSON document.")
    var format = FindingFormat.text

    @Option(help: "Colour: auto follows the terminal and NO_COLOR.")
    var color = ColorChoice.auto

    func validate() throws {
        guard timeout.duration > .zero, timeout.duration <= .seconds(3600) else {
            throw ValidationError("--timeout must be over 0 and at most an hour, as in 10s.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            // Keys that are missing are a finding here, and no reason to look at nothing else.
            let desk = trust.desk
            let plan = try suite.map { file in
                let plan = try desk.load(file) { try $0.load(suiteAt: file) }
                try desk.admit(plan.candidates + plan.judges, of: file)
                return plan
            }
            let progress = DoctorProgress(terminal: Terminal.behind(.standardError, color: color))
            let doctor = Doctor(
                plan: plan, suite: suite, database: database.path,
                settings: Doctor.Settings(
                    isOffline: isOffline, startsLargeEngines: startEngines, limit: timeout.duration),
                say: { progress.say($0) })
            let examining = Task { try await doctor.examine() }
            let interrupts = Interrupts(message: "interrupted") { examining.cancel() }
            defer { interrupts.stop() }
            let groups: [FindingGroup]
            do {
                groups = try await examining.value
                progress.clear()
            } catch is CancellationError {
                throw Exit.interrupted
            }
            switch format {
            case .json: Console.result(FindingsJSON.text(groups), as: .json)
            case .text:
                let terminal = Terminal.behind(.standardOutput, color: color)
                Console.result(
                    FindingList.text(groups, width: terminal.width, color: terminal.hasColor, isVerbose: verbose))
            }
            if groups.contains(where: { $0.findings.contains { $0.status == .failed } }) { throw Exit.failed }
        }
    }
}

/// `--format text|json`.
enum FindingFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
