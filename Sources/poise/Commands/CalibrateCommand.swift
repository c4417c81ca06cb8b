import ArgumentParser
import Foundation
import PoiseClient
import PoiseCore
import PoiseReport
import PoiseStore

/// `poise calibrate`
struct CalibrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Measure this client's own timing error on this machine, and keep it for its reports.",
        discussion: """
            Starts the simulated endpoint as a process of its own, which logs the instant at which each chunk leaves, \
            streams from it at rising concurrency, and compares. An error of TTFT is |the client's − the endpoint's|, \
            from the request's arrival to the first token; an error of a chunk is that of the gap before it. The result \
            goes into the database, and from there into every report of runs on this machine.

            With --base-url it asks an endpoint that is there already, whose schedule is not known, and says what \
            the client itself costs, CPU for each request and chunk, and the times that it saw. Nothing is kept then.

            Examples:
              poise calibrate
              poise calibrate --base-url http://127.0.0.1:8080/v1 --model m --streams 64 --requests 2000
              poise calibrate --streams 1,32,512 --format json | jq '.loads[].ttftError'
            """
    )

    @Option(
        help: ArgumentHelp("Streams at once, one load after the other, separated by commas.", valueName: "list"),
        transform: { text in
            let counts = text.split(separator: ",").map { Int($0) }
            guard !counts.isEmpty, counts.allSatisfy({ (1...10_000).contains($0 ?? 0) }) else {
                throw ValidationError("--streams takes counts from 1 to 10000, as in 1,32,512, and is “\(text)”.")
            }
            return counts.compactMap(\.self)
        })
    var streams: [Int] = Calibrator.Sweep.whole.streams

    @Option(help: ArgumentHelp("Tokens of each stream.", valueName: "n"))
    var tokens = Calibrator.Sweep.whole.tokens

    @Option(help: ArgumentHelp("Tokens a second of each stream.", valueName: "n"))
    var tps = Calibrator.Sweep.whole.tokensPerSecond

    @Option(
        help: ArgumentHelp(
            "Ask this endpoint in place of the simulated one, for the client's cost alone.", valueName: "url"))
    var baseURL: String?

    @Option(help: ArgumentHelp("With --base-url: the model's name there.", valueName: "name"))
    var model = "calibration"

    @Option(help: ArgumentHelp("With --base-url: requests at each load.", valueName: "n"))
    var requests = 1000

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (2...100_000).contains(tokens) else {
            throw ValidationError("--tokens must be 2 to 100000, and is \(tokens).")
        }
        guard (1...10_000_000).contains(requests) else {
            throw ValidationError("--requests must be at least 1, and is \(requests).")
        }
        guard tps > 0, tps <= 100_000 else { throw ValidationError("--tps must be over 0, and is \(tps).") }
    }

    func run() async throws {
        try await Console.explaining {
            if let baseURL { return try await printCost(at: baseURL) }
            var sweep = Calibrator.Sweep.whole
            sweep.streams = Array(Set(streams)).sorted()
            sweep.tokens = tokens
            sweep.tokensPerSecond = tps
            let calibrator = Calibrator(sweep: sweep, machine: await Machine.facts().identity)
            let measuring = Task {
                try await calibrator.run { Console.say("calibrating with \($0) \($0 == 1 ? "stream" : "streams")") }
            }
            let interrupts = Interrupts(message: "interrupted: nothing is kept") { measuring.cancel() }
            defer { interrupts.stop() }
            let calibration: Calibration
            do {
                calibration = try await measuring.value
            } catch is CancellationError {
                throw Exit.interrupted
            }
            try await RunStore(path: database.path, creating: true).save(calibration)
            switch output.format {
            case .json: Console.result(CalibrationJSON.text(calibration), as: .json)
            case .table: Console.result(CalibrationTable.text(calibration))
            }
            Console.say("kept in \(database.path) for the reports of runs on this machine")
        }
    }

    private func printCost(at baseURL: String) async throws {
        let probe = ClientCostProbe(baseURL: baseURL, model: model, tokens: tokens, requests: requests)
        var costs: [ClientCost] = []
        for count in Array(Set(streams)).sorted() { costs.append(try await probe.run(streams: count)) }
        switch output.format {
        case .json: Console.result(ClientCostText.json(costs), as: .json)
        case .table: for cost in costs { Console.result(ClientCostText.sentence(cost)) }
        }
    }
}
