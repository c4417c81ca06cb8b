import ArgumentParser

/// `poise submit`
struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Hand a plan's shards to a scheduler: Slurm, or Kubernetes.",
        subcommands: [SubmitSlurmCommand.self, SubmitKubernetesCommand.self]
    )
}

/// Options of every scheduler.
struct SubmitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The plan that `poise plan` wrote.", valueName: "file"))
    var plan: String

    @Option(
        help: ArgumentHelp(
            "Where whole shards are, and the scripts and logs; beside the plan, plan.shards for plan.json, where none is given.",
            valueName: "folder"))
    var shardsDir: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The merged database; beside the plan, plan.sqlite for plan.json, where none is given.", valueName: "file"))
    var output: String?

    @Flag(help: "Give the suite what it asks for beyond its own folder on every machine, as poise run --trust does.")
    var trust = false

    @Flag(inversion: .prefixedNo, help: "Measure the client's own timing error on machines where it is not known.")
    var calibrate = true

    @OptionGroup var sandbox: SandboxOption

    /// Passed on to `poise run`.
    var runOptions: [String] {
        (trust ? ["--trust"] : []) + (calibrate ? [] : ["--no-calibrate"])
            + (sandbox.isUnsafe ? ["--unsafe-no-sandbox"] : [])
    }

    func places(poise: String? = nil) throws -> SubmitPlaces {
        let places = SubmitPlaces(plan: plan, shards: shardsDir, output: output, poise: poise)
        for path in [places.plan, places.shards, places.output, places.poise] {
            try Self.requireOneLine(path, of: "A path")
        }
        return places
    }

    /// A line break would end a line of the script, and begin one of its own.
    static func requireOneLine(_ value: String?, of name: String) throws {
        guard let value else { return }
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain else { throw ValidationError("\(name) must be a text of one line, without control characters.") }
    }
}
