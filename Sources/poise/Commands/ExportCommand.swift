import ArgumentParser
import PoiseCore
import PoiseReport
import PoiseStatistics
import PoiseStore

/// `poise export [RUN]`
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write every trial of a stored run: a line each, or another tool's records of the requests.",
        discussion: """
            Trials have the columns of the database's view trialMetric and more, times in milliseconds; with \
            --timelines also the arrival of every chunk. With --as they have the fields of that tool's own files, as \
            far as Poise knows them: vLLM's --save-detailed lists (--format json), AIPerf's profile_export.jsonl, the \
            requests of GuideLLM's benchmarks.json, LLMPerf's individual responses. A sample of several turns is one \
            trial, whose chunks are those of its requests and not listed; with --as each of its requests is one. Texts \
            are as they came; those of private tasks are left out.

            Examples:
              poise export --db Results/demo.sqlite > trials.jsonl
              poise export --timelines --format csv -o trials.csv
              poise export --as aiperf -o profile_export.jsonl
            """
    )

    @OptionGroup var run: RunOption
    @OptionGroup var database: DatabaseOption
    @OptionGroup var foreign: ForeignOption

    @Option(help: "jsonl: a JSON document a line; json: one document; csv: a table with a header.")
    var format = ExportFormat.Syntax.jsonl

    @Flag(help: "With every chunk: its time in ms after the start, kind, characters, tokens so far.")
    var timelines = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The file; standard output where none is given.", valueName: "file"))
    var output: String?

    func validate() throws {
        guard !timelines || foreign.tool == nil else {
            throw ValidationError(
                "--timelines and --as exclude each other: another tool's records have its own fields.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let record = try await store.run(run.run)
            let file = try ExportFile(output)
            do {
                let count =
                    if foreign.tool == .vllm, format == .json {
                        try await writeLists(of: record, from: store, to: file)
                    } else {
                        try await writeTrials(of: record, from: store, to: file)
                    }
                try file.finish()
                let noun = foreign.tool == nil ? "trials" : "requests"
                if let output { Console.say("wrote \(count) \(noun) to \(output)") }
            } catch {
                file.abandon()
                throw error
            }
        }
    }

    private func writeTrials(of run: RunRecord, from store: RunStore, to file: ExportFile) async throws -> Int {
        let tool = foreign.tool
        let hidden = try await PrivateTasks.named(in: [run.id], store)
        var leftOut = 0
        let shape = ExportFormat(format, tool.map { .foreign($0) } ?? .own(withTimeline: timelines))
        var count = 0
        try file.write(shape.opening)
        try await store.trials(of: run.id) { stored in
            var trial = stored
            trial.isPrivate = hidden.contains(trial.key.task)
            if trial.isPrivate { leftOut += 1 }
            for request in tool == nil ? [trial] : trial.requests {
                try file.write(
                    shape.text(of: request, as: tool?.trial(request) ?? ForeignTrial(), isFirst: count == 0))
                count += 1
            }
        }
        try file.write(shape.ending)
        PrivateTasks.sayLeftOut(leftOut, "trial", of: hidden)
        return count
    }

    /// vLLM's lists: for each point and each field all of its trials.
    private func writeLists(of run: RunRecord, from store: RunStore, to file: ExportFile) async throws -> Int {
        let plan = try await store.plan(of: run.id)
        let hidden = plan.privateTasks
        var leftOut: Set<TrialKey> = []
        var written = 0
        var points = 0
        try file.write(VLLMDetail.opening)
        for load in plan.loads {
            for candidate in plan.candidates.map(\.id) {
                try file.write(VLLMDetail.pointOpening(candidate: candidate, load: load, isFirst: points == 0))
                points += 1
                var count = 0
                for field in VLLMDetail.allCases {
                    count = 0
                    try file.write(field.opening)
                    try await store.trials(of: run.id, at: (candidate, load)) { stored in
                        var trial = stored
                        trial.isPrivate = hidden.contains(trial.key.task)
                        if trial.isPrivate { leftOut.insert(trial.key) }
                        for request in trial.requests {
                            try file.write(
                                field.item(request, as: ForeignTool.vllm.trial(request), isFirst: count == 0))
                            count += 1
                        }
                    }
                    try file.write(field.ending)
                }
                written += count
                try file.write(VLLMDetail.pointEnding)
            }
        }
        try file.write(VLLMDetail.ending)
        PrivateTasks.sayLeftOut(leftOut.count, "trial", of: hidden)
        return written
    }
}

extension ExportFormat.Syntax: ExpressibleByArgument {}
