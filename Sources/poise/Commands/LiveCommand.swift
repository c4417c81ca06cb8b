import ArgumentParser
import Foundation
import PoiseCore
import PoiseStore

/// `poise live RUN`: the server behind `poise run --watch`, a process of its own, so that it shares nothing with the client
/// that measures.
struct LiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "live", abstract: "Serve the page of a run that goes on; poise run --watch starts it.",
        shouldDisplay: false)

    @Argument(help: "The run's whole id.")
    var run: String

    @OptionGroup var database: DatabaseOption
    @OptionGroup var page: PageOptionGroup

    @Option(help: "The port; one that the system chooses where it is 0.")
    var port: UInt16 = 0

    func run() async throws {
        // The terminal's Ctrl-C is the run's: this ends when the run has.
        signal(SIGINT, SIG_IGN)
        do {
            let store = try RunStore(path: database.path, creating: false)
            try await LiveSession(desk: try await LiveDesk(run: run, options: page.options, store: store), port: port)
                .run()
        } catch {
            // Whoever started it reads one line.
            Console.result("error: \(Console.explanation(of: error))")
            throw Exit.failed
        }
    }
}
