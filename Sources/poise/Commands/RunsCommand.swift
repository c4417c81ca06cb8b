import ArgumentParser
import Foundation
import PoiseCore
import PoiseStore

/// `poise runs`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List the runs in a database, the newest first."
    )

    @OptionGroup var database: DatabaseOption

    @Option(help: "What is printed on standard output.")
    var format = ResultFormat.table

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let runs = try await store.runs().map { ListedRun($0, holder: RunLock.holder(of: $0.id, in: store)) }
            switch format {
            case .json:
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Console.result(String(decoding: try encoder.encode(runs), as: UTF8.self), as: .json)
            case .table:
                let rows = [["run", "suite", "status", "machine"]] + runs.map(\.row)
                Console.result(PlainTable.text(rows))
            }
        }
    }
}
