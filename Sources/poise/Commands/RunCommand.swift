import ArgumentParser
import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseRunner
import PoiseStore
import PoiseSuite

/// `poise run SUITE`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run a suite: every task against every candidate, scored, timed and stored.",
        discussion: """
            Candidates that say how to serve them are served by Poise (llama.cpp), one after the other; others are \
            asked at their base_url. Trials are stored soon after they finish, so that an interrupted run keeps what it has. \
            At the end the table and the plot of the front go to standard output, and the page into a file.

            With --watch the page is served on this machine while the run goes on, at an address with a secret part that \
            is printed once. A process of its own with the lowest priority makes it, from what is stored so far: only while \
            somebody looks (a request within 10 seconds), at most every 5 seconds, and after each page it rests 20 times \
            the processor time that the page took, so that it takes at most 5% of one core.

            Ctrl-C once lets what is in flight finish for a few seconds, keeps it, ends the engines and says how to go on; \
            twice stops now. A run that ended too early, however it did, goes on with --resume: what is finished is never \
            asked again. A suite that has changed since is refused, or forked.
            \(LimitOptions.discussion)

            Examples:
              poise run Datasets/demo.yaml
              poise run --resume                 the newest run that is not done, as it was stored
              poise run suite.yaml --resume      the newest of that suite that is not done
              poise run --resume 20261121-0714 --retry-errors
              poise run suite.yaml --limit 20     a seeded random subset of each task
              poise run suite.yaml --cache        ask only what no earlier run in the database was answered
              poise run suite.yaml --watch        the page while it runs, in a browser on this machine
              poise run suite.yaml --format json | jq '.points[].accuracy'
              poise run --plan plan.json --shard 3/40    one machine's share of a plan (poise plan)

            A shard lies on this machine's disk until it is whole and is then put beside the others in one step; one that \
            is there already is left alone, and one that an earlier attempt began is gone on with. Exit code 75: trying \
            again can help (it was interrupted, a candidate could not be run to its end, the disk was full).
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The suite, a YAML file; with --resume a run's id, or the beginning of it, as well or instead.",
            valueName: "suite"),
        completion: .file(extensions: ["yaml"]))
    var suite: [String] = []

    @OptionGroup var resuming: ResumeOptions
    @OptionGroup(title: "One shard of a plan") var sharding: ShardOptions
    @OptionGroup var database: DatabaseOption

    @Option(
        help: ArgumentHelp(
            "Where the page goes; beside the database, under the suite's name, where none is given.", valueName: "file")
    )
    var html: String?

    @Option(
        help: ArgumentHelp("At most so many samples of each task, drawn at random by the suite's seed.", valueName: "n")
    )
    var limit: Int?

    @Flag(
        inversion: .prefixedNo,
        help: "Measure this client's own timing error first, some seconds, where it is not known for this machine.")
    var calibrate = true

    @Flag(
        help: ArgumentHelp(
            "Take over responses that earlier runs in the database generated, where all that shapes one is the same.",
            discussion: """
                They are graded now and have no speed: only what is asked now is timed. Off, every response is generated.
                """))
    var cache = false

    @Flag(help: "Serve the page on 127.0.0.1 while the run goes on; its address goes to standard error.")
    var watch = false

    @Option(
        help: ArgumentHelp(
            "With --watch: the port; one that the system chooses where none is given.", valueName: "port"))
    var watchPort: UInt16?

    @OptionGroup var limits: LimitOptions
    @OptionGroup var pageOptions: PageOptionGroup
    @OptionGroup var trust: TrustOption
    @OptionGroup var sandbox: SandboxOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if watchPort != nil, !watch { throw ValidationError("--watch-port goes with --watch.") }
        try sharding.check(besides: [
            (!suite.isEmpty, "A suite"), (resuming.resume, "--resume"), (limit != nil, "--limit"), (cache, "--cache"),
            (watch, "--watch"), (html != nil, "--html"),
        ])
        if sharding.plan == nil { _ = try resuming.parts(of: suite) }
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, and is \(limit).") }
    }

    func run() async throws {
        try await Console.explaining {
            if let path = sharding.plan, let number = sharding.shard {
                return try await shard(number, ofPlanAt: path)
            }
            let (suite, run) = try resuming.parts(of: self.suite)
            let prepared = try await RunRequest(
                suite: suite, limit: limit, database: database.path, trust: trust.desk, isResumed: resuming.resume,
                run: run, retriesFailed: resuming.retryErrors, forks: resuming.fork, usesCache: cache
            ).prepare()
            let live =
                watch ? LiveWatch(database: database.path, port: watchPort, pageArguments: pageOptions.arguments) : nil
            let session = RunSession(
                plan: prepared.plan, suite: suite ?? prepared.plan.source.path, store: prepared.store,
                calibrates: calibrate, limits: limits.limits, usesCache: cache, isUnsafe: sandbox.isUnsafe,
                errors: Terminal.behind(.standardError, color: output.color), watch: live,
                beginning: prepared.beginning)
            defer { live?.stop() }
            let (record, outcome) = try await session.run()

            let content = try await PageAssembly.content(of: [record], options: pageOptions.options, in: session.store)
            let page = html ?? session.pagePath
            // The table first: where the page cannot be written, the result is still seen.
            FrontOutput.print(content, options: output)
            try ReportFile.write(try HTMLReport.page(content), to: page)
            await live?.end(page: page)
            Console.say("\nrun \(record.id) in \(database.path); the page is \(page)")
            if outcome.status != .done {
                // Once more: the table and the plot may have scrolled it away.
                Console.say(
                    "to go on: "
                        + GoingOn.command(run: record.id, database: database.path, isUnsafe: sandbox.isUnsafe))
            }
            switch outcome.status {
            case .done: break
            case .incomplete, .running: throw Exit.failed
            case .interrupted: throw Exit.interrupted
            }
        }
    }

    private func shard(_ number: ShardNumber, ofPlanAt path: String) async throws {
        let file = try PlanReading.read(path)
        try number.check(against: file, at: path)
        let scratch = sharding.scratch ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        try await ShardRun(
            file: file, shard: number.shard, folder: sharding.shardsDir ?? PlanMaking.folder(besides: path),
            scratch: scratch.isEmpty ? "/tmp" : scratch, node: sharding.node, trust: trust.desk, calibrates: calibrate,
            limits: limits.limits, isUnsafe: sandbox.isUnsafe,
            errors: Terminal.behind(.standardError, color: output.color)
        ).run()
    }
}
