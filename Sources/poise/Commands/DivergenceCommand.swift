import ArgumentParser
import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise divergence [RUN]`
struct DivergenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "divergence",
        abstract: "Say how far candidates' next-token distributions are from a reference's, along its own responses.",
        discussion: """
            The reference's stored responses are followed token by token: at each position the reference and every \
            candidate are asked what they expect next, given the same text so far. Printed are the mean Kullback–Leibler \
            divergence from the reference, in nats a token, and the share of positions at which both find the same \
            token the likeliest, with 95% intervals over samples. Positions are averaged within a response, then \
            responses, so that each response counts once. The result is kept with the run.

            Engines that Poise serves are started again; endpoints must be there. It works on llama.cpp's server \
            (/completion with n_probs) and on vLLM (prompt_logprobs): other servers give no logprobs along a given text. \
            Only quantizations of one model are compared, since their tokens must be the same.

            Where fewer tokens than the whole vocabulary are asked for, all others count as one, which makes the \
            divergence a lower bound; the share of the reference's probability that was compared is printed beside it.

            Examples:
              poise divergence --db Results/demo.sqlite                 the baseline's model, at each quantization
              poise divergence --reference tiny-s@f16 --candidate tiny-s@q4_0
              poise divergence 20261121 --task json --samples 20 --top 200
            """
    )

    @OptionGroup var run: RunOption
    @OptionGroup var database: DatabaseOption

    @Option(
        help: ArgumentHelp(
            "The candidate whose responses are followed; the suite's baseline where none is given.", valueName: "id"))
    var reference: String?

    @Option(
        help: ArgumentHelp(
            "A candidate of the same model; repeatable; all others of it where none is given.", valueName: "id"))
    var candidate: [String] = []

    @Option(help: ArgumentHelp("A task, by its name; repeatable; all where none is given.", valueName: "name"))
    var task: [String] = []

    @Option(
        help: ArgumentHelp(
            "Responses of each task at most: a random subset, always the same for one run.", valueName: "count"))
    var samples = 50

    @Option(
        help: ArgumentHelp(
            """
            Likeliest tokens that each side is asked for. Where it is not given, a vocabulary of up to 512 as a whole, \
            else 100, or what the server allows.
            """, valueName: "count"))
    var top: Int?

    @Option(
        help: ArgumentHelp("The load whose responses are followed; the run's lowest where none is given."))
    var load: Load?

    @OptionGroup var trust: TrustOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if samples < 1 { throw ValidationError("--samples is a number of responses, at least 1.") }
        if let top, !(1...1_000_000).contains(top) {
            throw ValidationError("--top is a number of tokens, at least 1.")
        }
    }

    func run() async throws {
        try await Console.explaining {
            let store = try RunStore(path: database.path, creating: false)
            try store.requireWritable()
            let record = try await store.run(run.run)
            // Responses of a run that goes on would be half of them.
            let lock = try await RunLock.take(record.id, in: store, for: "poise divergence")
            defer { lock.release() }
            let request = DivergenceSelection.Request(
                reference: reference, candidates: candidate, tasks: task, samples: samples, top: top, load: load)
            let (found, problems) = try await DivergenceWork.once(
                request, record, in: store, trust: trust.desk,
                errors: Terminal.behind(.standardError, color: output.color))
            if !found.isEmpty {
                switch output.format {
                case .json: Console.result(DivergenceJSON.text(found, run: record.id), as: .json)
                case .table: Console.result(DivergenceTable.text(found))
                }
            }
            for problem in problems { Console.say("error: \(problem.reason)") }
            if !problems.isEmpty { throw Exit.failed }
        }
    }
}
