import ArgumentParser
import Foundation
import PoiseCore
import PoiseGrading
import PoiseImport

/// `poise import WHAT [FILE…]`
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Turn published benchmark files, any CSV or JSONL, or other tools' logs into tasks.",
        discussion: """
            WHAT is a set (--list names them), csv, jsonl, lm-eval-log or inspect-log. A task is a YAML file that says \
            how to ask and how to grade, and a JSONL file of samples; edit the first as you like. None of the data \
            comes with Poise: name the file that its authors publish, or fetch it with --download, which keeps a file \
            only where it has the SHA-256 that is written down in Poise.

            Columns of JSON records may be paths: doc.answers.0. Of logs the recorded responses are written too, for \
            poise grade TASK.yaml --responses FILE. The paths of what was written go to standard output.

            Examples:
              poise import gsm8k --download
              poise import mmlu data/test --out Datasets/mmlu
              poise import csv faq.csv --input question --target answer --metadata topic
              poise import jsonl quiz.jsonl --input q --choices-column options --target gold --first-choice 0
              poise import lm-eval-log samples_gsm8k_2026-11-21.jsonl --out Results/gsm8k
            """
    )

    @Argument(help: ArgumentHelp("What is imported.", valueName: "what"))
    var what: String?

    @Argument(help: ArgumentHelp("Its files, or a folder of them.", valueName: "file"))
    var files: [String] = []

    @Flag(help: "List the sets that are known.")
    var list = false

    @Flag(help: "Fetch the set's file from its public address, and hold it against its digest.")
    var download = false

    @Option(help: ArgumentHelp("Where the tasks go; Datasets/WHAT where left out.", valueName: "folder"))
    var out: String?

    @Option(help: "The task's name and that of its files, where one task comes of it.")
    var name: String?

    @Flag(help: "Write over files that are there.")
    var force = false

    @Flag(help: "Keep also what is for training, where one file holds all splits (mbpp).")
    var allSplits = false

    @OptionGroup(title: "CSV and JSONL") var columns: ColumnOptions

    @Option(help: "What is printed on standard output: paths or columns, or one JSON document.")
    var format = ResultFormat.table

    func validate() throws {
        guard !list else { return }
        let kind = try kind()
        guard !download || files.isEmpty else { throw ValidationError("--download and a file exclude each other.") }
        guard download || !files.isEmpty else { throw ValidationError("Name the file: \(kind.reads).") }
        guard !download || kind.set != nil else { throw ValidationError("--download is for sets; --list names them.") }
        guard !allSplits || kind.set?.hasSplits == true else {
            throw ValidationError("--all-splits is for sets whose file holds all splits: mbpp and mbpp-sanitized.")
        }
        guard kind.set != nil || files.count == 1 else { throw ValidationError("One file at a time, please.") }
        try columns.validate(for: kind)
    }

    func run() async throws {
        try await Console.explaining {
            guard !list else { return printList() }
            let kind = try kind()
            var paths = files
            if download, let set = kind.set { paths = [try await SetDownload.file(of: set, say: Console.say)] }
            let sources = try await ImportSources.read(paths)
            let tasks = try tasks(of: kind, from: sources.files)
            guard name == nil || tasks.count == 1 else {
                throw ImportFailure(
                    "--name names one task, and \(tasks.count) come of this", at: paths.first,
                    remedy: "Leave it out: each is called by what it is about.")
            }
            let what = what ?? ""
            let written = try TaskWriter(folder: out ?? "Datasets/\(what)", replaces: force)
                .write(tasks, origin: sources.origin(of: what))
            report(written, tasks)
        }
    }

    private func kind() throws -> ImportKind {
        guard let what else { throw ValidationError("Say what to import; poise import --list names the sets.") }
        guard let kind = ImportKind(what) else {
            let near = nearest(to: what, among: ImportKind.names).map { "Did you mean \($0)? " } ?? ""
            throw ValidationError(
                "Nothing that can be imported is called \(what). "
                    + "\(near)Known are \(ImportKind.names.joined(separator: ", ")).")
        }
        return kind
    }

    private func tasks(of kind: ImportKind, from files: [SourceFile]) throws -> [ImportedTask] {
        switch kind {
        case .set(let set): return try set.tasks(files, .init(name: name, keepsAllSplits: allSplits))
        case .csv, .jsonl:
            guard let mapping = columns.mapping, let file = files.first else { return [] }
            let isTable = if case .csv = kind { true } else { false }
            return [try mapping.task(from: file, isTable: isTable, as: columns.task(named: name ?? file.stem))]
        case .lmEvalLog: return try files.map { try LMEvalLog.task(from: $0, name: name, check: columns.check) }
        case .inspectLog: return try files.map { try InspectLog.task(from: $0, name: name, check: columns.check) }
        }
    }

    private func report(_ written: [TaskWriter.Written], _ tasks: [ImportedTask]) {
        for task in tasks { for note in task.notes { Console.say("\(task.name): \(note)") } }
        let count = written.map(\.count).reduce(0, +)
        Console.say(
            "imported \(count) sample\(count == 1 ? "" : "s")\(written.count == 1 ? "" : " in \(written.count) tasks")")
        switch format {
        case .table:
            Console.result(written.flatMap { [$0.task, $0.responses].compactMap { $0 } }.joined(separator: "\n"))
        case .json:
            let document = JSONValue.object([
                "tasks": .array(
                    written.map {
                        .object([
                            "name": .string($0.name), "count": .number(Double($0.count)), "task": .string($0.task),
                            "samples": .string($0.samples), "responses": $0.responses.map(JSONValue.string) ?? .null,
                        ])
                    })
            ])
            Console.result(document.text, as: .json)
        }
    }

    private func printList() {
        switch format {
        case .table:
            let rows = PublishedSet.all.map { set in
                [set.name, set.download == nil ? "by hand" : "--download", set.license, set.reads]
            }
            Console.result(PlainTable.text([["set", "fetched", "licence", "reads"]] + rows))
        case .json:
            let sets = PublishedSet.all.map { set in
                JSONValue.object([
                    "name": .string(set.name), "title": .string(set.title), "license": .string(set.license),
                    "reads": .string(set.reads), "source": .string(set.source),
                    "url": set.download.map { .string($0.url) } ?? .null,
                    "sha256": set.download.map { .string($0.sha256) } ?? .null,
                ])
            }
            Console.result(JSONValue.object(["sets": .array(sets)]).text, as: .json)
        }
    }
}

