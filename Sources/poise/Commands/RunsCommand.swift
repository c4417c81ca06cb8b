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
            let runs = try await RunStore(path: database.path, creating: false).runs()
            switch format {
            case .json:
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Console.result(String(decoding: try encoder.encode(runs), as: UTF8.self), as: .json)
            case .table:
                let rows = [["run", "suite", "status", "machine"]] + runs.map(Self.row)
                Console.result(PlainTable.text(rows))
            }
        }
    }

    private static func row(_ run: RunRecord) -> [String] {
        [run.id, run.suite, run.status.rawValue, "\(run.machine.processor), \(run.machine.cores) cores"]
    }
}
