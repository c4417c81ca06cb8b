import ArgumentParser
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise front [RUN]`
struct FrontCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "front",
        abstract: "Print the front of a stored run: a table and a plot, or JSON.",
        discussion: """
            The front holds the candidates that no other one beats on both accuracy and decode speed. Intervals are \
            95%; the probability is the share of 10,000 joint resamples of the samples in which nothing beats the \
            candidate on both.

            Example:
              poise front --db Results/demo.sqlite
            """
    )

    @OptionGroup var run: RunOption
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            let content = try await ReportAssembly.content(of: try await store.run(run.run), in: store)
            FrontOutput.print(content, options: output)
        }
    }
}