/// How the columns of a table or of records become samples.
struct ColumnOptions: ParsableArguments {
    @Option(help: "The column that asks.")
    var input: String?

    @Option(help: "The column of the right answer: a text, a number, or a list of them; of choices also the letter.")
    var target: String?

    @Option(help: ArgumentHelp("The columns of the choices, in their order.", valueName: "A,B,…"))
    var choices: String?

    @Option(help: ArgumentHelp("The column that lists the choices; in CSV as JSON.", valueName: "column"))
    var choicesColumn: String?

    @Option(help: ArgumentHelp("What the first choice is called where targets are numbers.", valueName: "0|1"))
    var firstChoice: Int?

    @Option(help: ArgumentHelp("The column of the id; samples are numbered where left out.", valueName: "column"))
    var id: String?

    @Option(help: ArgumentHelp("Columns that are kept as metadata.", valueName: "a,b,…"))
    var metadata: String?

    @Option(help: "The check that grades; where left out, as the targets look. For logs too.")
    var check: String?

    @Option(help: "The prompt, with {input}, {choices} and {metadata.key}.")
    var prompt: String?

    @Option(help: "What the task asks, for people.")
    var title: String?

    @Option(help: "The licence of the samples, as an SPDX identifier.")
    var license: String?

    /// nil without `--input`.
    var mapping: ColumnMapping? {
        guard let input else { return nil }
        var mapping = ColumnMapping(input: input, target: target)
        mapping.choices = choices.map { .columns(Self.names($0)) } ?? choicesColumn.map { .list($0) }
        mapping.firstChoice = firstChoice
        mapping.id = id
        mapping.metadata = metadata.map(Self.names) ?? []
        return mapping
    }

    func task(named name: String) -> ColumnMapping.Task {
        var task = ColumnMapping.Task(name: name)
        (task.title, task.license, task.check, task.prompt) = (title, license, check, prompt)
        return task
    }

    func validate(for kind: ImportKind) throws {
        let forColumns = [
            input, target, choices, choicesColumn, firstChoice.map(String.init), id, metadata, prompt, title, license,
        ]
        guard kind.isMapped || forColumns.allSatisfy({ $0 == nil }), kind.isMapped || kind.isLog || check == nil else {
            throw ValidationError(
                "Columns, prompts and the like are for csv and jsonl; a set brings its own, in a file to edit.")
        }
        if let check, CheckCatalog.type(named: check) == nil {
            let known = CheckCatalog.specifications.map(\.name)
            let near = nearest(to: check, among: known).map { "Did you mean \($0)? " } ?? ""
            throw ValidationError("No check is called \(check). \(near)Known are \(known.joined(separator: ", ")).")
        }
        guard kind.isMapped else { return }
        guard input != nil else { throw ValidationError("Say which column asks: --input COLUMN.") }
        guard choices == nil || choicesColumn == nil else {
            throw ValidationError("--choices and --choices-column exclude each other.")
        }
        guard firstChoice == nil || [0, 1].contains(firstChoice) else {
            throw ValidationError("--first-choice is 0 or 1.")
        }
        guard firstChoice == nil || choices != nil || choicesColumn != nil else {
            throw ValidationError("--first-choice needs --choices or --choices-column.")
        }
    }

    private static func names(_ list: String) -> [String] {
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
