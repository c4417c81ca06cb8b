import ArgumentParser
import Foundation
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise salvage FILE --output NEW`
struct SalvageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salvage",
        abstract: "Copy what can still be read of a damaged database into a new one.",
        discussion: """
            The damaged file is only read, with its -wal where there is one. Every row that SQLite can still reach is copied; \
            what hangs on a trial that is lost is left out. The table says what was copied of each kind, and what could not \
            be: rows refused hold a value that none of their kind can have; gaps are places where nothing could be read.

            Exit code 1 where anything is missing; the new database is kept.

            Example:
              poise salvage Results/poise.sqlite --output Results/saved.sqlite
            """
    )

    @Argument(help: ArgumentHelp("The damaged database.", valueName: "file"), completion: .file())
    var source: String

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp("The new database; it must not be there yet.", valueName: "file"))
    var output: String

    @Option(help: "What is printed on standard output.")
    var format = ResultFormat.table

    func run() async throws {
        try await Console.explaining {
            let salvage = try await RunStore.salvage(from: source, to: output)
            switch format {
            case .json:
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Console.result(String(decoding: try encoder.encode(salvage), as: UTF8.self))
            case .table:
                let rows = salvage.tables.filter { $0 != RunStore.Salvage.Table(name: $0.name) }.map {
                    [$0.name, "\($0.rows)", "\($0.refused)", "\($0.orphans)", "\($0.gaps)"]
                }
                Console.result(PlainTable.text([["of", "copied", "refused", "without their trial", "gaps"]] + rows))
            }
            for run in salvage.nameless {
                Console.say(
                    "the record of run \(run) is lost: its trials are in the view trialMetric, and no report can be made of it"
                )
            }
            for run in salvage.placeless {
                Console.say("on what machine run \(run) was made is lost")
            }
            Console.say("what could be read is in \(output)")
            guard salvage.isWhole else { throw Exit.failed }
        }
    }
}
